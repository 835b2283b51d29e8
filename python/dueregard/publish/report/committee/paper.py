"""The committee paper: title block, summary, lettered sections, appendices, and what remains before publication."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import TYPE_CHECKING

from dueregard.publish.report.committee.closing import background, checklist, contacts
from dueregard.publish.report.committee.details import Details
from dueregard.publish.report.committee.draft import Draft
from dueregard.publish.report.committee.equality import equality
from dueregard.publish.report.committee.finance import finance
from dueregard.publish.report.committee.information import information
from dueregard.publish.report.committee.recommendations import recommendations
from dueregard.publish.report.committee.risks import risks
from dueregard.publish.report.committee.title_block import summary, title_block
from dueregard.publish.report.pages.control import Control
from dueregard.publish.report.pages.main_points import chosen_points
from dueregard.publish.report.pages.parts import EQUALITY, INFORMATION, RISK, Page

if TYPE_CHECKING:
    from dueregard.publish.report.sources import Contents

LEGAL = "legal implications, from legal services; the figures show differences, and not whether anything was unlawful"
NONE_GIVEN = "findings on how things are; none was given"
FEW_LINES = 1200
"""Characters, about a third of a printed page, up to which an appendix does not begin a page of its own."""
Section = tuple[str, str, Callable[[], str]]


@dataclass(frozen=True)
class Paper:
    """The pages of the paper, and how many places in it are still to be completed."""

    pages: Sequence[Page]
    remaining: int


def committee_paper(contents: Contents, details: Details, control: Control, rest: Sequence[Page]) -> Paper:
    """The paper on some contents; ``rest`` are the pages on limits and method, which become the last appendices."""
    draft = Draft(section="Title block")
    head = title_block(draft, details, control)
    draft.section = "Summary"
    points = [point for _, point in chosen_points(contents.pages)]
    lead = summary(draft, points, control.title, control.period)
    places = {page.key: place for place, page in enumerate(contents.pages, 1)}
    body = [
        _section(draft, letter, key, title, write)
        for letter, (key, title, write) in zip(
            ascii_uppercase, _sections(draft, contents, details, control, places), strict=False
        )
    ]
    appendices = [_appendix(page, place) for place, page in enumerate([*contents.pages, *rest], 1)]
    last = checklist(draft.marks, contents.synthetic)
    return Paper([head, lead, *body, *appendices, last], len(draft.marks))


def _sections(
    draft: Draft, contents: Contents, details: Details, control: Control, places: Mapping[str, int]
) -> list[Section]:
    """What each section is called, and how it is written; the letters follow."""
    told = {kind: [page for page in contents.pages if page.tells == kind] for kind in (INFORMATION, EQUALITY, RISK)}
    plans, pages = contents.plans, contents.pages
    asking = [point for page in pages if page.tells != INFORMATION or page.asks for point in page.points[:1]]
    points = [point for point in asking if point.found]
    found: list[Section] = [
        ("recommendations", "Recommendations", lambda: recommendations(draft, plans, points)),
        ("information", "Supporting information", lambda: _informed(draft, told[INFORMATION], places)),
        ("equality", "Equality and diversity impact", lambda: equality(draft, told[EQUALITY], places, plans)),
        ("finance", "Financial implications", lambda: finance(draft, plans)),
        ("legal", "Legal implications", lambda: draft.paragraph("", LEGAL)),
        ("environment", "Environmental implications", lambda: draft.paragraph("", "environmental implications")),
        ("risk", "Risk implications", lambda: risks(draft, pages, told[RISK], places, plans)),
        ("background", "Background papers", lambda: background(control)),
        ("contacts", "Contact details", lambda: contacts(draft, details, control)),
    ]
    return [section for section in found if section[0] != "environment" or details.environment]


def _informed(draft: Draft, pages: Sequence[Page], places: Mapping[str, int]) -> str:
    return information(draft, pages, places) if pages else draft.paragraph("", NONE_GIVEN)


def _section(draft: Draft, letter: str, key: str, title: str, write: Callable[[], str]) -> Page:
    named = f"{letter}. {title}"
    draft.section = named
    return Page(f"section-{key}", named, named, html=write(), follows=True)


def _appendix(page: Page, place: int) -> Page:
    """An appendix, which begins a page in print; one of a few lines follows that before it."""
    named = replace(page, title=f"Appendix {place}: {page.title}", short=f"Appendix {place}: {page.short}")
    return replace(named, follows=place > 1 and _is_brief(page))


def _is_brief(page: Page) -> bool:
    """Whether a page is a few lines, without tables or charts."""
    html = page.section()
    return "<table" not in html and "<svg" not in html and len(re.sub("<[^>]+>", "", html)) <= FEW_LINES
