"""`dueregard.funnel`: areas of all sizes held against a target, with the limits that chance alone would keep to."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.areas.funnel_limits import LEVELS, check_method
from dueregard.inference.areas.funnel_methods import METHODS
from dueregard.inference.areas.funnel_scales import SCALES
from dueregard.measures.areas.area_counts import AreaCounts
from dueregard.measures.areas.area_sources import Source
from dueregard.measures.areas.funnel_rows import (
    EXPECTED,
    NONE,
    OVERDISPERSIONS,
    TARGET,
    FunnelQuestion,
    funnel_columns,
    reference_words,
)


def funnel(
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
    against: str | None = None,
    per: float = 1000,
    target: float | None = None,
    method: str | None = None,
    overdispersion: str = "none",
    winsorise: float = 0.1,
    confidence_level: float | Sequence[float] = LEVELS,
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
    """Hold areas of all sizes against one target: which are further from it than chance alone would explain?

    The figures of small areas vary more by chance than those of large ones. Control limits allow for it: they are drawn
    around the target for the size of each area, and are no intervals of its figure. ``.plot()`` draws the funnel.

    Parameters
    ----------
    data : Tally, or anything `dueregard.tally` takes
        Records with an ``outcome``; events, one row each, with a ``population``; or a table with a row for each area
        (rows of one area are added up) and ``count`` with one of the next four arguments.
    population : Population, Tally or records, optional
        What the events of ``data`` are divided by, for rates: by areas of the same names.
    by : str or sequence of str
        The columns of areas; several are crossed.
    outcome, positive, exclude
        As in `dueregard.gap`: the column of answers, those that count, and those that leave the denominator.
    count : str, optional
        The column of counts. Of events over a population, how many of them a row stands for.
    nobs, exposure, expected, against : str, optional
        One column beside ``count``, which says what a value is: of so many cases, a proportion; over people or time, a
        rate; over expected events, a ratio; or over another count.
    per : float
        Rates are given per so many.
    target : float, optional
        What areas are held against: in percent for proportions, per ``per`` for rates, bare for ratios. Unless given,
        the value of all areas together, and 1 for observed over expected events.
    method : str, optional
        As in `dueregard.funnel_limits`: "mid-p" unless limits are widened, then the first scale of the measure.
    overdispersion : {"none", "additive", "multiplicative"}
        Whether limits are widened where areas vary more than chance would make them: by a variance between areas, which
        widens them most for large areas, or by a factor, which widens all alike. Widened limits say which areas are out
        of line with the others' spread; that the spread is too large is for the row on variation to say.
    winsorise : float
        The share of areas at either end whose z is drawn in before that is estimated, so that areas that are out of
        line do not widen the limits that are to find them; 0 keeps all.
    confidence_level : float or sequence of float
        The levels of the limits; each gives a row.
    name : str, optional
        What is measured, in words.
    period : str, optional
        When it was; needed for events over a `dueregard.population` unless the file says it.
    higher_is_better : bool, optional
        Whether a higher value is the better one, if it is either.
    no_events : label or list of labels
        Areas of the population that no event has because there truly were none.
    missing, where, weight, labels, threads
        As in `dueregard.tally`. ``weight`` for records with an outcome alone.
    design : SurveyDesign, optional
        How a sample was drawn (`dueregard.survey_design`), in place of ``weight``; for records with an outcome.

    Returns
    -------
    Findings
        First the row of all areas together, then one of type "variation" (``value``: the standard deviation of areas'
        true values beyond chance, ``pvalue``: of Cochran's Q), then a row for each area and level, in a fixed order.
        ``value`` beside ``reference_value``, the target, with the limits ``control_low`` and ``control_high``; ``z``
        and ``pvalue`` of the statistic that draws the limits, unadjusted; ``verdict``: "within the limits", or "above"
        or "below the 99.8% limits", the widest that the area is outside of. With overdispersion ``phi`` or ``tau2``,
        what limits are widened by, and a flag that says so, or that areas vary no more than chance would make them.

    Raises
    ------
    TypeError
        If arguments do not go together, naming them.
    ValueError
        If a column, label or option does not exist, a number in a table is none, a count is above its base, or events
        and population have other areas.

    Notes
    -----
    Areas are not ranked: of many areas that do not differ, some are outside the limits. Of 100, about five are outside
    limits of 95% and one in five hundred outside those of 99.8%.

    At zero: an area without cases keeps its row, with NaN and a flag. Areas that are a kind of missing are rows with a
    value, are held against nothing, and are no part of the target. An area of the population from which no event came
    sent no records, unless ``no_events`` names it: it has no rate.

    With weights, areas count for their effective numbers of cases, see `dueregard.gap`. With a design these give the
    variance of the design, and the target is the value of all the people that the sample stands for.

    Spiegelhalter, D. J. (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24:
    1185-1202; see `dueregard.funnel_limits` and `dueregard.overdispersion`.

    Examples
    --------
    >>> import dueregard as dr
    >>> table = {"borough": ["Barnet", "Camden", "Sutton"], "met": [45, 300, 60], "asked": [60, 500, 75]}
    >>> found = dr.funnel(table, by="borough", count="met", nobs="asked", confidence_level=0.95)
    >>> areas = found.filter(row_type="group")
    >>> for row in areas.rows():
    ...     print(f"{row['borough']}: {row['value']:.0f}%, {row['verdict']}")
    Barnet: 75%, within the limits
    Camden: 60%, within the limits
    Sutton: 80%, above the 95% limits
    """
    checked.one_of("overdispersion", overdispersion, OVERDISPERSIONS)
    if higher_is_better is not None:
        checked.true_or_false("higher_is_better", higher_is_better)
    drawn_in = checked.number("winsorise", winsorise)
    if not 0 <= drawn_in < 0.5:
        raise ValueError(f"winsorise: {winsorise!r} is not from 0 to below 0.5")
    levels = checked.levels(confidence_level)
    areas = Source(
        data, population, by, outcome=outcome, positive=positive, exclude=exclude, count=count,
        sizes={"nobs": nobs, "exposure": exposure, "expected": expected, "against": against},
        per=checked.between("per", per, 0, float("inf")), period=checked.words("period", period), no_events=no_events,
        name=name, missing=missing, where=where, weight=weight, labels=labels, threads=threads, design=design,
    ).read("funnel")  # fmt: skip
    chosen = _method(areas.measure, method, overdispersion)
    middle = _target(areas, target)
    asked = FunnelQuestion(middle, target is not None, levels, chosen, overdispersion, drawn_in)
    return Findings(
        funnel_columns(areas, asked),
        by=areas.by,
        provenance=areas.provenance,
        native=areas.native,
        higher_is_better=higher_is_better,
        notes=[*areas.notes, *_notes(areas, asked)],
        kind="funnel",
    )


def _notes(areas: AreaCounts, asked: FunnelQuestion) -> list[str]:
    """What the control limits are, and what they are not."""
    if np.isnan(asked.target):
        return []
    held = reference_words(areas, asked)
    whose = {EXPECTED: "1, as many as expected", TARGET: "the target"}.get(held, f"the value of {held}")
    text = f"Control limits are around {whose}, for the size of each area; they are no interval of its own value"
    return [text + (", and are widened for variation between areas" if asked.widened else "")]


def _method(measure: str, method: str | None, overdispersion: str) -> str:
    """The method asked for, or the one that is taken; only those on a scale can be widened."""
    if overdispersion == NONE:
        return check_method(measure, method)
    scales = tuple(SCALES[measure])
    if method is not None:
        checked.one_of("method", method, METHODS[measure])
        if method not in scales:
            raise ValueError(f"method: {method!r} has no variance to widen; use {' or '.join(map(repr, scales))}")
    return method or scales[0]


def _target(areas: AreaCounts, target: float | None) -> float:
    """The target as a fraction or a rate per unit; NaN where no area has any case."""
    if target is None:
        if areas.measure == "ratio":
            return 1.0
        return areas.overall
    found = checked.number("target", target)
    if areas.measure == "proportion" and not 0 <= found <= 100:
        raise ValueError(f"target: {target!r} is not a percentage")
    if not 0 <= found < np.inf:
        raise ValueError(f"target: {target!r} is not a number from 0")
    return found / areas.scale
