"""What there is to know about each row of a comparison with unknown groups."""

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import FEW_EVENTS, SMALL_BASE, Flag
from dueregard.inference.two_groups.contrasts import Contrast
from dueregard.measures.unknowns.unknown_cells import Cells


def unknown_flags(
    cells: Cells, contrast: Contrast, compared: NDArray[np.bool_], *, chance: bool, staff: bool
) -> list[Flag]:
    """The flags of each area and group under one assumption; how few cases there are is told of the stated ones."""
    known, recorded = np.tile(cells.known, len(cells.areas)), cells.recorded.reshape(-1)
    count = cells.count[..., cells.positive].sum(axis=-1).reshape(-1)
    nobs = cells.count.sum(axis=-1).reshape(-1)
    own, against = contrast.nobs1 > 0, contrast.nobs2 > 0
    events = np.full(known.shape, cells.exposure is not None)
    none = np.isnan(contrast.compare(0.95).estimate)
    bits = {
        Flag.NOT_RECORDED: ~recorded,
        Flag.NO_POPULATION: known & events & recorded & ~own,
        Flag.FEW_EVENTS: known & events & own & (count < FEW_EVENTS) & (not staff),
        Flag.NO_CASES: known & ~events & (nobs == 0),
        Flag.SMALL_BASE: known & ~events & (nobs > 0) & (nobs < SMALL_BASE),
        Flag.NO_REFERENCE: compared & ~against,
        Flag.UNDEFINED: compared & own & against & none,
        Flag.MISSING_ANSWERS: cells.outcome_missing.reshape(-1) > 0,
        Flag.MISSING_GROUP: ~known,
        Flag.FULL_COUNT: np.full(known.shape, not chance),
    }
    total = sum(np.where(on, int(flag), 0) for flag, on in bits.items())
    return [Flag(int(bit)) for bit in np.asarray(total).reshape(-1)]
