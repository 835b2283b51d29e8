"""Two directly standardised rates compared: the ratio or difference they would have in one standard population."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.normal_tests import answered, deviate, one_sided, outside, pvalues, reach
from dueregard.inference.roots import solve_increasing
from dueregard.inference.strata.standardised import (
    Sums,
    gamma_limits,
    rate_flags,
    read_standard,
    refuse_no_standard,
    weighted,
)
from dueregard.inference.strata.strata import apart, over, read_strata
from dueregard.inference.two_groups import two_samples
from dueregard.inference.two_groups.rates import NO_EFFECT, RANGES, read_samples
from dueregard.inference.two_groups.two_samples import Comparison, Null

METHODS = {"ratio": ("mover", "log"), "difference": ("mover", "wald")}

FURTHEST = 37.0
"""Standard errors beyond which a normal tail is 0 to a double."""


def compare_standardised_rates(
    count1: Any,
    exposure1: Any,
    count2: Any,
    exposure2: Any,
    standard: Any,
    *,
    measure: str = "ratio",
    method: str = "mover",
    confidence_level: float = 0.95,
    alternative: str = "two-sided",
    null: Any = None,
    axis: int = -1,
) -> Comparison:
    """Compare two directly standardised rates, first against second: both as if made up as one standard population.

    Unlike `compare_stratified_rates` this does not take the ratio to be the same in all strata: where it is not, this
    is what it would be in the standard population.

    Parameters
    ----------
    count1, count2 : array of int
        Number of events in the first group and in the second, for each stratum; taken to be Poisson.
    exposure1, exposure2 : array of float
        What the events happened in.
    standard : array of float
        The standard population in each stratum, in any unit. With the first group's own exposure the ratio is the first
        group's events over those expected at the second group's rates (indirect standardisation), with the uncertainty
        of these rates in the limits. All arguments up to here broadcast against each other.
    measure : {"ratio", "difference"}
        Of the standardised rates.
    method : str
        "mover" for both: put together from the gamma limits of each rate. For a ratio also "log", for a
        difference "wald": normal, with the variances of the two rates.
    confidence_level : float
        Between 0 and 1.
    alternative : {"two-sided", "less", "greater", "equivalence"}
        As in `compare_rates`.
    null : float, array of float, or pair of them
        The value of the measure that is tested: 1 for a ratio, 0 for a difference unless given. Broadcasts against the
        shape of the counts without ``axis``.
    axis : int
        Where the strata lie.

    Returns
    -------
    Comparison
        ``estimate``, ``low``, ``high``, ``statistic``, ``pvalue`` and ``flag``: numbers and a `Flag` for one pair of
        rates, otherwise arrays of the shape of the counts without ``axis``. ``statistic`` is a signed standard normal
        deviate.

        A stratum of the standard with exposure in only one of the groups is left out of both, with the flag
        ``STRATA_LEFT_OUT``: the standard is that of the others. Where no stratum is left all numbers are NaN; the flags
        are ``NO_CASES`` and ``NO_REFERENCE`` where a group has no exposure at all, ``UNDEFINED`` where it only never
        meets the other. Fewer than 10 events in a group set ``FEW_EVENTS``.

        Without events in the second group a ratio is infinite, without events in the first it is 0; a ratio of 0 to 0
        has estimate NaN, limits 0 and infinity, p 1 and the flag ``UNDEFINED``. "mover" has limits at every other
        count. "log" has none at 0 and infinity: limits 0 and infinity, statistic NaN, p 1, flag ``UNDEFINED``; nor has
        "wald" without any event: the interval is a point, with that flag.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        As `compare_rates` and `standardised_rate`; and if the measure has no such method.

    Notes
    -----
    "mover": with D the rates and l, u their gamma limits (see `standardised_rate`), the lower limit of the difference
    is D1 - D2 - sqrt((D1 - l1)^2 + (u2 - D2)^2), that of the ratio the t at which D1 - t D2 is
    sqrt((D1 - l1)^2 + t^2 (u2 - D2)^2); the upper ones likewise. It is an interval first: p is the smallest
    1 - confidence_level at which it excludes the null value, and at most 1. As the gamma limits do, it rather covers
    too much: p is 1 for differences too small to be told from none. Donner, A. and Zou, G. Y. (2012), Closed-form
    confidence intervals for functions of the normal mean and standard deviation, Statistical Methods in Medical
    Research 21: 347-359; Fay, M. P. and Feuer, E. J. (1997), Statistics in Medicine 16: 791-801.

    "log": log(D1 / D2) has variance V1 / D1^2 + V2 / D2^2; "wald": D1 - D2 has variance V1 + V2. Breslow, N. E. and
    Day, N. E. (1987), Statistical Methods in Cancer Research II, section 2.3.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.compare_standardised_rates([90, 10], [9_000, 5_000], [10, 30], [1_000, 15_000], [10_000, 20_000])
    >>> f"{found.estimate:.2f} ({found.low:.2f} to {found.high:.2f})"
    '1.00 (0.59 to 1.76)'
    """
    two_samples.check_method(measure, method, METHODS)
    level = checked.level(confidence_level)
    asked = two_samples.read_null(null, alternative, NO_EFFECT[measure], RANGES[measure])
    samples, _ = read_samples(count1, exposure1, count2, exposure2, Null(np.zeros(())))
    named = dict(zip(("count1", "exposure1", "count2", "exposure2"), samples, strict=True))
    arrays, asked = read_strata(named | {"standard": read_standard(standard)}, asked, axis)
    refuse_no_standard(arrays[4])
    rates = both_rates(*arrays)
    rows = answered_for(rates, measure, method, asked, alternative, level)
    return two_samples.pack(rows, _flags(arrays, rates, rows))


def both_rates(
    count1: Floats, exposure1: Floats, count2: Floats, exposure2: Floats, standard: Floats
) -> tuple[Sums, Sums]:
    """Each group's rate in the strata of the standard that both have."""
    used = (exposure1 > 0) & (exposure2 > 0) & (standard > 0)
    none = ~used.any(axis=-1, keepdims=True)
    shared = np.where(used | none, standard, 0.0)
    return weighted(count1, exposure1, shared, count1), weighted(count2, exposure2, shared, count2)


