"""Changes of gaps taken apart by crossed factors."""
