"""Pairs of groups compared element by element, from counts that may be effective numbers."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.two_groups import unconditional
from dueregard.inference.two_groups.comparisons import NO_EFFECT, kernel
from dueregard.inference.two_groups.two_samples import Null, answer


class Answer(NamedTuple):
    """Estimates with two-sided limits and p-values, in the shape of the groups."""

    estimate: Floats
    low: Floats
    high: Floats
    statistic: Floats
    pvalue: Floats


@dataclass(frozen=True)
class Contrast:
    """First group against second, element by element; all arrays have one shape. NaN where a group has no cases.

    ``part`` is the first group's share of the cases of what it is compared with, 0 where it is no part of that. A group
    is compared with the rest, and the answer is said for the whole: the difference from the whole is 1 - part times
    that from the rest, and a ratio r to the rest is r / (part r + 1 - part) to the whole. Both grow with what they
    come from, so that limits follow and the p-value stays. For odds there is no such rule.

    Textbook formulas have no standard error where both shares are 0 or 1, and an interval that is a point: there is
    none then, nor a p-value.
    """

    count1: Floats
    nobs1: Floats
    count2: Floats
    nobs2: Floats
    part: Floats
    measure: str
    method: str

    @property
    def sizes(self) -> tuple[Floats, Floats]:
        """The numbers of cases of both sides."""
        return self.nobs1, self.nobs2

    def compare(self, confidence_level: float) -> Answer:
        """Against no effect, two-sided."""
        samples = (self.count1, self.nobs1, self.count2, self.nobs2)
        null = Null(np.full(self.nobs1.shape, NO_EFFECT[self.measure]))
        if self.method in unconditional.METHODS:
            rows, _ = unconditional.compare(self.method, samples, null, confidence_level, "two-sided")
        else:
            rows = answer(kernel(self.measure, self.method), samples, null, confidence_level, "two-sided")
        estimate, low, high, *test = rows
        limits = (of_whole(row, self.part, self.measure) for row in (low, high))
        told = (np.where(low == high, np.nan, row) for row in (*limits, *test))
        return Answer(of_whole(estimate, self.part, self.measure), *told)

    def times(self, multiple: Floats) -> "Contrast":
        """As if all numbers were that many times as large, with every share unchanged; multiples broadcast."""
        numbers = ("count1", "nobs1", "count2", "nobs2")
        grown = {name: multiple * getattr(self, name) for name in numbers}
        part = np.broadcast_to(self.part, grown["nobs1"].shape)
        return replace(self, **grown, part=part)


def of_whole(values: Floats, part: Floats, measure: str) -> Floats:
    """Differences and ratios to the rest as those to the whole, of which the first group is this part."""
    if measure == "difference":
        return np.asarray((1 - part) * values)
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = 1 / (part + (1 - part) / values)
    return np.where((part > 0) & (values > 0), whole, values)
