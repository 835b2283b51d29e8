"""The mean scores of areas or kinds of unit against the rest, as a gap chart draws them, and what it says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dueregard.publish.charts.alternatives import gap_words
from dueregard.publish.charts.gap_chart import gap_chart
from dueregard.publish.readings import clean, known, remade, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart

GROUP, UNTESTED = "Mean score", "too few to tell"


def as_gaps(findings: Findings) -> Findings:
    """The same rows with a name for what is compared; a group too small to test is one that cannot be told of."""
    rows = [
        row | {"group": GROUP, "verdict": row["verdict"] or UNTESTED} if row["row_type"] == "group" else row
        for row in rows_of(findings)
    ]
    return remade(findings, rows)


def compared_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Their gaps."""
    return gap_chart(as_gaps(findings), width=width, title=title, subtitle=subtitle, threshold=None)


def compared_words(findings: Findings) -> Alternative:
    """Whether the groups vary beyond chance, which is asked before any of them is looked at."""
    (by,) = findings.by
    groups = "kinds of unit" if by == "kind" else f"{clean(by)}s"
    spread = next(row for row in rows_of(findings) if row["row_type"] == "variation")
    if not known(spread["pvalue"]):
        title = f"Whether {groups} differ cannot be tested"
    elif spread["verdict"] == UNTESTED:
        title = f"It is not shown that {groups} differ in their mean scores"
    else:
        title = f"{groups[:1].upper()}{groups[1:]} vary in their mean scores beyond chance"
    words = gap_words(as_gaps(findings))
    return replace(words, title=title, subtitle="Mean score of units less that of the rest, in percentage points")
