"""Indices of inequality over many groups, with limits."""
