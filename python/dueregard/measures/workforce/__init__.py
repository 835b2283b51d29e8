"""Staff: their shares, the stages of work, what changes a share, and parity."""
