"""How far two assessments of the same things agree."""
