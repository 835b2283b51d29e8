"""What ranks may be: which units are surely better than each, which surely worse, and who may be in which quarter."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard import _core, threads
from dueregard.inference import checked, random_keys
from dueregard.inference.areas import uncertain_values
from dueregard.inference.areas.rank_chances import quarter_chances
from dueregard.inference.areas.rank_families import Family, families_of
from dueregard.inference.areas.uncertain_values import Draws, UncertainValues
from dueregard.inference.checked import Floats
from dueregard.inference.random_keys import SEED

ROUNDING = 1e-12
"""Of 1 less a confidence level."""

Ranks = NDArray[np.int64]


class RankIntervals(NamedTuple):
    """Ranks with their intervals and chances, an element a unit; rank 1 is the best, and equal estimates share one.

    ``low`` and ``high`` hold for any one unit named beforehand, ``joint_low`` and ``joint_high`` for all together.
    ``top_quarter`` and ``bottom_quarter`` are chances, NaN with fewer than four units.
    """

    rank: Ranks
    low: Ranks
    high: Ranks
    joint_low: Ranks
    joint_high: Ranks
    top_quarter: Floats
    bottom_quarter: Floats


def rank_intervals(
    estimate: Any,
    se: Any = None,
    *,
    covariance: Any = None,
    higher_is_better: bool,
    confidence_level: float = 0.95,
    n_draws: int = 100_000,
    rng: Any = SEED,
    threads: int | None = None,
) -> RankIntervals:
    """Ranks of units whose values are estimates, and which ranks they may have.

    Parameters
    ----------
    estimate : array of float
        One value a unit, at least one.
    se : array of float
        Standard errors of estimates from separate samples; 0 for a value that is known.
    covariance : array of float
        In place of ``se``: the covariance of the estimates, of shape (n, n). It may be singular.
    higher_is_better : bool
        Whether rank 1 is the highest value, or the lowest.
    confidence_level : float
        Between 0 and 1.
    n_draws : int
        How often errors are drawn.
    rng : int, numpy.random.SeedSequence or numpy.random.Generator
        The seed of the draws; the same one unless it is given.
    threads : int, optional
        At most this many; one for each processor where there is enough to do. The figures are the same.

    Returns
    -------
    RankIntervals
        Arrays: ``rank``, ``low``, ``high``, ``joint_low``, ``joint_high``, ``top_quarter``, ``bottom_quarter``.

    Raises
    ------
    TypeError
        If neither or both of ``se`` and ``covariance`` are given, or an argument has the wrong type.
    ValueError
        If shapes do not match, an estimate is no finite number, a standard error is negative, or the covariance is not
        symmetric or not positive semidefinite.

    Notes
    -----
    The rank is 1 plus the number of units that are better. An interval counts instead: its low end is 1 plus the number
    of units that are surely better, its high end n less the number that are surely worse. Sure are the differences,
    among all pairs of the unit (of all units, for the joint intervals), that one-sided tests of both directions reject
    together, with the largest of their statistics drawn from its distribution without any difference, step after step:
    a difference that is settled is not held against the others. Mogstad, M., Romano, J. P., Shaikh, A. M. and Wilhelm,
    D. (2024), Inference for ranks, with applications to mobility across neighbourhoods and academic achievement across
    countries, Review of Economic Studies 91: 476-518; a joint set from intervals of each estimate, as by Klein, M.,
    Wright, T. and Wieczorek, J. (2020), JRSS A 183: 1421-1443, is wider, since intervals may overlap although their
    difference is clear (Goldstein, H. and Healy, M. J. R. (1995), JRSS A 158: 175-177).

    The chance of being in a quarter (the first or last n/4 ranks, rounded down) is not that of estimates drawn around
    themselves: these hold chance already, and would hold it twice, so that the smallest unit is again and again said to
    be among the worst. It is drawn from what the true values are once all units are looked at together: normal around
    a common mean, with every spread between units that the estimates allow for, each as likely as they make it (the
    prior is flat in the mean and in the spread, as Gelman, A. (2006), Bayesian Analysis 1: 515-534, has it; Goldstein,
    H. and Spiegelhalter, D. J. (1996), JRSS A 159: 385-443, on why ranks are to be drawn so).

    At zero: two units without any error differ surely unless they are equal. Where all units may be the same, all
    intervals run from 1 to n.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.rank_intervals([62, 71, 74, 75, 90], [3, 3, 3, 3, 3], higher_is_better=True)
    >>> found.rank.tolist(), list(zip(found.low.tolist(), found.high.tolist()))
    ([5, 4, 3, 2, 1], [(4, 5), (2, 5), (2, 4), (2, 4), (1, 1)])
    >>> found.bottom_quarter.round(2).tolist()
    [0.98, 0.02, 0.0, 0.0, 0.0]
    """
    checked.true_or_false("higher_is_better", higher_is_better)
    units = uncertain_values.read(estimate, se, covariance)
    draws = Draws(checked.at_least_one("n_draws", n_draws), random_keys.key_of(rng), threads)
    return intervals_of(units if higher_is_better else units.turned(), checked.level(confidence_level), draws)


def intervals_of(units: UncertainValues, level: float, draws: Draws) -> RankIntervals:
    """The same for units of which the highest is the best."""
    top, bottom = quarter_chances(units, draws)
    return RankIntervals(ranks_of(units.value), *limits_of(units, level, draws), top, bottom)


def ranks_of(value: Floats) -> Ranks:
    """1 plus the number of values that are higher."""
    return np.asarray(1 + (value > value[:, np.newaxis]).sum(axis=1), np.int64)


def limits_of(units: UncertainValues, level: float, draws: Draws) -> tuple[Ranks, Ranks, Ranks, Ranks]:
    """The first and the last rank of each unit by itself, and those of all together."""
    families, outside = families_of(units), (1 - level) * (1 + ROUNDING)
    tested = _pvalues(units, families, outside, draws)
    above, below = np.zeros((2, 2, len(units)), np.int64)
    for i, (family, pvalues) in enumerate(zip(families, tested, strict=True)):
        upper, lower = (side[pvalues <= outside] for side in (family.upper, family.lower))
        if i < len(units):
            above[0, i], below[0, i] = (lower == i).sum(), (upper == i).sum()
        else:
            above[1], below[1] = (np.bincount(side, minlength=len(units)) for side in (lower, upper))
    return 1 + above[0], len(units) - below[0], 1 + above[1], len(units) - below[1]


def _pvalues(units: UncertainValues, families: list[Family], outside: float, draws: Draws) -> list[Floats]:
    """The adjusted p-value of every hypothesis, family by family."""
    asked = [family.unsettled(outside) for family in families]
    starts = np.cumsum([0, *map(len, asked)])
    upper, lower, weight, seen = (
        np.concatenate([getattr(family, name) for family in asked]) for name in ("upper", "lower", "weight", "seen")
    )
    errors = units.without_value()

    def work(first: int, stop: int, interrupt: threads.Interrupt) -> Ranks:
        arrays = (errors.value, errors.own, errors.shared, upper, lower, weight, seen, starts)
        return _core.count_exceeded(*arrays, draws.key, first, stop - first, interrupt)

    n_parts = min(threads.choose(draws.threads, max(1, draws.n * len(seen))), draws.n)
    counts = np.sum(threads.over_ranges(work, draws.n, n_parts), axis=0)
    parts = zip(families, starts[:-1], starts[1:], strict=True)
    return [family.pvalues(counts[start:end], draws.n, outside) for family, start, end in parts]
