"""The rows that say how much the gaps of areas vary, before any area is shown."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.two_groups.chance_of_q import Errors
from dueregard.inference.two_groups.variation import LARGEST, SPREAD, largest_expected, spread
from dueregard.measures.gaps.area_gaps import area_gaps
from dueregard.measures.gaps.compared import Compared, Question
from dueregard.measures.verdicts import Rule


class Gaps(Protocol):
    """The gaps of one group in several areas, their variances if only chance is at work, and how they are shown."""

    @property
    def gap(self) -> Floats: ...

    @property
    def variance(self) -> Floats: ...

    @property
    def most(self) -> float: ...

    def shown(self, value: float) -> float: ...


class Asked(Protocol):
    """What all rows have in common."""

    @property
    def name(self) -> str: ...

    @property
    def characteristic(self) -> str | None: ...

    @property
    def by(self) -> tuple[str, ...]: ...

    @property
    def period(self) -> str | None: ...

    @property
    def reference_text(self) -> Any: ...


def variation_columns(compared: Compared, question: Question, names: Sequence[str]) -> dict[str, list[Any]]:
    """The rows of each group: how much its gap varies between areas, one for each level, and the largest to expect."""
    compared = compared.of_areas(compared.grouped.known_area)
    rows = [
        row
        for i, known in enumerate(compared.grouped.known_group)
        if known and i != question.position
        for row in _rows_of(compared, i, question)
    ]
    unit = "percentage points" if question.measure == "difference" else "factor"
    return as_columns(rows, question, unit, names)


def _rows_of(compared: Compared, i: int, question: Question) -> list[dict[str, Any]]:
    gaps = partial(area_gaps, compared, i, question.measure)
    return variation_of(compared.grouped.groups[i], compared.usable[:, i], question.rules, gaps)


def variation_of(
    group: Any,
    used: NDArray[np.bool_],
    rules: Sequence[Rule],
    gaps_of: Callable[[], Gaps],
    errors: Errors | None = None,
) -> list[dict[str, Any]]:
    """The rows of one group. Areas that are not used, as either side has no cases, are left out, and the flag says so.

    ``gaps_of`` gives the gaps of the areas used; it is not called where there are too few of them. ``errors`` are of
    variances that are estimated in each area, of those used.
    """
    flag = Flag(0) if used.all() else Flag.AREAS_LEFT_OUT
    n_areas = int(used.sum())
    shared = {"group": group, "flag": flag}
    if n_areas < 2:
        shared["flag"] = flag | Flag.TOO_FEW_AREAS
        areas = "1 area" if n_areas == 1 else "no areas"
        return [shared | {"method": f"{text}, {areas}"} for text in (SPREAD, LARGEST)]
    gaps = gaps_of()
    between = [shared | _spread_row(gaps, errors, rule.confidence_level) for rule in rules]
    largest = {
        "value": gaps.shown(float(np.abs(gaps.gap).max())),
        "estimate": gaps.shown(largest_expected(gaps.gap, gaps.variance, gaps.most)),
        "method": f"{LARGEST}, {n_areas} areas",
    }
    return [*between, shared | largest]


def _spread_row(gaps: Gaps, errors: Errors | None, confidence_level: float) -> dict[str, Any]:
    found = spread(gaps.gap, gaps.variance, confidence_level, gaps.most, errors)
    by = "" if errors is None else " by Welch's F"
    return {
        "estimate": gaps.shown(found.estimate),
        "confidence_level": max(round(2 * confidence_level - 1, 12), 0.0),
        "low": gaps.shown(found.low),
        "high": gaps.shown(found.high),
        "pvalue": found.pvalue,
        "method": f"{SPREAD}, {len(gaps.gap)} areas (Paule-Mandel, Q-profile, Cochran's Q{by})",
    }


def as_columns(rows: Sequence[dict[str, Any]], asked: Asked, unit: str, names: Sequence[str]) -> dict[str, list[Any]]:
    """The rows as columns of these names; None for what a row that stands for no area does not have."""
    constant = {
        "measure": asked.name,
        "characteristic": asked.characteristic,
        "period": asked.period,
        "row_type": "variation",
        "reference": asked.reference_text,
        "unit_of_measure": unit,
        "confidence_level": float("nan"),
        **dict.fromkeys(asked.by),
    }
    return {name: [row.get(name, constant.get(name)) for row in rows] for name in names}
