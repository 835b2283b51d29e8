"""Directly standardised rates: what a rate would be if the population were made up as a standard is."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import FEW_EVENTS, Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import Interval
from dueregard.inference.strata.strata import read_strata
from dueregard.inference.two_groups.two_samples import Null

METHODS = ("dobson", "dobson-exact", "gamma")

FEWEST_FOR_BYAR = 10
"""From this many events Byar's limits of their number are as good as exact ones."""


class Sums(NamedTuple):
    """Of each standardised rate: itself, its variance, the most that one event adds to it, and its events."""

    rate: Floats
    variance: Floats
    largest: Floats
    events: Floats


def standardised_rate(
    count: Any,
    exposure: Any,
    standard: Any,
    *,
    method: str = "dobson",
    variance_count: Any = None,
    axis: int = -1,
    confidence_level: float = 0.95,
) -> Interval:
    """Directly standardised rate: the rates of strata, weighted as a standard population is made up.

    Parameters
    ----------
    count : array of int
        Number of events in each stratum, such as each age band.
    exposure : array of float
        What they happened in, such as people: the rate is events per unit of it.
    standard : array of float
        The standard population in each stratum, in any unit: only its proportions matter. All arguments up to here
        broadcast against each other.
    method : {"dobson", "dobson-exact", "gamma"}
        "dobson": limits of the total number of events, moved and scaled to the standardised rate; they are exact below
        10 events and Byar's from 10. "dobson-exact": the same with exact limits always. "gamma": Fay and Feuer's, which
        has limits at every count and rarely covers less than it says.
    variance_count : array of float, optional
        The variance of ``count``, where events are not independent because people repeat: in each stratum the sum of
        f^2 times the number of people with f events each. Not with "gamma".
    axis : int
        Where the strata lie. The other axes hold one rate each.
    confidence_level : float
        Between 0 and 1.

    Returns
    -------
    Interval
        ``estimate``, ``low``, ``high`` and ``flag``: numbers and a `Flag` for one rate, otherwise arrays of the
        shape of the counts without ``axis``. Fewer than 10 events set ``FEW_EVENTS``: the Office for Health Improvement
        and Disparities does not publish a rate then.

        Where a stratum that is part of the standard has no exposure its rate, and so the whole, is not known: NaN, with
        the flag ``NO_POPULATION``. Strata whose standard is 0 play no part. Without events estimate and lower limit are
        0; the upper one of both forms of Dobson is not defined then: NaN, with the flag ``UNDEFINED``.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If a count is negative, not whole or not finite, an exposure, standard or variance negative or not finite, if
        there are events without exposure, or a standard of 0 altogether: the message names the argument and the first
        bad element. If the method or level does not exist, if shapes do not broadcast or have no axis of that number.

    Notes
    -----
    With w the share of a stratum in the standard, the rate is D = sum(w x / n), its variance V = sum(w^2 x / n^2), with
    ``variance_count`` in place of x in it if that is given. For X events in all, with limits L and U of their expected
    number, Dobson's are D + sqrt(V / X) (L - X) and D + sqrt(V / X) (U - X). Dobson, A. J., Kuulasmaa, K., Eberle, E.
    and Scherer, J. (1991), Confidence intervals for weighted sums of Poisson parameters, Statistics in Medicine 10:
    457-462. Breslow, N. E. and Day, N. E. (1987), Statistical Methods in Cancer Research II, page 69 (Byar).

    Fay and Feuer's are quantiles of gamma distributions with mean D and variance V, and with mean D + m and variance
    V + m^2, where m is the largest w / n: as if one more event had happened where it weighs most. Fay, M. P. and Feuer,
    E. J. (1997), Confidence intervals for directly standardized rates: a method based on the gamma distribution,
    Statistics in Medicine 16: 791-801.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.standardised_rate([4, 4, 3], [90, 110, 80], [500, 300, 200])
    >>> f"{1000 * found.estimate:.1f} per 1,000 ({1000 * found.low:.1f} to {1000 * found.high:.1f})"
    '40.6 per 1,000 (18.8 to 75.0)'
    """
    checked.one_of("method", method, METHODS)
    level = checked.level(confidence_level)
    counts, exposures, standards, variances = _read(count, exposure, standard, variance_count, axis, method)
    sums = weighted(counts, exposures, standards, variances)
    low, high = limits(sums, method, (1 - level) / 2)
    return _pack(sums, low, high)


