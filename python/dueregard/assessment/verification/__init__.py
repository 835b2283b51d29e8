"""Verification: how far self-assessments hold when others check them, how much to check, and who can teach whom."""
