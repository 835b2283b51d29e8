"""What the example surveys are set to: published figures by borough, and plausible ones that give the force figure."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.data.seed_tables import load

PLAUSIBLE = "plausible"
HALF = 0.4999  # of the last digit published; the edges of rounding are left out


class Targets(NamedTuple):
    """One figure a borough. Those that are not ``free`` are published and must come out after rounding."""

    percent: NDArray[np.float64]
    free: NDArray[np.bool_]


class Window(NamedTuple):
    """Percentages between which one figure a borough must lie."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def holds(self, borough: int, percent: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether each percentage would do for the borough."""
        inside: NDArray[np.bool_] = (self.low[borough] < percent) & (percent < self.high[borough])
        return inside


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


def window(figures: Targets) -> Window:
    """Published figures come out after rounding; free ones fall in the widest space that published ones leave.

    That space is what a document says by naming the best and the worst boroughs and no other.
    """
    stated = np.unique(figures.percent[~figures.free])
    widest = np.argmax(np.diff(stated))
    low = np.where(figures.free, stated[widest] + 1, figures.percent)
    high = np.where(figures.free, stated[widest + 1] - 1, figures.percent)
    return Window(low - HALF, high + HALF)


def window_where_published(measure: str) -> Window:
    """Published figures of some boroughs come out after rounding; the others may be anything."""
    table = load("survey_by_borough")
    names = load("boroughs")["borough"].tolist()
    figures = Window(np.full(len(names), -np.inf), np.full(len(names), np.inf))
    for row in table.rows():
        if row["measure"] == measure and row["borough"] in names:
            borough = names.index(row["borough"])
            figures.low[borough], figures.high[borough] = row["value"] - HALF, row["value"] + HALF
    return figures


def comes_out(percent: float, figure: float) -> bool:
    """Whether the percentage is the published figure after rounding."""
    return abs(percent - figure) < HALF
