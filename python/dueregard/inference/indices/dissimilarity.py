"""How far two distributions over the same categories, or areas, are from each other."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.indices import counted, index_formulas, index_limits
from dueregard.inference.indices.index_limits import Draws
from dueregard.inference.indices.index_models import Distributions

INDICES = ("dissimilarity", "hellinger", "kullback-leibler", "isolation")


class Dissimilarity(NamedTuple):
    """An index with its limits, what chance makes of it, and how many of the first would have to move."""

    estimate: Any
    low: Any
    high: Any
    pvalue: Any
    expected: Any
    corrected: Any
    to_move: Any
    name: str
    flag: Any
    method: str


def dissimilarity(
    count1: Any,
    count2: Any,
    *,
    index: str = "dissimilarity",
    known: bool = False,
    confidence_level: float = 0.95,
    n_resamples: int = 1999,
    rng: Any = 0,
) -> Dissimilarity:
    """Index of dissimilarity of two distributions, with what chance alone would make of it.

    Parameters
    ----------
    count1, count2 : array of int, shape (..., categories)
        How many of each side are in each category or area: a workforce and its population by group, or two groups by
        area. They broadcast against each other.
    index : {"dissimilarity", "hellinger", "kullback-leibler", "isolation"}
        "dissimilarity": half the sum of the distances between shares, from 0 to 1. "hellinger": the Hellinger distance,
        from 0 to 1. "kullback-leibler": how far the first is from the second, in bits; infinite where the second has
        nobody in a category of the first. "isolation": the mean, over the first, of their share of the two in
        their own area; one less it is their exposure to the second.
    known : bool
        Whether the second distribution is taken as known, such as a census population, so that chance is in the first
        alone.
    confidence_level : float
        Between 0 and 1.
    n_resamples : int
        How many replicates are drawn at each step.
    rng : int, numpy SeedSequence or numpy Generator, optional
        The key of the random numbers, as in `dueregard.bootstrap`: the same counts always give the same limits unless
        it is None.

    Returns
    -------
    Dissimilarity
        ``estimate`` with ``low`` and ``high``; ``pvalue`` of no difference; ``expected``, the mean of the index if
        there were no difference, so that chance alone makes it; ``corrected``, the estimate that chance has
        not raised; ``to_move``, how many of the first side would have to be in another category for the two to be
        equal (for "dissimilarity"; not whole); ``name``, that of the index; ``flag`` and ``method``. Numbers for one
        pair, otherwise arrays of the shape of the leading axes.

        Where a side is empty all are NaN, with the flag ``NO_CASES`` or ``NO_REFERENCE``; fewer than 30 on a side set
        ``SMALL_BASE`` or ``SMALL_REFERENCE``. Categories that both have at 0 change nothing.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If a count is negative or not whole, if there are fewer than two categories, if shapes do not broadcast or an
        option does not exist; the message names the argument.

    Notes
    -----
    Duncan, O. D. and Duncan, B. (1955), American Sociological Review 20: 210-217; isolation: Lieberson, S. (1981) in
    Peach, Robinson and Smith (eds), Ethnic segregation in cities. Chance raises these indices: two samples of the same
    people are never quite alike, and the more categories and the fewer people, the less (Cortese, C. F., Falk, R. F.
    and Cohen, J. K. (1976), American Sociological Review 41: 630-637). ``expected`` says by how much, from
    multinomial draws out of both sides together. The limits are found by trying true differences: one is in the
    interval unless what was seen is in a tail of what it would give (see the method's text in
    `dueregard.between_group_variance`), so that the lower limit is 0 exactly when ``pvalue`` is not below
    1 - confidence_level. Where chance is most of an index, both limits can lie below the plain estimate.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.dissimilarity([120, 340, 90, 15, 35], [3000, 2200, 1500, 800, 500], known=True)
    >>> f"{found.estimate:.3f} ({found.low:.2f} to {found.high:.2f}), {found.expected:.2f} by chance"
    '0.292 (0.25 to 0.33), 0.03 by chance'
    >>> round(found.to_move)
    175
    """
    checked.one_of("index", index, INDICES)
    checked.true_or_false("known", known)
    level = checked.level(confidence_level)
    first, second = checked.broadcast(
        count1=checked.whole_numbers("count1", count1), count2=checked.whole_numbers("count2", count2)
    )
    if first.ndim == 0 or first.shape[-1] < 2:
        raise ValueError(f"count1: needs two categories or more along its last axis, not shape {first.shape}")
    draws = Draws(checked.at_least_one("n_resamples", n_resamples), rng)
    shape = first.shape[:-1]
    rows = [_row(first[place], second[place], index, known, level, draws) for place in np.ndindex(shape)]
    estimate, low, high, pvalue, expected, corrected, flag = counted.gathered(rows, shape)
    to_move = estimate * first.sum(axis=-1) if index == "dissimilarity" else estimate * np.nan
    method = f"multinomial tests inverted, {draws.words}"
    moved = to_move if shape else float(to_move)
    return Dissimilarity(estimate, low, high, pvalue, expected, corrected, moved, index, flag, method)


def _row(first: Floats, second: Floats, index: str, known: bool, level: float, draws: Draws) -> tuple[Any, ...]:
    """The numbers of one pair, and its flag."""
    flag = _flag(first, second)
    if Flag.NO_CASES in flag or Flag.NO_REFERENCE in flag:
        return (*(np.nan,) * 6, flag)
    kept = (first > 0) | (second > 0)
    model = Distributions(first[kept], second[kept], known)
    formula = _formula(index, float(first.sum()), float(second.sum()))
    estimate = float(formula(model.both[np.newaxis])[0])
    found = index_limits.limits(model, formula, estimate, level, draws)
    most = np.inf if index == "kullback-leibler" else 1.0
    return (estimate, found.low, min(found.high, most), *found[2:], flag)


def _flag(first: Floats, second: Floats) -> Flag:
    flag = Flag(0)
    for size, none, few in (
        (first.sum(), Flag.NO_CASES, Flag.SMALL_BASE),
        (second.sum(), Flag.NO_REFERENCE, Flag.SMALL_REFERENCE),
    ):
        flag |= none if size == 0 else few if size < SMALL_BASE else Flag(0)
    return flag


def _formula(index: str, first: float, second: float) -> Callable[[Floats], Floats]:
    """The index of distributions of shape (..., 2, categories)."""
    if index == "isolation":
        return lambda both: _isolation(first * both[..., 0, :], second * both[..., 1, :])
    of_two = {
        "dissimilarity": index_formulas.dissimilarity,
        "hellinger": index_formulas.hellinger,
        "kullback-leibler": index_formulas.kullback_leibler,
    }[index]
    return lambda both: of_two(both[..., 0, :], both[..., 1, :])


def _isolation(first: Floats, second: Floats) -> Floats:
    together = first + second
    own = np.divide(first, together, out=np.zeros(together.shape), where=together > 0)
    return np.asarray((first * own).sum(axis=-1) / first.sum(axis=-1))
