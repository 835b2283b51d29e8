"""All areas together, as an area."""

EVERYWHERE = -1
"""Its number."""
