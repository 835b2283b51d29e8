"""One index of the rates of groups, in each of several areas, with what chance does to it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.indices import counted, index_formulas, index_limits
from dueregard.inference.indices.counted import Counted
from dueregard.inference.indices.index_limits import Draws, Limits

Formula = Callable[[Floats, Floats], Floats]
"""Rates (groups along the last axis) and weights to indices."""

PARAMETERS = {"atkinson": 1.0, "entropy": 2.0}
"""The parameter of an index that has one, unless another is given."""

BOUNDED = ("gini", "hoover", "atkinson")
"""Indices that are never above 1."""

FORMULAS: dict[str, Callable[..., Floats]] = {
    "gini": index_formulas.gini,
    "theil": index_formulas.theil,
    "mean-log-deviation": index_formulas.mean_log_deviation,
    "hoover": index_formulas.hoover,
    "atkinson": index_formulas.atkinson,
    "entropy": index_formulas.entropy,
}


@dataclass(frozen=True)
class GroupIndex:
    """A formula, the largest value it can take, whether small groups weigh in it as much as large ones, and whether
    an infinite value is one (otherwise the index is not defined there)."""

    formula: Formula
    most: float = np.inf
    turned: bool = False
    infinite: bool = True


def named(index: str, parameter: float | None) -> tuple[GroupIndex, float | None]:
    """The index of this name, and its parameter, if it has one."""
    checked.one_of("index", index, tuple(FORMULAS))
    most = 1.0 if index in BOUNDED else np.inf
    if index not in PARAMETERS:
        if parameter is not None:
            raise ValueError(f"parameter: the index {index!r} has none")
        return GroupIndex(FORMULAS[index], most), None
    value = PARAMETERS[index] if parameter is None else checked.number("parameter", parameter)
    if not (0 < value < np.inf) if index == "atkinson" else not np.isfinite(value):
        raise ValueError(f"parameter: {parameter!r} is not a finite number{' above 0' * (index == 'atkinson')}")
    return GroupIndex(partial(FORMULAS[index], parameter=value), most), value


def over_areas(groups: Counted, index: GroupIndex, confidence_level: float, draws: Draws | None) -> list[Any]:
    """Estimate, low, high, pvalue, expected, corrected and flag; without draws all but the first and the last NaN."""
    shape = groups.count.shape[:-1]
    return counted.gathered(
        [_area(groups, place, index, confidence_level, draws) for place in np.ndindex(shape)], shape
    )


def _area(
    groups: Counted, place: tuple[int, ...], index: GroupIndex, confidence_level: float, draws: Draws | None
) -> tuple[Any, ...]:
    flag = groups.flags(place)
    nothing = (np.nan,) * 6
    if Flag.NO_CASES in flag:
        return (*nothing, flag)
    area = groups.area(place)
    model = area.model(index.turned)

    def formula(rates: Floats) -> Floats:
        return index.formula(rates, area.weight)

    estimate = float(formula(model.rate[np.newaxis])[0])
    if np.isnan(estimate):
        return (np.nan, 0.0, index.most, 1.0, np.nan, np.nan, flag | Flag.UNDEFINED)
    shown = estimate if np.isfinite(estimate) or index.infinite else np.nan
    flag |= Flag(0) if shown == shown else Flag.UNDEFINED
    if draws is None:
        return (shown, *nothing[1:], flag)
    found: Limits = index_limits.limits(model, formula, estimate, confidence_level, draws)
    return (shown, found.low, min(found.high, index.most), *found[2:], flag)
