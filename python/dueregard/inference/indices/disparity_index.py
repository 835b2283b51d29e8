"""How far the rates of groups are, on average, from a reference."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.indices import counted, group_indices, index_formulas
from dueregard.inference.indices.counted import Counted
from dueregard.inference.indices.group_indices import GroupIndex
from dueregard.inference.indices.index_limits import Draws
from dueregard.inference.references import OVERALL, Reference

DENOMINATORS = ("k", "k-1")


class DisparityIndex(NamedTuple):
    """An index with its limits, what chance makes of it, and the reference and denominator it was computed with."""

    estimate: Any
    low: Any
    high: Any
    pvalue: Any
    expected: Any
    corrected: Any
    reference: Any
    reference_value: Any
    denominator: str
    flag: Any
    method: str


def disparity_index(
    count: Any,
    nobs: Any = None,
    *,
    exposure: Any = None,
    reference: Any = OVERALL,
    denominator: str | None = None,
    higher_is_better: bool | None = None,
    confidence_level: float = 0.95,
    n_resamples: int = 1999,
    rng: Any = 0,
) -> DisparityIndex:
    """Index of disparity: the mean distance of groups' rates from a reference, as a part of the reference.

    Parameters
    ----------
    count : array of int, shape (..., groups)
        Number of cases that have the property, or number of events, in each group.
    nobs : array of int, optional
        Number of cases. Either this or ``exposure`` is given, and broadcasts against ``count``.
    exposure : array of float, optional
        What events happened in, such as people of each group: rates instead of proportions, with Poisson counts.
    reference : int, OVERALL or "best"
        What distances are measured from: the group at this position, all groups together, or the best rate, which is
        chosen from the data (and again in each replicate), as the flag ``CHOSEN_FROM_DATA`` says.
    denominator : {"k", "k-1"}, optional
        How many groups the sum of distances is divided by: all of them, as for OVERALL unless given, or one fewer, as
        for a group and "best". Both are in use, and differ a lot for few groups.
    higher_is_better : bool, optional
        Which rate is the best one; "best" needs it.
    confidence_level, n_resamples, rng
        As in `dueregard.dissimilarity`.

    Returns
    -------
    DisparityIndex
        ``estimate`` (times 100 it is the usual percentage), ``low``, ``high``, ``pvalue``, ``expected`` and
        ``corrected`` as in `dueregard.dissimilarity`; ``reference`` and ``denominator`` as they were used, and
        ``reference_value``, the rate of the reference; ``flag`` and ``method``.

        A group without cases is left out, with the flag ``EMPTY_GROUP``; with fewer than two groups, or nobody in
        the reference, all are NaN and the flag is ``NO_CASES`` or ``NO_REFERENCE``. With a reference rate of 0 the
        estimate is NaN, the upper limit infinite and the flag ``UNDEFINED``; without any event the lower one is 0.

    Raises
    ------
    TypeError
        If neither or both of ``nobs`` and ``exposure`` are given, or an argument is not a number.
    ValueError
        If a count is negative, not whole or above ``nobs``, if there are fewer than two groups, or an option does not
        exist; the message names the argument.

    Notes
    -----
    Sum of |r_i - r| over the groups, over k or k - 1, over r. Pearcy, J. N. and Keppel, K. G. (2002), Public Health
    Reports 117: 273-280, with all groups together as the reference and k; Keppel, K. and others (2005), Vital and
    Health Statistics 2 (141), with the best group and k - 1. They are meant for rates of an adverse event: that of
    an event and that of its absence are not the same index. Every group counts as much as any other, whatever its size,
    so that small groups decide it, and their chance too: ``expected`` says how large it would be by chance alone.

    The limits are found as in `dueregard.between_group_variance`.

    Examples
    --------
    >>> import dueregard as dr
    >>> searches, people = [456, 126, 78, 26, 8], [48000, 2400, 5500, 1300, 700]
    >>> found = dr.disparity_index(searches, exposure=people, reference=0)
    >>> f"{100 * found.estimate:.0f}% ({100 * found.low:.0f} to {100 * found.high:.0f})", found.denominator
    ('158% (113 to 206)', 'k-1')
    >>> overall = dr.disparity_index(searches, exposure=people)
    >>> f"{100 * overall.estimate:.0f}% ({100 * overall.expected:.0f}% by chance)", overall.denominator
    ('90% (15% by chance)', 'k')
    """
    groups = counted.read(count, nobs, exposure)
    position = check_reference(reference, groups.count.shape[-1], higher_is_better)
    used = default_denominator(reference) if denominator is None else denominator
    checked.one_of("denominator", used, DENOMINATORS)
    level = checked.level(confidence_level)
    draws = Draws(checked.at_least_one("n_resamples", n_resamples), rng)
    return disparity_of(groups, position, reference, used, level, draws)


def disparity_of(
    groups: Counted, position: Any, reference: Any, denominator: str, level: float, draws: Draws | None
) -> DisparityIndex:
    """The index of groups that are checked; ``position`` as `check_reference` gives it."""
    shape = groups.count.shape[:-1]
    rows, values = [], []
    for place in np.ndindex(shape):
        row, value = _row(groups, place, position, denominator, level, draws)
        rows.append(row)
        values.append(value)
    estimate, low, high, pvalue, expected, corrected, flag = counted.gathered(rows, shape)
    rates: Any = np.array(values).reshape(shape) if shape else values[0]
    method = f"{'binomial' if groups.binomial else 'Poisson'} tests inverted, {draws.words}" if draws else "full count"
    return DisparityIndex(estimate, low, high, pvalue, expected, corrected, reference, rates, denominator, flag, method)


def check_reference(reference: Any, n_groups: int, higher_is_better: bool | None) -> Any:
    """The position of the reference group, or ``min`` or ``max`` for the best, or None for all groups together."""
    if reference is OVERALL:
        return None
    if isinstance(reference, str) and reference == "best":
        if higher_is_better is None:
            raise TypeError("higher_is_better: reference='best' needs it, True or False")
        checked.true_or_false("higher_is_better", higher_is_better)
        return np.max if higher_is_better else np.min
    if isinstance(reference, str | Reference):
        raise ValueError(f"reference: {reference!r} is neither a position, dr.OVERALL nor 'best'")
    position = checked.integer("reference", reference)
    if not 0 <= position < n_groups:
        raise ValueError(f"reference: {position} is not a position among {n_groups} groups")
    return position


def default_denominator(reference: Any) -> str:
    """As it is usual for the reference."""
    return "k" if reference is OVERALL else "k-1"


def _row(
    groups: Counted, place: tuple[int, ...], position: Any, denominator: str, level: float, draws: Draws | None
) -> tuple[tuple[Any, ...], float]:
    """The numbers and flag of one area, and the rate of its reference."""
    size = groups.size[place]
    if isinstance(position, int) and size[position] == 0:
        return (*(np.nan,) * 6, groups.flags(place) | Flag.NO_REFERENCE), np.nan
    at = int((size[:position] > 0).sum()) if isinstance(position, int) else position
    index = GroupIndex(disparity_formula(at, denominator), turned=True, infinite=False)
    area = groups.area(place)
    one = Counted(area.count, area.size, area.weight, area.binomial)
    *numbers, flag = (
        group_indices.over_areas(one, index, level, draws) if len(area.count) > 1 else _nothing(groups, place)
    )
    flag = Flag(int(flag)) | groups.flags(place) | (Flag.CHOSEN_FROM_DATA if callable(at) else Flag(0))
    value = _reference_rate(area.count / area.size, area.weight, at) if len(area.count) else np.nan
    return (*numbers, flag), float(value)


def _nothing(groups: Counted, place: tuple[int, ...]) -> tuple[Any, ...]:
    return (*(np.nan,) * 6, groups.flags(place))


def disparity_formula(position: Any, denominator: str) -> Callable[[Floats, Floats], Floats]:
    """The index of rates and weights."""

    def formula(rates: Floats, weight: Floats) -> Floats:
        groups = rates.shape[-1] - (denominator == "k-1")
        return index_formulas.disparity(rates, _reference_rate(rates, weight, position), groups)

    return formula


def _reference_rate(rates: Floats, weight: Floats, position: Any) -> Floats:
    if position is None:
        return index_formulas.mean(rates, weight)
    return np.asarray(position(rates, axis=-1) if callable(position) else rates[..., position])
