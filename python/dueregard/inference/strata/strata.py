"""Arrays of counts with strata along one axis."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.two_groups.two_samples import Null


def read_strata(
    named: Mapping[str, Floats], null: Null, axis: Any, *, of: str = "counts"
) -> tuple[tuple[Floats, ...], Null]:
    """The arguments by name in their common shape with the strata last, and null values of the other axes' shape."""
    samples = checked.broadcast(**named)
    n_axes, place = samples[0].ndim, checked.integer("axis", axis)
    if not -n_axes <= place < n_axes:
        raise ValueError(f"axis: {axis!r} is not an axis of {of} of shape {samples[0].shape}")
    strata = [np.moveaxis(a, place, -1) for a in samples]
    shape = strata[0].shape[:-1]
    try:
        common = np.broadcast_shapes(shape, *(a.shape for a in null.arrays))
    except ValueError:
        shapes = " and ".join(str(a.shape) for a in null.arrays)
        raise ValueError(f"null: shape {shapes} does not broadcast with the tables' shape {shape}") from None
    n_strata = strata[0].shape[-1:]
    counts = tuple(np.ascontiguousarray(np.broadcast_to(a, common + n_strata)) for a in strata)
    return counts, Null(*(np.broadcast_to(a, common) for a in null.arrays))


def over(above: Floats, below: Floats) -> Floats:
    """A quotient that may be infinite; 0/0 is NaN."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.asarray(above, np.float64) / below)


def apart(first: Floats, second: Floats) -> Floats:
    """How far apart two sums are; 0 where only rounding tells them from one another."""
    distance = first - second
    rounding = 8 * np.finfo(float).eps * np.maximum(np.abs(first), np.abs(second))
    return np.where(np.abs(distance) <= rounding, 0.0, distance)
