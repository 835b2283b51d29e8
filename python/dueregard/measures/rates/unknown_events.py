"""Events whose group is not known: how far the ratio would move if all of them were of one group or of the other."""

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.unknowns.unknown_bounds import bound_rates
from dueregard.measures.comparison_rows import Columns, flat
from dueregard.measures.rates.matched import Matched
from dueregard.missing import NOT_APPLICABLE, is_missing


def unknown_events(own: Matched) -> Floats:
    """Events of each area whose group is not known, in a column; those not applicable are nobody's."""
    unknown = np.array([is_missing(label) and label != NOT_APPLICABLE for label in own.groups], bool)
    return np.asarray(own.count[:, unknown].sum(axis=1, keepdims=True), np.float64)


def bounds_columns(own: Matched, against: Matched, part: Floats, usable: NDArray[np.bool_]) -> Columns:
    """The smallest and the largest ratio over every way in which the unknown events could be of any group.

    They are those of `dueregard.bound_rates`; against a whole that the group is part of, the ratio r to the rest is
    r / (part r + 1 - part).
    """
    unknown = unknown_events(own)
    sides = (own.count, own.exposure, against.count, against.exposure)
    count1, exposure1, count2, exposure2 = (np.where(usable, side, 0) for side in sides)
    found = bound_rates(count1, exposure1, count2, exposure2, np.broadcast_to(unknown, usable.shape))
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (np.where(part > 0, 1 / (part + (1 - part) / end), end) for end in (found.low, found.high))
    every = unknown + _known(own)
    share = np.divide(unknown, every, out=np.zeros_like(unknown), where=every > 0)
    return {
        "unknown_events": flat(np.broadcast_to(unknown.astype(np.int64), own.count.shape)),
        "unknown_percent": flat(np.broadcast_to(100 * share, own.count.shape)),
        "bound_low": flat(low),
        "bound_high": flat(high),
    }


def _known(own: Matched) -> Floats:
    return np.asarray(own.count[:, own.known_group].sum(axis=1, keepdims=True), np.float64)
