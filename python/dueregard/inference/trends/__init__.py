"""Readings over time: the line through them, and where it leads."""
