"""Events seen over events expected at the rates of a reference: the ratio of indirect standardisation."""

from collections.abc import Callable
from typing import Any

import numpy as np

from dueregard.flags import FEW_EVENTS, Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import rate_interval
from dueregard.inference.normal_tests import answered, one_sided, outside
from dueregard.inference.strata.strata import over, read_strata
from dueregard.inference.two_groups import two_samples
from dueregard.inference.two_groups.two_samples import Comparison, Null

RANGE = (0.0, np.inf)

Limits = tuple[Floats, Floats]
Tails = tuple[Floats, Floats]
"""The chance of no more events than were seen where so many are expected, and that of no fewer."""


def expected_events(exposure: Any, reference_rate: Any, *, axis: int = -1) -> Any:
    """How many events there would be at the rates of a reference: exposure times rate, added up over the strata.

    Parameters
    ----------
    exposure : array of float
        Of the group, in each stratum: people, person-years.
    reference_rate : array of float
        Events per unit of exposure in the reference, in each stratum; NaN where it is not known, such as 0 / 0. They
        broadcast against each other.
    axis : int
        Where the strata lie.

    Returns
    -------
    float or ndarray of float
        In the shape of the arguments without ``axis``. NaN where the rate is not known in a stratum in which the group
        has exposure; a stratum without exposure expects nothing, whatever its rate.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If an exposure or rate is negative or infinite, naming the first; if shapes do not broadcast or have no axis of
        that number.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.expected_events([1_000, 1_500, 900], [0.02, 0.04, 0.09])
    161.0
    """
    exposures = checked.exposures("exposure", exposure)
    rates = np.asarray(reference_rate)
    unknown = np.isnan(rates) if rates.dtype.kind == "f" else np.zeros(rates.shape, bool)
    known = checked.exposures("reference_rate", np.where(unknown, 0.0, rates) if unknown.any() else reference_rate)
    named = {"exposure": exposures, "reference_rate": np.where(unknown, np.nan, known)}
    (people, rate), _ = read_strata(named, Null(np.zeros(())), axis, of="exposures")
    total = np.where(people > 0, people * rate, 0.0).sum(axis=-1)
    return float(total) if total.ndim == 0 else total


