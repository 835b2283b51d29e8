"""The rows of a comparison of distributions: all areas together, how areas vary, then each area."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.reaches import Reach
from dueregard.inference.references import Reference
from dueregard.inference.two_groups.contrasts import Contrast
from dueregard.inference.two_groups.families import Family
from dueregard.measures.comparison_rows import Columns, block_columns, flat, stacked
from dueregard.measures.gaps.distributions import Distributions, Sides, sides_of
from dueregard.measures.row_flags import row_flags
from dueregard.measures.thresholds import Threshold
from dueregard.measures.variation_rows import as_columns, variation_of
from dueregard.measures.verdicts import Rule

ONE_STANDARD_ERROR = 0.6826894921370859
"""The level of an interval that reaches one standard error to either side."""

FARTHEST = 20.0
"""How many times the largest gap of an area, and its interval, areas are looked for to spread."""


@dataclass(frozen=True)
class Question:
    """What is asked of the distributions; ``scale`` takes a comparison to what is shown, and below 0 turns it."""

    name: str
    characteristic: str
    by: tuple[str, ...]
    reference: Any
    position: int | None
    rules: tuple[Rule, ...]
    adjust: str
    period: str | None
    chance: bool
    unit: str = "percentage points"
    scale: float = 100.0
    verdict_unit: str = "points"
    practical: Threshold | None = None
    higher_is_better: bool | None = None

    @property
    def reference_text(self) -> Any:
        return self.reference.value if isinstance(self.reference, Reference) else self.reference


@dataclass(frozen=True)
class Findable:
    """What one measure makes of the groups of some areas; arrays of shape (areas, groups), the comparison flat."""

    value: Floats
    reference_value: Floats
    contrast: Contrast | Reach
    flag: NDArray[np.int64]
    extra: dict[str, NDArray[Any]] = field(default_factory=dict)
    """Columns of this measure alone."""


Measure = Callable[[Sides], Findable]


def distribution_columns(own: Distributions, question: Question, measure: Measure) -> Columns:
    """All rows of the findings, as columns."""
    parts = [_part(own.summed(), question, measure)]
    if question.by:
        areas = _part(own, question, measure)
        if question.chance:
            parts.append(_variation(own, question, measure, list(parts[0])))
        parts.append(areas)
    return stacked(parts)


def _part(own: Distributions, question: Question, measure: Measure) -> Columns:
    """The group rows of some areas, one for each confidence level. Those of a level are one family."""
    sides = sides_of(own, question.reference, question.position)
    found = measure(sides)
    return block_columns(_fixed_columns(sides, found, question), found.contrast, Family(question.adjust), question)


def _fixed_columns(sides: Sides, found: Findable, question: Question) -> Columns:
    own = sides.own
    n_areas, n_groups = own.nobs.shape
    n_rows = n_areas * n_groups
    known = sides.comparable.reshape(-1).tolist()
    types = ["reference" if i == question.position else "group" for i in range(n_groups)]
    part: Columns = {
        "measure": [question.name] * n_rows,
        "characteristic": [question.characteristic] * n_rows,
        "group": own.groups * n_areas,
        **{name: [area[i] for area in own.areas for _ in own.groups] for i, name in enumerate(question.by)},
        "period": [question.period] * n_rows,
        "row_type": types * n_areas,
        "nobs": flat(own.nobs),
        "outcome_missing": flat(own.outcome_missing),
        "value": flat(found.value),
        "reference": [question.reference_text] * n_rows,
        "reference_nobs": [n if kept else None for kept, n in zip(known, flat(sides.shown.nobs), strict=True)],
        "reference_value": flat(np.where(sides.comparable, found.reference_value, np.nan)),
        "unit_of_measure": [question.unit] * n_rows,
        "flag": row_flags(own, sides.against, sides.comparable, chance=question.chance, also=found.flag),
        **{name: flat(values) for name, values in found.extra.items()},
    }
    if own.weighted:
        size = np.where(own.size > 0, own.size, np.nan)
        part |= {"effective_nobs": flat(size), "design_effect": flat(own.nobs / size)}
    return part


@dataclass(frozen=True)
class _Gaps:
    """The gaps of one group in all areas, and the variances that their intervals stand for."""

    gap: Floats
    variance: Floats
    scale: float

    @property
    def most(self) -> float:
        if self.scale == 100:  # no difference of shares can be beyond 1
            return 1.0
        return FARTHEST * float(np.abs(self.gap).max() + np.sqrt(self.variance.max()))

    def shown(self, value: float) -> float:
        return abs(self.scale) * value


def _variation(own: Distributions, question: Question, measure: Measure, names: list[str]) -> Columns:
    """How much the gap of each group varies between areas. Areas without a comparison are left out."""
    found = measure(sides_of(own, question.reference, question.position)).contrast.compare(ONE_STANDARD_ERROR)
    gap, low, high = (np.reshape(a, own.nobs.shape)[own.known_area] for a in found[:3])
    width = (high - low) / 2
    rows = []
    for i, known in enumerate(own.known_group):
        if known and i != question.position:
            used = np.isfinite(gap[:, i]) & np.isfinite(width[:, i]) & (width[:, i] > 0)
            rows += variation_of(
                own.groups[i],
                used,
                question.rules,
                partial(_Gaps, gap[used, i], np.square(width[used, i]), question.scale),
            )
    return as_columns(rows, question, question.unit, names)
