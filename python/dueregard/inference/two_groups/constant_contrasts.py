"""Groups held against a constant, such as a target: the group's own chance alone."""

from dataclasses import dataclass, replace

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.inference.references import Target
from dueregard.inference.two_groups import unconditional
from dueregard.inference.two_groups.comparisons import CONDITIONAL
from dueregard.inference.two_groups.contrasts import Answer, Contrast

FORMULAS = ("score", "score-uncorrected")
"""Methods of two samples whose one-sample form this is."""

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

    @property
    def sizes(self) -> tuple[Floats, Floats]:
        """The numbers of cases of both sides: endless for the constant."""
        return self.nobs, np.full(self.nobs.shape, np.inf)

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
        """As if all numbers were that many times as large, with every share unchanged; multiples broadcast."""
        return replace(self, count=multiple * self.count, nobs=multiple * self.nobs)

    def _shown(self, share: Floats) -> Floats:
        if self.measure == "difference":
            return np.asarray(share - self.share)
        if self.measure == "ratio":
            return np.asarray(share / self.share)
        with np.errstate(divide="ignore"):
            return np.asarray(share / (1 - share) / (self.share / (1 - self.share)))


def against_target(
    count: Floats, nobs: Floats, target: Target, measure: str, method: str
) -> Contrast | ConstantContrast:
    """Counts of groups compared with one figure, element by element."""
    if target.is_constant:
        return ConstantContrast(count, nobs, target.share, measure)
    count2, nobs2 = (np.where(nobs > 0, a, 0.0) for a in (target.share * target.nobs, target.nobs))
    return Contrast(count, nobs, count2, nobs2, np.zeros(nobs.shape), measure, method)


def check_target(measure: str, method: str, target: Target, *, simple: bool = True) -> None:
    """Refuse what a figure that is no group cannot be compared by; ``simple`` without the design of a survey."""
    ends = {"difference": (), "ratio": (0,), "odds-ratio": (0, 100)}[measure]
    if target.percent in ends:
        raise ValueError(f"reference: nothing has {'a ratio' if measure == 'ratio' else 'odds'} to {target.percent:g}%")
    if simple and target.is_constant and method not in FORMULAS:
        raise ValueError(f"method: {method!r} compares two samples, and a target is none; leave it out")
    if method in (*unconditional.METHODS, *CONDITIONAL) and target.cases is None:
        raise ValueError(f"method: {method!r} needs whole counts, and a half-width is worth an effective number")
