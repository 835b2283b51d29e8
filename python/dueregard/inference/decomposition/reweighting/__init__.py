"""A gap with the same profile in both groups."""
