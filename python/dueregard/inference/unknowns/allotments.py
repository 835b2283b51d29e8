"""Cases whose group is not known, allotted to groups: how many each would have, and how they would compare.

A case counts for one of three: the group that is compared, its reference, or any other group. Within a stratum cases
are alike as far as is known: they have the same outcome, and the same second recording of the group where there is one.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.two_groups.contrasts import Contrast
from dueregard.inference.two_groups.rate_contrasts import RateContrast
from dueregard.inference.unknowns.allotment_worth import shares, worth

UP, DOWN = 1, -1
"""Towards a higher or a lower estimate."""


@dataclass(frozen=True)
class Strata:
    """Cases by stratum; arrays of shape (strata, comparisons).

    ``own`` cases of the group, ``reference`` of what it is compared with, ``other`` of further groups, ``unknown`` of
    no known group. ``positive`` says of each stratum whether its cases have the outcome. With exposures, of shape
    (comparisons), cases are events and all are positive. With ``whole`` a group is compared with itself and the
    reference together.
    """

    own: Floats
    reference: Floats
    other: Floats
    unknown: Floats
    positive: NDArray[np.bool_]
    measure: str
    method: str = "score"
    exposure1: Floats | None = None
    exposure2: Floats | None = None
    whole: bool = False

    def merged(self) -> "Strata":
        """The strata of one outcome together: cases are alike if they have the same outcome."""
        kinds = np.unique(self.positive)[::-1]
        own, reference, other, unknown = (
            np.stack([cases[self.positive == kind].sum(axis=0) for kind in kinds])
            for cases in (self.own, self.reference, self.other, self.unknown)
        )
        return replace(self, own=own, reference=reference, other=other, unknown=unknown, positive=kinds)

    def spread(self) -> "Strata":
        """Unknown cases of strata in which no group is known moved to the other strata of their outcome.

        They go there in proportion to the known cases, as if these strata were not told apart.
        """
        known = self.own + self.reference + self.other
        moved = np.where(known > 0, 0.0, self.unknown)
        unknown = self.unknown - moved
        for kind in np.unique(self.positive):
            rows = self.positive == kind
            total = known[rows].sum(axis=0)
            share = np.divide(known[rows], total, out=np.zeros(known[rows].shape), where=total > 0)
            unknown[rows] += np.where(total > 0, share * moved[rows].sum(axis=0), moved[rows])
        return replace(self, unknown=unknown)

    def stated_only(self) -> Contrast:
        """Without the unknown cases."""
        nothing = np.zeros(self.own.shape)
        return self._contrast(nothing, nothing)

    def all_in_group(self) -> Contrast:
        """Every unknown case in the group."""
        return self._contrast(self.unknown, np.zeros(self.own.shape))

    def all_in_reference(self) -> Contrast:
        """Every unknown case in the reference."""
        return self._contrast(np.zeros(self.own.shape), self.unknown)

    def extreme(self, direction: int) -> Contrast:
        """The allotment with the highest (`UP`) or lowest (`DOWN`) estimate of all.

        Every measure grows with the group's share and falls with the reference's. So the group gets every unknown case
        that raises its share, and the reference every one that lowers its own: these are the other ones, so that
        neither has to give way. A side that this would leave without cases has one, for without any it has no share.
        """
        to_group = self._to_group(direction)
        gained1, gained2 = np.where(to_group, self.unknown, 0.0), np.where(to_group, 0.0, self.unknown)
        if self.exposure1 is None:
            none1, none2 = ((cases.sum(axis=0) == 0) for cases in (self.own + gained1, self.reference + gained2))
            given1, given2 = _first_case(gained2) * none1, _first_case(gained1) * none2
            gained1, gained2 = gained1 + given1 - given2, gained2 + given2 - given1
        return self._contrast(gained1, gained2)

    def at_random(self) -> Contrast:
        """Unknown cases allotted in proportion to the known ones of their stratum."""
        return self.tilted(np.zeros(self.own.shape[1:]), UP)

    def tilted(self, log_odds: Floats, direction: int) -> Contrast:
        """Unknown cases allotted at random but for one thing: for some the odds of being unknown are higher.

        For `UP` these are the group's cases with the outcome and the reference's without it, for `DOWN` the reverse.
        At 0 cases are unknown at random, without end the allotment becomes the `extreme` one.
        """
        to_group, odds = self._to_group(direction), np.exp(log_odds)
        weights = np.where(to_group, odds, 1.0), np.where(to_group, 1.0, odds)
        share1, share2, _ = shares((self.own, self.reference, self.other), self.unknown, weights)
        gained1, gained2 = share1 * self.unknown, share2 * self.unknown
        plain = self._contrast(gained1, gained2)
        positive = None if self.exposure1 is not None else self.positive
        part = worth((self.own, self.reference, self.other), self.unknown, weights, plain, positive)
        return self._contrast(gained1, gained2, part)

    def _to_group(self, direction: int) -> NDArray[np.bool_]:
        """In which strata unknown cases of the group, not of the reference, move the estimate that way."""
        return np.asarray(self.positive if direction == UP else ~self.positive)[:, np.newaxis]

    def _contrast(self, gained1: Floats, gained2: Floats, worth: Floats | float = 1.0) -> Contrast:
        """The comparison once a group and its reference have gained so many unknown cases in each stratum.

        ``worth`` is the part of their numbers that the comparison is worth.
        """
        count1, size1 = self._sample(self.own + gained1, self.exposure1)
        count2, size2 = self._sample(self.reference + gained2, self.exposure2)
        defined = ~np.isnan(count1 + size1 + count2 + size2)
        both = np.where(defined, size1 + size2, 0.0)
        part = np.divide(size1, both, out=np.zeros(both.shape), where=both > 0) * self.whole
        numbers = [np.where(defined, worth * each, 0.0) for each in (count1, size1, count2, size2)]
        kind = Contrast if self.exposure1 is None else RateContrast
        return kind(numbers[0], numbers[1], numbers[2], numbers[3], part, self.measure, self.method)

    def _sample(self, cases: Floats, exposure: Floats | None) -> tuple[Floats, Floats]:
        """Cases with the outcome and what they are out of; where there is no exposure no event is left."""
        count = cases[self.positive].sum(axis=0)
        if exposure is None:
            return count, cases.sum(axis=0)
        return np.where(exposure > 0, count, 0.0), exposure


def _first_case(cases: Floats) -> Floats:
    """One case of the first stratum that has any, for each comparison."""
    some = cases > 0
    return np.where(some & (np.cumsum(some, axis=0) == 1), 1.0, 0.0)
