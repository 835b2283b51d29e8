"""One number for many groups."""
