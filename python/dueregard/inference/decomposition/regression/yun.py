"""Parts of a gap that are no sums of columns, given to columns in proportion to the linear predictor: Yun (2004)."""

import numpy as np

from dueregard.inference.decomposition.changing import Changing
from dueregard.inference.decomposition.regression.logit_coefficients import Coefficients
from dueregard.inference.decomposition.sides import Link, Sides

NOTHING = 1e-12
"""A step whose columns add up to no more than this part of their sizes cannot be given to them."""


def yun_parts(sides: Sides, beta: Coefficients, link: Link, parts: int = 2) -> list[Changing]:
    """The parts of `decomposed`, each (p + 2,): by column, the constant first, and last the total. The totals add up to
    the gap of what the models expect, which is that of the answers.

    Each step from one mean expectation to another goes to columns in proportion to what they add to the step of the
    linear predictor at the means (Yun, M.-S. (2004), Economics Letters 82: 275-280). With two parts the unexplained one
    has two steps, of the group to the coefficients in common and from there to the reference, each given to columns by
    itself. Columns have NaN where the mean slope of a step, what the expectation moves by for one unit of the
    predictor, is none that the link has (of a logit above 0 and up to 1/4): the predictor at the means has then hardly
    moved, or the other way, and parts in proportion to that would be of any size.

    Parameters
    ----------
    sides : Sides
    beta : Coefficients
    link : Link
        With that of a linear model the parts are those of `decomposed`.
    parts : {2, 3}
    """
    (own, other), mean = (sides.mean(0), sides.mean(1)), sides.mean

    def at(side: int, coefficients: Changing) -> Changing:
        return sides.expected(side, coefficients, link)

    more = mean(0) - mean(1)
    if parts == 2:
        explained = _given(at(0, beta.common) - at(1, beta.common), more * beta.common, link.steepest)
        first = _given(at(0, beta.group) - at(0, beta.common), own * (beta.group - beta.common), link.steepest)
        second = _given(
            at(1, beta.common) - at(1, beta.reference), other * (beta.common - beta.reference), link.steepest
        )
        return [explained, first + second]
    apart = beta.group - beta.reference
    endowments, coefficients = at(0, beta.reference) - at(1, beta.reference), at(1, beta.group) - at(1, beta.reference)
    interaction = at(0, beta.group) - at(0, beta.reference) - coefficients
    steps = (endowments, more * beta.reference), (coefficients, other * apart), (interaction, more * apart)
    found = [_given(*each, link.steepest) for each in steps[:2]]
    return [*found, _given(*steps[2])]


def _given(step: Changing, columns: Changing, steepest: float | None = None) -> Changing:
    """One number given to columns in proportion to theirs, and itself last.

    Its mean slope is one that the link has; of an interaction, which is a difference of two steps, it may be any.
    """
    total = columns.total()
    size = np.abs(columns.value).sum()
    if abs(total.value[0]) > NOTHING * size and _is_slope(step.value[0] / total.value[0], steepest):
        return (step * (columns / total)).followed_by(step)
    lost = 0.0 if size == 0 else np.nan  # nothing is different, and nothing is given; or nearly all cancels
    unknown = Changing(np.full(columns.value.shape, lost), 0 * columns.group, 0 * columns.reference)
    return unknown.followed_by(step)


def _is_slope(slope: float, steepest: float | None) -> bool:
    """Whether a link has it, but for rounding."""
    return steepest is None or bool(0 <= slope <= steepest * (1 + 1e-9))
