"""`dueregard.time_gap`: every group's times to an event, some still open, against a reference, by area."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.distributions.event_times import median_limits, medians, read_target, within
from dueregard.inference.distributions.medians import mover
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.inference.reaches import Reach
from dueregard.inference.references import Reference
from dueregard.inference.two_groups.contrasts import Contrast
from dueregard.measures.gaps.distribution_rows import Findable, Question, distribution_columns
from dueregard.measures.gaps.distributions import Distributions, Sides, distributions
from dueregard.measures.gaps.ordinal_gaps import ADJUSTMENTS, INFERENCES
from dueregard.measures.grouped import by_names, position
from dueregard.measures.measured import measured_tally, values_of
from dueregard.measures.thresholds import practical_threshold
from dueregard.measures.verdicts import Rule
from dueregard.missing import is_missing
from dueregard.tallies import Tally


def time_gap(
    data: Any,
    *,
    time: str,
    group: str,
    reference: Any = None,
    event: str | None = None,
    target: float | None = None,
    by: str | Sequence[str] | None = None,
    unit: str = "days",
    adjust: str = "holm",
    threshold: float | None = None,
    name: str | None = None,
    period: str | None = None,
    inference: str = "chance",
    confidence_level: float | Sequence[float] = 0.95,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Gap of every group in times to an event: in the share within a target, or in the median time.

    Cases still open count while they are followed.

    Parameters
    ----------
    data : Tally or anything `dueregard.tally` takes
        Of a Tally the time is a dimension, whose labels are the times, and dimensions not asked for are summed.
    time : str
        The column of times: numbers from 0 on, such as days to the first update of a victim; of a case still open, how
        long it has been.
    group : str
        The column of groups.
    reference : label, OVERALL or REST
        Required, as in `dueregard.gap`.
    event : str, optional
        The column that is True where the event happened at that time and False where the case was still open; all
        happened unless given.
    target : float, optional
        With it the measure is the share with the event within this time, that time included; without it the median.
    by : str or sequence of str, optional
        Columns of areas; several are crossed. Rows for all areas together, from all cases, come first.
    unit : str
        Of the times, in words.
    adjust : str
        As in `dueregard.ordinal_gap`.
    threshold : float, optional
        The gap that matters: of shares in percentage points, 5 unless given; of medians in units of time. Medians have
        none unless it is given, and so no verdict that a difference is too small to matter.
    name, period, inference, confidence_level
        As in `dueregard.gap`.
    missing, where, labels, threads
        As in `dueregard.tally`; not with a Tally. Every case counts once, so there are no weights.

    Returns
    -------
    Findings
        Rows and columns as those of `dueregard.gap`; ``count`` is empty, and ``value_low`` and ``value_high`` are the
        interval of the group's own share or median at the (first) confidence level. A median that is not reached is NaN
        with a flag, and so is a share where nobody was followed up to the target and some cases are open.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.gap`; and if a time is negative or not a number, a label of ``event`` is neither True nor False,
        or the tally is weighted.

    Notes
    -----
    Shares are those of `dueregard.share_within`: product-limit estimates with an effective number of cases. Their
    difference has Newcombe's limits for these numbers, and the p-value is the smallest 1 - level at which they exclude
    0; without open cases it is `dueregard.gap` with ``method="newcombe"``. Against OVERALL, the share of the whole is
    that of the group and of the rest, weighted by cases.

    Medians are those of `dueregard.median_time`, and limits of their difference recover variances from the two
    intervals (see `dueregard.compare_medians`); against OVERALL and REST the reference is the pooled cases, for OVERALL
    as if the group were no part of them, which leans to caution. For the log-rank test see `dueregard.log_rank`.

    Examples
    --------
    >>> import dueregard as dr
    >>> cases = {"days": [2, 5, 9, 30, 14, 40, 3, 3, 8, 12, 28, 6], "updated": [True] * 5 + [False] + [True] * 6,
    ...          "victim": ["Black"] * 6 + ["White"] * 6}
    >>> findings = dr.time_gap(cases, time="days", event="updated", group="victim", reference="White", target=10)
    >>> [round(findings[name][0], 1) for name in ("value", "reference_value", "estimate")]
    [50.0, 66.7, -16.7]
    """
    if reference is None:
        raise TypeError("time_gap needs reference=: one of the groups, dr.REST or dr.OVERALL")
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    checked.one_of("inference", inference, INFERENCES)
    measured = checked.words("name", name)
    if not isinstance(unit, str) or not unit.strip():
        raise TypeError(f"unit: {unit!r} is not a text")
    taken = {"time": time, "group": group} | ({} if event is None else {"event": event})
    names = by_names(by, taken)
    limit = None if target is None else read_target(target)
    matters = None if threshold is None and limit is None else practical_threshold(threshold)
    levels = checked.levels(confidence_level)
    columns = [*names, group, *([] if event is None else [event])]
    tally = measured_tally(
        data, columns, argument="time", value=time, where=where, labels=labels, missing=missing, threads=threads
    )
    tally, positions, times = values_of(tally, "time", time)
    tally, happened = (tally, None) if event is None else _events(tally, event)
    kept = ([] if event is None or happened is None else [(event, happened)]) + [(time, positions)]
    own = distributions(tally, names, group, kept)
    in_points = 1.0 if limit is not None else 100.0  # rules hold against 100 times the limits
    matter = tuple(Rule(each, in_points * (matters or 0.0)) for each in levels)
    question = Question(
        name=measured or (f"median {time}" if limit is None else f"share of {time} within {limit:g} {unit}"),
        characteristic=group,
        by=names,
        reference=reference,
        position=None if isinstance(reference, Reference) else position("reference", reference, own.groups, group),
        rules=matter if inference == "chance" else matter[:1],
        adjust=adjust,
        period=period,
        chance=inference == "chance",
        unit=unit if limit is None else "percentage points",
        scale=1.0 if limit is None else 100.0,
        verdict_unit=unit if limit is None else "points",
    )
    measure = partial(_medians, times, question) if limit is None else partial(_shares, times, limit, question)
    return Findings(
        distribution_columns(own, question, measure),
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        higher_is_better=limit is not None,
        threshold=matters if question.chance else None,
        kind="time gap",
    )


