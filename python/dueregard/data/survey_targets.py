"""What the example surveys are set to: published figures by borough, and plausible ones that give the force figure."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.data.seed_tables import load

PLAUSIBLE = "plausible"


class Targets(NamedTuple):
    """One figure a borough. Those that are not ``free`` are published and must come out after rounding."""

    percent: NDArray[np.float64]
    free: NDArray[np.bool_]


def targets(measure: str) -> Targets:
    """The figures of one measure, in the order of the table of boroughs."""
    table = load("survey_targets")
    chosen = table["measure"] == measure
    if table["borough"][chosen].tolist() != load("boroughs")["borough"].tolist():
        raise ValueError(f"survey_targets: {measure!r} does not have one row for each borough, in order")
    return Targets(table["percent"][chosen].astype(np.float64), table["basis"][chosen] == PLAUSIBLE)


def published(measure: str, borough: str = "MPS") -> float:
    """A figure that a document states, for the force unless a borough is named."""
    table = load("survey_by_borough")
    found = table["value"][(table["measure"] == measure) & (table["borough"] == borough)]
    if len(found) != 1:
        raise ValueError(f"survey_by_borough: {len(found)} rows for {measure!r} in {borough!r}, not one")
    return float(found[0])


def raised_to(force: float, figures: Targets, size: NDArray[Any]) -> NDArray[np.float64]:
    """The figures, the free ones moved by one amount so that their mean weighted by ``size`` is ``force``."""
    shortfall = force * size.sum() - (figures.percent * size).sum()
    return np.where(figures.free, figures.percent + shortfall / size[figures.free].sum(), figures.percent)