def indirect_ratio(
    count: Any,
    expected: Any,
    *,
    method: str = "exact",
    confidence_level: float = 0.95,
    alternative: str = "two-sided",
    null: Any = None,
) -> Comparison:
    """Events seen over events expected, with interval and test of one statistic: the standardised ratio (SMR, ISR).

    Parameters
    ----------
    count : int or array of int
        Number of events seen; taken to be Poisson.
    expected : float or array of float
        Number of events expected, as `expected_events` gives it. It is taken as known: where it rests on a reference
        of few events, `compare_standardised_rates` with the group's own exposure as standard gives the same ratio with
        the uncertainty of both. All arguments up to here, and ``null``, broadcast against each other.
    method : {"exact", "mid-p", "byar", "vandenbroucke", "score", "rothman-greenland"}
        "exact" covers at least what it says, "mid-p" does on average. "byar" approximates "exact", "vandenbroucke"
        works with square roots, "score" with the variance under the null value, "rothman-greenland" on the scale of
        logarithms.
    confidence_level : float
        Between 0 and 1.
    alternative : {"two-sided", "less", "greater", "equivalence"}
        As in `compare_rates`.
    null : float, array of float, or pair of them
        The ratio that is tested: 1 unless given.

    Returns
    -------
    Comparison
        ``estimate``, ``low``, ``high``, ``statistic``, ``pvalue`` and ``flag``: numbers and a `Flag` when all arguments
        are scalars, otherwise arrays of the common shape. ``statistic`` is a signed standard normal deviate, NaN for
        "exact" and "mid-p", which have none. To have a standardised rate, multiply by the rate of the whole reference.

        Where nothing is expected, or ``expected`` is NaN, all are NaN with the flag ``NO_REFERENCE``. Without events
        estimate and lower limit are 0; "rothman-greenland" then knows nothing: limits 0 and infinity, statistic NaN,
        p 1, flag ``UNDEFINED``. Fewer than 10 events set ``FEW_EVENTS``.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If a count is negative, not whole or not finite, or an expected number negative or infinite: the message names
        the argument and the first bad element. If an option does not exist, or shapes do not broadcast.

    Notes
    -----
    With O events seen and E expected, at a ratio t; p is below 1 - confidence_level exactly when the interval excludes
    the null value. A two-sided p is twice the smaller one-sided p, at most 1.

    - "exact": P(X >= O) and P(X <= O) of a Poisson number with mean t E; "mid-p": with half of P(X = O) only.
    - "byar": 3 sqrt(X) (1 - 1 / (9 X) - (t E / X)^(1/3)) with X = O for the lower limit and the upper tail, O + 1 for
      the others. Breslow, N. E. and Day, N. E. (1987), Statistical Methods in Cancer Research II, page 69.
    - "vandenbroucke": 2 (sqrt(O) - sqrt(t E)). Vandenbroucke, J. P. (1982), A shortcut method for calculating the 95
      percent confidence interval of the standardized mortality ratio, American Journal of Epidemiology 115: 303-304.
    - "score": (O - t E) / sqrt(t E).
    - "rothman-greenland": log(O / (t E)) sqrt(O). Rothman, K. J. and Greenland, S. (1998), Modern Epidemiology.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.indirect_ratio(58, 161)
    >>> f"{found.estimate:.2f} ({found.low:.2f} to {found.high:.2f})"
    '0.36 (0.27 to 0.47)'
    """
    checked.one_of("method", method, tuple(METHODS))
    level = checked.level(confidence_level)
    asked = two_samples.read_null(null, alternative, 1.0, RANGE)
    missing = np.isnan(np.asarray(expected)) if np.asarray(expected).dtype.kind == "f" else False
    counts = checked.whole_numbers("count", count)
    means = checked.exposures("expected", np.where(missing, 0.0, expected) if np.any(missing) else expected)
    (events, mean), asked = two_samples.in_common_shape({"count": counts, "expected": means}, asked)

    def ask(value: Floats, side: str, each: float) -> Floats:
        return _rows(method, events, np.where(mean > 0, mean, np.nan), value, side, each)

    rows = answered(ask, asked, alternative, level)
    flags = np.where(mean == 0, Flag.NO_REFERENCE, np.where(events < FEW_EVENTS, Flag.FEW_EVENTS, 0))
    nothing = (mean > 0) & (events == 0) & (method == "rothman-greenland")
    return two_samples.pack(rows, np.asarray(flags | np.where(nothing, Flag.UNDEFINED, 0), np.int64))


def _rows(method: str, events: Floats, mean: Floats, null: Floats, side: str, level: float) -> Floats:
    """Estimate, low, high, statistic and pvalue; NaN where the mean is."""
    limits, tails = METHODS[method]
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (limit / mean for limit in limits(events, outside(level, side)))
        fewer, more = tails(events, null * mean)
    low, high = one_sided(low, high, side, RANGE)
    pvalue = {"less": fewer, "greater": more}.get(side, np.minimum(2 * np.minimum(fewer, more), 1.0))
    rows = np.stack([over(events, mean), low, high, _statistic(method, fewer, more, side), pvalue])
    return np.where(np.isnan(mean), np.nan, rows)


def _statistic(method: str, fewer: Floats, more: Floats, side: str) -> Floats:
    """The deviate that has the tail asked for; two-sided the smaller one, and 0 if that is above a half."""
    from scipy.special import ndtri

    if method in ("exact", "mid-p"):
        return np.full(fewer.shape, np.nan)
    down, up = ndtri(fewer), -ndtri(more)
    two_sided = np.where(more <= fewer, np.maximum(up, 0.0), np.minimum(down, 0.0))
    unknown = (fewer == 1) & (more == 1)  # where nothing is known
    return np.where(unknown, np.nan, {"less": down, "greater": up}.get(side, two_sided))


def _exact(events: Floats, tail: float) -> Limits:
    from scipy.special import gammainccinv, gammaincinv

    low = np.where(events > 0, gammaincinv(np.maximum(events, 1.0), tail), 0.0)
    return low, np.asarray(gammainccinv(events + 1, tail), np.float64)


