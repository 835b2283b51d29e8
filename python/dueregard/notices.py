"""What every visible output says of itself."""

INTERNAL = "Internal: not checked for disclosure"
"""Stands on every output until a disclosure gate has passed it."""


def notices(provenance: str | None) -> list[str]:
    """That the output was not checked for disclosure, and where records that are not real came from."""
    return [INTERNAL, *([provenance] if provenance else [])]
