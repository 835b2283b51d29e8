"""Published figures held against their own arithmetic, and against the answers that they are said to come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dueregard.audits.outcomes import BY_CONCERN, CANNOT_TELL, CONSISTENT, DERIVABLE, INCONSISTENT, ROUNDING
from dueregard.publish.readings import remade, rows_of
from dueregard.publish.report.pages.parts import RISK, Finding, Page, Point, joined
from dueregard.publish.report.pages.units import number_of
from dueregard.publish.sentences.sentences import sentences

if TYPE_CHECKING:
    from dueregard.findings import Findings

METHOD = (
    "Each printed figure is computed again, in exact fractions, from the other printed figures that it rests on or "
    "from the source named. It is inconsistent when no figures that round to the printed ones can make it; rounding, "
    "when rounding or an approximate word may explain the difference. What was not checked is not said to be right."
)
LISTED = (INCONSISTENT, ROUNDING, CANNOT_TELL)
HEADS = {
    INCONSISTENT: "What does not follow",
    ROUNDING: "What rounding, or an approximate word, may explain",
    CANNOT_TELL: "What could not be told",
}
WORDS = {
    CONSISTENT: ("follows", "follow"),
    DERIVABLE: ("is printed nowhere, and was derived", "are printed nowhere, and were derived"),
    INCONSISTENT: ("does not follow", "do not follow"),
    ROUNDING: ("differs by rounding or an approximate word", "differ by rounding or an approximate word"),
    CANNOT_TELL: ("could not be told", "could not be told"),
}
"""Of one figure, and of several."""


def audits(
    parts: Sequence[tuple[str, Findings]],
    *,
    key: str = "audit",
    title: str = "Published figures held against themselves",
    short: str = "Audit",
) -> Page:
    """The page of one audit or several, each with what it is of in the words of a heading."""
    findings = [
        _part(found, verdict, name, f"{key}-{place}-{verdict.replace(' ', '-')}")
        for place, (name, found) in enumerate(parts, 1)
        for verdict in LISTED
        if verdict in found["verdict"]
    ]
    findings[:1] = [replace(finding, method=METHOD) for finding in findings[:1]]  # it is the same for all
    intro = [f"{name}: {counted(found)}" for name, found in parts]
    point = _point(parts[0][1])
    return Page(key, title, short, intro=intro, findings=findings, points=[point], method=[(short, METHOD)], tells=RISK)


def counted(found: Findings) -> str:
    """How many figures were checked, and how many of them are of each verdict."""
    counts = Counter(found["verdict"])
    said = [
        f"{counts[verdict]} {WORDS.get(verdict, ('was set aside', 'were set aside'))[counts[verdict] != 1]}"
        for verdict in BY_CONCERN
        if counts[verdict]
    ]
    return f"of {number_of(len(found), 'figures')}, {joined(said)}."


def _part(found: Findings, verdict: str, name: str, key: str) -> Finding:
    """The claims of one verdict, a sentence each: where it is printed, what was found."""
    shown = remade(found, [row for row in rows_of(found) if row["verdict"] == verdict])
    return Finding(
        key=key,
        statement=f"{HEADS[verdict]}: {len(shown)} of {len(found)}",
        what=name,
        sentences=sentences(shown),
        findings=shown,
        method="",
        caption=f"{name}: {HEADS[verdict][:1].lower()}{HEADS[verdict][1:]}",
        drawn=False,
        listed=False,
    )


def _point(found: Findings) -> Point:
    wrong = found["verdict"].count(INCONSISTENT)
    checked = sum(verdict not in (CANNOT_TELL, "set aside", DERIVABLE) for verdict in found["verdict"])
    figures = "published figure" if checked == 1 else "published figures"
    follow = "does not follow" if wrong == 1 else "do not follow"
    return Point(f"{wrong} of {checked}", "", f"{figures} that could be checked {follow} from the others.")
