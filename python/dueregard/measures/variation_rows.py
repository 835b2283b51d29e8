"""The rows that say how much the gaps of areas vary, before any area is shown."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from dueregard.flags import Flag
from dueregard.inference.variation import LARGEST, SPREAD, largest_expected, spread
from dueregard.measures.area_gaps import AreaGaps, area_gaps
from dueregard.measures.compared import Compared, Question


def variation_columns(compared: Compared, question: Question, names: Sequence[str]) -> dict[str, list[Any]]:
    """The rows of each group: how much its gap varies between areas, one for each level, and the largest to expect."""
    compared = compared.of_areas(compared.grouped.known_area)
    rows = [
        row
        for i, known in enumerate(compared.grouped.known_group)
        if known and i != question.position
        for row in _variation_of(compared, i, question)
    ]
    constant = {
        "measure": question.name,
        "characteristic": question.characteristic,
        "period": question.period,
        "row_type": "variation",
        "reference": question.reference_text,
        "unit_of_measure": "percentage points" if question.measure == "difference" else "factor",
        "confidence_level": float("nan"),
        **dict.fromkeys(question.by),
    }
    return {name: [row.get(name, constant.get(name)) for row in rows] for name in names}


def _variation_of(compared: Compared, i: int, question: Question) -> Sequence[dict[str, Any]]:
    """The rows of one group. Areas in which either side has no cases are left out, and the flag says so."""
    used = compared.usable[:, i]
    flag = Flag(0) if used.all() else Flag.AREAS_LEFT_OUT
    n_areas = int(used.sum())
    shared = {"group": compared.grouped.groups[i], "flag": flag}
    if n_areas < 2:
        shared["flag"] = flag | Flag.TOO_FEW_AREAS
        areas = "1 area" if n_areas == 1 else "no areas"
        return [shared | {"method": f"{text}, {areas}"} for text in (SPREAD, LARGEST)]
    gaps = area_gaps(compared, i, question.measure)
    between = [shared | _spread_row(gaps, rule.confidence_level) for rule in question.rules]
    largest = {
        "value": gaps.shown(float(np.abs(gaps.gap).max())),
        "estimate": gaps.shown(largest_expected(gaps.gap, gaps.variance, gaps.most)),
        "method": f"{LARGEST}, {n_areas} areas",
    }
    return [*between, shared | largest]


def _spread_row(gaps: AreaGaps, confidence_level: float) -> dict[str, Any]:
    found = spread(gaps.gap, gaps.variance, confidence_level, gaps.most)
    return {
        "estimate": gaps.shown(found.estimate),
        "confidence_level": max(round(2 * confidence_level - 1, 12), 0.0),
        "low": gaps.shown(found.low),
        "high": gaps.shown(found.high),
        "pvalue": found.pvalue,
        "method": f"{SPREAD}, {len(gaps.gap)} areas (DerSimonian-Laird, Q-profile, Cochran's Q)",
    }
