"""Indices of inequality between groups: their names, what they are called, their units and their formulas."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.indices import group_indices, index_formulas
from dueregard.inference.indices.disparity_index import disparity_formula
from dueregard.inference.indices.group_indices import GroupIndex

PERCENT, THOUSANDTHS, POINTS, SQUARED, RATIO = "percent", "thousandths", "points", "squared points", "ratio"


@dataclass(frozen=True)
class IndexWords:
    """What an index is called, and the kind of its unit."""

    words: str
    kind: str


INDICES = {
    "dissimilarity": IndexWords("index of dissimilarity", PERCENT),
    "disparity": IndexWords("index of disparity", PERCENT),
    "deviation": IndexWords("between-group standard deviation", POINTS),
    "variance": IndexWords("between-group variance", SQUARED),
    "theil": IndexWords("Theil index", THOUSANDTHS),
    "mean-log-deviation": IndexWords("mean log deviation", THOUSANDTHS),
    "entropy": IndexWords("generalised entropy", THOUSANDTHS),
    "gini": IndexWords("Gini coefficient", PERCENT),
    "hoover": IndexWords("Hoover index", PERCENT),
    "atkinson": IndexWords("Atkinson index", PERCENT),
    "slope": IndexWords("slope index of inequality", POINTS),
    "relative-slope": IndexWords("relative index of inequality", RATIO),
}
SLOPES = ("slope", "relative-slope")
USUAL = ("dissimilarity", "disparity", "deviation", "theil")
"""Those given unless others are asked for; with an order of the groups the two slopes too."""


def read_indices(indices: Any, order: Any) -> tuple[str, ...]:
    """The names asked for, each once."""
    if indices is None:
        return USUAL if order is None else (*USUAL, *SLOPES)
    names = (indices,) if isinstance(indices, str) else tuple(indices)
    if not names:
        raise ValueError("indices: there is none")
    for i, name in enumerate(names):
        checked.one_of("indices", name, tuple(INDICES))
        if name in names[:i]:
            raise ValueError(f"indices: {name!r} is given twice")
        if name in SLOPES and order is None:
            raise TypeError(f"order: {name!r} needs the groups in their order, from the lowest to the highest")
    return names


def index_of(
    name: str, binomial: bool, *, position: Any, denominator: str, parameter: float | None
) -> tuple[GroupIndex, float | None]:
    """What an index that is no slope is computed by, and its parameter if it has one."""
    if name == "disparity":
        return GroupIndex(disparity_formula(position, denominator), turned=True, infinite=False), None
    if name in ("deviation", "variance"):
        return GroupIndex(getattr(index_formulas, name)), None
    if name == "dissimilarity":
        return GroupIndex(_with_and_without if binomial else index_formulas.hoover, 1.0), None
    return group_indices.named(name, parameter if name in group_indices.PARAMETERS else None)


def _with_and_without(rates: Floats, weight: Floats) -> Floats:
    """Dissimilarity of those who have the property and those who have not; NaN where all have it."""
    others = 1 - index_formulas.mean(rates, weight)
    distance = index_formulas.hoover(rates, weight)
    return np.asarray(np.divide(distance, others, out=np.full(others.shape, np.nan), where=others > 1e-15))


def shown(kind: str, scale: float) -> float:
    """What an index of this kind is multiplied by where it is shown; ``scale`` is that of the rates."""
    return {PERCENT: 100.0, THOUSANDTHS: 1000.0, POINTS: scale, SQUARED: scale * scale, RATIO: 1.0}[kind]


def unit_of_kind(kind: str, rate_unit: str | None) -> str:
    """The unit of measure; ``rate_unit`` is that of rates, such as "per 1,000", None for percentages."""
    if kind == POINTS:
        return rate_unit or "percentage points"
    if kind == SQUARED:
        return f"({rate_unit}) squared" if rate_unit else "squared percentage points"
    return kind


def named(name: str, unit: str) -> str:
    """An index in words with its unit, as a column of several of them needs it."""
    short = {"percent": "%", "percentage points": "points"}.get(unit, unit)
    return f"{INDICES[name].words} ({short})"
