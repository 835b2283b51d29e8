"""Why there is a gap: its parts by who is in the groups and by how they fare."""
