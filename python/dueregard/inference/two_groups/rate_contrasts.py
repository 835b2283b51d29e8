"""Pairs of rates compared element by element, from counts that may be effective numbers."""

from dataclasses import dataclass

import numpy as np

from dueregard import _core
from dueregard.inference.two_groups.contrasts import Answer, Contrast, of_whole
from dueregard.inference.two_groups.rates import NO_EFFECT
from dueregard.inference.two_groups.two_samples import Null, answer, compiled


@dataclass(frozen=True)
class RateContrast(Contrast):
    """Rate of the first group against that of the second; ``nobs1`` and ``nobs2`` are exposures.

    ``part`` is the first group's share of the exposure of what it is compared with: the rate of a whole is the mean of
    the rates of its parts by exposure, so that the rules of `Contrast` for a whole hold for rates too.
    """

    def compare(self, confidence_level: float) -> Answer:
        """Against no effect, two-sided."""
        samples = (self.count1, self.nobs1, self.count2, self.nobs2)
        null = Null(np.full(self.nobs1.shape, NO_EFFECT[self.measure]))
        kernel = compiled(_core.compare_rates, self.measure, self.method)
        rows = answer(kernel, samples, null, confidence_level, "two-sided")
        return Answer(*(of_whole(row, self.part, self.measure) for row in rows[:3]), *rows[3:])
