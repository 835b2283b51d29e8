"""Two proportions compared within strata: one difference, ratio or odds ratio common to all of them."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.strata.strata import read_strata
from dueregard.inference.two_groups import two_samples
from dueregard.inference.two_groups.comparisons import NO_EFFECT
from dueregard.inference.two_groups.two_samples import Null

METHODS = dict.fromkeys(("difference", "ratio", "odds-ratio"), ("score", "mantel-haenszel"))


class Homogeneity(NamedTuple):
    """Whether the measure is the same in all strata: chi-squared, its degrees of freedom and its p-value."""

    statistic: Any
    df: Any
    pvalue: Any


class Stratified(NamedTuple):
    """The common measure with limits and test of one statistic, what to know of it, and whether it is common."""

    estimate: Any
    low: Any
    high: Any
    statistic: Any
    pvalue: Any
    flag: Any
    homogeneity: Homogeneity


def compare_stratified(
    count1: Any,
    nobs1: Any,
    count2: Any,
    nobs2: Any,
    *,
    measure: str = "difference",
    method: str = "score",
    confidence_level: float = 0.95,
    alternative: str = "two-sided",
    null: Any = None,
    axis: int = -1,
) -> Stratified:
    """Compare two groups within strata: like with like, added up into one common difference, ratio or odds ratio.

    Parameters
    ----------
    count1, nobs1, count2, nobs2 : array of int
        Number of cases that have the property and number of cases, in the first group and in the second, for each
        stratum. They broadcast against each other.
    measure : {"difference", "ratio", "odds-ratio"}
        Of the proportions p1 and p2 of a stratum: p1 - p2, p1 / p2, or p1 (1 - p2) / (p2 (1 - p1)).
    method : {"score", "mantel-haenszel"}
        "score" is Miettinen and Nurminen's statistic over strata. "mantel-haenszel" is the estimate of Mantel and
        Haenszel with its own standard error, as most software prints it.
    confidence_level : float
        Between 0 and 1.
    alternative : {"two-sided", "less", "greater", "equivalence"}
        As in `compare_proportions`.
    null : float, array of float, or pair of them
        The value of the measure that is tested: 0 for a difference, 1 for ratios unless given. With "equivalence" a
        pair (low, high). Broadcasts against the shape of the counts without ``axis``.
    axis : int
        Where the strata lie. The other axes hold one table of strata each.

    Returns
    -------
    Stratified
        ``estimate``, ``low``, ``high``, ``statistic``, ``pvalue``, ``flag`` and ``homogeneity`` (``statistic``, ``df``,
        ``pvalue``), as fractions: numbers and a `Flag` for one table of strata, otherwise arrays of the shape of the
        counts without ``axis``. p is below 1 - confidence_level whenever the interval excludes the null value, and
        only then, except in rare tables for "score": strata that differ very much, or in which everybody or nobody has
        the property, can make its statistic cross the critical value more than once. The limits are then the
        outermost crossings, and ``REJECTED_INSIDE`` says that the null value lies between them and is rejected.

        A stratum with cases in only one of the groups says nothing of the measure: it is left out, with the flag
        ``STRATA_LEFT_OUT``. Where no stratum is left all numbers are NaN; the flags are ``NO_CASES`` and
        ``NO_REFERENCE`` where a group has no cases at all, ``UNDEFINED`` where it only never meets the other.
        Fewer than 30 cases in the strata used set ``SMALL_BASE`` or ``SMALL_REFERENCE``.

        Strata in which nobody or everybody has the property, in both groups, hold information on the difference, none
        on the odds ratio; nobody also holds none on the ratio. No correction such as a half is added anywhere. Where
        no stratum tells of a ratio (0 against 0) the estimate is NaN, the limits are 0 and infinity, the flag is
        ``UNDEFINED``. "score" has limits at every other count. "mantel-haenszel" has no standard error for a ratio of 0
        or infinity: limits 0 and infinity, statistic NaN, p 1, flag ``UNDEFINED``. For a difference its
        standard error is 0 when all shares of a group are 0 or all are 1, in both groups: the interval is a point,
        with the same flag.

        The test of homogeneity is NaN where fewer than two strata inform about it.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        As `compare_proportions`; and if the counts have no axis of that number.

    Notes
    -----
    With N = n1 + n2 of a stratum and its weight w = n1 n2 / N, the score statistic at a null value d of the difference
    is sum(w (x1/n1 - x2/n2 - d)) / sqrt(sum(w^2 (p1 q1 / n1 + p2 q2 / n2) N / (N - 1))), with p1 and p2 the
    most likely proportions of the stratum that differ by d; for a ratio r the residual is x1/n1 - r x2/n2 with the
    variance to match. For the odds ratio it is sum(x1 - n1 p1) / sqrt(sum(N / (N - 1) / (1 / (n1 p1 q1) +
    1 / (n2 p2 q2)))). The limits are the null values at which the statistic is plus and minus the normal quantile, the
    estimate is where it is 0. With one stratum this is `compare_proportions`. At no difference all three measures
    give one p-value, that of the Cochran Mantel Haenszel test without continuity correction: its chi-squared is
    ``statistic ** 2``.

    Miettinen, O. and Nurminen, M. (1985), Comparative analysis of two rates, Statistics in Medicine 4: 213-226. They
    iterate weights close to w at each null value; w is always defined, gives Mantel and Haenszel's estimate and the
    Cochran Mantel Haenszel test (Lu, K. (2008), Proceedings of the Joint Statistical Meetings: 3888-3893). Odds ratio:
    Tang, Y. (2020), Score confidence intervals and sample sizes for stratified comparisons of binomial proportions,
    Statistics in Medicine 39: 3427-3457. Its estimate is the most likely common odds ratio, which is too
    far from 1 when there are many strata of a few cases each (pairs, for one); "mantel-haenszel" is not.

    "mantel-haenszel" uses the variances of Sato, T. (1989), Biometrics 45: 1323-1324 (difference), Greenland, S. and
    Robins, J. M. (1985), Biometrics 41: 55-68 (log ratio), and Robins, J., Breslow, N. and Greenland, S. (1986),
    Biometrics 42: 311-323 (log odds ratio), which hold for a few large strata and for many small ones. Limits
    and p come from the estimate's distance in these standard errors. The limits of the difference are cut at -1 and 1.
    Near shares of 0 and 1 they are too narrow (Klingenberg, B. (2014), Statistics in Medicine 33: 2968-2983): there
    "score" keeps its level better.

    Homogeneity, for both methods at Mantel and Haenszel's estimate: Breslow and Day's statistic with Tarone's
    correction for the odds ratio (Tarone, R. E. (1985), Biometrika 72: 91-95), the same from the score and its
    variance for the difference and the ratio (after Gart, J. J. and Nam, J. (1990), Biometrics 46: 637-643), against
    chi-squared; strata without information are left out with their degree of freedom. It is rough when strata are
    small.

    Examples
    --------
    Admission to six departments in Berkeley, men against women: hardly a difference within departments.

    >>> import dueregard as dr
    >>> men = [512, 353, 120, 138, 53, 22], [825, 560, 325, 417, 191, 373]
    >>> women = [89, 17, 202, 131, 94, 24], [108, 25, 593, 375, 393, 341]
    >>> found = dr.compare_stratified(*men, *women)
    >>> f"{100 * found.estimate:.1f} points ({100 * found.low:.1f} to {100 * found.high:.1f}), p {found.pvalue:.2f}"
    '-1.8 points (-4.7 to 1.1), p 0.22'
    >>> f"homogeneity p {found.homogeneity.pvalue:.3f}"
    'homogeneity p 0.002'
    """
    two_samples.check_method(measure, method, METHODS)
    level = checked.level(confidence_level)
    asked = two_samples.read_null(null, alternative, NO_EFFECT[measure], two_samples.RANGES[measure])
    strata, asked = _read(count1, nobs1, count2, nobs2, asked, axis)
    rows = _answer(measure, method, strata, asked, level, alternative)
    flags = _flags(strata, rows) | two_samples.rejected_inside(rows[:5], asked, level)
    return _pack(rows, flags)


def _read(count1: Any, nobs1: Any, count2: Any, nobs2: Any, null: Null, axis: int) -> tuple[tuple[Floats, ...], Null]:
    """Counts with the strata on the last axis, and null values of the other axes' shape."""
    samples, _ = two_samples.read_counts(count1, nobs1, count2, nobs2, Null(np.zeros(())))
    return read_strata(dict(zip(("count1", "nobs1", "count2", "nobs2"), samples, strict=True)), null, axis)


