"""The smallest and the largest of a column of integers."""

from typing import Any

from numpy.typing import NDArray


def integer_range(codes: NDArray[Any]) -> tuple[int, int] | None:
    """None when there are no codes."""
    values = [int(code) for code in codes]
    return (min(values), max(values)) if values else None
