"""Two rates of events compared within strata: one ratio or difference common to all of them."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import FEW_EVENTS, Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.normal_tests import answered, deviate, one_sided, pvalues, reach
from dueregard.inference.strata.strata import apart, over, read_strata
from dueregard.inference.strata.stratified import Homogeneity, Stratified
from dueregard.inference.strata.stratified_rate_scores import difference_limits, difference_sums, homogeneity
from dueregard.inference.two_groups import two_samples
from dueregard.inference.two_groups.rates import NO_EFFECT, RANGES, read_samples
from dueregard.inference.two_groups.two_samples import Null

METHODS = dict.fromkeys(("ratio", "difference"), ("score", "mantel-haenszel"))


class Strata(NamedTuple):
    """Events and exposures of two groups, strata last; a stratum that only one group has is without either."""

    count1: Floats
    exposure1: Floats
    count2: Floats
    exposure2: Floats

    @property
    def weight(self) -> Floats:
        """Mantel and Haenszel's: the product of the exposures over their sum."""
        total = self.exposure1 + self.exposure2
        return np.divide(self.exposure1 * self.exposure2, total, out=np.zeros(total.shape), where=total > 0)


def compare_stratified_rates(
    count1: Any,
    exposure1: Any,
    count2: Any,
    exposure2: Any,
    *,
    measure: str = "ratio",
    method: str = "score",
    confidence_level: float = 0.95,
    alternative: str = "two-sided",
    null: Any = None,
    axis: int = -1,
) -> Stratified:
    """Compare two rates of events within strata: like with like, added up into one common ratio or difference.

    One ratio over all areas can mislead where groups live in different areas: it mixes how the rates of the areas
    differ with how the groups differ in each of them.

    Parameters
    ----------
    count1, count2 : array of int
        Number of events in the first group and in the second, for each stratum; taken to be Poisson.
    exposure1, exposure2 : array of float
        What the events happened in: people, person-years, hours. All four broadcast against each other.
    measure : {"ratio", "difference"}
        Of the rates r1 = count1 / exposure1 and r2 of a stratum: r1 / r2 or r1 - r2.
    method : {"score", "mantel-haenszel"}
        Both have the estimate of Mantel and Haenszel. "score" has the limits at which Miettinen and Nurminen's
        statistic over strata is critical; "mantel-haenszel" those of its standard error, as most software prints it.
    confidence_level : float
        Between 0 and 1.
    alternative : {"two-sided", "less", "greater", "equivalence"}
        As in `compare_rates`.
    null : float, array of float, or pair of them
        The value of the measure that is tested: 1 for a ratio, 0 for a difference unless given. With "equivalence" a
        pair (low, high). Broadcasts against the shape of the counts without ``axis``.
    axis : int
        Where the strata lie. The other axes hold one table of strata each.

    Returns
    -------
    Stratified
        ``estimate``, ``low``, ``high``, ``statistic``, ``pvalue``, ``flag`` and ``homogeneity`` (``statistic``, ``df``,
        ``pvalue``): numbers and a `Flag` for one table of strata, otherwise arrays of the shape of the counts without
        ``axis``. A difference is in events per unit of exposure. p is below 1 - confidence_level exactly when the
        interval excludes the null value, except in rare tables for the "score" of a difference, whose statistic can
        cross the critical value more than once: the limits are then the outermost crossings, and ``REJECTED_INSIDE``
        says that the null value lies between them and is rejected.

        A stratum with exposure in only one of the groups says nothing of the measure: it is left out, with the flag
        ``STRATA_LEFT_OUT``. Where no stratum is left all numbers are NaN; the flags are ``NO_CASES`` and
        ``NO_REFERENCE`` where a group has no exposure at all, ``UNDEFINED`` where it only never meets the other.
        Fewer than 10 events in a group, in the strata used, set ``FEW_EVENTS``.

        Without events in the second group a ratio is infinite, without events in the first it is 0; a ratio of 0 to 0
        has estimate NaN, limits 0 and infinity, p 1 and the flag ``UNDEFINED``. "score" has limits at every other
        count. "mantel-haenszel" has no standard error for a ratio of 0 or infinity: limits 0 and infinity, statistic
        NaN, p 1, flag ``UNDEFINED``; nor for a difference without any event: the interval is a point, with that flag.

        The test of homogeneity is NaN where fewer than two strata inform about it, and for ratios of 0 and infinity.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        As `compare_rates`; and if the counts have no axis of that number.

    Notes
    -----
    With the weight w = n1 n2 / (n1 + n2) of a stratum and its M = x1 + x2 events, the ratio is sum(w r1) / sum(w r2)
    and the difference sum(w (r1 - r2)) / sum(w) (Rothman, K. J. and Boice, J. D. (1979), Epidemiologic Analysis with
    a Programmable Calculator, NIH 79-1649). The score statistic at a ratio t is sum(w (r1 - t r2)) / sqrt(t sum(w^2 M
    / (n1 n2))), at a difference d sum(w (r1 - r2 - d)) / sqrt(sum(w^2 (p1 / n1 + p2 / n2))), with p1 and p2 the most
    likely rates of the stratum that have that ratio or differ by d. With one stratum this is `compare_rates`; at no
    difference both measures give one p-value, that of the Mantel Haenszel test for person-time data. Miettinen, O. and
    Nurminen, M. (1985), Comparative analysis of two rates, Statistics in Medicine 4: 213-226.

    "mantel-haenszel" uses the variances of Greenland, S. and Robins, J. M. (1985), Estimation of a common effect
    parameter from sparse follow-up data, Biometrics 41: 55-68: of the log ratio sum(w^2 M / (n1 n2)) / (sum(w r1)
    sum(w r2)), of the difference sum(w^2 (x1 / n1^2 + x2 / n2^2)) / sum(w)^2. They hold for a few large strata and for
    many small ones.

    Homogeneity, for both methods at Mantel and Haenszel's estimate: the squared scores of the strata over their
    information, less what the estimate took up, against chi-squared with one degree of freedom fewer than there are
    strata that inform. For a ratio that is Breslow and Day's statistic with Tarone's correction (Breslow, N. E. and
    Day, N. E. (1987), Statistical Methods in Cancer Research II, section 3.6; Tarone, R. E. (1985), Biometrika 72:
    91-95). It is rough where strata have few events.

    Examples
    --------
    Stops of two groups in two boroughs. In each the rates are equal; together they are not.

    >>> import dueregard as dr
    >>> asian, white = ([90, 10], [9_000, 5_000]), ([10, 30], [1_000, 15_000])
    >>> crude = dr.compare_rates(100, 14_000, 40, 16_000)
    >>> found = dr.compare_stratified_rates(*asian, *white)
    >>> f"crude {crude.estimate:.2f}, within boroughs {found.estimate:.2f} ({found.low:.2f} to {found.high:.2f})"
    'crude 2.86, within boroughs 1.00 (0.62 to 1.61)'
    >>> f"homogeneity p {found.homogeneity.pvalue:.2f}"
    'homogeneity p 1.00'
    """
    two_samples.check_method(measure, method, METHODS)
    level = checked.level(confidence_level)
    asked = two_samples.read_null(null, alternative, NO_EFFECT[measure], RANGES[measure])
    samples, _ = read_samples(count1, exposure1, count2, exposure2, Null(np.zeros(())))
    arrays, asked = read_strata(dict(zip(Strata._fields, samples, strict=True)), asked, axis)
    strata = _in_both(Strata(*arrays))
    rows = answered_for(strata, measure, method, asked, alternative, level)
    flags = _flags(Strata(*arrays), strata, rows)
    if (measure, method) == ("difference", "score"):
        flags |= two_samples.rejected_inside(rows, asked, level)
    return _pack(rows, flags, homogeneity(strata, measure, sums(strata, measure)))


