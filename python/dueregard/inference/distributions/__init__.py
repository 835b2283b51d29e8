"""Whole distributions: scales, pay, times, and statistics of tables drawn again."""
