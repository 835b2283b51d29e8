"""Times to an event, some of which are still open: shares within a time, median times, the log-rank test."""

from typing import Any, NamedTuple

import numpy as np

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import Interval, normal_quantile, wilson
from dueregard.inference.reaches import Limits

HALF = 1e-12
"""How near to a half a product of shares counts as a half."""


class LogRank(NamedTuple):
    """The log-rank test of two groups: events of the first seen and expected, the signed deviate and its p-value."""

    observed: Any
    expected: Any
    statistic: Any
    pvalue: Any
    flag: Any


def share_within(
    times: Any, events: Any, *, target: float, censored: Any = None, confidence_level: float = 0.95
) -> Interval:
    """Share of cases in which the event has happened within a time, cases still open counting while they are followed.

    Parameters
    ----------
    times : array of float
        Times from 0 on, along one axis and in any order.
    events : array of int, or of bool
        How many events happened at each time (the last axis). Or, one case to each time, whether its event has happened
        (True) or the case was last seen open then (False); ``censored`` is not given then.
    target : float
        Events at this time count as within it.
    censored : array of int, optional
        How many cases were last seen open at each time; none unless given.
    confidence_level : float
        Between 0 and 1.

    Returns
    -------
    Interval
        ``estimate``, ``low``, ``high`` as fractions, and ``flag``. NaN with ``NO_CASES`` where there is nobody, and
        with ``UNDEFINED`` where some cases were open when last seen and nobody was followed up to the target.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If a time is negative or not finite, a count is negative or fractional, or the lengths differ.

    Notes
    -----
    1 less the product-limit estimate (Kaplan and Meier 1958), with Wilson's limits for an effective number of cases
    share (1 - share) / Greenwood's variance (Rothman 1978, Journal of Chronic Diseases 31: 557-560). Where the share is
    0 it is the number still followed at the target, where it is 1 the number at risk at the last time divided by the
    share open just before, which is the limit of that expression. So without open cases it is `proportion_interval`.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.share_within([3, 7, 14, 30], [4, 3, 2, 1], censored=[0, 5, 0, 5], target=14)
    >>> f"{found.estimate:.3f} ({found.low:.3f} to {found.high:.3f})"
    '0.512 (0.286 to 0.734)'
    """
    level = checked.level(confidence_level)
    limit = read_target(target)
    known, happened, open_ = _cases(times, events, censored)
    share, size = within(known, happened, open_, limit)
    low, high = wilson(share, size, normal_quantile(level))
    total = happened.sum(axis=-1) + open_.sum(axis=-1)
    flag = np.where(total == 0, Flag.NO_CASES, np.where(total < SMALL_BASE, Flag.SMALL_BASE, 0))
    flag = flag | np.where((total > 0) & np.isnan(share), Flag.UNDEFINED, 0)
    if total.ndim == 0:
        return Interval(float(share), float(low), float(high), Flag(int(flag)))
    return Interval(share, low, high, flag.astype(np.int64))


def median_time(times: Any, events: Any, *, censored: Any = None, confidence_level: float = 0.95) -> Interval:
    """Median time to the event, cases still open counting while they are followed.

    Parameters
    ----------
    times, events, censored, confidence_level
        As in `share_within`.

    Returns
    -------
    Interval
        ``estimate``, ``low``, ``high`` and ``flag``. A median that is not reached (more than half still open at the
        last time) is NaN with ``NOT_REACHED``; limits that are not reached are infinite. Without cases all are NaN.

    Raises
    ------
    TypeError, ValueError
        As `share_within`.

    Notes
    -----
    The first time at which no more than half are open; where exactly half are open up to the next event, the middle of
    the two times. The interval holds the times at which the test of "half are open" is not rejected (Brookmeyer and
    Crowley 1982, Biometrics 38: 29-41), with the score test that `share_within` inverts.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.median_time([3, 7, 14, 30], [4, 3, 2, 1], censored=[0, 5, 0, 5])
    >>> found.estimate, found.low, found.high
    (14.0, 7.0, inf)
    """
    level = checked.level(confidence_level)
    known, happened, open_ = _cases(times, events, censored)
    estimate = medians(known, happened, open_)
    low, high = median_limits(known, happened, open_)(np.asarray(normal_quantile(level)))
    total = happened.sum(axis=-1) + open_.sum(axis=-1)
    low, high = (np.where(total > 0, limit, np.nan) for limit in (low, high))
    flag = np.where(total == 0, Flag.NO_CASES, np.where(total < SMALL_BASE, Flag.SMALL_BASE, 0))
    flag = flag | np.where((total > 0) & np.isnan(estimate), Flag.NOT_REACHED, 0)
    if total.ndim == 0:
        return Interval(float(estimate), float(low), float(high), Flag(int(flag)))
    return Interval(estimate, low, high, flag.astype(np.int64))


