"""Control limits for areas of all sizes, and values drawn towards each other."""
