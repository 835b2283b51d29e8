"""Groups without events where many would be expected: perhaps nobody wrote them down."""

import numpy as np
from numpy.typing import NDArray

from dueregard.measures.rates.matched import Matched

MANY = 30.0
"""How many events at the rate of all groups together make a 0 hard to believe: its chance is below 1e-13."""


def none_of_many(own: Matched) -> NDArray[np.bool_]:
    """Where a group has no event and, at the rate of all groups of its area together, would have had many."""
    known = own.known_group & own.recorded & (own.exposure > 0)
    count = np.where(known, own.count, 0).sum(axis=1, keepdims=True)
    size = np.where(known, own.exposure, 0.0).sum(axis=1, keepdims=True)
    rate = np.divide(count, size, out=np.zeros(size.shape), where=size > 0)
    return np.asarray(known & (own.count == 0) & (np.where(known, own.exposure, 0.0) * rate >= MANY))


def unlikely_zeros(own: Matched) -> list[str]:
    """The groups, with their areas, of which that holds."""
    found = np.argwhere(none_of_many(own))
    places = [", ".join(str(label) for label in own.areas[area] if label is not None) for area, _ in found]
    return [f"{own.groups[i]}{f' in {place}' if place else ''}" for place, (_, i) in zip(places, found, strict=True)]
