"""Two proportions of one survey compared: difference, ratio and odds ratio, with the design's precision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile
from dueregard.inference.surveys.intervals.edge_intervals import NOTHING, SurveyShares
from dueregard.inference.surveys.intervals.student import FARTHEST, drawn_in, pvalue, stretch
from dueregard.inference.surveys.intervals.wald_answers import wald
from dueregard.inference.two_groups.comparisons import NO_EFFECT
from dueregard.inference.two_groups.contrasts import Answer, Contrast, of_whole

METHODS = dict.fromkeys(NO_EFFECT, ("mover", "wald", "score"))
"""The first is the default."""

METHOD_WORDS = {
    "mover": "MOVER, effective numbers of cases",
    "wald": "Wald, linearised, Student's t",
    "score": "score, effective numbers of cases",
}

KERNELS = {
    "mover": {"difference": "newcombe", "ratio": "mover", "odds-ratio": "mover"},
    "score": dict.fromkeys(NO_EFFECT, "score-uncorrected"),
}
"""The formulas that take effective numbers of cases."""


@dataclass(frozen=True, eq=False)
class DesignContrast:
    """First share against second, element by element; all arrays have one shape. NaN where either has no cases.

    ``covariance`` is that of the two shares over samples; ``degrees_of_freedom`` are those of both groups together;
    ``part`` is the first group's share of what it is compared with (see `Contrast`).
    ``given_se`` is the linearised standard error of the difference as it is shown; found from the shares unless given.

    Notes
    -----
    "mover" and "score" are the formulas for two independent groups, of numbers of cases at which these have the
    precision that the design gives:

    - each group's effective size (see `survey_shares`), which makes the variance of its share the design's, but never
      above Kish's number of its cases (see `SurveyShares.capped`);
    - both sizes times (w1 + w2) / (w1 + w2 - 2 c), where w are the variances and c is the covariance on the scale of
      the measure (shares, logarithms of shares, logarithms of odds), which makes that of the contrast the design's.
      Groups that live in the same clusters move together, and their difference is surer than the two are;
    - both sizes over the square of t(df) / t(n - 1), for what is not known of the variances (see `student.stretch`).
      Degrees of freedom are Satterthwaite's, (w1 + w2)^2 / (w1^2 / df1 + w2^2 / df2), as the smaller group has most of
      the variance and often few clusters, and at most those of both groups together, which may be in the same clusters;
      those of a simple sample are n - 1 of each group, put together in the same way. Where a size is capped the
      standard error is larger already, and only as much further is reached as that leaves.

    MOVER: Zou, G. Y., Donner, A. (2008), Statistics in Medicine 27: 1693-1702, of Newcombe, R. G. (1998), Statistics in
    Medicine 17: 873-890. Effective sizes: Korn, E. L., Graubard, B. I. (1998), Survey Methodology 24: 193-201.
    """

    first: SurveyShares
    second: SurveyShares
    covariance: Floats
    degrees_of_freedom: Floats
    part: Floats
    measure: str = "difference"
    asked: str = "mover"
    given_se: Floats | None = None

    @property
    def method(self) -> str:
        """What the method is called in tables."""
        return METHOD_WORDS[self.asked]

    def compare(self, confidence_level: float) -> Answer:
        """Against no effect, two-sided; p is the smallest 1 - level at which the interval excludes that."""
        z = normal_quantile(confidence_level)
        if self.asked == "wald":
            return self._wald(z)
        found = self._formula(1.0).compare(confidence_level)
        limits = self._formula(1 / np.square(self._further(np.asarray(z)))).compare(confidence_level)
        deviate = self._deviate(np.abs(found.statistic))
        p = np.where(np.isnan(deviate), found.pvalue, pvalue(deviate, np.inf))
        return Answer(self.estimate, limits.low, limits.high, np.copysign(deviate, found.statistic), p)

    @staticmethod
    def joined(contrasts: "Sequence[DesignContrast]") -> "DesignContrast":
        """Comparisons of one measure by one method, one after another."""

        def chained(name: str) -> Any:
            return np.concatenate([getattr(each, name) for each in contrasts])

        arrays = {name: chained(name) for name in ("covariance", "degrees_of_freedom", "part", "given_se")}
        first, second = (SurveyShares.joined([getattr(c, name) for c in contrasts]) for name in ("first", "second"))
        return replace(contrasts[0], first=first, second=second, **arrays)

    def times(self, multiple: Any) -> "DesignContrast":
        """As if the sample were that many times as large, more clusters of the same kind; multiples broadcast."""
        first = self.first.times(multiple)
        return replace(
            self,
            first=first,
            second=self.second.times(multiple),
            covariance=self.covariance / multiple,
            degrees_of_freedom=self.degrees_of_freedom * multiple,
            part=np.broadcast_to(self.part, first.size.shape),
            given_se=None if self.given_se is None else self.given_se / np.sqrt(multiple),
        )

    @property
    def estimate(self) -> Floats:
        """The measure of the two shares; of a group that is part of what it is compared with, against that whole."""
        return np.where(self._present, of_whole(self._plain, self.part, self.measure), np.nan)

    @property
    def se(self) -> Floats:
        """The linearised standard error of the estimate; NaN where there is none but rounding, which says nothing."""
        seen = self._root(self._variances(seen=True))
        told = self._present & ~(self.first.edge & self.second.edge) & ~self._alike
        told &= seen > np.sqrt(NOTHING) * self._root(self._variances())
        if self.measure == "difference":
            found = (1 - self.part) * seen if self.given_se is None else self.given_se
            told &= np.square(found) > NOTHING * np.square(1 - self.part) * self.variance
        else:
            with np.errstate(invalid="ignore"):
                inside = self.part * self._plain + 1 - self.part  # r / (w r + 1 - w) has the slope (1 - w) / inside^2
                found = self._plain * seen * (1 - self.part) / np.square(inside)
        return np.where(told & np.isfinite(found), found, np.nan)

    @property
    def variance(self) -> Floats:
        """Of the difference of the shares, above 0 also at the edge."""
        return np.square(self._root(self._variances(difference=True)))

    @cached_property
    def correlation(self) -> Floats:
        """Of the two shares over samples; 0 where one does not tell its own precision, or their difference has none."""
        first, second = self.first.variance, self.second.variance
        told = ~(self.first.edge | self.second.edge) & (first * second > 0) & ~self._alike
        root = np.sqrt(np.where(told, first * second, 1.0))
        return np.clip(np.where(told, self.covariance / root, 0.0), -1.0, 1.0)

    @property
    def capped_correlation(self) -> Floats:
        """The same of shares with capped sizes: what is added to a variance is not shared."""
        return np.asarray(self.correlation / np.sqrt(_times(self.first) * _times(self.second)))

    @property
    def _alike(self) -> NDArray[np.bool_]:
        """Where both have the same score in every cluster, so that their difference seems to have no variance."""
        both = self.first.variance + self.second.variance
        told = ~(self.first.edge | self.second.edge)
        return np.asarray(told & (both - 2 * self.covariance <= NOTHING * both))

    @property
    def _present(self) -> NDArray[np.bool_]:
        return np.asarray((self.first.size > 0) & (self.second.size > 0))

    @property
    def _plain(self) -> Floats:
        """First against second, before it is said of a whole."""
        first, second = self.first.share, self.second.share
        if self.measure == "difference":
            return first - second
        if self.measure == "odds-ratio":
            first, second = first * (1 - second), second * (1 - first)
        undefined = np.isnan(first) | np.isnan(second) | ((first == 0) & (second == 0))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(undefined, np.nan, first / second)

    def _variances(self, *, seen: bool = False, difference: bool = False) -> tuple[Floats, Floats]:
        """Of both groups on the scale of the measure; NaN of a logarithm that there is not. ``seen``: not borrowed."""
        found = []
        for side in (self.first, self.second):
            p = side.share
            scale = {"difference": np.ones(p.shape), "ratio": p, "odds-ratio": p * (1 - p)}[
                "difference" if difference else self.measure
            ]
            variance = np.where(seen & side.edge, 0.0, side.variance)
            found.append(np.divide(variance, np.square(scale), out=np.full(p.shape, np.nan), where=scale > 0))
        return found[0], found[1]

    def _root(self, variances: tuple[Floats, Floats]) -> Floats:
        """The standard error of the contrast, of groups that move together."""
        first, second = variances
        return np.sqrt(np.maximum(first + second - 2 * self.correlation * np.sqrt(first * second), 0.0))

    def _formula(self, factor: Floats | float) -> Contrast:
        """The formula for two groups, with sizes that have the design's precision, times ``factor``."""
        apart, together, _ = self._spread
        factor = factor * np.divide(apart, together, out=np.ones(self.part.shape), where=together > 0)
        sides = (self.first.capped, self.second.capped)
        size1, size2 = (np.where(self._present, side.size * factor, 0.0) for side in sides)
        share1, share2 = (np.where(self._present, side.share, 0.0) for side in (self.first, self.second))
        method = KERNELS[self.asked][self.measure]
        return Contrast(share1 * size1, size1, share2 * size2, size2, self.part, self.measure, method)

    @cached_property
    def _spread(self) -> tuple[Floats, Floats, Floats]:
        """The variance of the contrast with capped sizes, of groups apart and together, and by the design alone."""
        own, plain = self._variances(), self._variances(difference=True)
        first, second = (np.where(np.isnan(own[0] + own[1]), b, a) for a, b in zip(own, plain, strict=True))
        less = 2 * self.correlation * np.sqrt(first * second)
        apart = first * _times(self.first) + second * _times(self.second)
        return apart, apart - less, first + second - less

    @cached_property
    def _degrees(self) -> tuple[Floats, Floats]:
        """Satterthwaite's degrees of freedom of the two groups' variances, and those of two simple samples as large."""
        degrees = self._satterthwaite(self.first.degrees_of_freedom, self.second.degrees_of_freedom)
        told = ~(self.first.edge & self.second.edge)
        degrees = np.where(told, np.fmin(degrees, np.maximum(self.degrees_of_freedom, 1.0)), degrees)
        return degrees, self._satterthwaite(self.first.nobs - 1, self.second.nobs - 1)

    def _satterthwaite(self, degrees1: Floats, degrees2: Floats) -> Floats:
        """What is borrowed is taken as known."""
        first, second = self._variances(difference=True)
        with np.errstate(divide="ignore", invalid="ignore"):
            part1 = np.where(self.first.edge, 0.0, np.square(first) / degrees1)
            part2 = np.where(self.second.edge, 0.0, np.square(second) / degrees2)
            found = np.square(first + second) / (part1 + part2)
        return np.asarray(np.where(np.isnan(found), np.inf, found))

    def _further(self, z: Floats) -> Floats:
        """How many times as far as with capped sizes limits reach: not at all where these are wide enough."""
        return np.maximum(stretch(z, *self._degrees) / self._wider, 1.0)

    @property
    def _wider(self) -> Floats:
        """How many times the standard error is with capped sizes, at least once."""
        _, capped, own = self._spread
        return np.sqrt(np.maximum(np.divide(capped, own, out=np.ones(self.part.shape), where=own > 0), 1.0))

    def _deviate(self, statistic: Floats) -> Floats:
        """The normal deviate that reaches, further by what is not known of the variances, as far as the statistic."""
        known = np.where(np.isnan(statistic), 0.0, np.minimum(statistic, FARTHEST))
        found = np.minimum(known, drawn_in(np.minimum(known * self._wider, FARTHEST), *self._degrees))
        return np.where(np.isnan(statistic), np.nan, found)

    def _wald(self, z: float) -> Answer:
        """With the degrees of freedom of both groups together, less one."""
        degrees = np.maximum(self.degrees_of_freedom - 1, 1.0)
        found = wald(self._plain, self._wald_error, degrees, self.part, self.measure, z)._replace(
            estimate=self.estimate
        )
        return Answer(*(np.where(self._present, row, np.nan) for row in found))

    @property
    def _wald_error(self) -> Floats:
        """The linearised error before it is said of a whole; where a group does not tell, with what is borrowed."""
        found = self._root(self._variances())
        if self.given_se is None or self.measure != "difference":
            return found
        outside = 1 - self.part
        given = np.divide(self.given_se, outside, out=np.zeros(found.shape), where=outside > 0)
        told = ~(self.first.edge | self.second.edge) & (np.square(given) > NOTHING * np.square(found))
        return np.where(told, given, found)


def _times(side: SurveyShares) -> Floats:
    """How many times the variance of the design is that of the capped size."""
    return np.divide(side.size, side.capped.size, out=np.ones(side.size.shape), where=side.capped.size > 0)
