"""Ordered answers compared: the probability of superiority, Cliff's delta, ridits."""

from typing import Any

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.distributions.effective_shares import score_rows
from dueregard.inference.two_groups import two_samples
from dueregard.inference.two_groups.two_samples import Comparison, Null

MEASURES = ("superiority", "cliffs-delta")
NO_EFFECT = {"superiority": 0.5, "cliffs-delta": 0.0}
RANGES = {"superiority": (0.0, 1.0), "cliffs-delta": (-1.0, 1.0)}

AT_EACH_END = 0.5
"""Answers added at each end of the scale to each group when a variance is estimated, so that it is never 0."""


def compare_ordinal(
    counts1: Any,
    counts2: Any,
    *,
    measure: str = "superiority",
    confidence_level: float = 0.95,
    alternative: str = "two-sided",
    null: Any = None,
) -> Comparison:
    """Compare the answers of two groups on an ordered scale.

    Parameters
    ----------
    counts1, counts2 : array of int
        How many gave each answer, worst answer first: the last axis is the scale, the others broadcast.
    measure : {"superiority", "cliffs-delta"}
        The chance that one of the first group gives a higher answer than one of the second, equal answers counting
        half; or that chance less the chance of a lower one, which is twice the former less 1.
    confidence_level : float
        Between 0 and 1.
    alternative : {"two-sided", "less", "greater", "equivalence"}
        With "equivalence" the null is a pair (low, high): two one-sided tests, the p-value the larger of theirs, the
        interval of level 2 confidence_level - 1.
    null : float or array of float, optional
        The value tested, inside the measure's range; 0.5 for superiority and 0 for Cliff's delta unless given.

    Returns
    -------
    Comparison
        ``estimate``, ``low``, ``high``, ``statistic`` (standard normal under the null), ``pvalue`` and ``flag``:
        numbers and a `Flag` when both arguments have one axis, otherwise arrays. Where a group has no answers
        all are NaN and the flag says which group. With complete separation (every answer of one group above every
        answer of the other) the estimate is 1 and so is the upper limit, and the lower one is below 1.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If a count is negative, fractional or not finite, the scales differ in length or have fewer than two answers,
        an option does not exist, or the null lies outside the measure's range.

    Notes
    -----
    The interval is Wilson's for a proportion ``estimate`` of an effective number of cases, and the test is the score
    test that it inverts, so that p is below 1 - level exactly when the interval excludes the null. The effective number
    is theta (1 - theta) / variance, the smaller of two: with the groups' own variance, that of the U statistic (Brunner
    and Munzel 2000 use its leading terms), and with the variance if both groups had the same distribution, which is
    that of the Wilcoxon-Mann-Whitney test with its correction for ties. For both, half an answer is added at either
    end of the scale to each group, without which the variance would be 0 where all answers are equal or completely
    apart. So the test of "no difference" is never more liberal than Wilcoxon's; and unlike it, it keeps its level when
    one group is more spread out than the other.

    The tests enumerate every pair of samples of up to 14 with four answers: at 5% the type I error is at most 6%, also
    for skewed answers, and intervals miss in at most 8% where the groups differ in place or spread.

    With two answers prefer `dueregard.compare_proportions`. Brunner, E. and Munzel, U. (2000), Biometrical Journal 42:
    17-25; Cliff, N. (1993), Psychological Bulletin 114: 494-509; Newcombe, R. G. (2006), Statistics in Medicine 25:
    559-573.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.compare_ordinal([1, 3, 10, 8], [3, 7, 7, 3])
    >>> f"{found.estimate:.3f} ({found.low:.3f} to {found.high:.3f}), p = {found.pvalue:.3f}"
    '0.691 (0.522 to 0.821), p = 0.027'
    >>> round(dr.compare_ordinal([0, 0, 9], [9, 0, 0], measure="cliffs-delta").low, 3)
    0.617
    """
    checked.one_of("measure", measure, MEASURES)
    level = checked.level(confidence_level)
    asked = two_samples.read_null(null, alternative, NO_EFFECT[measure], RANGES[measure])
    first, second = scales("counts1", counts1, "counts2", counts2)
    theta, size = superiority(first, second)
    samples, asked = two_samples.in_common_shape({"counts1 and counts2": theta, "size": size}, asked)
    if measure == "cliffs-delta":
        asked = Null(*((1 + value) / 2 for value in asked.arrays))
    rows = two_samples.answer(score_rows, samples, asked, level, alternative)
    if measure == "cliffs-delta":
        rows[:3] = 2 * rows[:3] - 1
    size1, size2 = (np.broadcast_to(counts.sum(axis=-1), rows[0].shape) for counts in (first, second))
    return two_samples.pack(rows, two_samples.sample_flags(size1, size2, rows[0]))


def ridits(counts: Any) -> Any:
    """Ridits of a reference distribution: for each answer, the share below it and half of the share at it.

    Parameters
    ----------
    counts : array of int
        How many gave each answer, worst answer first (the last axis).

    Returns
    -------
    array of float
        Of the same shape; NaN where there are no answers. The mean ridit of the reference itself is 0.5; that of
        another group is its probability of superiority over the reference.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.compare_ordinal`.

    Notes
    -----
    Bross, I. D. J. (1958), How to use ridit analysis, Biometrics 14: 18-38.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.ridits([3, 7, 7, 3])
    array([0.075, 0.325, 0.675, 0.925])
    """
    return mid_shares(shares(answers("counts", counts)))


def answers(name: str, counts: Any) -> Floats:
    """Counts along a scale of at least two answers."""
    found = checked.whole_numbers(name, counts)
    if found.ndim == 0 or found.shape[-1] < 2:
        raise ValueError(f"{name}: a scale needs at least two answers along the last axis, not shape {found.shape}")
    return found


