"""The rows of a gap taken apart, however it was: the gap, what it is made of, and of which factors and levels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np

from dueregard.flags import Flag
from dueregard.inference.decomposition.unmeasured import IMBALANCE, mean_e_value, needed_effect, share_e_value
from dueregard.inference.surveys.replicates.replicate_values import ReplicateValues
from dueregard.inference.surveys.scores import Scores
from dueregard.measures.comparison_rows import Columns

NAN = float("nan")


@dataclass(frozen=True)
class Part:
    """One part of a gap, in points of it.

    ``factor`` and ``level`` are None in a total. ``value`` and ``reference_value`` are the levels of the outcome there,
    and ``group_share`` and ``reference_share`` the percent of people. ``remains`` marks what is left of the gap once
    all that was measured is equal: its values are those that both sides would have then.
    """

    part: str
    estimate: float
    se: float = NAN
    low: float = NAN
    high: float = NAN
    pvalue: float = NAN
    factor: str | None = None
    level: Any = None
    value: float = NAN
    reference_value: float = NAN
    group_share: float = NAN
    reference_share: float = NAN
    remains: bool = False
    nobs: int | None = None
    reference_nobs: int | None = None
    flag: int = 0
    also: Mapping[str, Any] = field(default_factory=dict)
    """More columns, by name."""

    def told(self, whole: Mapping[str, Any]) -> "Part":
        """With what another way has found of it; see `whole_gaps`."""
        also = {name: whole[name] for name in ("adjusted_pvalue", "verdict", "method")}
        return replace(self.limited(whole), also={**self.also, **also})

    def limited(self, whole: Mapping[str, Any]) -> "Part":
        """With the limits alone."""
        own = {name: whole[name] for name in ("se", "low", "high", "pvalue") if name in whole}
        return replace(self, **own, flag=int(self.flag) | int(whole["flag"]))


class Sampled(NamedTuple):
    """How the parts of a gap vary from sample to sample: statistics from the number ``first`` on are parts in order,
    which ``scale`` takes to points."""

    of: Scores | ReplicateValues
    first: int
    scale: float


@dataclass(frozen=True)
class Block:
    """The parts of one group's gap in one area; first the gap itself, or, of the reference, its own level alone.

    ``spread`` is the standard deviation of the outcome in the reference, of one that is no share.
    """

    area: tuple[Any, ...]
    group: Any
    nobs: int
    outcome_missing: int
    reference_nobs: int | None
    parts: Sequence[Part]
    flag: int = 0
    is_reference: bool = False
    method: str = ""
    degrees_of_freedom: float = NAN
    spread: float = NAN
    whole: int = 0
    """The number of the part that the others add up to."""
    sampled: Sampled | None = None
    """Where areas share clusters, so that their gaps vary together."""


@dataclass(frozen=True)
class PartWords:
    """What is the same in all rows."""

    name: str
    characteristic: str
    by: tuple[str, ...]
    period: str | None
    reference: Any
    unit: str
    level: float
    is_share: bool = True
    """Whether the outcome is the percent of people with an answer, not a mean."""
    imbalance: float = IMBALANCE
    """By how many points an unmeasured factor is taken to be more common in one of the groups."""


def part_columns(blocks: Sequence[Block], words: PartWords) -> Columns:
    """One row for each part of each block, in order."""
    rows = [_row(block, part, words) for block in blocks for part in block.parts]
    return {name: [row.get(name) for row in rows] for name in dict.fromkeys(name for row in rows for name in row)}


def _row(block: Block, part: Part, words: PartWords) -> dict[str, Any]:
    """One row, as columns by name."""
    return {
        "measure": words.name,
        "characteristic": words.characteristic,
        "group": block.group,
        **dict(zip(words.by, block.area, strict=True)),
        "period": words.period,
        "row_type": "reference" if block.is_reference else "group",
        "nobs": block.nobs if part.nobs is None and part.factor is None else part.nobs,
        "outcome_missing": block.outcome_missing,
        "value": part.value,
        "reference": str(words.reference),
        "reference_nobs": block.reference_nobs
        if part.reference_nobs is None and part.factor is None
        else part.reference_nobs,
        "reference_value": part.reference_value,
        "estimate": part.estimate + 0.0,
        "se": part.se,
        "unit_of_measure": words.unit,
        "confidence_level": words.level,
        "low": part.low,
        "high": part.high,
        "pvalue": part.pvalue,
        "flag": Flag(block.flag | part.flag),
        "method": block.method,
        "degrees_of_freedom": block.degrees_of_freedom,
        "part": part.part,
        "factor": part.factor,
        "level": part.level,
        "share_of_gap": _share_of_gap(block, part),
        "group_share": part.group_share,
        "reference_share": part.reference_share,
        **(_unmeasured(block, part, words) if part.remains else {}),
        **part.also,
    }


def _unmeasured(block: Block, part: Part, words: PartWords) -> dict[str, Any]:
    """How strong a factor that was not measured would have to be to remove what remains."""
    if words.is_share:
        found = share_e_value(*(each / 100 for each in (part.value, part.reference_value, part.low, part.high)))
    else:
        found = mean_e_value(part.estimate, part.low, part.high, block.spread)
    return {
        "e_value": float(found.estimate),
        "e_value_low": float(found.limit),
        "needed_effect": float(needed_effect(part.estimate, words.imbalance / 100)),
        "imbalance": words.imbalance,
    }


def _share_of_gap(block: Block, part: Part) -> float:
    """A part in percent of the gap; NaN where the gap may be nothing, for a share of nothing says nothing."""
    gap = block.parts[block.whole]
    if block.is_reference or not (gap.low > 0 or gap.high < 0):
        return NAN
    return float(100 * np.float64(part.estimate) / gap.estimate) + 0.0
