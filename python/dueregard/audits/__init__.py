"""Published figures held against their own arithmetic, against each other and against other sources."""