def answered_for(
    rates: tuple[Sums, Sums], measure: str, method: str, null: Null, alternative: str, confidence_level: float
) -> Floats:
    """Rows estimate, low, high, statistic and pvalue; NaN where a rate is not known."""

    def ask(value: Floats, side: str, level: float) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            if method == "mover":
                rows = _mover(rates, measure, value, side, level)
            else:
                rows = _normal(rates, measure, value, side, level)
        estimate, low, high, statistic = rows
        pvalue = np.where(np.isnan(statistic) & ~np.isnan(low), 1.0, pvalues(statistic, side))
        low, high = one_sided(low, high, side, RANGES[measure])
        return np.stack([estimate, low, high, statistic, pvalue])

    rows = answered(ask, null, alternative, confidence_level)
    unknown = np.isnan(rates[0].rate) | np.isnan(rates[1].rate)
    return np.where(unknown, np.nan, rows)


def _normal(rates: tuple[Sums, Sums], measure: str, null: Floats, side: str, level: float) -> tuple[Floats, ...]:
    """Variances of the rates, for a ratio on the scale of logarithms."""
    (rate1, variance1, *_), (rate2, variance2, *_) = rates
    z = reach(level, side)
    if measure == "difference":
        estimate, error = apart(rate1, rate2), np.sqrt(variance1 + variance2)
        statistic = np.where((error == 0) & (estimate == null), np.nan, deviate(estimate - null, error))
        return estimate, estimate - z * error, estimate + z * error, statistic
    estimate = over(rate1, rate2)
    known = (rate1 > 0) & (rate2 > 0)
    error = np.where(known, np.sqrt(variance1 / np.square(rate1) + variance2 / np.square(rate2)), np.nan)
    low, high = (np.where(known, estimate * np.exp(way * z * error), end) for way, end in ((-1, 0.0), (1, np.inf)))
    return estimate, low, high, np.log(estimate / null) / error


