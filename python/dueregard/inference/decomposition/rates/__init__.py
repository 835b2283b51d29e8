"""A gap taken apart by cells: composition and rates."""
