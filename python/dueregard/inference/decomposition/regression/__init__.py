"""A gap taken apart by regressions of both groups."""
