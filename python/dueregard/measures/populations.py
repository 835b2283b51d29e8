"""`dueregard.population`: how many people there are in each group, as a base for rates and shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.tallies import Tally

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Population:
    """How many people there are in each group, and what is known about that number."""

    tally: Tally
    group: str
    by: tuple[str, ...]
    date: str
    ages: str | None = None
    mapping: str | None = None
    classification: str | None = None
    low: FloatArray | None = None
    high: FloatArray | None = None
    se: FloatArray | None = None
    source: str | None = None
    notes: tuple[str, ...] = ()


def population(
    table_or_path: Any,
    *,
    group: str,
    count: str | Sequence[str],
    date: str,
    by: str | Sequence[str] | None = None,
    mapping: Any = None,
    ages: str | None = None,
    low: str | None = None,
    high: str | None = None,
    se: str | None = None,
    confidence_level: float = 0.95,
    unknown: str = "raise",
    source: str | None = None,
) -> Population:
    """How many people there are in each group."""
    raise NotImplementedError