def log_rank(times: Any, events1: Any, events2: Any, *, censored1: Any = None, censored2: Any = None) -> LogRank:
    """Whether events come as fast in one group as in another, over all times.

    Parameters
    ----------
    times : array of float
        Times from 0 on, along one axis and in any order.
    events1, events2, censored1, censored2 : array of int
        How many of each group had the event, or were last seen without it, at each time (the last axis).

    Returns
    -------
    LogRank
        ``observed`` and ``expected`` events of the first group, the standard normal ``statistic`` (above 0 when its
        events come faster), the two-sided ``pvalue``, and ``flag``. NaN where no event tells the groups apart.

    Raises
    ------
    TypeError, ValueError
        As `share_within`.

    Notes
    -----
    Mantel, N. (1966), Cancer Chemotherapy Reports 50: 163-170: at each time the events of the first group are compared
    with their hypergeometric mean and variance. The square of the statistic is the usual chi-squared.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.log_rank([1, 2, 3, 4], [3, 2, 1, 0], [1, 1, 2, 3])
    >>> f"{found.observed:g} events, {found.expected:.2f} expected, p {found.pvalue:.3f}"
    '6 events, 3.35 expected, p 0.030'
    """
    from scipy.special import ndtr

    _, happened1, open1 = case_counts(times, events1, censored1, "1")
    _, happened2, open2 = case_counts(times, events2, censored2, "2")
    named = {"events1": happened1, "censored1": open1, "events2": happened2, "censored2": open2}
    happened1, open1, happened2, open2 = checked.broadcast(**named)
    risk1, risk = at_risk(happened1, open1), at_risk(happened1 + happened2, open1 + open2)
    events = happened1 + happened2
    share = np.divide(risk1, risk, out=np.zeros(risk.shape), where=risk > 0)
    expected = (events * share).sum(axis=-1)
    left = np.divide(risk - events, risk - 1, out=np.zeros(risk.shape), where=risk > 1)
    variance = (events * share * (1 - share) * left).sum(axis=-1)
    observed = happened1.sum(axis=-1)
    nothing = np.full(variance.shape, np.nan)
    statistic = np.divide(observed - expected, np.sqrt(variance), out=nothing, where=variance > 0)
    nobody = risk[..., 0] == risk1[..., 0]
    flag = np.where(risk1[..., 0] == 0, Flag.NO_CASES, 0) | np.where(nobody, Flag.NO_REFERENCE, 0)
    flag = np.where((flag == 0) & np.isnan(statistic), Flag.UNDEFINED, flag)
    pvalue = 2 * ndtr(-np.abs(statistic))
    if statistic.ndim == 0:
        return LogRank(float(observed), float(expected), float(statistic), float(pvalue), Flag(int(flag)))
    return LogRank(observed, expected, statistic, pvalue, flag.astype(np.int64))


def _cases(times: Any, events: Any, censored: Any) -> tuple[Floats, Floats, Floats]:
    """As `case_counts`, of cases told one by one too.

    A column of nothing but 0 and 1 without open cases is refused: meant as open and closed, it would lose the open.
    """
    if isinstance(events, (list, tuple)) and all(isinstance(event, bool) for event in events):
        events = np.array(events, bool)
    if getattr(events, "dtype", None) in (np.bool_, "boolean"):
        if censored is not None:
            raise ValueError("censored: events that are True or False already say which cases are open")
        happened = np.asarray(events, bool)
        return case_counts(times, happened.astype(np.int64), (~happened).astype(np.int64))
    known, happened, open_ = case_counts(times, events, censored)
    if censored is None and happened.ndim == 1 and happened.max() == 1:
        problem = "would be nobody: give open cases as True and False, or as censored="
        checked.refuse_first("events", np.asarray(events), np.asarray(events) == 0, problem)
    return known, happened, open_


