"""Proportions of a survey with intervals everywhere: also where the sample says nothing of its own precision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.inference.surveys.intervals.likeness import likeness, worth
from dueregard.inference.surveys.intervals.student import FARTHEST, stretch, student

METHODS = ("wilson", "korn-graubard", "logit")

FIELDS = ("share", "size", "nobs", "kish", "degrees_of_freedom", "edge")
"""The arrays of `SurveyShares`."""

NOTHING = 1e-10
"""A variance below this part of that of a simple sample is no variance: scores that cancel leave rounding behind."""


FAR_ABOVE = 2.0
"""How many times Kish's number of cases a size is when it is said that intervals do not count on it."""


@dataclass(frozen=True, eq=False)
class SurveyShares:
    """Proportions and the numbers of cases that their precision is worth; arrays of one shape.

    ``size`` is p (1 - p) / variance, the number of cases of a simple sample with the same variance; at the ``edge``
    (see `survey_shares`) it is borrowed. NaN in ``share``, and 0 in ``size``, where there are no cases. ``kish`` is the
    number of cases that unequal weights leave, (sum of weights)^2 / sum of squared weights.
    """

    share: Floats
    size: Floats
    nobs: Floats
    kish: Floats
    degrees_of_freedom: Floats
    edge: NDArray[np.bool_]

    def limits(self, z: Floats | float, method: str = "wilson") -> tuple[Floats, Floats]:
        """Limits that reach as far as ``z`` standard errors do for a normal; an array of z broadcasts."""
        found = _LIMITS[method](self, np.clip(z, 0.0, FARTHEST))
        low, high = np.minimum(found[0], self.share), np.maximum(found[1], self.share)  # in spite of rounding
        return low, high

    @property
    def capped(self) -> "SurveyShares":
        """With sizes that are never above Kish's number of cases, as intervals have them that promise to be held.

        A variance is itself an estimate, and where it comes out small by chance, as where the only one of another
        opinion has next to no weight, the size may be many times the number of cases. An interval that believed it
        would be narrowest where it is most wrong. What stratification gains is given up with it.
        """
        return replace(self, size=np.minimum(self.size, self.kish))

    def adjusted_size(self, z: Floats | float) -> Floats:
        """The size that limits go by: never above Kish's number, and less what is not known of the variance."""
        return np.asarray(np.minimum(self._adjusted(z), self.kish))

    def _adjusted(self, z: Floats | float) -> Floats:
        """The size times (t of nobs - 1 / t of the degrees of freedom)^2, as Korn and Graubard (1998) have it.

        The variance of a proportion follows from the proportion: a simple sample needs no quantile of t. What has to be
        estimated is how much more or less it is because of clusters, and the fewer they are, the less is known of it.
        """
        degrees, own = (np.where(self.edge, np.inf, each) for each in (self.degrees_of_freedom, self.nobs - 1))
        return np.asarray(self.size / np.square(stretch(z, degrees, own)))

    @property
    def variance(self) -> Floats:
        """The variance of each that goes with its size, above 0 also at the edge."""
        rate = np.where(self.edge, (self.size * self.share + 0.5) / (self.size + 1), self.share)
        nothing = np.full(self.share.shape, np.nan)
        return np.asarray(np.divide(rate * (1 - rate), self.size, out=nothing, where=self.size > 0))

    @staticmethod
    def joined(parts: "Sequence[SurveyShares]") -> "SurveyShares":
        """Shares one after another, in one row."""
        return replace(parts[0], **{name: _chained([getattr(part, name) for part in parts]) for name in FIELDS})

    def taken(self, positions: Any) -> "SurveyShares":
        """Some of the shares, in a new order."""
        return replace(self, **{name: getattr(self, name)[positions] for name in FIELDS})

    def times(self, multiple: Any) -> "SurveyShares":
        """As if the sample were that many times as large, more clusters of the same kind; multiples broadcast."""
        growing = ("size", "kish", "degrees_of_freedom")
        grown: dict[str, Any] = {name: multiple * getattr(self, name) for name in growing}
        grown["nobs"] = multiple * (self.nobs - 1) + 1
        same = {name: np.broadcast_to(getattr(self, name), grown["size"].shape) for name in ("share", "edge")}
        return replace(self, **grown, **same)

    @property
    def flag(self) -> NDArray[np.int64]:
        """What to know of each."""
        capped = np.where(self.size > FAR_ABOVE * self.kish, np.int64(Flag.PRECISION_CAPPED), np.int64(0))
        return np.where(self.edge, np.int64(Flag.BORROWED_PRECISION), capped)


