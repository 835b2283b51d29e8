"""What there is to know of each group of a decomposition: who is missing, and how few there are."""

from typing import Any

import numpy as np

from dueregard.flags import Flag
from dueregard.inference.references import Reference
from dueregard.measures.decomposition.everywhere import EVERYWHERE
from dueregard.measures.grouped import Grouped
from dueregard.measures.row_flags import row_flags


def flags_of(grouped: Grouped, reference: Any, place: int | None, *, chance: bool) -> dict[tuple[int, int], int]:
    """What there is to know of each group, by area and number."""
    found: dict[tuple[int, int], int] = {}
    every = {EVERYWHERE: grouped.summed()} | ({0: grouped} if grouped.by else {})
    for first, each in every.items():
        for n, flag in enumerate(_row_flags(each, reference, place, chance=chance)):
            area, group = divmod(n, len(grouped.groups))
            found[first + area, group] = int(flag)
    return found


def _row_flags(grouped: Grouped, reference: Any, place: int | None, *, chance: bool) -> list[Flag]:
    against = grouped.opposite(place, own=reference is Reference.OVERALL)
    others = np.arange(len(grouped.groups)) != place
    comparable = np.broadcast_to(grouped.known_group & others, grouped.nobs.shape)
    also: Any = 0
    if grouped.survey is not None and chance:
        also = grouped.survey.estimates.flags(0).reshape(grouped.nobs.shape)
        also = also | (int(Flag.CLUSTERED) if bool((grouped.survey.cells.nobs > 1).any()) else 0)
    return row_flags(grouped, against, comparable, chance=chance, also=also)
