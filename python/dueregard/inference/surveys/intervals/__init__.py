"""Intervals and comparisons by design, also where a sample says nothing of its own precision."""
