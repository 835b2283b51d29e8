"""What there is to know about each row of groups compared: who is missing, and how few there are."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE, Flag
from dueregard.measures.gaps.against_target import HeldAgainst
from dueregard.measures.gaps.distributions import Distributions
from dueregard.measures.grouped import Grouped

Groups = Grouped | Distributions


def row_flags(
    own: Groups, against: Groups | HeldAgainst, comparable: NDArray[np.bool_], *, chance: bool, also: Any = 0
) -> list[Flag]:
    """The flags of each area and group, and those in ``also``; only comparable groups need a reference."""
    present, reference = (_present(side, weighted=own.weighted) for side in (own, against))
    bits = {
        Flag.EMPTY_GROUP: (own.nobs == 0) & (own.outcome_missing == 0),
        Flag.NO_CASES: own.nobs == 0,
        Flag.SMALL_BASE: (own.nobs > 0) & (present < SMALL_BASE),
        Flag.NO_REFERENCE: comparable & (against.size == 0),
        Flag.SMALL_REFERENCE: comparable & (against.size > 0) & (reference < SMALL_BASE),
        Flag.MISSING_ANSWERS: own.outcome_missing > 0,
        Flag.MISSING_GROUP: np.broadcast_to(~own.known_group, own.nobs.shape),
        Flag.EFFECTIVE_SIZE: np.full(own.nobs.shape, own.has_weights),
        Flag.ZERO_WEIGHT: (own.nobs > 0) & (own.size == 0),
        Flag.FULL_COUNT: np.full(own.nobs.shape, not chance),
    }
    total = np.broadcast_to(np.asarray(also, np.int64), own.nobs.shape)
    for flag, on in bits.items():
        total = total | np.where(on, int(flag), 0)
    return [Flag(int(bit)) for bit in total.reshape(-1)]


def _present(side: Groups | HeldAgainst, *, weighted: bool) -> NDArray[Any]:
    """What cases are worth, never more than there are: a design that does better than chance makes few no more."""
    return np.minimum(side.size, side.nobs) if weighted else np.asarray(side.nobs)
