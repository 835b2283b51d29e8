"""Groups held against a constant, such as a target: the group's own chance alone."""

from dataclasses import dataclass, replace

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.inference.two_groups.contrasts import Answer

METHOD = "score (Wilson) against a constant"


@dataclass(frozen=True)
class ConstantContrast:
    """Shares against a constant share, element by element; NaN where a group has no cases.

    The statistic is (p - t) / sqrt(t (1 - t) / n). Inverted it gives Wilson's interval of p, and that moved by the
    constant, or divided by it, is the interval of the difference, or of the ratio; of odds likewise.
    """

    count: Floats
    nobs: Floats
    share: float
    measure: str
    method: str = METHOD

    def compare(self, confidence_level: float) -> Answer:
        """Against no effect, two-sided."""
        from scipy.special import ndtr

        some = self.nobs > 0
        p = np.divide(self.count, self.nobs, out=np.full(self.nobs.shape, np.nan), where=some)
        low, high = wilson(p, self.nobs, normal_quantile(confidence_level))
        error = np.sqrt(self.share * (1 - self.share) / np.where(some, self.nobs, np.nan))
        with np.errstate(divide="ignore", invalid="ignore"):
            statistic = np.where(p == self.share, 0.0, (p - self.share) / error)
        pvalue = np.where(np.isnan(p), np.nan, np.minimum(1.0, 2 * ndtr(-np.abs(statistic))))
        return Answer(self._shown(p), self._shown(low), self._shown(high), statistic, pvalue)

    def times(self, multiple: Floats) -> "ConstantContrast":
        """As if all numbers were that many times as large, along a new first axis, with every share unchanged."""
        count, nobs = (np.multiply.outer(multiple, numbers) for numbers in (self.count, self.nobs))
        return replace(self, count=count, nobs=nobs)

    def _shown(self, share: Floats) -> Floats:
        if self.measure == "difference":
            return np.asarray(share - self.share)
        if self.measure == "ratio":
            return np.asarray(share / self.share)
        with np.errstate(divide="ignore"):
            return np.asarray(share / (1 - share) / (self.share / (1 - self.share)))
