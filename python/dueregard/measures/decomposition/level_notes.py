"""What to know of the limits of single levels, which are rougher than those of factors and totals."""

from collections.abc import Sequence

import numpy as np

from dueregard.measures.decomposition.part_rows import Block

FEW = 1000
"""Below so many people on one side limits of levels are rough: a choice, not a threshold of theory."""

ROUGH = (
    "Limits of single levels are too narrow below 1,000 people in a group, since a level adds the product of two small "
    "differences: read those of factors and totals."
)


def level_notes(blocks: Sequence[Block]) -> list[str]:
    """A note where a level of a small group has limits."""
    return [ROUGH] if any(_is_rough(block) for block in blocks) else []


def _is_rough(block: Block) -> bool:
    people = min(block.nobs, block.reference_nobs or 0)
    return people < FEW and any(part.level is not None and np.isfinite(part.low) for part in block.parts)
