"""`dueregard.age_band`: exact ages in bands."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.missing import NOT_STATED


def age_band(ages: Any, breaks: Sequence[int]) -> NDArray[np.str_]:
    """The band of each age, named as data.police.uk names them: "under 10", "10-17", "over 34"."""
    numbers = np.asarray(ages, np.float64)
    edges = list(breaks)
    names = [
        f"under {edges[0]}",
        *(f"{a}-{b - 1}" if b - a > 1 else str(a) for a, b in zip(edges, edges[1:], strict=False)),
        f"over {edges[-1] - 1}",
        NOT_STATED,
    ]
    band = np.searchsorted(edges, numbers, side="right")
    return np.array(names)[np.where(np.isnan(numbers), len(names) - 1, band)]
