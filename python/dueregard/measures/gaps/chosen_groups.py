"""The group that the data choose as the reference: the largest, or the best."""

from typing import Any

import numpy as np

from dueregard.flags import SMALL_BASE
from dueregard.inference.references import Chosen, Reference, Target
from dueregard.measures.grouped import Grouped


def is_no_group(reference: Any) -> bool:
    """Whether groups are compared with something else than one of them."""
    return isinstance(reference, (Reference, Target))


def chosen_group(reference: Any, grouped: Grouped, higher_is_better: bool) -> Any:
    """The label that a choice stands for, over all areas; any other reference as it is.

    Of groups that are equally large or good the first is taken. A share of few cases is soon the best by chance: groups
    with at least 30 cases go before smaller ones.
    """
    if not isinstance(reference, Chosen):
        return reference
    whole = grouped.summed()
    size, share, known = whole.size[0], whole.share[0], whole.known_group & (whole.nobs[0] > 0)
    if not known.any():
        raise ValueError(f"reference: {reference!r} of no group, for none has any case")
    if reference is Chosen.LARGEST:
        merit = whole.weight[0]
    else:
        known &= (size >= SMALL_BASE) | ~(known & (size >= SMALL_BASE)).any()
        merit = share if higher_is_better else -share
    return whole.groups[int(np.argmax(np.where(known, merit, -np.inf)))]
