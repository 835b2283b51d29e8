"""The rows of a funnel: each area's value beside the control limits of its size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.areas.funnel_limits import funnel_limits, funnel_scores
from dueregard.inference.areas.overdispersion import Overdispersion, overdispersion
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile
from dueregard.inference.two_groups.variation import SPREAD, chance_rate, spread
from dueregard.measures.areas.area_counts import AreaCounts

Columns = dict[str, list[Any]]

WITHIN = "within the limits"
WHOLE = "all areas together"
TARGET = "target"
EXPECTED = "as expected"
"""What areas are held against: one of these is the ``reference`` of their rows."""
NONE, MULTIPLICATIVE, ADDITIVE = "none", "multiplicative", "additive"
OVERDISPERSIONS = (NONE, MULTIPLICATIVE, ADDITIVE)


@dataclass(frozen=True)
class FunnelQuestion:
    """What is asked of the areas. ``target`` is a fraction or a rate per unit; ``given`` says that it is not theirs."""

    target: float
    given: bool
    levels: tuple[float, ...]
    method: str
    overdispersion: str
    winsorise: float

    @property
    def widened(self) -> bool:
        return self.overdispersion != NONE


def funnel_columns(areas: AreaCounts, asked: FunnelQuestion) -> Columns:
    """The row of all areas together, the one on how much areas vary, and the rows of each area, one a level."""
    beyond = beyond_chance(areas, asked)
    total = areas.total_columns() | {
        "reference": reference_words(areas, asked),
        "reference_value": areas.scale * asked.target,
    }
    each = _area_columns(areas, asked, beyond)
    rows = [total, variation_row(areas)]
    names = list(dict.fromkeys([*each, *(name for row in rows for name in row)]))
    n_rows = len(each["measure"])
    return {name: [*(row.get(name) for row in rows), *each.get(name, [None] * n_rows)] for name in names}


def reference_words(areas: AreaCounts, asked: FunnelQuestion) -> str:
    """What areas are held against, in words."""
    return TARGET if asked.given else EXPECTED if areas.measure == "ratio" else WHOLE


def beyond_chance(areas: AreaCounts, asked: FunnelQuestion) -> Overdispersion | None:
    """How much areas vary beyond chance on the scale of the limits, if limits are to allow for it."""
    if not asked.widened or np.isnan(asked.target):
        return None
    used = areas.used
    return overdispersion(
        areas.count[used], areas.size[used], target=asked.target, measure=areas.measure, scale=asked.method,
        extremes="winsorised" if asked.winsorise else "kept", share=asked.winsorise,
    )  # fmt: skip


def widening(beyond: Overdispersion | None, asked: FunnelQuestion) -> dict[str, float]:
    """What limits are widened by; nothing where areas are too few to say."""
    if beyond is None or np.isnan(beyond.phi):
        return {}
    return {"phi": max(1.0, beyond.phi)} if asked.overdispersion == MULTIPLICATIVE else {"tau2": beyond.tau2}


def verdicts(z: Floats, levels: Sequence[float]) -> list[str | None]:
    """For each z the widest limits that it is outside of, in words; None where there is no z."""
    return [None if np.isnan(each) else _verdict(float(each), sorted(levels, reverse=True)) for each in z]


def _verdict(z: float, levels: Sequence[float]) -> str:
    outside = next((level for level in levels if abs(z) > normal_quantile(level)), None)
    if outside is None:
        return WITHIN
    return f"{'above' if z > 0 else 'below'} the {100 * outside:.10g}% limits"


def variation_row(areas: AreaCounts) -> dict[str, Any]:
    """How much the values of areas vary beyond chance: their standard deviation, and the p-value of Cochran's Q."""
    used = areas.used
    n_areas = int(used.sum())
    left_out = Flag(0) if (used == areas.known).all() else Flag.AREAS_LEFT_OUT
    row = {
        "measure": areas.name,
        "period": areas.period,
        "row_type": "variation",
        "unit_of_measure": "percentage points" if areas.measure == "proportion" else areas.unit,
    }
    if n_areas < 2 or areas.measure == "count-ratio":
        few = Flag.TOO_FEW_AREAS if n_areas < 2 else Flag(0)
        return row | {"flag": left_out | few, "method": f"{SPREAD}, {n_areas} area{'' if n_areas == 1 else 's'}"}
    values, variance = areas.values[used], _chance_variance(areas)[used]
    found = spread(values, variance, 0.95, most=max(1.0, float(np.ptp(values))))
    method = f"{SPREAD}, {n_areas} areas (Paule-Mandel, Cochran's Q)"
    return row | {"value": areas.scale * found.estimate, "pvalue": found.pvalue, "flag": left_out, "method": method}


