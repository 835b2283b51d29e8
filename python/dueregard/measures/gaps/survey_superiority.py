"""Whole distributions of a survey compared: the precision of a probability of superiority by its design."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.distributions.ordinal import mid_shares, shares, superiority
from dueregard.inference.surveys.intervals.edge_intervals import NOTHING
from dueregard.inference.surveys.intervals.likeness import worth
from dueregard.inference.surveys.intervals.student import stretch
from dueregard.measures.gaps.distributions import Distributions, Sides
from dueregard.measures.surveyed import SharesEstimated, Surveyed, estimated


@dataclass(frozen=True)
class SurveySuperiority:
    """Of each area and group: the effective number of cases, the linearised standard error, and what to know of them.

    ``stretch`` says how many times as far as a simple sample's limits reach, for numbers of standard errors.
    """

    size: Floats
    se: Floats
    own_degrees: Floats
    flag: NDArray[np.int64]
    stretch: Callable[[Floats], Floats]


@dataclass(frozen=True)
class _Clustered:
    """What clusters say of the groups of one side."""

    degrees: Floats
    worth: Floats
    flag: Any


def survey_superiority(sides: Sides) -> SurveySuperiority:
    """The probability of superiority is linear in the shares of the levels of either group; so are its scores.

    It moves by what lies below a level in the second group when somebody at it joins the first, and by what lies above
    it in the first when somebody joins the second: see `dueregard.compare_ordinal`. Where it has no variance, each
    cluster counts as one case of either group.
    """
    shape, n_levels = sides.own.nobs.shape, sides.own.sums.shape[-1]
    found = estimated([_survey(sides.own), _survey(sides.against)])
    theta, variance = _superiority(sides, found)
    own, other = (_clustered(found, i, side, n_levels) for i, side in enumerate((sides.own, sides.against)))
    simple, smaller = theta * (1 - theta), np.minimum(sides.own.size, sides.against.size)
    told = (own.degrees >= 1) & (other.degrees >= 1) & (variance * smaller > NOTHING * simple) & (simple > 0)
    lone = superiority(sides.own.sums, sides.against.sums, own.worth, other.worth)[1]
    size = np.divide(simple, variance, out=np.array(lone), where=told)
    present = (sides.own.size > 0) & (sides.against.size > 0)
    degrees = np.where(told, np.minimum(own.degrees, other.degrees), np.inf)
    cases = np.where(told, np.minimum(sides.own.nobs, sides.against.nobs) - 1.0, np.inf)
    flag = np.where(present & ~told, int(Flag.BORROWED_PRECISION), 0) | own.flag
    return SurveySuperiority(
        np.where(present, size, 0.0),
        np.where(told, np.sqrt(np.maximum(variance, 0.0)), np.nan),
        np.where(sides.own.nobs > 0, own.degrees, np.nan),
        np.broadcast_to(flag, shape).astype(np.int64),
        partial(_stretch, degrees.reshape(-1), cases.reshape(-1)),
    )


def _superiority(sides: Sides, found: SharesEstimated) -> tuple[Floats, Floats]:
    """The probability of superiority of every group, and its linearised variance."""
    first, second = shares(sides.own.sums), shares(sides.against.sums)
    slopes = [np.nan_to_num(mid_shares(second)), np.nan_to_num(1 - mid_shares(first))]
    shape, n_levels = sides.own.nobs.shape, first.shape[-1]
    n = int(np.prod(shape))
    to = np.tile(np.repeat(np.arange(n), n_levels), 2)
    source = np.concatenate([found.places(0), found.places(1)])
    made = found.quotients.combined(to, source, np.concatenate([each.reshape(-1) for each in slopes]), n)
    return (first * mid_shares(second)).sum(axis=-1), made.variance.reshape(shape)


def _clustered(found: SharesEstimated, i: int, side: Distributions, n_levels: int) -> _Clustered:
    at, shape = found.places(i)[::n_levels], side.nobs.shape
    clusters = found.clusters[at].reshape(shape).astype(np.float64)
    lonely = found.flags(i)[::n_levels].reshape(shape)
    clustered = int(Flag.CLUSTERED) if (found.cells.nobs > 1).any() else 0
    alone = worth(side.nobs.astype(np.float64), side.size, clusters, 1.0)
    return _Clustered(found.degrees_of_freedom[at].reshape(shape), alone, lonely | clustered)


def _stretch(degrees: Floats, own: Floats, z: Floats) -> Floats:
    return stretch(z, degrees, own)


def _survey(side: Distributions) -> Surveyed:
    assert side.survey is not None
    return side.survey
