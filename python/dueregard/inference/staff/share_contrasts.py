"""Shares held against the shares of a population, element by element, from counts that may be effective numbers."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.inference.roots import solve_increasing
from dueregard.inference.two_groups.contrasts import Answer

METHODS = ("score", "exact", "mid-p")
METHOD_WORDS = {"score": "Wilson score", "exact": "Clopper-Pearson exact", "mid-p": "mid-p exact"}
KERNEL_METHODS = {"exact": "clopper-pearson", "mid-p": "mid-p"}

FURTHEST = 40.0
"""Standard errors beyond which a two-sided normal p-value is 0 in double precision."""


@dataclass(frozen=True)
class ShareContrast:
    """Shares of cases against shares of a population; all arrays have one shape.

    ``against`` is the share of the population, ``below`` and ``above`` how far its limits are from it for each standard
    error they reach: 0 where it is known. NaN where there are no cases, or no population to speak of. A share of the
    population of exactly 0 is nothing to hold cases against: NaN, or 0 against 0 where there are none.
    """

    share: Floats
    size: Floats
    against: Floats
    below: Floats
    above: Floats
    measure: str
    kind: str = "score"

    @property
    def method(self) -> str:
        """What tables call it."""
        return METHOD_WORDS[self.kind] if self._is_known.all() else "MOVER of Wilson and population limits"

    def compare(self, confidence_level: float) -> Answer:
        """Against no difference, two-sided. Limits and p of both measures come from one statistic."""
        z = np.asarray(normal_quantile(confidence_level))
        low, high = self._of_measure(*self._limits(z, confidence_level), z)
        with np.errstate(divide="ignore", invalid="ignore"):
            estimate = self.share / self.against if self.measure == "ratio" else self.share - self.against
        rows = (estimate, low, high, self.statistic, self._pvalue())
        return Answer(*(np.where(self._empty, np.nan, row) for row in rows))

    def times(self, multiple: Floats) -> "ShareContrast":
        """As if there were that many times as many cases; multiples broadcast, and the population stays as it is.

        Exact methods are judged by the score method there: such numbers need not be whole.
        """
        return replace(self, size=multiple * self.size, kind="score")

    @cached_property
    def statistic(self) -> Floats:
        """Standard errors from the share to the population's, signed; NaN for exact methods, which have none."""
        if self.kind != "score":
            return np.full(np.shape(self.size), np.nan)
        score = self._score()
        return score if self._is_known.all() else np.where(self._is_known, score, self._root())

    @property
    def _is_known(self) -> NDArray[np.bool_]:
        return np.asarray(~((self.below > 0) | (self.above > 0)))

    @property
    def _empty(self) -> NDArray[np.bool_]:
        nobody = (self.against == 0) & (self.share > 0)
        return np.asarray(np.isnan(self.share) | np.isnan(self.against) | (self.size <= 0) | nobody)

    def _score(self) -> Floats:
        """The score statistic of one sample: Wilson's limits are the shares it does not reject."""
        distance = self.share - self.against
        with np.errstate(divide="ignore", invalid="ignore"):
            score = distance / np.sqrt(self.against * (1 - self.against) / self.size)
        return np.where(distance == 0, 0.0, score)

    def _root(self) -> Floats:
        """How many standard errors the limits of both shares can reach before the two no longer exclude each other."""
        above = self.share > self.against

        def shortfall(z: Floats) -> Floats:
            low, high = wilson(self.share, self.size, z)
            own = np.where(above, self.share - low, high - self.share)
            other = np.where(above, self._upper(z) - self.against, self.against - self._lower(z))
            return np.hypot(own, other) - np.abs(self.share - self.against)

        start = np.zeros(np.broadcast(self.share, self.size).shape)
        reached = solve_increasing(shortfall, start, np.full(start.shape, FURTHEST))
        return np.where(self.share == self.against, 0.0, np.where(above, reached, -reached))

    def _pvalue(self) -> Floats:
        if self.kind == "score":
            from scipy.special import ndtr

            return np.asarray(2 * ndtr(-np.abs(self.statistic)))
        from scipy.special import betainc, betaincc

        count = np.rint(self.share * self.size)
        with np.errstate(invalid="ignore"):
            at_least = np.where(count == 0, 1.0, betainc(count, self.size - count + 1, self.against))
            at_most = np.where(count == self.size, 1.0, betaincc(count + 1, self.size - count, self.against))
        both = (at_least + at_most - 1) / 2 if self.kind == "mid-p" else 0.0  # half the chance of the count itself
        return np.minimum(1.0, 2 * (np.minimum(at_least, at_most) - both))

    def _lower(self, z: Floats) -> Floats:
        return np.maximum(self.against - z * self.below, 0.0)

    def _upper(self, z: Floats) -> Floats:
        return np.minimum(self.against + z * self.above, 1.0)

    def _limits(self, z: Floats, confidence_level: float) -> tuple[Floats, Floats]:
        """Limits of the share itself."""
        if self.kind == "score":
            return wilson(self.share, self.size, z)
        count = np.rint(self.share * self.size)
        counts, sizes = (np.ascontiguousarray(np.nan_to_num(a)).reshape(-1) for a in (count, self.size))
        rows = _core.proportion_interval(counts, sizes, KERNEL_METHODS[self.kind], confidence_level)
        low, high = rows.reshape(2, *self.size.shape)
        return low, high

    def _of_measure(self, low: Floats, high: Floats, z: Floats) -> tuple[Floats, Floats]:
        """Limits of the measure from those of the share: exact where the population is known, otherwise by MOVER."""
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.measure == "ratio":
                known = low / self.against, high / self.against
                mover = self._ratio_limits(low, high, z)
            else:
                known = low - self.against, high - self.against
                points = self.share - self.against
                mover = (
                    points - np.hypot(self.share - low, self._upper(z) - self.against),
                    points + np.hypot(high - self.share, self.against - self._lower(z)),
                )
        low, high = (np.where(self._is_known, ours, theirs) for ours, theirs in zip(known, mover, strict=True))
        return self._at_nothing(low, high)

    def _ratio_limits(self, low: Floats, high: Floats, z: Floats) -> tuple[Floats, Floats]:
        """The ratios r at which the MOVER limits of share - r * against are 0."""
        product = self.share * self.against
        below, above = self._lower(z), self._upper(z)
        least, most = (own * (2 * self.share - own) for own in (low, high))
        divisor, other = below * (2 * self.against - below), above * (2 * self.against - above)
        rise = product + np.sqrt(np.maximum(np.square(product) - least * other, 0.0))
        lower = np.divide(least, rise, out=np.zeros(np.broadcast(least, rise).shape), where=rise > 0)
        upper = (product + np.sqrt(np.maximum(np.square(product) - most * divisor, 0.0))) / divisor
        return lower, np.where(divisor == 0, np.inf, upper)  # the population may have nobody

    def _at_nothing(self, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """Nobody in either: any ratio is possible."""
        nothing = (self.against == 0) & (self.share == 0) & (self.measure == "ratio")
        return np.where(nothing, 0.0, low), np.where(nothing, np.inf, high)
