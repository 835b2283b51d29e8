"""Gaps with the same profile in both groups."""
