"""Many groups at once: each against one, against the rest, against the whole, or all pairs."""

from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.references import Chosen, Reference, Target
from dueregard.inference.two_groups import two_samples
from dueregard.inference.two_groups.comparisons import METHODS
from dueregard.inference.two_groups.constant_contrasts import ConstantContrast, against_target, check_target
from dueregard.inference.two_groups.contrasts import Contrast
from dueregard.inference.two_groups.families import (
    ADJUSTMENTS,
    SIMULTANEOUS,
    Family,
    against_all,
    against_figure,
    against_one,
)
from dueregard.inference.two_groups.maximum_statistic import AllPairs, Block

ALL_PAIRS = "all-pairs"


class GroupComparisons(NamedTuple):
    """Comparisons along the last axis; ``first`` and ``second`` are positions of groups, -1 for several together."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    estimate: Floats
    low: Floats
    high: Floats
    statistic: Floats
    pvalue: Floats
    adjusted_pvalue: Floats
    simultaneous_low: Floats | None
    simultaneous_high: Floats | None
    flag: NDArray[np.int64]


def compare_groups(
    count: Any,
    nobs: Any,
    *,
    reference: Any,
    measure: str = "difference",
    method: str = "score",
    adjust: str = "holm",
    confidence_level: float = 0.95,
) -> GroupComparisons:
    """Many groups compared at once, with p-values adjusted for how many comparisons there are.

    Parameters
    ----------
    count, nobs : array of int
        Cases with the property among cases, groups along the last axis; they broadcast. Axes before it, such as areas,
        belong to the same family.
    reference : int, REST, OVERALL, LARGEST, "all-pairs", or a figure from `dueregard.target`
        What each group is compared with: the group at this position, all others together, all groups together (its own
        share in them taken into account), the group with the most cases, every other group in turn, or a target.
    measure, method, confidence_level
        As in `compare_proportions`.
    adjust : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "maximum", "none"}
        As in `adjust_pvalues`, or by the maximum statistic.

    Returns
    -------
    GroupComparisons
        Arrays with one comparison along the last axis for each group (without the reference) or pair. ``low``,
        ``high`` and ``pvalue`` are of each comparison alone. ``simultaneous_low`` and ``simultaneous_high`` hold for
        all comparisons together and match ``adjusted_pvalue``; they exist for "bonferroni" and "maximum" and are None
        otherwise. Where a group has no cases the numbers are NaN and the flag says so.

    Raises
    ------
    TypeError, ValueError
        As `compare_proportions`; if ``reference`` is no position of a group; if an odds ratio is asked against the
        whole, for which there is no interval that follows from that against the rest.

    Notes
    -----
    The maximum statistic takes the correlation of the comparisons into account, as it is if no group differs: Dunnett's
    integral for one reference, the analysis of means for REST and OVERALL (131,072 draws with a fixed key; below 0.001
    Bonferroni's bound), Tukey and Kramer's studentised range for all pairs. Nothing is random.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.compare_groups([81, 37, 30], [100, 50, 50], reference=0, adjust="maximum")
    >>> found.first, found.estimate.round(2), found.adjusted_pvalue.round(3)
    (array([1, 2]), array([-0.07, -0.21]), array([0.532, 0.012]))
    """
    two_samples.check_method(measure, method, METHODS)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    level = checked.level(confidence_level)
    counts, sizes = checked.counts_within(count, nobs)
    if counts.ndim == 0:
        raise ValueError("count: a single number is no list of groups")
    if reference is Chosen.LARGEST and counts.shape[-1]:
        reference = int(np.argmax(sizes.reshape(-1, sizes.shape[-1]).sum(axis=0)))
    if isinstance(reference, Target):
        check_target(measure, method, reference)
    first, second = _pairs(reference, counts.shape[-1])
    contrast = _contrast(counts, sizes, first, second, reference, measure, method)
    family = Family(adjust, _blocks(sizes, reference, first) if adjust == "maximum" else ())
    return _judged(contrast, family, level, first, second)


def _pairs(reference: Any, n_groups: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions of the groups that are compared, -1 for several groups together."""
    groups = np.arange(n_groups)
    if reference == ALL_PAIRS:
        pairs = np.array(list(combinations(range(n_groups), 2)), np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]
    if reference in (Reference.REST, Reference.OVERALL) or isinstance(reference, Target):
        return groups, np.full(n_groups, -1)
    if isinstance(reference, bool) or not isinstance(reference, (int, np.integer)):
        raise TypeError(f"reference: {reference!r} is no position of a group, dr.REST, dr.OVERALL or {ALL_PAIRS!r}")
    if not 0 <= reference < n_groups:
        raise ValueError(f"reference: {reference} is no position of a group; there are {n_groups}, from 0")
    others = groups[groups != reference]
    return others, np.full(len(others), int(reference))


def _contrast(
    counts: Floats, sizes: Floats, first: Any, second: Any, reference: Any, measure: str, method: str
) -> Contrast | ConstantContrast:
    """Each comparison with its two arms, along the last axis."""
    if isinstance(reference, Target):
        return against_target(counts, sizes, reference, measure, method)
    ours = counts[..., first], sizes[..., first]
    if second.size == 0 or second[0] >= 0:
        theirs = counts[..., second], sizes[..., second]
    else:
        theirs = tuple(values.sum(axis=-1, keepdims=True) - values for values in (counts, sizes))
    part = np.zeros(ours[1].shape)
    if reference is Reference.OVERALL:
        if measure == "odds-ratio":
            raise ValueError("reference: an odds ratio against the whole has no interval; use dr.REST")
        whole = sizes.sum(axis=-1, keepdims=True)
        part = np.divide(sizes, whole, out=np.zeros(sizes.shape), where=whole > 0)
    return Contrast(*ours, *theirs, part, measure, method)


def _blocks(sizes: Floats, reference: Any, first: NDArray[np.int64]) -> list[Block]:
    areas = sizes.reshape(-1, sizes.shape[-1])
    if reference == ALL_PAIRS:
        present = [int(np.count_nonzero(area)) for area in areas]
        return [AllPairs(n) for n in present if n > 1]
    if isinstance(reference, Target):
        return against_figure(areas, reference.nobs, np.ones(areas.shape, bool))
    if isinstance(reference, Reference):
        return against_all(areas, np.ones(areas.shape, bool))
    return against_one(areas, int(reference), np.isin(np.broadcast_to(np.arange(areas.shape[1]), areas.shape), first))


def _judged(
    contrast: Contrast | ConstantContrast, family: Family, level: float, first: Any, second: Any
) -> GroupComparisons:
    """The comparisons with what the family makes of them."""
    found = contrast.compare(level)
    pvalues = found.pvalue.reshape(-1)
    together = (None, None)
    if family.adjust in SIMULTANEOUS:
        together = contrast.compare(family.simultaneous_level(level, pvalues))[1:3]  # type: ignore[assignment]
    adjusted = family.adjusted(pvalues).reshape(found.pvalue.shape)
    flags = two_samples.sample_flags(*contrast.sizes, found.estimate)
    flags |= np.where(np.isnan(found.low) & ~np.isnan(found.estimate), np.int64(Flag.NO_VARIANCE), np.int64(0))
    return GroupComparisons(first, second, *found, adjusted, *together, flags)
