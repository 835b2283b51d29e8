"""The importance of drivers of an outcome with levels: Shapley shares of McFadden's R squared of the logit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.inference import checked, random_keys
from dueregard.inference.checked import Floats
from dueregard.inference.importance import players
from dueregard.inference.importance.added_likelihoods import added_by_chance
from dueregard.inference.importance.replicate_likelihoods import ReplicateLikelihoods
from dueregard.inference.importance.shapley_subsets import EXACT, N_ORDERS, Subsets, all_subsets, sampled_subsets
from dueregard.inference.importance.subset_fits import SubsetFits
from dueregard.inference.importance.subset_values import subset_values
from dueregard.inference.regression import logit_effects
from dueregard.inference.regression.cumulative_logit import Fit, check_rows, fit_patterns
from dueregard.inference.regression.patterns import patterns

MOST_EXACT = 16
"""With more drivers than this there are too many subsets to fit."""


@dataclass(frozen=True, eq=False)
class LogitImportance:
    """Shares of McFadden's R squared, and the gain to expect, for each of p drivers.

    All values are NaN, and scores 0, unless ``fit.converged``; ``fit.status`` and ``fit.columns`` say why, in columns
    of ``x``. Scores are derivatives by the weights of rows; their weighted sum over rows is 0.

    Attributes
    ----------
    r_squared, control_r_squared : float
        1 - loglik / null_loglik with controls and drivers, and with controls alone.
    lmg, first, last : array of float64, shape (p,)
        Shares, which sum to r_squared - control_r_squared; what a driver adds to the controls alone; what it adds to
        all others.
    monte_carlo_error : array of float64, shape (p,)
        Standard errors of lmg through having sampled orders; 0 where every subset was fitted.
    gain : array of float64, shape (p,)
        Change of the mean answer to expect if the driver's columns were raised by their steps.
    row_r_squared : array of float64, shape (n,)
        Scores of r_squared - control_r_squared.
    row_lmg, row_gain : array of float64, shape (n, p)
    lmg_by_replicate : array of float64, shape (R, p), or None
        Shares in each replicate, to second order (see `replicate_likelihoods`); None unless asked for.
    added : array of float64, shape (p,), or None
        What chance adds to shares on average (see `added_likelihoods`); None unless asked for.
    n_orders : int or None
        How many orders were sampled; None: exact.
    key : str
        What draws the same orders again; empty where exact.
    fit : Fit
        Of all columns in use: controls, then drivers.
    """

    r_squared: float
    control_r_squared: float
    lmg: Floats
    first: Floats
    last: Floats
    monte_carlo_error: Floats
    gain: Floats
    row_r_squared: Floats
    row_lmg: Floats
    row_gain: Floats
    lmg_by_replicate: Floats | None
    added: Floats | None
    n_orders: int | None
    key: str
    fit: Fit

    @property
    def separated(self) -> bool:
        return self.fit.separated


def logit_importance(
    x: Any,
    y: Any,
    weight: Any = None,
    *,
    groups: Sequence[Sequence[int]],
    controls: Sequence[int] = (),
    n_levels: int = 2,
    answers: Any = None,
    steps: Any = None,
    exact: int = EXACT,
    n_orders: int = N_ORDERS,
    rng: Any = None,
    replicate_sums: Callable[[Floats], Floats] | None = None,
    sum_variances: Callable[[Floats], Floats] | None = None,
) -> LogitImportance:
    """How much of McFadden's R squared each driver accounts for: its Shapley average over subsets of drivers.

    The value of a subset is 1 - loglik / null_loglik of the (cumulative) logit on its columns and the controls
    (McFadden, D. (1974), in Zarembka, ed., Frontiers in Econometrics: 105-142). Every subset is fitted for up to
    ``exact`` drivers; for more, the subsets that random orders go through, which adds a standard error of its own.

    Nothing is fitted again for precision. At its maximum a log-likelihood changes with the weight of a row by the log-
    likelihood of the row, for the coefficients' own part in it is 0 there (the envelope theorem). So the scores of a
    share are sums over subsets of what rows contribute: memory goes with rows times drivers, not with subsets. Shares
    in replicates come from the same sums, with a second-order term for the coefficients.

    Parameters
    ----------
    x : array_like of float, shape (n, k)
        Each column in a group or a control; without one of ones.
    y : array_like of int, shape (n,)
        Levels from 0 to ``n_levels`` - 1, worst or "no" first.
    weight : array_like of float, shape (n,), optional
    groups : sequence of sequences of int
        The columns of each of p drivers, at most 25.
    controls : sequence of int
        Columns that are always in.
    n_levels : int
    answers : array_like of float, shape (n_levels,), optional
        What levels stand for; 0 to 100 in equal steps unless given, which makes the mean of two a percentage.
    steps : array_like of float, shape (k,), optional
        By how much columns are raised for the gain; a driver has none where one of its own is 0 or NaN.
    exact, n_orders : int
        ``exact`` is at most 16. Of orders at least ``n_orders`` are sampled, in rounds of 2 p, four at least.
    rng : int, SeedSequence or Generator, optional
        The key of sampled orders.
    replicate_sums : function, optional
        Takes columns of the rows, (n, c), to their weighted sums in each replicate, (R, c): then shares come by
        replicate too. It costs R times the clusters times 2^p (k / 2 + 3) at most. In small samples percentiles of
        replicates hold the true share more often than what is linearised.
    sum_variances : function, optional
        Takes columns of the rows, (n, c), to the variances of their weighted sums from sample to sample, (c,): then it
        is known what chance adds to shares, without replicates.

    Returns
    -------
    LogitImportance
        Values of NaN where all columns together have no fit, as where levels are separated.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.inference.regression.cumulative_logit.fit`; if groups and controls do not hold each column once;
        there is no driver, or more than 25; ``n_orders`` is below 1; or another array has another length.

    Examples
    --------
    >>> x = [[0, 0], [0, 1], [1, 0], [1, 1]] * 2
    >>> found = logit_importance(x, [0] * 4 + [1] * 4, [4, 3, 2, 1, 1, 2, 3, 4], groups=[[0], [1]])
    >>> found.lmg.round(4).tolist(), round(found.r_squared, 4)
    ([0.1216, 0.032], 0.1536)
    """
    columns, levels, weights = check_rows(x, y, weight, n_levels)
    k = columns.shape[1]
    asked = players.read(groups, controls, k)
    p = len(asked.groups)
    level_answers = np.linspace(0, 100, n_levels) if answers is None else checked.finite_numbers("answers", answers)
    answer = _long("answers", level_answers, n_levels)
    step = _long("steps", np.zeros(k) if steps is None else checked.numbers_or_unknown("steps", steps), k)
    subsets, key = _chosen(p, exact, n_orders, rng)
    whole = fit_patterns(patterns(columns, levels, weights), n_levels)
    if not whole.converged:
        return _without(whole, p)
    replicated = None if replicate_sums is None else ReplicateLikelihoods(whole.patterns, replicate_sums)
    fits = SubsetFits(whole, asked)
    found = subset_values(fits, subsets, replicated)
    values = found.value
    gains = [_gain(whole, answer, step, group) for group in asked.groups]
    value = dict(zip(subsets.subset.tolist(), values.tolist(), strict=True))
    full = 2**p - 1
    row_lmg = whole.patterns.to_rows(found.scores)
    return LogitImportance(
        r_squared=value[full],
        control_r_squared=value[0],
        lmg=subsets.shares(values),
        first=np.array([value[1 << j] - value[0] for j in range(p)]),
        last=np.array([value[full] - value[full ^ 1 << j] for j in range(p)]),
        monte_carlo_error=subsets.monte_carlo_error(values),
        gain=np.array([gain.value for gain in gains]),
        row_r_squared=row_lmg.sum(axis=1),
        row_lmg=row_lmg,
        row_gain=whole.patterns.to_rows(np.column_stack([gain.scores for gain in gains])),
        lmg_by_replicate=found.replicates,
        added=None if sum_variances is None else added_by_chance(fits, sum_variances),
        n_orders=None if subsets.orders is None else len(subsets.orders),
        key=key,
        fit=whole,
    )


def _gain(whole: Fit, answers: Floats, steps: Floats, group: Sequence[int]) -> logit_effects.MeanEffect:
    own = np.zeros(len(steps))
    own[list(group)] = steps[list(group)]
    if not np.all(np.abs(own[list(group)]) > 0):  # NaN as well
        return logit_effects.MeanEffect(np.nan, np.zeros(len(whole.patterns.y)))
    return logit_effects.gain(whole, answers, own)


def _chosen(p: int, exact: int, n_orders: int, rng: Any) -> tuple[Subsets, str]:
    random_keys.check(rng)
    checked.at_least_one("n_orders", n_orders)
    if checked.integer("exact", exact) > MOST_EXACT:
        raise ValueError(f"exact: {exact} is above {MOST_EXACT}, and 2**{exact} fits are too many")
    if p <= exact:
        return all_subsets(p), ""
    key = random_keys.key_of(rng)
    return sampled_subsets(p, n_orders, key), random_keys.in_words(rng, key)


def _long(name: str, array: Floats, n: int) -> Floats:
    """So many numbers."""
    if array.shape != (n,):
        raise ValueError(f"{name}: the shape is {array.shape}, not ({n},)")
    return array


def _without(whole: Fit, p: int) -> LogitImportance:
    nothing, n = np.full(p, np.nan), len(whole.patterns.place)
    scores = np.zeros((n, p))
    return LogitImportance(np.nan, np.nan, *(nothing,) * 5, np.zeros(n), scores, scores, None, None, None, "", whole)
