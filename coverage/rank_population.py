"""Areas whose true shares are known, and answers of as many people as a borough is asked."""

from typing import NamedTuple

import numpy as np
from survey_population import Floats, Integers

UNITS, ASKED = 32, 640
MIDDLE = 0.75


class Areas(NamedTuple):
    """The standard deviation of the true shares of areas, in points, and how many areas at a time have the same."""

    spread: float
    tied: int

    @property
    def shares(self) -> Floats:
        """In order, at equal steps."""
        steps = np.arange(UNITS // self.tied) - (UNITS // self.tied - 1) / 2
        apart = self.spread / steps.std() if self.spread else 0.0
        return MIDDLE + np.repeat(steps, self.tied) * apart / 100

    @property
    def best(self) -> Integers:
        """The rank of each area, 1 the highest; areas that are alike share the best one."""
        return np.asarray(1 + (self.shares > self.shares[:, np.newaxis]).sum(axis=1))

    @property
    def last(self) -> Integers:
        """The worst rank that each could have among those like it."""
        return np.asarray((self.shares >= self.shares[:, np.newaxis]).sum(axis=1))

    @property
    def average(self) -> Integers:
        """The eight areas nearest to the middle, and all that are as near: every area where none differs."""
        middle = np.abs(self.shares - MIDDLE)
        return np.flatnonzero(middle <= np.sort(middle)[UNITS // 4 - 1] + 1e-12)


POPULATIONS = (Areas(0.0, UNITS), Areas(3.0, 1), Areas(3.0, 4), Areas(8.0, 1), Areas(8.0, 4))


def draw(areas: Areas, key: tuple[int, int]) -> Integers:
    """How many of those asked in each area are satisfied."""
    rng = np.random.Generator(np.random.Philox(key=key))
    return rng.binomial(ASKED, areas.shares)