def _mover(rates: tuple[Sums, Sums], measure: str, null: Floats, side: str, level: float) -> tuple[Floats, ...]:
    """From the limits of each rate; the statistic is how far the interval reaches when it ends at the null value."""
    first, second = rates
    tail = outside(level, side)
    if measure == "ratio":
        estimate = over(first.rate, second.rate)
        low, high = _lowest_ratio(first, second, tail), 1 / _lowest_ratio(second, first, tail)
        undefined = np.isnan(estimate)
        low, high = np.where(undefined, 0.0, low), np.where(undefined, np.inf, high)
        away = apart(first.rate, null * second.rate)
        times = null
    else:
        estimate = away = apart(first.rate, second.rate)
        low = estimate - _combined(first, second, np.ones(estimate.shape), tail)
        high = estimate + _combined(second, first, np.ones(estimate.shape), tail)
        away, times = away - null, np.ones(estimate.shape)
    statistic = np.where(np.isnan(estimate), np.nan, _furthest(first, second, away, times))
    return estimate, low, high, statistic


def _distances(first: Sums, second: Sums, tail: float | Floats) -> tuple[Floats, Floats]:
    """From the first rate down to its limit and from the second up to its; none on the other side of a rate."""
    down = first.rate - gamma_limits(first, tail)[0]
    up = gamma_limits(second, tail)[1] - second.rate
    return np.maximum(down, 0.0), np.maximum(up, 0.0)


def _combined(first: Sums, second: Sums, times: Floats, tail: float | Floats) -> Floats:
    """How far first - times second reaches down."""
    down, up = _distances(first, second, tail)
    return np.hypot(down, times * up)


def _lowest_ratio(first: Sums, second: Sums, tail: float) -> Floats:
    """The t at which first - t second reaches down to 0: of the roots of a quadratic the one below the estimate."""
    down, up = _distances(first, second, tail)
    low = (first.rate - down) * (first.rate + down)
    product = first.rate * second.rate
    inside = np.square(product) - low * (np.square(second.rate) - np.square(up))
    root = np.sqrt(np.maximum(inside, 0.0))  # below 0 by rounding only
    return np.where(first.rate == 0, 0.0, low / (product + root))


def _furthest(first: Sums, second: Sums, away: Floats, times: Floats) -> Floats:
    """The normal deviate at which an interval of ``first - times second`` ends at 0, signed as ``away``."""
    from scipy.special import ndtr

    size = np.abs(away)

    def beyond(z: Floats) -> Floats:
        tail = ndtr(-z)
        above, below = (
            np.asarray(_combined(first, second, times, tail)),
            np.asarray(_upper(first, second, times, tail)),
        )
        return np.where(away >= 0, above, below) - size

    z = solve_increasing(beyond, np.zeros(size.shape), np.full(size.shape, FURTHEST))
    return np.sign(away) * z


def _upper(first: Sums, second: Sums, times: Floats, tail: Floats) -> Floats:
    """How far first - times second reaches up."""
    down, up = _distances(second, first, tail)
    return np.hypot(times * down, up)


def _flags(arrays: tuple[Floats, ...], rates: tuple[Sums, Sums], rows: Floats) -> NDArray[np.int64]:
    """No exposure, strata left out, few events, and what has no estimate or no standard error."""
    _, exposure1, _, exposure2, standard = arrays
    part1, part2 = (exposure1 > 0) & (standard > 0), (exposure2 > 0) & (standard > 0)
    none1, none2, used = ~part1.any(axis=-1), ~part2.any(axis=-1), (part1 & part2).any(axis=-1)
    left_out = ((part1 != part2) | ((standard > 0) & ~part1 & ~part2)).any(axis=-1)
    few = (rate_flags(rates[0]) | rate_flags(rates[1])) & Flag.FEW_EVENTS
    flags = np.where(used, few, 0) | np.where(none1, Flag.NO_CASES, 0) | np.where(none2, Flag.NO_REFERENCE, 0)
    flags |= np.where(left_out, Flag.STRATA_LEFT_OUT, 0)
    unknown = used & (np.isnan(rows[0]) | np.isnan(rows[3]) | (rows[1] == rows[2]))
    return np.asarray(flags | np.where(unknown | (~used & ~none1 & ~none2), Flag.UNDEFINED, 0), np.int64)
