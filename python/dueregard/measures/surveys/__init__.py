"""Surveys of a sample or of everybody: estimates and tests, responses, and those who did not answer."""
