"""Bounds of a ratio or a gap when the group of some cases is not known, whichever groups they are of."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.two_groups import comparisons, rates, two_samples
from dueregard.inference.unknowns.allotments import DOWN, UP, Strata

WHOLE_COUNTS_ONLY = ("fisher", "central", "mid-p", "exact", "chan-zhang", "agresti-min")
"""Methods that enumerate: allotted numbers of cases are no whole counts."""


class UnknownBounds(NamedTuple):
    """What a comparison comes to under each rule for the cases whose group is not known.

    ``low`` and ``high`` are the lowest and highest estimates of all allotments, which no sampling is part of;
    ``region_low`` and ``region_high`` the limits that hold all of that range at the confidence level.
    """

    stated: Any
    in_proportion: Any
    all_in_reference: Any
    all_in_group: Any
    low: Any
    high: Any
    region_low: Any
    region_high: Any
    flag: Any


def bound_rates(
    count1: Any,
    exposure1: Any,
    count2: Any,
    exposure2: Any,
    unknown: Any,
    *,
    other: Any = 0,
    measure: str = "ratio",
    method: str = "score",
    confidence_level: float = 0.95,
) -> UnknownBounds:
    """Bounds of the ratio or difference of two rates when the group of some events is not known.

    Parameters
    ----------
    count1, count2 : int or array of int
        Number of events known to be of the first group, and of the second, the reference.
    exposure1, exposure2 : float or array of float
        What all events of each group happened in, such as people of known numbers.
    unknown : int or array of int
        Number of events whose group is not known; each may be of any group.
    other : int or array of int
        Number of events known to be of further groups. They matter to the difference under "in proportion" only.
    measure : {"ratio", "difference"}
    method : {"score", "skewness-corrected", "mover"}
        As in `dueregard.compare_rates`, for the limits of the region.
    confidence_level : float
        Between 0 and 1.

    Returns
    -------
    UnknownBounds
        Numbers, or arrays of the common shape. ``stated``: without the unknown events. ``in_proportion``: these
        allotted in proportion to the stated ones. ``all_in_reference`` and ``all_in_group``: all to one side. ``low``
        and ``high``: the least and the most of all allotments. ``region_low`` and ``region_high``: the lower limit at
        the lowest allotment and the upper one at the highest. ``flag``: as of `dueregard.compare_rates`.

        Where an exposure is 0 all are NaN. A ratio to a reference without events is infinite, and of 0 to 0 NaN;
        ``in_proportion`` is NaN where there are unknown events and none is stated.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.compare_rates`.

    Notes
    -----
    Proof that ``low`` and ``high`` are the bounds, with any number of groups: let u1 and u2 of the U unknown events be
    of the two groups, so that u1 >= 0, u2 >= 0, u1 + u2 <= U. Ratio and difference of (count1 + u1) / exposure1 and
    (count2 + u2) / exposure2 grow with u1 and fall with u2. The largest u1, which is U, goes with the smallest u2,
    which is 0, so that no allotment is higher; and likewise the other way round.

    The region's limits hold the whole range from ``low`` to ``high`` at least as often as the confidence level says:
    each end has one limit, which fails in half of the remaining cases. They are wider than needed to hold the one true
    value only (Imbens, G. W. and Manski, C. F. (2004), Confidence intervals for partially identified parameters,
    Econometrica 72: 1845-1857), and come from the same statistic as every other limit here. What is not known and what
    is due to chance stay apart: more events narrow the region towards the bounds and never the bounds.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.bound_rates(300, 5_000, 900, 60_000, 280, other=200)
    >>> f"{found.stated:.2f}, from {found.low:.2f} to {found.high:.2f} whichever groups the others are of"
    '4.00, from 3.05 to 7.73 whichever groups the others are of'
    """
    two_samples.check_method(measure, method, formulas(rates.METHODS))
    level = checked.level(confidence_level)
    named = {name: checked.whole_numbers(name, value) for name, value in
             {"count1": count1, "count2": count2, "unknown": unknown, "other": other}.items()}  # fmt: skip
    named |= {
        "exposure1": checked.exposures("exposure1", exposure1),
        "exposure2": checked.exposures("exposure2", exposure2),
    }
    arrays = dict(zip(named, checked.broadcast(**named), strict=True))
    for i in "12":
        of = f"exposure{i}"
        checked.refuse_events_without_exposure(f"count{i}", arrays[f"count{i}"], of, arrays[of])
    rows = {name: array.reshape(1, -1) for name, array in arrays.items()}
    strata = Strata(
        rows["count1"], rows["count2"], rows["other"], rows["unknown"], np.array([True]), measure, method,
        rows["exposure1"][0], rows["exposure2"][0],
    )  # fmt: skip
    return _bounds(strata, level, arrays["count1"].shape)


def bound_proportions(
    count1: Any,
    nobs1: Any,
    count2: Any,
    nobs2: Any,
    unknown_count: Any,
    unknown_nobs: Any,
    *,
    other_count: Any = 0,
    other_nobs: Any = 0,
    measure: str = "difference",
    method: str = "score",
    confidence_level: float = 0.95,
) -> UnknownBounds:
    """Bounds of the gap or ratio of two proportions when the group of some cases is not known, but their outcome is.

    Parameters
    ----------
    count1, nobs1, count2, nobs2 : int or array of int
        Number of cases with the property and number of cases known to be of the first group, and of the second, the
        reference.
    unknown_count, unknown_nobs : int or array of int
        The same of the cases whose group is not known; each may be of any group.
    other_count, other_nobs : int or array of int
        The same of further groups. They matter to "in proportion" only.
    measure : {"difference", "ratio", "odds-ratio"}
    method : str
        As in `dueregard.compare_proportions`, of its methods those that are formulas.
    confidence_level : float
        Between 0 and 1.

    Returns
    -------
    UnknownBounds
        As of `dueregard.bound_rates`, as fractions. ``in_proportion`` allots cases with the property in proportion to
        the stated cases that have it, and the others in proportion to those that do not: at random among people of the
        same outcome.

        A group without cases under a rule gives NaN.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.compare_proportions`.

    Notes
    -----
    The bounds are reached when every unknown case with the property is of the one group and every one without it is of
    the other (worst-case bounds in the sense of Manski, C. F. (1989), Anatomy of the selection problem, Journal of
    Human Resources 24: 343-360). Proof: difference, ratio and odds ratio grow with the first proportion and fall with
    the second. Of all allotments the first proportion is highest with every unknown case that has the property and none
    of the others. The second is lowest with all those others and none that has it. Both hold at once, whatever further
    groups there are. Where that would leave one of the two groups without any case it has one, for without it there
    is no proportion.

    ``all_in_reference`` and ``all_in_group`` are therefore not the bounds, but lie within them.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.bound_proportions(37, 50, 81, 100, 6, 10)
    >>> f"{100 * found.stated:.1f} points, from {100 * found.low:.1f} to {100 * found.high:.1f}"
    '-7.0 points, from -13.6 to -1.1'
    """
    two_samples.check_method(measure, method, formulas(comparisons.METHODS))
    level = checked.level(confidence_level)
    given = {
        "count1": count1, "nobs1": nobs1, "count2": count2, "nobs2": nobs2, "unknown_count": unknown_count,
        "unknown_nobs": unknown_nobs, "other_count": other_count, "other_nobs": other_nobs,
    }  # fmt: skip
    named = {name: checked.whole_numbers(name, value) for name, value in given.items()}
    arrays = dict(zip(named, checked.broadcast(**named), strict=True))
    pairs = (("count1", "nobs1"), ("count2", "nobs2"), ("other_count", "other_nobs"), ("unknown_count", "unknown_nobs"))
    for count, nobs in pairs:
        checked.refuse_above(count, arrays[count], nobs, arrays[nobs])
    cells = (
        np.stack([arrays[count], arrays[nobs] - arrays[count]]).reshape(2, arrays[count].size) for count, nobs in pairs
    )
    own, reference, other, unknown = cells
    strata = Strata(own, reference, other, unknown, np.array([True, False]), measure, method)
    return _bounds(strata, level, arrays["count1"].shape)


def formulas(methods: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The methods of each measure that do not need whole counts."""
    return {measure: tuple(m for m in names if m not in WHOLE_COUNTS_ONLY) for measure, names in methods.items()}


def _bounds(strata: Strata, level: float, shape: tuple[int, ...]) -> UnknownBounds:
    """Every rule for comparisons of this shape."""
    stated, low, high = (each.compare(level) for each in
                         (strata.stated_only(), strata.extreme(DOWN), strata.extreme(UP)))  # fmt: skip
    others = (each.compare(level).estimate for each in
              (strata.at_random(), strata.all_in_reference(), strata.all_in_group()))  # fmt: skip
    rows = (stated.estimate, *others, low.estimate, high.estimate, low.low, high.high)
    found = [row.reshape(shape) for row in rows]
    flag = np.where(
        np.isnan(stated.low), int(Flag.NO_CASES), np.where(np.isnan(stated.estimate), int(Flag.UNDEFINED), 0)
    )
    said = [float(row) for row in found] if not shape else found
    flags: Any = flag.astype(np.int64).reshape(shape) if shape else Flag(int(flag[0]))
    return UnknownBounds._make([*said, flags])
