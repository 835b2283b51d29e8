"""B. Supporting information, and the findings of C and G: each finding one numbered paragraph, with its appendix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dueregard.measures.cannot_say import CAUTIONS
from dueregard.publish.report.committee.draft import Draft
from dueregard.publish.report.pages.parts import Finding, Page, text

FEW = 2
"""Sentences of a finding in the body; the others stand in the appendix, and the paragraph says how many."""


def information(draft: Draft, pages: Sequence[Page], places: Mapping[str, int]) -> str:
    """The pages as headings and numbered paragraphs."""
    return "\n".join(part for page in pages for part in _page(draft, page, places[page.key]))


def _page(draft: Draft, page: Page, place: int) -> list[str]:
    told = [finding for finding in page.findings if not finding.elsewhere]
    said = [*page.intro, *map(paragraph_of, told)]
    if not said:
        said = [f"{point.figure} {point.text}" for point in page.points]
    said[-1:] = [f"{said[-1]} See appendix {place}."] if said else [f"See appendix {place}."]
    return [f"<h3>{text(page.title)}</h3>", *draft.paragraphs(said)]


def paragraph_of(finding: Finding) -> str:
    """What was found and measured, with the first sentences, and how many more there are; what figures do not show is
    never left to the appendix."""
    further = finding.sentences[FEW:]
    cautions = [text for text in further if text in CAUTIONS.values()]
    more = len(further) - len(cautions)
    said = [f"{finding.statement} ({finding.what}).", *finding.sentences[:FEW]]
    said += [f"The other {more:,} sentences on this are in the appendix.", *cautions] if more > 1 else further
    return " ".join(said)
