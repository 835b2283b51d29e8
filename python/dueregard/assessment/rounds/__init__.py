"""Rounds of one assessment: first answers, further evidence, review; and progress between two dates."""