def _chance_variance(areas: AreaCounts) -> Floats:
    """The variance of each area's value if only chance is at work, by its value drawn towards the whole."""
    if areas.measure == "proportion":
        share = np.where(areas.used, areas.values, 0.0)
        return chance_rate(share, np.where(areas.used, areas.size, 0.0))[1]
    count, size = areas.count[areas.used], areas.size[areas.used]
    overall = (count.sum() + 0.5) / size.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        prior = 10 / overall  # as if ten more events at the rate over all areas had been seen
        drawn = (areas.count + 10) / (areas.size + prior)
        return np.asarray(drawn / areas.size)


def _area_columns(areas: AreaCounts, asked: FunnelQuestion, beyond: Overdispersion | None) -> Columns:
    """The rows of the areas, one for each level."""
    n_levels = len(asked.levels)
    wide = widening(beyond, asked)
    comparable = areas.used & ~np.isnan(asked.target)
    target = 0.0 if np.isnan(asked.target) else asked.target
    options: dict[str, Any] = {"measure": areas.measure, "method": asked.method, **wide}
    scores = funnel_scores(np.where(comparable, areas.count, 0.0), areas.size, target, **options)
    drawn = funnel_limits(target, areas.size, confidence_level=asked.levels, **options)
    z = np.where(comparable, scores.z, np.nan)
    own = areas.row_columns() | {
        "reference": [reference_words(areas, asked) if here else None for here in areas.known],
        "reference_value": np.where(areas.known, areas.scale * asked.target, np.nan).tolist(),
        "z": z.tolist(),
        "pvalue": np.where(comparable, scores.pvalue, np.nan).tolist(),
        "verdict": verdicts(z, asked.levels),
        "flag": _flags(areas, asked, beyond, scores.flag & (Flag.UNDEFINED | Flag.WIDER_LIMITS)),
        "method": [_method(asked)] * len(areas.areas),
    }
    own |= {name: [value] * len(areas.areas) for name, value in wide.items()}
    columns = {name: [value for value in values for _ in range(n_levels)] for name, values in own.items()}
    columns["confidence_level"] = list(asked.levels) * len(areas.areas)
    for name, limits in (("control_low", drawn.low), ("control_high", drawn.high)):
        shown = np.where(comparable, areas.scale * limits, np.nan)
        columns[name] = shown.T.reshape(-1).tolist()
    return columns


def _flags(
    areas: AreaCounts, asked: FunnelQuestion, beyond: Overdispersion | None, also: NDArray[np.int64]
) -> list[Flag]:
    total = areas.flags() | np.where(areas.used, also, 0)
    if asked.widened:
        none = beyond is None or (beyond.phi <= 1 if asked.overdispersion == MULTIPLICATIVE else beyond.tau2 == 0)
        few = beyond is not None and np.isnan(beyond.phi)
        total |= int(Flag.TOO_FEW_AREAS if few else Flag.NO_VARIATION if none else Flag(0))
    return [Flag(int(bit)) for bit in total]


def _method(asked: FunnelQuestion) -> str:
    """How the limits were drawn: they are around the target, and no intervals of areas."""
    text = f"{asked.method} control limits around the target"
    if not asked.widened:
        return text
    extremes = f"winsorised {100 * asked.winsorise:.10g}%" if asked.winsorise else "nothing winsorised"
    return f"{text}, widened for variation between areas ({asked.overdispersion}, {extremes})"