def answered_for(
    strata: Strata, measure: str, method: str, null: Null, alternative: str, confidence_level: float
) -> Floats:
    """Rows estimate, low, high, statistic and pvalue; NaN where no stratum has both groups."""
    compare = {
        ("ratio", "score"): _ratio_score,
        ("difference", "score"): _difference_score,
        ("ratio", "mantel-haenszel"): _ratio_with_error,
        ("difference", "mantel-haenszel"): _difference_with_error,
    }[measure, method]

    def ask(value: Floats, side: str, level: float) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            estimate, low, high, statistic = compare(strata, value, reach(level, side))
        pvalue = np.where(np.isnan(statistic) & ~np.isnan(low), 1.0, pvalues(statistic, side))
        low, high = one_sided(low, high, side, RANGES[measure])
        return np.stack([estimate, low, high, statistic, pvalue])

    rows = answered(ask, null, alternative, confidence_level)
    return np.where((strata.weight > 0).any(axis=-1), rows, np.nan)


def sums(strata: Strata, measure: str) -> tuple[Floats, Floats]:
    """Weighted sums over the strata: the common measure is the first over the second."""
    weight = strata.weight
    rate1, rate2 = over(strata.count1, strata.exposure1), over(strata.count2, strata.exposure2)
    first, second = (np.where(weight > 0, weight * rate, 0.0).sum(axis=-1) for rate in (rate1, rate2))
    return (first, second) if measure == "ratio" else (apart(first, second), np.asarray(weight.sum(axis=-1)))