def weighted(count: Floats, exposure: Floats, standard: Floats, variance_count: Floats) -> Sums:
    """The sums over the strata, which are last; NaN where a stratum of the standard has no exposure."""
    share = standard / standard.sum(axis=-1, keepdims=True)
    each = np.divide(share, exposure, out=np.zeros(share.shape), where=(exposure > 0) & (share > 0))
    known = ~((exposure == 0) & (share > 0)).any(axis=-1)
    return Sums(
        rate=np.where(known, (each * count).sum(axis=-1), np.nan),
        variance=np.where(known, (np.square(each) * variance_count).sum(axis=-1), np.nan),
        largest=np.where(known, each.max(axis=-1, initial=0.0), np.nan),
        events=np.where(share > 0, count, 0.0).sum(axis=-1),
    )


def limits(sums: Sums, method: str, tail: float | Floats) -> tuple[Floats, Floats]:
    """The limits that leave a tail outside at either end."""
    if method == "gamma":
        return gamma_limits(sums, tail)
    low, high = total_limits(sums.events, tail, exact=method == "dobson-exact")
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.sqrt(sums.variance / sums.events)
    none = sums.rate == 0
    lower = np.maximum(sums.rate + scale * (low - sums.events), 0.0)
    return np.where(none, 0.0, lower), np.where(none, np.nan, sums.rate + scale * (high - sums.events))


def total_limits(events: Floats, tail: float | Floats, *, exact: bool) -> tuple[Floats, Floats]:
    """Limits of the expected number of events: exact, or Byar's from ten of them."""
    from scipy.special import gammainccinv, gammaincinv, ndtri

    some = np.maximum(events, 1.0)
    z = -ndtri(tail)
    byar_low = some * np.maximum(1 - 1 / (9 * some) - z / (3 * np.sqrt(some)), 0.0) ** 3
    more = events + 1
    byar_high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    exactly = exact | (events < FEWEST_FOR_BYAR)
    low = np.where(exactly, gammaincinv(some, tail), byar_low)
    return np.where(events > 0, low, 0.0), np.where(exactly, gammainccinv(more, tail), byar_high)


def gamma_limits(sums: Sums, tail: float | Floats) -> tuple[Floats, Floats]:
    """Fay and Feuer's."""
    from scipy.special import gammainccinv, gammaincinv

    rate, variance, most, _ = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        low = variance / rate * gammaincinv(np.square(rate) / variance, tail)
        high_rate, high_variance = rate + most, variance + np.square(most)
        high = high_variance / high_rate * gammainccinv(np.square(high_rate) / high_variance, tail)
    return np.where(rate == 0, 0.0, low), high


def read_standard(standard: Any) -> Floats:
    """A standard population: numbers of people or shares, not below 0."""
    return checked.exposures("standard", standard)


def refuse_no_standard(standard: Floats) -> None:
    """Refuse a standard of nobody: it says nothing of how to weigh the strata."""
    if standard.size and not standard.any(axis=-1).all():
        raise ValueError("standard: it is 0 in every stratum")


def _read(
    count: Any, exposure: Any, standard: Any, variance_count: Any, axis: int, method: str
) -> tuple[Floats, Floats, Floats, Floats]:
    """Counts, exposures, standard and variances of the counts, strata last."""
    counts, exposures = checked.events_over(count, exposure)
    named = {"count": counts, "exposure": exposures, "standard": read_standard(standard)}
    if variance_count is not None:
        if method == "gamma":
            raise ValueError("variance_count: 'gamma' is for independent events; 'dobson' takes any variance")
        named["variance_count"] = checked.exposures("variance_count", variance_count)
    arrays, _ = read_strata(named, Null(np.zeros(())), axis)
    refuse_no_standard(arrays[2])
    return arrays[0], arrays[1], arrays[2], arrays[-1] if variance_count is not None else arrays[0]


def _pack(sums: Sums, low: Floats, high: Floats) -> Interval:
    """An `Interval`: numbers and a `Flag` for a single rate, arrays otherwise."""
    flags = rate_flags(sums) | np.where(np.isnan(high) & ~np.isnan(sums.rate), Flag.UNDEFINED, 0)
    if flags.ndim == 0:
        return Interval(float(sums.rate), float(low), float(high), Flag(int(flags)))
    return Interval(sums.rate, low, high, flags.astype(np.int64))


def rate_flags(sums: Sums) -> NDArray[np.int64]:
    """Nobody in a stratum of the standard; few events."""
    unknown = np.isnan(sums.rate)
    few = ~unknown & (sums.events < FEW_EVENTS)
    return np.asarray(np.where(unknown, Flag.NO_POPULATION, 0) | np.where(few, Flag.FEW_EVENTS, 0), np.int64)
