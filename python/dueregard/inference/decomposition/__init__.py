"""Gaps between two groups taken apart: what comes of who is in them, and what of how they fare."""