def spread(strata: Strata) -> Floats:
    """The variance of sum(w (r1 - r2)) if both groups have one rate in each stratum."""
    total = strata.exposure1 + strata.exposure2
    events = (strata.count1 + strata.count2) * over(strata.weight, total)
    return np.asarray(np.where(total > 0, events, 0.0).sum(axis=-1))


def _ratio_score(strata: Strata, null: Floats, z: float) -> tuple[Floats, ...]:
    """The two roots of (first - t second)^2 = z^2 t spread."""
    (first, second), variance = sums(strata, "ratio"), spread(strata)
    middle = 2 * first * second + z * z * variance
    # below half of the probability limits lie on the other side of the estimate
    root = np.sqrt(z * z * variance * (z * z * variance + 4 * first * second)) * np.sign(z)
    low = np.where(first == 0, 0.0, 2 * np.square(first) / (middle + root))
    high = np.where(second == 0, np.inf, (middle + root) / (2 * np.square(second)))
    statistic = apart(first, null * second) / np.sqrt(null * variance)
    return over(first, second), low, high, statistic


def _ratio_with_error(strata: Strata, null: Floats, z: float) -> tuple[Floats, ...]:
    (first, second), variance = sums(strata, "ratio"), spread(strata)
    estimate = over(first, second)
    known = (first > 0) & (second > 0)
    error = np.where(known, np.sqrt(variance / (first * second)), np.nan)
    low, high = (np.where(known, estimate * np.exp(side * z * error), end) for side, end in ((-1, 0.0), (1, np.inf)))
    return estimate, low, high, (np.log(estimate) - np.log(null)) / error


def _difference_with_error(strata: Strata, null: Floats, z: float) -> tuple[Floats, ...]:
    total, weight = sums(strata, "difference")
    each = strata.count1 / np.square(strata.exposure1) + strata.count2 / np.square(strata.exposure2)
    used = strata.weight > 0
    error = np.sqrt(np.where(used, np.square(strata.weight) * each, 0.0).sum(axis=-1)) / weight
    estimate = total / weight
    statistic = np.where((error == 0) & (estimate == null), np.nan, (estimate - null) / error)
    return estimate, estimate - z * error, estimate + z * error, statistic


def _difference_score(strata: Strata, null: Floats, z: float) -> tuple[Floats, ...]:
    total, weight = sums(strata, "difference")
    numerator, variance = difference_sums(strata, null)
    low, high = difference_limits(strata, z)
    return total / weight, low, high, deviate(numerator, np.sqrt(variance))


def _in_both(strata: Strata) -> Strata:
    """Strata that only one group has become empty."""
    used = (strata.exposure1 > 0) & (strata.exposure2 > 0)
    return Strata(*(np.where(used, a, 0.0) for a in strata))


def _flags(given: Strata, used: Strata, rows: Floats) -> NDArray[np.int64]:
    """No exposure, strata left out, few events in those used, and what has no estimate or no standard error."""
    some_used = np.asarray((used.exposure1 > 0).any(axis=-1))
    none1, none2 = (~(exposure > 0).any(axis=-1) for exposure in (given.exposure1, given.exposure2))
    one_only = ((given.exposure1 > 0) != (given.exposure2 > 0)).any(axis=-1)
    few = np.minimum(used.count1.sum(axis=-1), used.count2.sum(axis=-1)) < FEW_EVENTS
    unknown = some_used & (np.isnan(rows[0]) | np.isnan(rows[3]) | (rows[1] == rows[2]))
    flags = np.where(none1, Flag.NO_CASES, 0) | np.where(none2, Flag.NO_REFERENCE, 0)
    flags |= np.where(one_only, Flag.STRATA_LEFT_OUT, 0) | np.where(some_used & few, Flag.FEW_EVENTS, 0)
    apart = ~some_used & ~none1 & ~none2
    return np.asarray(flags | np.where(unknown | apart, Flag.UNDEFINED, 0), np.int64)


def _pack(rows: Floats, flags: NDArray[np.int64], same: tuple[Floats, Floats]) -> Stratified:
    """Python numbers and a `Flag` for a single table, arrays otherwise."""
    from scipy.special import chdtrc

    comparison = two_samples.pack(rows, flags)
    statistic, df = same
    found = Homogeneity(statistic, df, chdtrc(df, statistic))
    if flags.ndim == 0:
        found = Homogeneity(*(float(value) for value in found))
    return Stratified(*comparison, found)
