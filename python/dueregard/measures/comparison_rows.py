"""The columns of groups compared with a reference, whatever was compared: estimates, limits, p-values and verdicts.

A measure says what is the same at every confidence level (the fixed columns) and what is compared; here each row is
repeated for each level, with what the level has a part in.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.intervals.design_contrasts import DesignContrast
from dueregard.inference.two_groups.comparisons import METHOD_WORDS
from dueregard.inference.two_groups.contrasts import Contrast
from dueregard.inference.two_groups.families import SIMULTANEOUS, Family
from dueregard.measures.thresholds import Threshold
from dueregard.measures.verdicts import Comparisons, Rule, points_words

Columns = dict[str, list[Any]]

ADJUSTMENT_WORDS = {
    "holm": "Holm",
    "hochberg": "Hochberg",
    "benjamini-hochberg": "Benjamini-Hochberg",
    "benjamini-yekutieli": "Benjamini-Yekutieli",
    "bonferroni": "Bonferroni",
    "maximum": "maximum statistic",
}


class Judged(Protocol):
    """How comparisons are judged and shown; ``scale`` takes one to what is shown, and below 0 turns it."""

    @property
    def rules(self) -> tuple[Rule, ...]: ...

    @property
    def adjust(self) -> str: ...

    @property
    def chance(self) -> bool: ...

    @property
    def scale(self) -> float: ...

    @property
    def verdict_unit(self) -> str: ...

    @property
    def practical(self) -> Threshold | None: ...

    @property
    def higher_is_better(self) -> bool | None: ...


def block_columns(fixed: Columns, contrast: Comparisons, family: Family, judged: Judged) -> Columns:
    """The rows of one family of comparisons: each as often as there are confidence levels.

    ``fixed`` are the columns in which levels do not differ, one value a comparison, in the order of ``contrast``. Where
    counts have a difference and a method without limits for it, and where groups of a survey differ by as much in every
    cluster, their flag says so.
    """
    levels = [_statistics(contrast, family, rule, judged) for rule in judged.rules]
    part: Columns = {name: each(values, len(levels)) for name, values in fixed.items()}
    for name in levels[0]:
        part[name] = [value for row in zip(*(level[name] for level in levels), strict=True) for value in row]
    if "flag" in part and judged.chance:
        more = _unsure(contrast, part, len(levels))
        part["flag"] = [flag | Flag(bit) for flag, bit in zip(part["flag"], more, strict=True)]
    return part


def _unsure(contrast: Comparisons, part: Columns, n_levels: int) -> list[int]:
    """What to know of counts without limits, of differences of a survey that do not tell their own variance, and of 0
    against 0, whose ratio may be anything: limits of 0 and infinity, p 1.
    """
    estimate = np.array(part["estimate"], np.float64)
    known, undefined = np.isfinite(estimate), np.isnan(estimate) & ~np.isnan(part["low"])
    without, flag = np.zeros(len(known), np.bool_), Flag.NO_VARIANCE
    if isinstance(contrast, Contrast):
        without = np.isnan(part["low"])
    if isinstance(contrast, DesignContrast):
        without, flag = np.repeat(np.isnan(contrast.se), n_levels), Flag.BORROWED_PRECISION
    return flat(np.where(known & without, int(flag), 0) | np.where(undefined, int(Flag.UNDEFINED), 0))


def stacked(parts: Sequence[Columns]) -> Columns:
    """Blocks of rows one below another; what a block does not have is None in its rows."""
    names = list(dict.fromkeys(name for part in parts for name in part))
    lengths = [len(next(iter(part.values()), [])) for part in parts]
    return {
        name: [value for part, n in zip(parts, lengths, strict=True) for value in part.get(name, [None] * n)]
        for name in names
    }


def cut(part: Columns, first: int, last: int | None) -> Columns:
    """Some of the rows."""
    return {name: values[first:last] for name, values in part.items()}


def each(values: list[Any], times: int) -> list[Any]:
    """Each value as often as there are confidence levels."""
    return [value for value in values for _ in range(times)]


def _statistics(contrast: Comparisons, family: Family, rule: Rule, judged: Judged) -> Columns:
    """Estimates, limits, p-values and verdicts of one family at one level."""
    found = contrast.compare(rule.confidence_level)
    n_rows = len(found.estimate)
    columns: Columns = {"estimate": _shown(found.estimate, judged)}
    if judged.practical is not None:
        columns["practical_threshold"] = [judged.practical.words] * n_rows
        columns["practical_verdict"] = judged.practical.verdicts(found.estimate, judged.higher_is_better)
    if not judged.chance:
        nothing = [float("nan")] * n_rows
        empty = dict.fromkeys(("confidence_level", "low", "high", "pvalue", "adjusted_pvalue"), nothing)
        return columns | empty | {"verdict": [None] * n_rows, "method": ["full count"] * n_rows}
    low, high = _limits(found.low, found.high, judged)
    columns |= {
        "confidence_level": [rule.confidence_level] * n_rows,
        "low": low,
        "high": high,
        "pvalue": flat(found.pvalue),
        "adjusted_pvalue": flat(family.adjusted(found.pvalue)),
        "verdict": _verdicts(contrast, family, rule, judged),
        "method": [_method_words(contrast.method, judged.adjust, found.pvalue)] * n_rows,
    }
    if judged.adjust in SIMULTANEOUS:
        wide = contrast.compare(family.simultaneous_level(rule.confidence_level, found.pvalue))
        columns["simultaneous_low"], columns["simultaneous_high"] = _limits(wide.low, wide.high, judged)
    return columns


def _method_words(method: str, adjust: str, pvalues: Floats) -> str:
    compared = int(np.count_nonzero(~np.isnan(pvalues)))
    alone = adjust == "none" or compared < 2
    several = "" if alone else f"; {ADJUSTMENT_WORDS[adjust]} over {compared} comparisons"
    return METHOD_WORDS.get(method, method) + several


def _verdicts(contrast: Comparisons, family: Family, rule: Rule, judged: Judged) -> list[str | None]:
    texts = rule.texts(contrast, family)
    if judged.verdict_unit == "points":
        return texts
    size = f"{rule.threshold / 100:g} {judged.verdict_unit}"
    return [text and text.replace(points_words(rule.threshold), size) for text in texts]


def _limits(low: Floats, high: Floats, judged: Judged) -> tuple[list[float], list[float]]:
    ends = (low, high) if judged.scale > 0 else (high, low)
    return _shown(ends[0], judged), _shown(ends[1], judged)


def _shown(values: Floats, judged: Judged) -> list[float]:
    return flat(judged.scale * values + 0.0)  # no minus zero


def flat(values: NDArray[Any]) -> list[Any]:
    """An array as a list, row after row."""
    return list(np.asarray(values).reshape(-1).tolist())


def percent(fractions: Floats) -> list[float]:
    """Fractions as a list of percentages."""
    return flat(100 * fractions)


def only_where(keep: NDArray[np.bool_], values: list[Any]) -> list[Any]:
    """Values where they are kept, None elsewhere."""
    return [value if kept else None for kept, value in zip(keep, values, strict=True)]