def _exact_tails(events: Floats, mean: Floats) -> Tails:
    from scipy.special import gammainc, pdtr

    return pdtr(events, mean), np.where(events > 0, gammainc(np.maximum(events, 1.0), mean), 1.0)


def _mid_p(events: Floats, tail: float) -> Limits:
    level = max(1 - 2 * min(tail, 1 - tail), 1e-15)
    found = rate_interval(events, np.ones(events.shape), method="mid-p", confidence_level=level)
    ends = np.asarray(found.low), np.asarray(found.high)
    return ends if tail <= 0.5 else (ends[1], ends[0])


def _mid_p_tails(events: Floats, mean: Floats) -> Tails:
    from scipy.special import gammaln, xlogy

    fewer, more = _exact_tails(events, mean)
    half = np.exp(xlogy(events, mean) - mean - gammaln(events + 1)) / 2
    return np.maximum(fewer - half, 0.0), np.maximum(more - half, 0.0)


def _byar(events: Floats, tail: float) -> Limits:
    from scipy.special import ndtri

    z, some, more = -ndtri(tail), np.maximum(events, 1.0), events + 1
    low = some * np.maximum(1 - 1 / (9 * some) - z / (3 * np.sqrt(some)), 0.0) ** 3
    high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return np.where(events > 0, low, 0.0), np.asarray(high, np.float64)


def _byar_tails(events: Floats, mean: Floats) -> Tails:
    from scipy.special import ndtr

    def deviate(number: Floats) -> Floats:
        return np.asarray(3 * np.sqrt(number) * (1 - 1 / (9 * number) - np.cbrt(mean / number)))

    above = deviate(np.maximum(events, 1.0))
    return ndtr(deviate(events + 1)), np.where(events > 0, ndtr(-above), 1.0)


def _vandenbroucke(events: Floats, tail: float) -> Limits:
    from scipy.special import ndtri

    z = -ndtri(tail)
    root = np.sqrt(events)
    return np.square(np.maximum(root - z / 2, 0.0)), np.square(np.maximum(root + z / 2, 0.0))


def _score(events: Floats, tail: float) -> Limits:
    from scipy.special import ndtri

    z = -ndtri(tail)
    middle, root = events + z * z / 2, z * np.sqrt(events + z * z / 4)
    high = middle + root
    low = np.where(
        events > 0, np.square(events) / np.where(high > 0, high, 1.0), np.minimum(middle - root, middle + root)
    )
    return low, high


def _rothman_greenland(events: Floats, tail: float) -> Limits:
    from scipy.special import ndtri

    z = -ndtri(tail)
    low, high = (events * np.exp(way * z / np.sqrt(events)) for way in (-1, 1))
    return np.where(events > 0, low, 0.0), np.where(events > 0, high, np.inf)


def _normal_tails(deviate: Callable[[Floats, Floats], Floats]) -> Callable[[Floats, Floats], Tails]:
    def tails(events: Floats, mean: Floats) -> Tails:
        from scipy.special import ndtr

        at = deviate(events, mean)
        unknown = np.isnan(at) & ~np.isnan(mean)
        return np.where(unknown, 1.0, ndtr(at)), np.where(unknown, 1.0, ndtr(-at))

    return tails


METHODS: dict[str, tuple[Callable[[Floats, float], Limits], Callable[[Floats, Floats], Tails]]] = {
    "exact": (_exact, _exact_tails),
    "mid-p": (_mid_p, _mid_p_tails),
    "byar": (_byar, _byar_tails),
    "vandenbroucke": (_vandenbroucke, _normal_tails(lambda events, mean: 2 * (np.sqrt(events) - np.sqrt(mean)))),
    "score": (_score, _normal_tails(lambda events, mean: (events - mean) / np.sqrt(mean))),
    "rothman-greenland": (
        _rothman_greenland,
        _normal_tails(lambda events, mean: np.where(events > 0, np.log(events / mean) * np.sqrt(events), np.nan)),
    ),
}
