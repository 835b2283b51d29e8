"""Parts of a gap against 0: Student's t of linearised standard errors, or bias-corrected percentiles of replicates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile
from dueregard.inference.surveys.intervals.wald_answers import wald
from dueregard.inference.surveys.replicates.replicate_values import ReplicateValues
from dueregard.inference.surveys.scores import Scores
from dueregard.inference.two_groups.contrasts import Answer


@dataclass(frozen=True, eq=False)
class PartContrast:
    """Parts, (n,), with standard errors and degrees of freedom; ``replicates`` (resamples, n) of a bootstrap if any.

    No limits where a standard error is NaN, or there is less than one degree of freedom.
    """

    estimate: Floats
    se: Floats
    degrees_of_freedom: Floats
    replicates: Floats | None = None
    sampled: Scores | ReplicateValues | None = None
    """How the parts vary from sample to sample, by a design."""

    @property
    def method(self) -> str:
        """Words of what intervals are."""
        if self.replicates is None:
            return "linearised, Student's t"
        return f"bootstrap, {len(self.replicates):,} resamples, bias-corrected percentiles"

    @property
    def flag(self) -> NDArray[np.int64]:
        """Why a part that there is has no interval."""
        present, varies = np.isfinite(self.estimate), self.se > 0
        none = np.where(present & ~varies, int(Flag.NO_VARIANCE), 0)
        return np.asarray(none | np.where(present & varies & ~(self.degrees_of_freedom >= 1), int(Flag.FEW_DEGREES), 0))

    def compare(self, confidence_level: float) -> Answer:
        """Against 0, two-sided; p is the smallest 1 - level at which the interval excludes that."""
        z = normal_quantile(confidence_level)
        if self.replicates is not None:
            return self._percentiles(z)
        told = (self.se > 0) & (self.degrees_of_freedom >= 1)
        error, degrees = np.where(told, self.se, np.nan), np.where(told, self.degrees_of_freedom, 1.0)
        found = wald(self.estimate, error, degrees, np.zeros(error.shape), "difference", z)
        return found._replace(pvalue=np.where(told, found.pvalue, np.nan))

    def times(self, multiple: Any) -> "PartContrast":
        """As if there were so many times as many people of the same kinds, by standard errors."""
        return PartContrast(
            self.estimate + 0 * multiple,
            self.se / np.sqrt(multiple),
            self.degrees_of_freedom * multiple,
        )

    def only(self, places: Any) -> "PartContrast":
        """Some of the parts."""
        chosen = None if self.replicates is None else self.replicates[:, places]
        return PartContrast(self.estimate[places], self.se[places], self.degrees_of_freedom[places], chosen)

    def _percentiles(self, z: float) -> Answer:
        """Efron's bias-corrected percentiles: those whose normal deviates lie z from twice that of the estimate.

        Efron, B. (1987), Better bootstrap confidence intervals, Journal of the American Statistical Association 82:
        171-185, with an acceleration of 0.
        """
        from scipy.special import ndtr

        assert self.replicates is not None
        told = (self.se > 0) & np.isfinite(self.replicates).all(axis=0)
        ordered = np.sort(np.where(told, self.replicates, 0.0), axis=0)
        bias = _deviate(ordered, self.estimate)
        low, high = (_quantile(ordered, ndtr(2 * bias + side * z)) for side in (-1, 1))
        statistic = 2 * bias - _deviate(ordered, np.zeros(bias.shape))
        answer = (self.estimate, low, high, statistic, 2 * ndtr(-np.abs(statistic)))
        estimate, *rest = (np.where(told, each, np.nan) for each in answer)
        return Answer(np.where(told, estimate, self.estimate), *rest)


def joined(contrasts: Sequence[PartContrast]) -> PartContrast:
    """Parts one after another."""
    names = ("estimate", "se", "degrees_of_freedom")
    estimate, se, degrees = (np.concatenate([getattr(each, name) for each in contrasts]) for name in names)
    drawn = [each.replicates for each in contrasts if each.replicates is not None]
    together = np.concatenate(drawn, axis=1) if len(drawn) == len(contrasts) else None
    return PartContrast(estimate, se, degrees, together)


def _deviate(ordered: Floats, value: Floats) -> Floats:
    """The normal deviate of a value's place among replicates; those equal to it count half; never infinite."""
    from scipy.special import ndtri

    n = len(ordered)
    below = (ordered < value).sum(axis=0) + 0.5 * (ordered == value).sum(axis=0)
    return np.asarray(ndtri((below + 0.5) / (n + 1)))


def _quantile(ordered: Floats, chance: Floats) -> Floats:
    """The value below which replicates lie with a chance, on the same scale as `_deviate`: between two, in a line."""
    n = len(ordered)
    place = np.clip(chance * (n + 1) - 1.0, 0.0, n - 1.0)
    low = np.minimum(place.astype(np.int64), n - 1)
    high = np.minimum(low + 1, n - 1)
    columns = np.arange(ordered.shape[1])
    return np.asarray(ordered[low, columns] + (place - low) * (ordered[high, columns] - ordered[low, columns]))