def survey_shares(
    share: Floats,
    variance: Floats,
    nobs: Any,
    kish: Floats,
    clusters: Any,
    degrees_of_freedom: Floats,
    alike: float | None = None,
) -> SurveyShares:
    """Proportions of a survey with their effective sizes.

    Parameters
    ----------
    share, variance : array of float
        As fractions; NaN where there are no cases.
    nobs, kish, clusters, degrees_of_freedom : array of number
        Cases, (sum of weights)^2 / sum of squared weights, clusters that the cases are in, and clusters less strata.
    alike : float, optional
        How alike answers of one cluster are, from 0 to 1 (see `likeness`): found from all of these unless given.

    Notes
    -----
    At the edge the linearised variance is 0, or its degrees of freedom are, and it says nothing: at proportions of 0
    and 1, with one case or with all in one cluster, or where every cluster is a stratum of its own. There the size is
    Kish's number of cases, as few times smaller as answers of one cluster are alike elsewhere in the same measure:
    kish / (1 + (nobs / clusters - 1) alike), so never more than there are cases. All in one cluster count as one case,
    since how much that one is like others cannot be told. Limits are those of the normal quantile.
    """
    share, variance, nobs, kish, clusters, degrees = (
        np.asarray(each, np.float64) for each in (share, variance, nobs, kish, clusters, degrees_of_freedom)
    )
    degrees = np.where(np.isnan(degrees), np.inf, degrees)  # replicates that do not say how many they have
    simple = share * (1 - share)
    present = (kish > 0) & ~np.isnan(share)
    told = present & (nobs > 1) & (clusters > 1) & (degrees >= 1) & (variance * kish > NOTHING * simple)
    told &= (share > 0) & (share < 1)
    alike = likeness(share, variance, nobs, kish, clusters, told) if alike is None else alike
    borrowed = np.where(present, worth(nobs, kish, clusters, alike), 0.0)
    size = np.divide(simple, variance, out=borrowed, where=told)
    return SurveyShares(np.where(present, share, np.nan), size, nobs, kish, degrees, present & ~told)


def share_limits(shares: SurveyShares, *, method: str = "wilson", confidence_level: float = 0.95) -> tuple[Any, Any]:
    """Limits of the proportions.

    Parameters
    ----------
    shares : SurveyShares
    method : {"wilson", "korn-graubard", "logit"}
        "wilson": the score interval for the effective size, which is never above Kish's number of cases (see
        `SurveyShares.capped`). "korn-graubard": Clopper and Pearson's for the effective size as it is (Korn, E. L.,
        Graubard, B. I. (1998), Survey Methodology 24: 193-201; R's svyciprop "beta"). Both adjust the size for the
        degrees of freedom. "logit": Student's t of the degrees of freedom on the logarithm of the odds (R's "logit").
        Where a proportion is 0 or 1 half a case is added to either side for it, and the limit on that side is the
        proportion itself.
    confidence_level : float

    Returns
    -------
    low, high : array
        As fractions; NaN without cases. They are never equal.

    Raises
    ------
    ValueError
        If the method or the level does not exist.
    """
    checked.one_of("method", method, METHODS)
    return shares.limits(normal_quantile(checked.level(confidence_level)), method)


def _chained(arrays: Sequence[NDArray[Any]]) -> Any:
    return np.concatenate([np.reshape(each, -1) for each in arrays])


def _wilson(shares: SurveyShares, z: Floats) -> tuple[Floats, Floats]:
    return wilson(shares.share, shares.adjusted_size(z), z)


def _korn_graubard(shares: SurveyShares, z: Floats) -> tuple[Floats, Floats]:
    """The proportions at which the count, or more, or less, has half of 1 - level; counts need not be whole."""
    size, tail = shares._adjusted(z), _tail(z)
    return _lowest(shares.share, size, tail), 1 - _lowest(1 - shares.share, size, tail)


def _lowest(share: Floats, size: Floats, tail: Floats) -> Floats:
    from scipy.special import betaincinv

    known = (size > 0) & (share > 0)
    cases, others = np.where(known, size * share, 1.0), np.where(known, size * (1 - share), 1.0)
    low = np.where(share > 0, betaincinv(cases, others + 1, tail), 0.0)
    return np.where(size > 0, low, np.nan)


def _logit(shares: SurveyShares, z: Floats) -> tuple[Floats, Floats]:
    from scipy.special import expit, logit

    edge, size = shares.edge, np.where(shares.size > 0, shares.size, np.nan)
    rate = np.where(edge, (size * shares.share + 0.5) / (size + 1), shares.share)
    worth_of = np.where(edge, size + 1, size)
    reach = student(z, np.where(edge, np.inf, shares.degrees_of_freedom)) / np.sqrt(worth_of * rate * (1 - rate))
    low, high = expit(logit(rate) - reach), expit(logit(rate) + reach)
    return np.where(shares.share == 0, 0.0, low), np.where(shares.share == 1, 1.0, high)


def _tail(z: Floats) -> Floats:
    from scipy.special import ndtr

    return np.asarray(ndtr(-np.asarray(z)))


_LIMITS = {"wilson": _wilson, "korn-graubard": _korn_graubard, "logit": _logit}
