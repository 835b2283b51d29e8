"""The findings of a gap that was taken apart from records."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.measures.cannot_say import notes
from dueregard.measures.decomposition.level_notes import level_notes
from dueregard.measures.decomposition.part_rows import PartWords
from dueregard.measures.decomposition.part_variation import part_table
from dueregard.measures.decomposition.rates.gap_decompositions import without_design_columns
from dueregard.measures.decomposition.samples.gap_samples import GapSample
from dueregard.measures.decomposition.samples.sample_blocks import Asked, Method, blocks_of
from dueregard.measures.decomposition.samples.sample_counts import counted
from dueregard.measures.decomposition.whole_gaps import WholeGaps, whole_gaps, whole_question, whole_variation
from dueregard.measures.grouped import words_for
from dueregard.measures.thresholds import read_threshold
from dueregard.measures.verdicts import Rule


@dataclass(frozen=True)
class Said:
    """The arguments that say what figures are called and how they are to be read."""

    outcome: str
    positive: Any
    group: str
    name: str | None
    period: str | None
    imbalance: float
    unit: str
    higher_is_better: bool
    sampled: bool
    """Whether a design, or weights, say how the sample was drawn."""
    surveyed: bool
    """Whether a design says it."""

    def __post_init__(self) -> None:
        checked.words("name", self.name)
        checked.between("imbalance", self.imbalance, 0, 100)
        checked.true_or_false("higher_is_better", self.higher_is_better)

    def words(self, sample: GapSample, level: float) -> PartWords:
        """What is the same in all rows."""
        is_share = self.positive is not None
        return PartWords(
            name=self.name or (words_for(self.outcome, self.positive) if is_share else self.outcome),
            characteristic=self.group,
            by=sample.by,
            period=self.period,
            reference=sample.groups[sample.reference],
            unit="percentage points" if is_share else "points",
            level=level,
            is_share=is_share,
            imbalance=self.imbalance,
        )


def sample_findings(sample: GapSample, asked: Asked, method: Method, said: Said) -> Findings:
    """Every group's gap taken apart in every area."""
    whole, varies = _whole(sample, asked, said)
    blocks = blocks_of(sample, asked, method, whole)
    columns = part_table(blocks, said.words(sample, asked.level), varies)
    return Findings(
        without_design_columns(columns, sampled=said.sampled),
        kind="gap parts",
        by=sample.by,
        provenance=sample.rows.provenance,
        native=sample.rows.native,
        higher_is_better=said.higher_is_better,
        threshold=asked.threshold,
        notes=[
            *notes("gap parts", [term.name for term in sample.terms], unit=said.unit),
            *sample.left_out(),
            *sample.rows.notes,
            *level_notes(blocks),
        ],
    )


def _whole(
    sample: GapSample, asked: Asked, said: Said
) -> tuple[WholeGaps | None, Mapping[Any, list[dict[str, Any]]] | None]:
    """The gaps between shares of the complete rows, and how they vary between areas, as `dueregard.gap` has them."""
    if said.positive is None:
        return None, None if sample.is_full_count else {}
    assert asked.threshold is not None
    question = whole_question(
        sample.by,
        sample.groups[sample.reference],
        sample.reference,
        rule=Rule(asked.level, asked.threshold),
        adjust=asked.adjust,
        design=sample.rows.read.design if said.surveyed else None,
        chance=not sample.is_full_count,
    )
    grouped = counted(sample, surveyed=said.surveyed)
    return whole_gaps(grouped, question), whole_variation(grouped, question)


def threshold_of(
    threshold: float | None, positive: Any, scores: Mapping[str, Any] | None, outcome: str
) -> float | None:  # fmt: skip
    """What matters, in points: the usual of shares and of scores, and of other numbers what is said, if anything."""
    if threshold is None and positive is None and outcome not in (scores or {}):
        return None
    return read_threshold(threshold).size
