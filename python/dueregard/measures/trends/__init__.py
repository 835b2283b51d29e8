"""Shares, gaps and rates over time: rolling windows, and whether they have changed."""
