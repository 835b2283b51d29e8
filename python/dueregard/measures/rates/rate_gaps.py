"""The ratios of one group in all areas on the logarithmic scale, with the variances of chance."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.two_groups.variation import chance_rate
from dueregard.measures.gaps.area_gaps import AreaGaps
from dueregard.measures.rates.matched import Matched

PRIOR_EVENTS = 10.0
"""How many events of the rate over all areas are added to those of an area when its variance is estimated."""


class Sides(Protocol):
    @property
    def own(self) -> Matched: ...

    @property
    def against(self) -> Matched: ...

    @property
    def part(self) -> Floats: ...

    @property
    def spread(self) -> Floats: ...

    @property
    def usable(self) -> NDArray[np.bool_]: ...


def rate_gaps(sides: Sides, i: int, is_rate: bool) -> AreaGaps:
    """Logarithms of the ratios of the group at ``i``, in the areas in which both sides have exposure."""
    used = sides.usable[:, i]
    ours, theirs = (_log(side.events[used, i], side.size[used, i], is_rate) for side in (sides.own, sides.against))
    gap, variance = ours[0] - theirs[0], (ours[1] + theirs[1]) * sides.spread[used, i]
    part = sides.part[used, i]
    inside = part * np.exp(gap) + 1 - part  # as in `area_gaps` for a whole that the group is part of
    return AreaGaps("ratio", gap - np.log(inside), np.square((1 - part) / inside) * variance)


def _log(count: Floats, exposure: Floats, is_rate: bool) -> tuple[Floats, Floats]:
    """Logarithms with half an event added, and the variances of chance: of counts drawn towards the overall rate."""
    if not is_rate:
        rate, variance = chance_rate(count / exposure, exposure)
        return np.log((count + 0.5) / (exposure + 0.5)), variance / np.square(rate)
    overall = (count.sum() + 0.5) / exposure.sum()
    drawn = (count + PRIOR_EVENTS) / (exposure + PRIOR_EVENTS / overall)
    return np.log((count + 0.5) / exposure), 1 / (drawn * exposure)
