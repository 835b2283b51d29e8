"""Entropy indices, Gini, Atkinson and Hoover of the rates of groups."""

from typing import Any, NamedTuple

from dueregard.inference import checked
from dueregard.inference.indices import counted, group_indices
from dueregard.inference.indices.index_limits import Draws


class GroupInequality(NamedTuple):
    """An index with its limits and what chance makes of it, and which index it is."""

    estimate: Any
    low: Any
    high: Any
    pvalue: Any
    expected: Any
    corrected: Any
    name: str
    parameter: float | None
    flag: Any
    method: str


def group_inequality(
    count: Any,
    nobs: Any = None,
    *,
    exposure: Any = None,
    index: str = "theil",
    parameter: float | None = None,
    confidence_level: float = 0.95,
    n_resamples: int = 1999,
    rng: Any = 0,
) -> GroupInequality:
    """Inequality between the rates of groups, or of areas, weighted by their sizes.

    With events of single people or places and ``exposure`` 1 each it says how concentrated the events are, and how
    concentrated chance alone would make them.

    Parameters
    ----------
    count, nobs, exposure, confidence_level, n_resamples, rng
        As in `dueregard.disparity_index`.
    index : {"theil", "mean-log-deviation", "entropy", "gini", "hoover", "atkinson"}
        Theil's T and L, generalised entropy, the Gini coefficient, Hoover's index (the Robin Hood index: what share of
        all events would have to be in other groups for rates to be equal), and Atkinson's.
    parameter : float, optional
        Of "entropy", 2 unless given: 1 is Theil's T, 0 the mean log deviation. Of "atkinson" the aversion to
        inequality, above 0, 1 unless given.

    Returns
    -------
    GroupInequality
        ``estimate``, ``low``, ``high``, ``pvalue``, ``expected`` and ``corrected`` as in `dueregard.dissimilarity`,
        ``name``, that of the index, and ``parameter`` as used, ``flag`` and ``method``. All are fractions without a
        unit, 0 where rates are equal; "gini", "hoover" and "atkinson" are never above 1.

        A group without cases is left out, with the flag ``EMPTY_GROUP``; fewer than two groups give NaN and
        ``NO_CASES``. Without any event the estimate is NaN, with the flag ``UNDEFINED``. A rate of 0 makes the mean log
        deviation infinite and Atkinson's index with an aversion of 1 or more 1.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.disparity_index`; if the index has no parameter and one is given.

    Notes
    -----
    Theil, H. (1967), Economics and information theory; Atkinson, A. B. (1970), Journal of Economic Theory 2: 244-263;
    Hoover, E. M. (1936), Review of Economics and Statistics 18: 162-171; Cowell, F. A. (2011), Measuring inequality.
    Values are the groups' rates over the rate of all, weights their shares of all cases. The limits are found as
    in `dueregard.between_group_variance`.

    Examples
    --------
    >>> import dueregard as dr
    >>> searches, people = [456, 126, 78, 26, 8], [48000, 2400, 5500, 1300, 700]
    >>> found = dr.group_inequality(searches, exposure=people)
    >>> f"{found.estimate:.3f} ({found.low:.2f} to {found.high:.2f}), {found.expected:.3f} by chance"
    '0.153 (0.11 to 0.21), 0.003 by chance'
    >>> calls = [0] * 60 + [1] * 25 + [2] * 10 + [3] * 5  # of 100 addresses
    >>> gini = dr.group_inequality(calls, exposure=1, index="gini")
    >>> f"{gini.estimate:.2f}, {gini.expected:.2f} by chance"
    '0.69, 0.63 by chance'
    """
    groups = counted.read(count, nobs, exposure)
    chosen, used = group_indices.named(index, parameter)
    level = checked.level(confidence_level)
    draws = Draws(checked.at_least_one("n_resamples", n_resamples), rng)
    found = group_indices.over_areas(groups, chosen, level, draws)
    estimate, low, high, pvalue, expected, corrected, flag = found
    method = f"{'binomial' if groups.binomial else 'Poisson'} tests inverted, {draws.words}"
    return GroupInequality(estimate, low, high, pvalue, expected, corrected, index, used, flag, method)