def _answer(
    measure: str, method: str, strata: tuple[Floats, ...], null: Null, level: float, alternative: str
) -> Floats:
    """Rows estimate, low, high, statistic, pvalue, and the statistic and degrees of freedom of homogeneity."""
    *shape, n_strata = strata[0].shape
    n_tables = int(np.prod(shape))
    count1, nobs1, count2, nobs2 = (a.reshape(n_tables, n_strata) for a in strata)

    def ask(value: Floats, side: str) -> Floats:
        flat = np.ascontiguousarray(value, np.float64).reshape(-1)
        return _core.compare_stratified(count1, nobs1, count2, nobs2, flat, measure, method, level, side)

    if null.high is None:
        rows = ask(null.low, alternative)
    else:
        above, below = ask(null.low, "greater"), ask(null.high, "less")
        rows = np.concatenate([two_samples.two_one_sided(above[:5], below[:5]), above[5:]])
    return rows.reshape(7, *shape)


def _flags(strata: tuple[Floats, ...], rows: Floats) -> NDArray[np.int64]:
    """Of the cases in the strata used, or of all cases where none is used, and of what is left out or undefined."""
    _, nobs1, _, nobs2 = strata
    used = (nobs1 > 0) & (nobs2 > 0)
    some_used = np.asarray(used.any(axis=-1))
    counted = used | ~some_used[..., np.newaxis]
    size1, size2 = (np.where(counted, n, 0.0).sum(axis=-1) for n in (nobs1, nobs2))
    flags = two_samples.sample_flags(size1, size2, rows[0])
    flags |= np.where(((nobs1 > 0) != (nobs2 > 0)).any(axis=-1), Flag.STRATA_LEFT_OUT, 0)
    no_error = some_used & (np.isnan(rows[3]) | (rows[1] == rows[2]))
    return np.asarray(flags | np.where(no_error, Flag.UNDEFINED, 0), np.int64)


def _pack(rows: Floats, flags: NDArray[np.int64]) -> Stratified:
    """Python numbers and a `Flag` for a single table, arrays otherwise."""
    from scipy.special import chdtrc

    comparison = two_samples.pack(rows[:5], flags)
    statistic, df = rows[5:]
    homogeneity = Homogeneity(statistic, df, chdtrc(df, statistic))
    if flags.ndim == 0:
        homogeneity = Homogeneity(*(float(value) for value in homogeneity))
    return Stratified(*comparison, homogeneity)
