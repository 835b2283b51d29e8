"""A reweighted gap in parts, and what they rest on."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.decomposition.changing import Changing
from dueregard.inference.decomposition.reweighting.reweighting import Reweighted
from dueregard.measures.decomposition.samples.gap_samples import GapSample
from dueregard.measures.decomposition.samples.sample_blocks import Apart


def nobody(sample: GapSample, area: int, group: int) -> str | None:
    """Which side has nobody, in words."""
    for side in (group, sample.reference):
        if not sample.weighing(area, side):
            return sample.nobody_words(area, side)
    return None


def apart_of_totals(parts: Sequence[Changing], found: Reweighted, of_gap: Mapping[str, Any], flag: int) -> Apart:
    """Parts known in total alone, with what the reweighted means rest on."""
    effective = min(found.effective)
    flag |= int(Flag.SMALL_BASE) if effective < SMALL_BASE else 0
    also = {
        "gap": of_gap,
        "unexplained": {
            "effective_nobs": effective,
            "largest_weight": found.largest,
            "cut_percent": 100 * found.cut,
        },
    }
    value, own, other = (
        np.stack([getattr(part, name) for part in parts], axis=-2) for name in ("value", "group", "reference")
    )
    return Apart(value, own, other, flag, also, alike=found.means)