def scales(name1: str, counts1: Any, name2: str, counts2: Any) -> tuple[Floats, Floats]:
    """The counts of two groups on one scale, broadcast."""
    first, second = answers(name1, counts1), answers(name2, counts2)
    if first.shape[-1] != second.shape[-1]:
        raise ValueError(f"{name1} has {first.shape[-1]} answers and {name2} has {second.shape[-1]}")
    first, second = checked.broadcast(**{name1: first, name2: second})
    return first, second


def shares(counts: Floats) -> Floats:
    """Shares of the answers; NaN where there are none."""
    total = counts.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(counts, total, out=np.full(counts.shape, np.nan), where=total > 0))


def mid_shares(share: Floats) -> Floats:
    """For each answer the share below it and half of that at it."""
    return np.asarray(np.cumsum(share, axis=-1) - share / 2)


def superiority(
    counts1: Floats, counts2: Floats, size1: Floats | None = None, size2: Floats | None = None
) -> tuple[Floats, Floats]:
    """The probability of superiority, and the effective number of cases it rests on (see `compare_ordinal`).

    ``counts`` may be sums of weights; ``size`` is then the effective number of cases of each group.
    """
    size1 = counts1.sum(axis=-1) if size1 is None else size1
    size2 = counts2.sum(axis=-1) if size2 is None else size2
    first, second = shares(counts1), shares(counts2)
    theta = (first * mid_shares(second)).sum(axis=-1)
    drawn1, drawn2 = _with_ends(first, size1), _with_ends(second, size2)
    with np.errstate(divide="ignore", invalid="ignore"):  # a group without answers: NaN
        pairs = size1 * size2
        own, variance = _variance(drawn1, drawn2, size1, size2)
        ends = 2 * AT_EACH_END
        untied = np.maximum(
            _untied(first, second, size1, size2) / (1 - (size1 + size2) ** -2.0),
            _untied(drawn1, drawn2, size1 + ends, size2 + ends),
        )
        equal = untied * (size1 + size2 + 1) / (12 * pairs)
        size = np.minimum(own * (1 - own) / variance, 0.25 / equal)
    empty = np.isnan(theta) | ~(pairs > 0)
    return np.where(empty, np.nan, np.clip(theta, 0, 1)), np.where(empty, 0.0, size)


def _with_ends(share: Floats, size: Floats) -> Floats:
    """The shares after half an answer is added at each end of the scale."""
    drawn = share * size[..., np.newaxis]
    drawn[..., 0] += AT_EACH_END
    drawn[..., -1] += AT_EACH_END
    return np.asarray(drawn / (size + 2 * AT_EACH_END)[..., np.newaxis])


def _variance(first: Floats, second: Floats, size1: Floats, size2: Floats) -> tuple[Floats, Floats]:
    """The probability of superiority of two distributions, and its variance in samples of these sizes.

    With psi 1, 1/2 or 0 for a pair, and the variances of its mean given one member and of itself:
    ((n2 - 1) var(E[psi | x]) + (n1 - 1) var(E[psi | y]) + var(psi)) / (n1 n2).
    """
    placed1, placed2 = mid_shares(second), mid_shares(first)
    theta = (first * placed1).sum(axis=-1)
    spread1 = (first * np.square(placed1 - theta[..., np.newaxis])).sum(axis=-1)
    spread2 = (second * np.square(placed2 - (1 - theta)[..., np.newaxis])).sum(axis=-1)
    of_pairs = theta - (first * second).sum(axis=-1) / 4 - np.square(theta)
    spread1 = spread1 * size1 / np.maximum(size1 - 1, 0.5)
    spread2 = spread2 * size2 / np.maximum(size2 - 1, 0.5)
    least = np.maximum(size2 - 1, 0) * spread1 + np.maximum(size1 - 1, 0) * spread2 + of_pairs
    return theta, np.asarray(least / (size1 * size2))


def _untied(first: Floats, second: Floats, size1: Floats, size2: Floats) -> Floats:
    """The chance that three answers drawn from both groups together are not all equal."""
    pooled = (first * size1[..., np.newaxis] + second * size2[..., np.newaxis]) / (size1 + size2)[..., np.newaxis]
    return np.asarray(1 - np.power(pooled, 3).sum(axis=-1))


def delta_variances(counts1: Floats, counts2: Floats) -> tuple[Floats, Floats]:
    """Cliff's unbiased and consistent variances of delta (1993, equations 9 and 10), which are 0 at the ends."""
    n1, n2 = counts1.sum(axis=-1), counts2.sum(axis=-1)
    first, second = shares(counts1), shares(counts2)
    rows, columns = 2 * mid_shares(second) - 1, 1 - 2 * mid_shares(first)  # mean of sign(x - y) for each x, each y
    delta = (first * rows).sum(axis=-1)
    of_rows = n1 * (first * np.square(rows - delta[..., np.newaxis])).sum(axis=-1)
    of_columns = n2 * (second * np.square(columns - delta[..., np.newaxis])).sum(axis=-1)
    of_pairs = n1 * n2 * (1 - (first * second).sum(axis=-1) - np.square(delta))
    unbiased = (n2**2 * of_rows + n1**2 * of_columns - of_pairs) / (n1 * n2 * (n1 - 1) * (n2 - 1))
    row_variance, column_variance = of_rows / (n1 - 1), of_columns / (n2 - 1)
    pair_variance = of_pairs / ((n1 - 1) * (n2 - 1))
    consistent = ((n2 - 1) * row_variance + (n1 - 1) * column_variance + pair_variance) / (n1 * n2)
    return unbiased, consistent
