"""What holds a unit back, and the fewest indicators that would bring it to the next level."""

from math import ceil
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.assessment.answers import NOT_ASSESSABLE
from dueregard.assessment.frameworks.framework import WEAKEST_SECTION
from dueregard.assessment.scores.answer_counts import AnswerCounts
from dueregard.assessment.scores.level_rows import NONE
from dueregard.assessment.scores.levels_reached import judged, level_percent, reached
from dueregard.assessment.scores.unmet_rows import unmet_cells
from dueregard.flags import Flag

METHOD = "fewest indicators that reach the level, the first in the framework's order; an unanswered one is unmet"
POOLED = "any so many of them would do"
"""Added where all indicators of a level are counted together; sections each need their own."""


class Step(NamedTuple):
    """What one unit would have to meet: positions of indicators, and all that it does not meet."""

    fewest: list[int]
    unmet: list[int]


def next_step_columns(counts: AnswerCounts) -> dict[str, list[Any]]:
    """Columns of the findings, one row a unit."""
    now, n = reached(counts), judged(counts)
    steps = {level: _steps(counts, level.id) for level in counts.framework.levels[:n]}
    rows = []
    for i, unit in enumerate(counts.responses.units):
        at = int(now.low[i])
        level = counts.framework.levels[at] if at < min(n, int(now.judged[i])) else None
        step = steps[level][i] if level else None
        row = _row(counts, unit, at, level.label if level else None, step, bool(now.assessable[i]))
        rows.append(row | {"kind": counts.responses.kinds[i]})
    return {name: [row[name] for row in rows] for name in (rows[0] if rows else _row(counts, "", 0, None, None, False))}


def _row(
    counts: AnswerCounts, unit: str, at: int, level: str | None, step: Step | None, assessable: bool
) -> dict[str, Any]:
    ids = counts.framework.indicator_ids
    names = [NONE, *(one.label for one in counts.framework.levels)]
    known = step is not None and assessable
    return {
        "measure": "indicators needed for the next level",
        "unit": unit,
        "row_type": "group",
        "count": len(step.fewest) if step and known else None,
        "nobs": len(step.unmet) if step and known else None,
        "unit_of_measure": "indicators",
        "flag": Flag.FULL_COUNT if assessable else Flag.FULL_COUNT | Flag.NO_CASES,
        "method": METHOD if counts.framework.rule == WEAKEST_SECTION else f"{METHOD}; {POOLED}",
        "level": names[at] if assessable else None,
        "next_level": level if assessable else None,
        "indicators": " ".join(ids[i] for i in step.fewest) if step and known else None,
        "holds_back": " ".join(ids[i] for i in step.unmet) if step and known else None,
    }


def _steps(counts: AnswerCounts, level: str) -> list[Step]:
    """Of every unit, what it would have to meet for a level."""
    unmet = unmet_cells(counts, level)
    asked = np.array([counts.framework.is_asked(one, level) for one in counts.framework.indicators])
    assessable = asked & (counts.scale.states[counts.codes] != NOT_ASSESSABLE)
    percent = level_percent(counts.framework, level)
    return [
        Step(sorted(i for part in _parts(counts) for i in fewest(unmet[u] & part, assessable[u] & part, percent)),
             np.flatnonzero(unmet[u]).tolist())
        for u in range(len(unmet))
    ]  # fmt: skip


def _parts(counts: AnswerCounts) -> list[NDArray[np.bool_]]:
    """The sets of indicators that each have to reach the percent: the sections, or all together."""
    of = np.array([indicator.section for indicator in counts.framework.indicators])
    if counts.framework.rule == WEAKEST_SECTION:
        return [of == section for section in counts.framework.sections]
    return [np.ones(len(of), dtype=np.bool_)]


def fewest(unmet: NDArray[np.bool_], assessable: NDArray[np.bool_], percent: float) -> list[int]:
    """The first unmet indicators that bring the share met of the assessable ones to the percent."""
    total, lacking = int(assessable.sum()), np.flatnonzero(unmet)
    needed = ceil(percent * total / 100 - 1e-9) - (total - len(lacking))
    while needed > 0 and 100.0 * (total - len(lacking) + needed - 1) >= percent * total:
        needed -= 1  # the rule itself decides, not the rounding of a ratio
    return lacking[: max(0, needed)].tolist()  # type: ignore[no-any-return]