def _events(tally: Tally, event: str) -> tuple[Tally, list[int]]:
    """The tally with both labels of the event column, and the positions of those of open cases and of events."""
    names = tally.labels[event]
    kinds = [label for label in names if is_missing(label)]
    order: list[Any] = [False, True, *kinds]
    index = [order.index(label) if is_missing(label) else int(_happened(event, label)) for label in names]
    return tally.relabelled({event: (index, order)}), [0, 1]


def _happened(event: str, label: Any) -> bool:
    if isinstance(label, (bool, np.bool_)):
        return bool(label)
    if isinstance(label, str) and label.strip().lower() in ("true", "false"):  # in a CSV file all is text
        return label.strip().lower() == "true"
    raise ValueError(f"event: {label!r} in {event!r} is neither True nor False")


def _split(side: Distributions) -> tuple[Floats, Floats]:
    """Events and open cases at each time."""
    if side.sums.ndim == 3:
        return side.sums, np.zeros_like(side.sums)
    return side.sums[..., 1, :], side.sums[..., 0, :]


def _shares(times: Floats, target: float, question: Question, sides: Sides) -> Findable:
    """The shares within the target, compared."""
    (share1, size1), (share2, size2) = (_within(times, side, target) for side in (sides.own, sides.against))
    shown = np.where(sides.part > 0, sides.part * share1 + (1 - sides.part) * share2, share2)
    usable = sides.comparable & (size1 > 0) & (size2 > 0)
    arrays = (share1 * size1, size1, share2 * size2, size2)
    count1, nobs1, count2, nobs2 = (np.where(usable, a, 0.0).reshape(-1) for a in arrays)
    contrast = Contrast(count1, nobs1, count2, nobs2, sides.part.reshape(-1), "difference", "newcombe")
    low, high = wilson(share1, size1, normal_quantile(question.rules[0].confidence_level))
    unknown = (np.isnan(share1) & (sides.own.nobs > 0)) | (
        sides.comparable & np.isnan(share2) & (sides.against.nobs > 0)
    )
    flag = np.where(unknown, Flag.UNDEFINED, 0)
    return Findable(100 * share1, 100 * shown, contrast, flag, _limits(question, 100 * low, 100 * high))


def _within(times: Floats, side: Distributions, target: float) -> tuple[Floats, Floats]:
    if not len(times):
        return np.full(side.nobs.shape, np.nan), np.zeros(side.nobs.shape)
    return within(times, *_split(side), target)


def _medians(times: Floats, question: Question, sides: Sides) -> Findable:
    """The median times, compared."""
    shape = sides.own.nobs.shape
    if not len(times):
        times = np.zeros(1)
        empty = np.zeros((*shape, 1))
        first = second = (empty, empty)
    else:
        first, second = _split(sides.own), _split(sides.shown)
    flat1, flat2 = ([a.reshape(-1, len(times)) for a in side] for side in (first, second))
    middle1, middle2 = medians(times, *flat1), medians(times, *flat2)
    limits1, limits2 = median_limits(times, *flat1), median_limits(times, *flat2)
    found = Reach(middle1 - middle2, mover(middle1, limits1, middle2, limits2), 0.0, "MOVER of Brookmeyer-Crowley")
    low, high = limits1(np.asarray(normal_quantile(question.rules[0].confidence_level)))
    present = sides.own.nobs > 0
    low, high = (np.where(present, limit.reshape(shape), np.nan) for limit in (low, high))
    value, shown = middle1.reshape(shape), middle2.reshape(shape)
    open_ = (np.isnan(value) & present) | (sides.comparable & np.isnan(shown) & (sides.shown.nobs > 0))
    flag = np.where(open_, Flag.NOT_REACHED, 0)
    return Findable(value, shown, found.only(sides.comparable.reshape(-1)), flag, _limits(question, low, high))


def _limits(question: Question, low: Floats, high: Floats) -> dict[str, Floats]:
    return {"value_low": low, "value_high": high} if question.chance else {}
