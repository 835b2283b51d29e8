"""Groups counted: events out of cases, or over an exposure, with the groups along the last axis."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.flags import FEW_EVENTS, SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.indices.index_models import Rates


@dataclass(frozen=True)
class Counted:
    """Events and what they are out of or over, and how much each group weighs: as much as its size, unless said."""

    count: Floats
    size: Floats
    weight: Floats
    binomial: bool

    def area(self, place: tuple[int, ...]) -> "Counted":
        """One area, without the groups that have nobody."""
        count, size, weight = (array[place] for array in (self.count, self.size, self.weight))
        kept = size > 0
        return Counted(count[kept], size[kept], weight[kept], self.binomial)

    def model(self, turned: bool) -> Rates:
        """What is drawn again, of a single area."""
        return Rates(self.count, self.size, self.binomial, turned)

    def flags(self, place: tuple[int, ...]) -> Flag:
        """What there is to know of an area before anything is computed."""
        count, size = self.count[place], self.size[place]
        flag = Flag.EMPTY_GROUP if (size == 0).any() else Flag(0)
        if int((size > 0).sum()) < 2:
            return flag | Flag.NO_CASES
        small = self.binomial and size.sum() < SMALL_BASE
        few = not self.binomial and count.sum() < FEW_EVENTS
        return flag | (Flag.SMALL_BASE if small else Flag(0)) | (Flag.FEW_EVENTS if few else Flag(0))


def read(count: Any, nobs: Any, exposure: Any) -> Counted:
    """The arguments of the same names, checked and in their common shape; one of ``nobs`` and ``exposure`` is given."""
    if (nobs is None) == (exposure is None):
        raise TypeError("nobs and exposure: give one of them, the cases that events are out of or what they are over")
    counts, sizes = checked.events_over(count, exposure) if nobs is None else checked.counts_within(count, nobs)
    if counts.ndim == 0 or counts.shape[-1] < 2:
        raise ValueError(f"count: needs two groups or more along its last axis, not shape {counts.shape}")
    return Counted(counts, sizes, sizes, nobs is not None)


def gathered(rows: list[tuple[Any, ...]], shape: tuple[int, ...]) -> list[Any]:
    """Fields of a result: numbers for a single area, arrays of this shape for several; the last field holds flags."""
    if not shape:
        *numbers, flag = rows[0]
        return [*map(float, numbers), Flag(int(flag))]
    *numbers, flags = zip(*rows, strict=True) if rows else ((),) * 7
    arrays = [np.array(each, np.float64).reshape(shape) for each in numbers]
    return [*arrays, np.array(list(map(int, flags)), np.int64).reshape(shape)]
