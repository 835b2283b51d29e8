"""How many events there are beyond those at the reference's rate, in the group and in everybody together."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.strata.strata import over
from dueregard.inference.two_groups import attributable_formulas as formulas
from dueregard.inference.two_groups import comparisons, rates, two_samples
from dueregard.inference.two_groups.comparisons import compare_proportions
from dueregard.inference.two_groups.rates import compare_rates
from dueregard.inference.two_groups.two_samples import Comparison, Null

FROM = {
    "fraction": "ratio",
    "population-fraction": "ratio",
    "population-difference": "difference",
    "number-needed": "difference",
    "excess-events": "difference",
}
"""What each measure is a function of."""

OF = ("proportions", "rates", "odds")
ALTERNATIVES = ("two-sided", "less", "greater")

PUBLISHED: dict[tuple[str, str], tuple[str, ...]] = {
    ("population-difference", "proportions"): ("pirikahu", "separate-samples"),
    ("population-difference", "rates"): ("separate-samples",),
    ("population-fraction", "proportions"): ("log",),
    ("population-fraction", "odds"): ("log",),
}
"""Methods that have a formula of their own, by measure and what it is of."""


def attributable(
    count1: Any,
    nobs1: Any,
    count2: Any,
    nobs2: Any,
    *,
    measure: str = "fraction",
    of: str = "proportions",
    method: str | None = None,
    confidence_level: float = 0.95,
    alternative: str = "two-sided",
) -> Comparison:
    """The excess over the reference's rate: as a share, as events, or as a number of people for one event more.

    The excess is arithmetic: what would not be there if the first group had the second group's rate. It does not say
    what caused it.

    Parameters
    ----------
    count1, nobs1, count2, nobs2 : int or array
        Events and cases, in the group and in the reference. Of rates ``nobs1`` and ``nobs2`` are exposures. They
        broadcast against each other.
    measure : {"fraction", "population-fraction", "population-difference", "number-needed", "excess-events"}
        With the rates (or proportions) r1 and r2, and r of both groups together:

        - "fraction": the share of the group's events that is excess, (r1 - r2) / r1 = 1 - 1 / ratio;
        - "population-fraction": the share of all events of both, (r - r2) / r;
        - "population-difference": r - r2;
        - "excess-events": the number of events, nobs1 (r1 - r2);
        - "number-needed": how many of the group there are to one event in excess, 1 / (r1 - r2).
    of : {"proportions", "rates", "odds"}
        "odds" is for the two fractions when cases and non-cases were sampled apart: the odds ratio stands for the
        ratio, and the share of the group among the cases is taken from the sample.
    method : str, optional
        Any of `compare_proportions` or `compare_rates` for the ratio (fractions) or the difference, "score" unless
        given: limits follow from those of the ratio or difference, with each group's part of the whole as it is.
        Of the whole also published formulas: "log" for a fraction (the only one for odds), "pirikahu" and
        "separate-samples" for a difference.
    confidence_level : float
        Between 0 and 1.
    alternative : {"two-sided", "less", "greater"}
        Held against no excess, as in `compare_proportions`.

    Returns
    -------
    Comparison
        ``estimate``, ``low``, ``high``, ``statistic``, ``pvalue`` and ``flag`` as those of the comparison that is
        used. A fraction below 0 says that the group has fewer events than at the reference's rate: down to minus
        infinity, where the ratio is 0. Where an estimate of a ratio is not defined, so are fractions.

        Of "number-needed": where the interval of the difference holds 0, the numbers needed run from ``low`` up
        through infinity to ``high``, which is then below ``low`` and negative: to one event more or to one fewer. The
        number is infinite where there is no difference.

        "log" knows nothing where the reference has no events (for odds: a cell of 0 in its formula): limits minus
        infinity and 1, statistic NaN, p 1, flag ``UNDEFINED``.

    Raises
    ------
    TypeError, ValueError
        As `compare_proportions` and `compare_rates`; and if a measure does not go with ``of``, or a method with either.

    Notes
    -----
    All measures but "number-needed" rise with the ratio or the difference when the sizes of the groups are given, so
    that limits follow from limits and p stays. Published, with a events and b others in the group, c and d in the
    reference, N in all:

    - "log" of proportions: log(1 - fraction) has variance (b + fraction (a + d)) / (N c). Walter, S. D. (1976), The
      estimation and interpretation of attributable risk in health research, Biometrics 32: 829-849.
    - "log" of odds: a / (c (a + c)) + b / (d (b + d)). Walter, S. D. (1975), The distribution of Levin's measure of
      attributable risk, Biometrika 62: 371-374.
    - "pirikahu": the delta method, with all four cells multinomial. Pirikahu, S., Jones, G., Hazelton, M. L. and Heuer,
      C. (2016), Bayesian methods of confidence interval construction for the population attributable risk from
      cross-sectional studies, Statistics in Medicine 35: 3117-3130.
    - "separate-samples": the variances of r and r2 added up, as if the reference were no part of the whole. Too wide;
      for comparison with software that prints it.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.attributable(41, 28_010, 15, 19_017, of="rates", measure="excess-events")
    >>> f"{found.estimate:.0f} of 41 events beyond the reference's rate ({found.low:.0f} to {found.high:.0f})"
    "19 of 41 events beyond the reference's rate (1 to 36)"
    >>> found = dr.attributable(36, 61, 18, 63)
    >>> f"{found.estimate:.0%} of the group's events ({found.low:.0%} to {found.high:.0%})"
    "52% of the group's events (26% to 69%)"
    """
    checked.one_of("measure", measure, tuple(FROM))
    checked.one_of("of", of, OF)
    checked.one_of("alternative", alternative, ALTERNATIVES)
    chosen = _method(measure, of, method)
    samples = _read(count1, nobs1, count2, nobs2, of)
    if chosen in PUBLISHED.get((measure, of), ()):
        level = checked.level(confidence_level)
        rows = formulas.answered(measure, of, chosen, samples, alternative, level)
        return two_samples.pack(rows, _flags(samples, rows))
    asked: dict[str, Any] = {
        "method": chosen, "confidence_level": confidence_level, "alternative": alternative,
        "measure": "odds-ratio" if of == "odds" else FROM[measure],
    }  # fmt: skip
    found = (compare_rates if of == "rates" else compare_proportions)(*samples, **asked)
    return _turned(found, measure, samples)


def _method(measure: str, of: str, method: str | None) -> str:
    """The method asked for, or the usual one; refused where the measure does not have it."""
    if of == "odds" and FROM[measure] != "ratio":
        raise ValueError(f"measure: {measure!r} cannot be had from odds, only fractions can")
    known: tuple[str, ...] = ()
    if (measure, of) != ("population-fraction", "odds"):
        known = (rates.METHODS if of == "rates" else comparisons.METHODS)[
            "odds-ratio" if of == "odds" else FROM[measure]
        ]
    known = (*known, *PUBLISHED.get((measure, of), ()))
    if method is not None and method not in known:
        listed = ", ".join(map(repr, known))
        raise ValueError(f"method: {method!r} is not a method for the {measure} of {of}: {listed}")
    return method or known[0]


def _read(count1: Any, nobs1: Any, count2: Any, nobs2: Any, of: str) -> tuple[Floats, ...]:
    nothing = Null(np.zeros(()))
    read = rates.read_samples if of == "rates" else two_samples.read_counts
    samples, _ = read(count1, nobs1, count2, nobs2, nothing)
    return samples


def _turned(found: Comparison, measure: str, samples: tuple[Floats, ...]) -> Comparison:
    """What follows from a ratio or a difference, its limits and its test."""
    _, nobs1, _, nobs2 = samples
    part = over(nobs1, nobs1 + nobs2)
    turn: Callable[[Floats], Floats] = {
        "fraction": _fraction,
        "population-fraction": lambda ratio: _fraction_of_whole(ratio, part),
        "population-difference": lambda difference: np.asarray(part * difference),
        "number-needed": lambda difference: np.asarray(over(np.ones(()), difference)),
        "excess-events": lambda difference: np.asarray(nobs1 * difference),
    }[measure]
    estimate, low, high = (np.asarray(value, np.float64) for value in found[:3])
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = (turn(low), turn(high))
    if measure == "number-needed":
        ends = (np.where((high == 0) & (low < 0), -np.inf, ends[1]), ends[0])
    tested = (np.asarray(value, np.float64) for value in found[3:5])
    return two_samples.pack(np.stack([turn(estimate), *ends, *tested]), np.asarray(found.flag, np.int64))


def _fraction(ratio: Floats) -> Floats:
    """1 - 1 / ratio: minus infinity where the ratio is 0."""
    return np.asarray(1 - over(np.ones(()), ratio))


def _fraction_of_whole(ratio: Floats, part: Floats) -> Floats:
    """1 - 1 / (1 + part (ratio - 1)), where part is the group's share of all cases."""
    with np.errstate(invalid="ignore"):
        whole = 1 - part + np.where(part > 0, part * ratio, np.where(np.isnan(ratio + part), np.nan, 0.0))
    return _fraction(whole)


def _flags(samples: tuple[Floats, ...], rows: Floats) -> NDArray[np.int64]:
    """As those of a comparison; and no standard error."""
    flags = two_samples.sample_flags(samples[1], samples[3], rows[0])
    unknown = ~np.isnan(rows[1]) & (np.isnan(rows[0]) | np.isnan(rows[3]))
    return np.asarray(flags | np.where(unknown, Flag.UNDEFINED, 0), np.int64)