def case_counts(times: Any, events: Any, censored: Any, group: str = "") -> tuple[Floats, Floats, Floats]:
    """Ascending times, and the events and open cases at each of them."""
    known = checked.finite_numbers("times", times)
    if known.ndim != 1 or not len(known):
        raise ValueError(f"times: needs one axis with at least one time, not shape {known.shape}")
    checked.refuse_first("times", known, known < 0, "is negative")
    happened = checked.whole_numbers(f"events{group}", events)
    open_ = np.zeros(len(known)) if censored is None else checked.whole_numbers(f"censored{group}", censored)
    for name, counts in ((f"events{group}", happened), (f"censored{group}", open_)):
        if counts.ndim == 0 or counts.shape[-1] != len(known):
            length = "none" if counts.ndim == 0 else counts.shape[-1]
            raise ValueError(f"{name}: {length} along the last axis for {len(known)} times")
    happened, open_ = checked.broadcast(**{f"events{group}": happened, f"censored{group}": open_})
    order = np.argsort(known, kind="stable")
    return known[order], happened[..., order], open_[..., order]


def read_target(target: Any) -> float:
    """A time to be met: one number from 0 on."""
    value = float(checked.finite_numbers("target", target))
    if value < 0:
        raise ValueError(f"target: {target!r} is negative")
    return value


def at_risk(events: Floats, censored: Floats) -> Floats:
    """How many are followed up to each time and have not had the event before it; those censored at it among them."""
    both = events + censored
    return np.asarray(np.cumsum(both[..., ::-1], axis=-1)[..., ::-1])


def still_open(events: Floats, censored: Floats) -> tuple[Floats, Floats]:
    """The product-limit share still open just after each time, and the effective number of cases it rests on."""
    risk = at_risk(events, censored)
    left = np.divide(risk - events, risk, out=np.ones(risk.shape), where=risk > 0)
    survival = np.asarray(np.cumprod(left, axis=-1), np.float64)
    terms = np.divide(events, risk * (risk - events), out=np.zeros(risk.shape), where=risk > events)
    greenwood = np.cumsum(terms, axis=-1)
    middle = (survival > 0) & (greenwood > 0)
    size = np.divide(1 - survival, survival * greenwood, out=risk.copy(), where=middle)
    before = np.concatenate([np.ones((*risk.shape[:-1], 1)), survival[..., :-1]], axis=-1)
    ends = (survival == 0) & (before > 0)
    at_end = np.divide(risk, before, out=np.zeros(risk.shape), where=ends)
    return survival, np.where(survival == 0, at_end.max(axis=-1, keepdims=True), size)


def within(times: Floats, events: Floats, censored: Floats, target: float) -> tuple[Floats, Floats]:
    """The share with the event within the target, and the effective number of cases it rests on; NaN if unknown."""
    risk = at_risk(events, censored)
    survival, sizes = still_open(events, censored)
    total = risk[..., 0]
    at = int(np.searchsorted(times, target, side="right"))  # times before this one count
    followed = risk[..., np.searchsorted(times, target, side="left")] if times[-1] >= target else np.zeros(total.shape)
    open_, size = (survival[..., at - 1], sizes[..., at - 1]) if at else (np.ones(total.shape), followed)
    size = np.where(open_ == 1, followed, size)
    known = (total > 0) & ((followed > 0) | (open_ == 0))
    return np.where(known, 1 - open_, np.nan), np.where(known, size, 0.0)


def medians(times: Floats, events: Floats, censored: Floats) -> Floats:
    """Median times; NaN where more than half are open at the last time."""
    survival, _ = still_open(events, censored)
    first = _first_time(times, survival <= 0.5 + HALF)
    after = _first_time(times, survival < 0.5 - HALF)
    exactly = (np.abs(survival - 0.5) <= HALF).any(axis=-1) & np.isfinite(after)
    with np.errstate(invalid="ignore"):
        middle = np.where(exactly, first + (after - first) / 2, first)
    return np.where(np.isfinite(middle) & (survival.shape[-1] > 0), middle, np.nan)


def median_limits(times: Floats, events: Floats, censored: Floats) -> Limits:
    """The limits of median times (one row of counts each) for any number of standard errors."""
    survival, size = still_open(events, censored)
    deviate = 2 * (survival - 0.5) * np.sqrt(size)
    lowest = np.minimum.accumulate(deviate, axis=-1)
    start = np.sqrt((events + censored).sum(axis=-1))

    def limits(z: Floats) -> tuple[Floats, Floats]:
        reached = np.asarray(z)[..., np.newaxis]
        low = np.where(start <= z, 0.0, _first_time(times, lowest <= reached + HALF))
        return low, _first_time(times, lowest < -reached - HALF)

    return limits


def _first_time(times: Floats, holds: Any) -> Floats:
    """The first time at which something holds; infinite if it never does."""
    return np.asarray(np.where(holds.any(axis=-1), times[np.argmax(holds, axis=-1)], np.inf), np.float64)
