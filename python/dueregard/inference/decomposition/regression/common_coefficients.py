"""The slopes that would hold if the groups were treated alike: what the explained part of a gap is valued at."""

from typing import NamedTuple

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.regression.linear_fits import LinearFit, RowChanges, moments, slopes_of, times

COEFFICIENTS = ("pooled", "reference", "group", "neumark", "cotton", "reimers")
"""
pooled: one model of both with an indicator of the group (Fortin 2008; Jann 2008; "pooled" in statsmodels)
reference, group: those of one of the two (Oaxaca 1973; Blinder 1973)
neumark: one model of both without the indicator (Neumark 1988; Oaxaca and Ransom 1994; "nuemark" in statsmodels)
cotton: the mean by numbers of people (Cotton 1988)
reimers: half of each (Reimers 1983)
"""

JOINT = ("pooled", "neumark")
"""Those of one model of both groups."""

FIXED = {"reference": 0.0, "group": 1.0, "reimers": 0.5}
"""What the group's own slopes count for; the reference's have the rest."""


def check(coefficients: object) -> None:
    """Refuse what is neither a name nor a number from 0 to 1."""
    if isinstance(coefficients, str):
        checked.one_of("coefficients", coefficients, COEFFICIENTS)
        return
    share = checked.number("coefficients", coefficients)
    if not 0 <= share <= 1:
        raise ValueError(f"coefficients: {coefficients!r} is not from 0, the reference's, to 1, the group's")


class CommonSlopes(NamedTuple):
    """``slope`` (..., p); of a joint model its ``inverse`` (..., p, p), and ``mean`` and ``outcome`` if the groups have
    them in common; of a mean of both models the group's ``share`` (...).
    """

    slope: Floats
    share: Floats | None = None
    inverse: Floats | None = None
    mean: Floats | None = None
    outcome: Floats | None = None


def common_slopes(
    coefficients: str | float,
    group: LinearFit,
    reference: LinearFit,
    cross: tuple[Floats, Floats],
    basis: Floats,
    centre: Floats | float = 0.0,
) -> CommonSlopes:
    """The slopes of a name, or of a mean of both models that counts the group's by a number.

    ``cross`` are the cross-products of the group and of the reference, with ``centre`` taken off their columns.
    """
    if coefficients == "pooled":
        both = moments(cross[0])[2] + moments(cross[1])[2]
        slope, inverse = slopes_of(both, basis)
        return CommonSlopes(slope, inverse=inverse)
    if coefficients == "neumark":
        _, mean, both = moments(cross[0] + cross[1])
        slope, inverse = slopes_of(both, basis)
        return CommonSlopes(slope, inverse=inverse, mean=mean[..., :-1] + centre, outcome=mean[..., -1])
    share = share_of(coefficients, group.weight, reference.weight)
    part = share[..., np.newaxis]
    return CommonSlopes(part * group.slope + (1 - part) * reference.slope, share=share)


def share_of(coefficients: str | float, group_weight: Floats, reference_weight: Floats) -> Floats:
    """What the group's slopes count for in a mean of both."""
    if coefficients == "cotton":
        return np.asarray(group_weight / (group_weight + reference_weight))
    fixed = FIXED[coefficients] if isinstance(coefficients, str) else float(coefficients)
    return np.full(np.shape(group_weight), fixed)


def slope_changes(
    coefficients: str | float,
    common: CommonSlopes,
    fits: tuple[LinearFit, LinearFit],
    changes: tuple[RowChanges, RowChanges],
    rows: tuple[tuple[Floats, Floats], tuple[Floats, Floats]],
) -> tuple[Floats, Floats]:
    """What each row of the group, and each of the reference, changes the common slopes by."""
    if common.share is None:
        return _joint(common, fits[0], *rows[0]), _joint(common, fits[1], *rows[1])
    apart = fits[0].slope - fits[1].slope
    found = common.share * changes[0].slope, (1 - common.share) * changes[1].slope
    if coefficients != "cotton":
        return found
    both = fits[0].weight + fits[1].weight
    return found[0] + (1 - common.share) / both * apart, found[1] - common.share / both * apart


def _joint(common: CommonSlopes, fit: LinearFit, x: Floats, y: Floats) -> Floats:
    """Of one model of both: deviations are from a group's own means if it has the indicator, else from common ones."""
    mean = fit.mean if common.mean is None else common.mean
    outcome = fit.outcome if common.outcome is None else common.outcome
    assert common.inverse is not None
    away = x - mean
    left = y - outcome - times(away, common.slope)
    return times(away * left[:, np.newaxis], common.inverse)
