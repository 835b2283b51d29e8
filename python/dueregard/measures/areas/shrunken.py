"""`dueregard.shrink`: figures of small areas beside what they are worth once all areas are looked at together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.areas.shrinkage import FITS, Shrunken, beta_binomial, gamma_poisson
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile, rate_interval, wilson
from dueregard.inference.two_groups.variation import SPREAD
from dueregard.measures.areas.area_counts import AreaCounts
from dueregard.measures.areas.area_sources import Source

TYPICAL = "a typical area"
"""What figures are drawn towards: the mean of the areas' true figures."""

NOTES = (
    "Shrunken values are drawn towards the other areas, the more so the smaller the area; the own weight is the share "
    "of the area's own value in them",
)

Columns = dict[str, list[Any]]


def shrink(
    data: Any,
    population: Any = None,
    *,
    by: str | Sequence[str],
    outcome: str | None = None,
    positive: Any = None,
    exclude: Any = (),
    count: str | None = None,
    nobs: str | None = None,
    exposure: str | None = None,
    expected: str | None = None,
    per: float = 1000,
    fit: str = "likelihood",
    allow_for_fit: bool = True,
    confidence_level: float = 0.95,
    name: str | None = None,
    period: str | None = None,
    higher_is_better: bool | None = None,
    no_events: Any = (),
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    weight: Any = None,
    design: SurveyDesign | None = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Show each area's figure beside a steadier one, drawn towards the other areas by as much as it is small.

    The figure of a small area is mostly chance; its best guess is nearer to the other areas than to its own figure.
    The shrunken figure stands beside the raw one and does not replace it: the raw one is what happened, the shrunken
    one is what is to be expected of the area again.

    Parameters
    ----------
    data, population, by, outcome, positive, exclude, count, nobs, exposure, expected, per
        As in `dueregard.funnel`.
    fit : {"likelihood", "moments"}
        As in `dueregard.beta_binomial`.
    allow_for_fit : bool
        Whether limits of shrunken figures allow for the spread of areas being estimated.
    confidence_level : float
        Between 0 and 1, of raw and shrunken limits.
    name, period, higher_is_better, no_events, missing, where, weight, design, labels, threads
        As in `dueregard.funnel`.

    Returns
    -------
    Findings
        First the row of all areas together, then one of type "variation" (``value``: the standard deviation of the
        areas' true figures), then a row for each area in a fixed order. ``value`` with ``low`` and ``high`` is the raw
        figure with its interval; ``shrunken``, ``shrunken_low`` and ``shrunken_high`` stand beside it; ``weight`` is
        how much of the shrunken figure is the area's own, in percent; ``reference_value`` is what it is drawn towards.

        Where areas vary no more than chance would make them, every shrunken figure is that of all areas together, the
        weights are 0 and the flag says so.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.funnel`.

    Notes
    -----
    `dueregard.beta_binomial` for proportions, `dueregard.gamma_poisson` for rates and for observed over expected
    events. Raw intervals are Wilson's, or the mid-p of a Poisson count. With weights or a design, effective numbers of
    cases.

    Limits hold on average over the areas. For the area that was picked out because it is the highest they do not:
    shrinking moves it in the right direction, and areas stay in a fixed order.

    At zero: an area without cases has neither figure, and a flag: what the other areas have is no figure of its own.
    An area that is a kind of missing is drawn towards nothing.

    Examples
    --------
    >>> import dueregard as dr
    >>> table = {"ward": ["A", "B", "C", "D"], "met": [1, 30, 55, 260], "asked": [12, 40, 100, 400]}
    >>> found = dr.shrink(table, by="ward", count="met", nobs="asked").filter(row_type="group")
    >>> for row in found.rows():
    ...     print(f"{row['ward']}: {row['value']:.0f}%, shrunken {row['shrunken']:.0f}%")
    A: 8%, shrunken 21%
    B: 75%, shrunken 72%
    C: 55%, shrunken 55%
    D: 65%, shrunken 65%
    """
    checked.one_of("fit", fit, FITS)
    if higher_is_better is not None:
        checked.true_or_false("higher_is_better", higher_is_better)
    level = checked.level(confidence_level)
    areas = Source(
        data, population, by, outcome=outcome, positive=positive, exclude=exclude, count=count,
        sizes={"nobs": nobs, "exposure": exposure, "expected": expected},
        per=checked.between("per", per, 0, float("inf")), period=checked.words("period", period), no_events=no_events,
        name=name, missing=missing, where=where, weight=weight, labels=labels, threads=threads, design=design,
    ).read("shrink")  # fmt: skip
    used = areas.used
    drawn = beta_binomial if areas.measure == "proportion" else gamma_poisson
    found = drawn(
        areas.count[used], areas.size[used], fit=fit, allow_for_fit=allow_for_fit, confidence_level=level
    )  # fmt: skip
    return Findings(
        _columns(areas, found, level, fit),
        by=areas.by,
        provenance=areas.provenance,
        native=areas.native,
        higher_is_better=higher_is_better,
        notes=[*areas.notes, *NOTES],
        kind="shrinkage",
    )


def _columns(areas: AreaCounts, found: Shrunken, level: float, fit: str) -> Columns:
    """The row of all areas together, the one on how much areas vary, and a row for each area."""
    method = _method(areas.measure, fit)
    n_areas = int(areas.used.sum())
    total = areas.total_columns() | {"reference": TYPICAL, "reference_value": areas.scale * found.mean}
    variation = {
        "measure": areas.name,
        "period": areas.period,
        "row_type": "variation",
        "value": areas.scale * found.spread,
        "unit_of_measure": "percentage points" if areas.measure == "proportion" else areas.unit,
        "flag": Flag(int(np.bitwise_or.reduce(found.flag, initial=0)) & int(Flag.NO_VARIATION | Flag.TOO_FEW_AREAS)),
        "method": f"{SPREAD}, {n_areas} area{'' if n_areas == 1 else 's'} ({method})",
    }
    each = _area_columns(areas, found, level, method)
    names = list(dict.fromkeys([*each, *total, *variation]))
    rows = [total, variation]
    return {
        name: [*(row.get(name) for row in rows), *each.get(name, [None] * len(areas.areas))] for name in names
    }  # fmt: skip


def _area_columns(areas: AreaCounts, found: Shrunken, level: float, method: str) -> Columns:
    n_areas, used = len(areas.areas), areas.used
    low, high = _raw_limits(areas, level)

    def placed(values: Floats, scale: float) -> list[float]:
        spots = np.full(n_areas, np.nan)
        spots[used] = scale * values
        return spots.tolist()

    flags = areas.flags()
    flags[used] |= found.flag & int(Flag.NO_VARIATION | Flag.TOO_FEW_AREAS)
    raw = "Wilson" if areas.measure == "proportion" else "mid-p"
    return areas.row_columns() | {
        "reference": [TYPICAL if here else None for here in areas.known],
        "reference_value": np.where(areas.known, areas.scale * found.mean, np.nan).tolist(),
        "confidence_level": [level] * n_areas,
        "low": (areas.scale * low).tolist(),
        "high": (areas.scale * high).tolist(),
        "shrunken": placed(found.estimate, areas.scale),
        "shrunken_low": placed(found.low, areas.scale),
        "shrunken_high": placed(found.high, areas.scale),
        "weight": placed(found.weight, 100.0),
        "flag": [Flag(int(flag)) for flag in flags],
        "method": [f"{raw}; shrunken by {method}"] * n_areas,
    }


def _raw_limits(areas: AreaCounts, level: float) -> tuple[Floats, Floats]:
    """The interval of each area's own figure."""
    if areas.survey is not None and areas.survey.precision is not None:
        low, high = areas.survey.precision.limits(normal_quantile(level))
        return low.reshape(-1), high.reshape(-1)
    if areas.measure == "proportion":
        return wilson(areas.values, areas.size, normal_quantile(level))
    there = ~np.isnan(areas.values)
    found = rate_interval(np.where(there, areas.count, 0), np.where(there, areas.size, 0.0), confidence_level=level)
    return found.low, found.high


def _method(measure: str, fit: str) -> str:
    family = "beta-binomial" if measure == "proportion" else "gamma-Poisson"
    return f"{family}, {'maximum likelihood' if fit == 'likelihood' else 'moments'}"
