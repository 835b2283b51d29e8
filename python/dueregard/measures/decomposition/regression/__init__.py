"""Gaps taken apart by regressions of both groups."""
