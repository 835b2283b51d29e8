"""The rows that say how much the gaps of areas vary, before any area is shown."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from dueregard.flags import Flag
from dueregard.inference.variation import LARGEST, SPREAD, chance_rate, largest_expected, spread
from dueregard.measures.compared import Compared, Question


def variation_columns(compared: Compared, question: Question, names: Sequence[str]) -> dict[str, list[Any]]:
    """Two rows for each group: how much its gap varies between areas, and the largest gap to expect by chance."""
    compared = compared.of_areas(compared.grouped.known_area)
    rows = [
        row
        for i, known in enumerate(compared.grouped.known_group)
        if known and i != question.position
        for row in _variation_of(compared, i, question)
    ]
    constant = {
        "measure": question.measure,
        "characteristic": question.characteristic,
        "period": question.period,
        "row_type": "variation",
        "reference": question.reference_text,
        "unit_of_measure": "percentage points",
        "confidence_level": float("nan"),
        **dict.fromkeys(question.by),
    }
    return {name: [row.get(name, constant.get(name)) for row in rows] for name in names}


def _variation_of(compared: Compared, i: int, question: Question) -> Sequence[dict[str, Any]]:
    """The rows of one group. Areas in which either side has no cases are left out, and the flag says so."""
    used = compared.usable[:, i]
    flag = Flag(0) if used.all() else Flag.AREAS_LEFT_OUT
    group, n_areas = compared.grouped.groups[i], int(used.sum())
    if n_areas < 2:
        flag |= Flag.TOO_FEW_AREAS
        areas = "1 area" if n_areas == 1 else "no areas"
        methods = (f"{SPREAD}, {areas}", f"{LARGEST}, {areas}")
        return [{"group": group, "flag": flag, "method": text} for text in methods]
    ours, theirs = compared.grouped, compared.against
    factor = compared.factor[used, i]
    gaps = factor * (ours.share[used, i] - theirs.share[used, i])
    variance = np.square(factor) * (
        chance_rate(ours.share[used, i], ours.size[used, i])[1]
        + chance_rate(theirs.share[used, i], theirs.size[used, i])[1]
    )
    found = spread(gaps, variance, question.rule.confidence_level)
    between = {
        "group": group,
        "estimate": 100 * found.estimate,
        "confidence_level": max(round(2 * question.rule.confidence_level - 1, 12), 0.0),
        "low": 100 * found.low,
        "high": 100 * found.high,
        "pvalue": found.pvalue,
        "flag": flag,
        "method": f"{SPREAD}, {n_areas} areas (DerSimonian-Laird, Q-profile, Cochran's Q)",
    }
    largest = {
        "group": group,
        "value": 100 * float(np.abs(gaps).max()),
        "estimate": 100 * largest_expected(gaps, variance),
        "flag": flag,
        "method": f"{LARGEST}, {n_areas} areas",
    }
    return [between, largest]
