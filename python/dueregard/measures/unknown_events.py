"""Events whose group is not known: how far the ratio would move if all of them were of one group or of the other."""

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.measures.comparison_rows import Columns, flat
from dueregard.measures.matched import Matched
from dueregard.missing import NOT_APPLICABLE, is_missing


def unknown_events(own: Matched) -> Floats:
    """Events of each area whose group is not known, in a column; those not applicable are nobody's."""
    unknown = np.array([is_missing(label) and label != NOT_APPLICABLE for label in own.groups], bool)
    return np.asarray(own.count[:, unknown].sum(axis=1, keepdims=True), np.float64)


def bounds_columns(own: Matched, against: Matched, part: Floats, usable: np.ndarray) -> Columns:
    """The smallest and the largest ratio over every way in which the unknown events could be spread over the groups.

    The ratio is smallest when all of them are of what the group is compared with, and largest when all are of the
    group, since it falls with the one count and grows with the other.
    """
    unknown = unknown_events(own)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = (own.count / own.exposure) / ((against.count + unknown) / against.exposure)
        high = ((own.count + unknown) / own.exposure) / (against.count / against.exposure)
        ends = [np.where(part > 0, 1 / (part + (1 - part) / end), end) for end in (low, high)]
    kept = [np.where(usable & ~np.isnan(end), end, np.nan) for end in ends]
    share = np.divide(unknown, unknown + _known(own), out=np.zeros_like(unknown), where=unknown + _known(own) > 0)
    return {
        "unknown_events": flat(np.broadcast_to(unknown.astype(np.int64), own.count.shape)),
        "unknown_percent": flat(np.broadcast_to(100 * share, own.count.shape)),
        "bound_low": flat(kept[0]),
        "bound_high": flat(kept[1]),
    }


def _known(own: Matched) -> Floats:
    return np.asarray(own.count[:, own.known_group].sum(axis=1, keepdims=True), np.float64)
