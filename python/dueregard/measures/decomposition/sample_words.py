"""What is the same in all rows of a gap taken apart from the records."""

from collections.abc import Mapping
from typing import Any

from dueregard.inference import checked
from dueregard.measures.decomposition.gap_samples import GapSample
from dueregard.measures.decomposition.part_rows import PartWords
from dueregard.measures.grouped import words_for
from dueregard.measures.thresholds import read_threshold


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


def threshold_of(
    threshold: float | None, positive: Any, scores: Mapping[str, Any] | None, outcome: str
) -> float | None:
    """What matters, in points: the usual of shares and of scores, and of other numbers what is said, if anything."""
    if threshold is None and positive is None and outcome not in (scores or {}):
        return None
    return read_threshold(threshold).size
