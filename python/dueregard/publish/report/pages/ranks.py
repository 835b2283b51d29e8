"""The level of every area, with the ranks that it may have once areas are shown to differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.charts.chart import words_of
from dueregard.publish.readings import known, rows_of
from dueregard.publish.report.pages.parts import INFORMATION, Finding, Page, Point, joined
from dueregard.publish.report.pages.sampling import told
from dueregard.publish.sentences.rank_sentences import area_sentences
from dueregard.publish.sentences.sentences import sentences

if TYPE_CHECKING:
    from dueregard.findings import Findings

METHOD = (
    "Ranks are shown only where figures differ between areas by more than chance (Cochran's test, 5%), and with the "
    "interval of what they may be: as many areas as are surely better stand above, as many as are surely worse below. "
    "Without that some area would be called the worst every time, by chance."
)


def ranks(findings: Findings, *, key: str, title: str, short: str) -> Page:
    """The page of ranks alone."""
    finding = ranked(findings, key=f"{key}-table")
    return Page(key, title, short, findings=[finding], points=rank_points(findings), method=[(short, METHOD)],
                tells=INFORMATION)  # fmt: skip


def ranked(findings: Findings, *, key: str, first: tuple[str, ...] = (), method: str = "") -> Finding:
    """Areas with their figures and ranks: what is said of all of them, and each in chart and table."""
    words = words_of(findings)
    return Finding(
        key=key,
        statement=words.title,
        what=words.subtitle,
        sentences=[*first, *of_all_areas(findings)],
        findings=findings,
        method=told(METHOD, method),
        caption=f"Figures and ranks by {joined([name.replace('_', ' ') for name in findings.by])}",
    )


def of_all_areas(findings: Findings) -> list[str]:
    """The sentences on all areas together: what each area says is in the table."""
    each = area_sentences(findings)
    return [said for said in sentences(findings) if said not in each]


def are_shown(findings: Findings) -> bool:
    """Whether there is a rank that is not withheld."""
    return any(known(row["rank"]) for row in rows_of(findings, "group"))


def rank_points(findings: Findings) -> list[Point]:
    """In how many areas it cannot be told whether they are last."""
    rows = [row for row in rows_of(findings, "group") if known(row["rank"])]
    if len({row["group"] for row in rows}) != 1:
        return []
    last = [row for row in rows if row["joint_rank_high"] == row["compared_areas"]]
    if not last or not known(last[0]["compared_areas"]):
        return []
    return [Point(f"{len(last)} of {len(rows)}", "", "areas could be last; beyond chance the others are not.")]
