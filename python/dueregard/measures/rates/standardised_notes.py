"""What a reader of standardised ratios has to know: where one ratio does not tell all, and what is left out."""

from dueregard.measures.comparison_rows import Columns
from dueregard.measures.rates.matched import Matched
from dueregard.measures.rates.rate_rows import RateQuestion
from dueregard.measures.rates.standardised_blocks import by_words
from dueregard.measures.rates.standards import Standard


def standard_notes(
    columns: Columns, question: RateQuestion, areas: Matched, word: str, standard: Standard | None
) -> list[str]:
    """Notes in the order in which they matter."""
    divided = by_words(question)
    notes = _unequal(columns, question, divided)
    if standard is not None:
        notes.append(f"Standard for direct standardisation by {divided}: {standard.words}.")
    unplaced = int(areas.count[~areas.known_area].sum())
    if unplaced:
        notes.append(f"{unplaced:,} {word} of which the {divided} is not known are in the crude rows only.")
    return notes


def _unequal(columns: Columns, question: RateQuestion, divided: str) -> list[str]:
    """One note for each group whose ratio is not the same in all areas."""
    if not question.chance or "homogeneity_pvalue" not in columns:
        return []
    tail = 1 - question.rules[0].confidence_level
    told: dict[str, str] = {}
    for group, pvalue in zip(columns["group"], columns["homogeneity_pvalue"], strict=True):
        if pvalue is not None and pvalue < tail:
            size = "p below 0.001" if pvalue < 0.001 else f"p {pvalue:.3f}"
            told[group] = (
                f"{group}: the ratio to {question.reference_text} differs by {divided} by more than chance ({size}); "
                "one ratio for all can mislead."
            )
    return list(told.values())
