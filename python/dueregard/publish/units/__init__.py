"""Values and differences as they are written in each unit."""
