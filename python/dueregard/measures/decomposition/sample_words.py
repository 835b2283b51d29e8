"""What is the same in all rows of a gap taken apart from the records."""

from typing import Any

from dueregard.inference import checked
from dueregard.measures.decomposition.gap_samples import GapSample
from dueregard.measures.decomposition.part_rows import PartWords
from dueregard.measures.grouped import words_for


def sample_words(
    sample: GapSample,
    outcome: str,
    positive: Any,
    group: str,
    name: str | None,
    period: str | None,
    level: float,
    imbalance: float,
) -> PartWords:
    """What is the same in all rows."""
    return PartWords(
        name=checked.words("name", name) or (outcome if positive is None else words_for(outcome, positive)),
        characteristic=group,
        by=sample.by,
        period=period,
        reference=sample.groups[sample.reference],
        unit="points" if positive is None else "percentage points",
        level=level,
        is_share=positive is not None,
        imbalance=checked.between("imbalance", imbalance, 0, 100),
    )
