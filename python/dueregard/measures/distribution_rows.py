"""The rows of a comparison of distributions: all areas together, how areas vary, then each area."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.comparisons import METHOD_WORDS
from dueregard.inference.contrasts import Contrast
from dueregard.inference.families import SIMULTANEOUS, Family
from dueregard.inference.reaches import Reach
from dueregard.inference.references import Reference
from dueregard.measures.distributions import Distributions, Sides, sides_of
from dueregard.measures.gap_rows import ADJUSTMENT_WORDS
from dueregard.measures.row_flags import row_flags
from dueregard.measures.variation_rows import as_columns, variation_of
from dueregard.measures.verdicts import Rule

Columns = dict[str, list[Any]]

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
    return {name: [value for part in parts for value in part[name]] for name in parts[0]}


def _part(own: Distributions, question: Question, measure: Measure) -> Columns:
    """The group rows of some areas, one for each confidence level. Those of a level are one family."""
    sides = sides_of(own, question.reference, question.position)
    found = measure(sides)
    fixed = _fixed_columns(sides, found, question)
    levels = [_statistics(found.contrast, rule, question) for rule in question.rules]
    part: Columns = {name: [value for value in values for _ in levels] for name, values in fixed.items()}
    for name in levels[0]:
        part[name] = [value for row in zip(*(level[name] for level in levels), strict=True) for value in row]
    return part


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
        "nobs": _flat(own.nobs),
        "outcome_missing": _flat(own.outcome_missing),
        "value": _flat(found.value),
        "reference": [question.reference_text] * n_rows,
        "reference_nobs": [n if kept else None for kept, n in zip(known, _flat(sides.shown.nobs), strict=True)],
        "reference_value": _flat(np.where(sides.comparable, found.reference_value, np.nan)),
        "unit_of_measure": [question.unit] * n_rows,
        "flag": row_flags(own, sides.against, sides.comparable, chance=question.chance, also=found.flag),
        **{name: _flat(values) for name, values in found.extra.items()},
    }
    if own.weighted:
        size = np.where(own.size > 0, own.size, np.nan)
        part |= {"effective_nobs": _flat(size), "design_effect": _flat(own.nobs / size)}
    return part


def _statistics(contrast: Contrast | Reach, rule: Rule, question: Question) -> Columns:
    """Estimates, limits, p-values and verdicts of one family at one level."""
    found = contrast.compare(rule.confidence_level)
    n_rows, family = len(found.estimate), Family(question.adjust)
    columns: Columns = {"estimate": _shown(found.estimate, question)}
    if not question.chance:
        nothing = [float("nan")] * n_rows
        empty = dict.fromkeys(("confidence_level", "low", "high", "pvalue", "adjusted_pvalue"), nothing)
        return columns | empty | {"verdict": [None] * n_rows, "method": ["full count"] * n_rows}
    low, high = _limits(found.low, found.high, question)
    several = int(np.count_nonzero(~np.isnan(found.pvalue)))
    method = METHOD_WORDS.get(contrast.method, contrast.method)
    if question.adjust != "none" and several > 1:
        method += f"; {ADJUSTMENT_WORDS[question.adjust]} over {several} comparisons"
    columns |= {
        "confidence_level": [rule.confidence_level] * n_rows,
        "low": low,
        "high": high,
        "pvalue": _flat(found.pvalue),
        "adjusted_pvalue": _flat(family.adjusted(found.pvalue)),
        "verdict": _verdicts(contrast, family, rule, question),
        "method": [method] * n_rows,
    }
    if question.adjust in SIMULTANEOUS:
        wide = contrast.compare(family.simultaneous_level(rule.confidence_level, found.pvalue))
        columns["simultaneous_low"], columns["simultaneous_high"] = _limits(wide.low, wide.high, question)
    return columns


def _verdicts(contrast: Contrast | Reach, family: Family, rule: Rule, question: Question) -> list[str | None]:
    texts = rule.texts(contrast, family)
    if question.verdict_unit == "points":
        return texts
    size = f"{rule.threshold / 100:g} {question.verdict_unit}"
    return [text and text.replace(f"{rule.threshold:g} points", size) for text in texts]


def _limits(low: Floats, high: Floats, question: Question) -> tuple[list[float], list[float]]:
    ends = (low, high) if question.scale > 0 else (high, low)
    return _shown(ends[0], question), _shown(ends[1], question)


def _shown(values: Floats, question: Question) -> list[float]:
    return _flat(question.scale * values + 0.0)  # no minus zero


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


def _flat(values: NDArray[Any]) -> list[Any]:
    return list(np.asarray(values).reshape(-1).tolist())
