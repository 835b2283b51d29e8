"""What is not known of people's groups, and what it could change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.missing import is_missing
from dueregard.publish.charts.bounds_words import bounds_words
from dueregard.publish.readings import label, remade, rows_of
from dueregard.publish.report.pages.parts import RISK, Finding, Page, Point
from dueregard.publish.sentences.sentences import sentences

if TYPE_CHECKING:
    from dueregard.findings import Findings

METHOD = (
    "The comparison is made under every rule for cases whose group is not known: without them, in proportion to the "
    "stated ones, all of them in the reference, all in the group. The lowest and the highest possible value are those "
    "over every way in which they could be of any group; chance is no part of these. The conclusion holds where its "
    "direction is the same under all of them."
)
DECLARED = (
    "Those who state a characteristic among all who could, with Wilson's interval for chance variation in the process. "
    "People who do not answer and people who prefer not to say are counted apart."
)
COLUMNS = ("group", "assumption", "value", "reference_value", "estimate", "low", "high", "verdict")


def unknowns(
    findings: Findings,
    declared: Findings | None = None,
    *,
    key: str = "unknowns",
    title: str = "What is not known",
    short: str = "Unknowns",
) -> Page:
    """The page of what unknown groups could change, and of how many state each characteristic."""
    rows = [row for row in rows_of(findings, "group") if not is_missing(row["group"])]
    words = bounds_words(findings)
    parts = [
        Finding(
            key=f"{key}-bounds",
            statement=words.title,
            what=words.subtitle,
            sentences=sentences(findings),
            findings=remade(findings, rows),
            method=METHOD,
            caption=words.subtitle,
            table={"columns": [*findings.by, *COLUMNS]},
        )
    ]
    points = [_point(findings)]
    if declared is not None:
        parts.append(_declared(declared, key))
    method = [(title, METHOD), *([("Declaration", DECLARED)] if declared is not None else [])]
    return Page(key, title, short, findings=parts, points=[p for p in points if p], method=method, tells=RISK)


def _point(findings: Findings) -> Point | None:
    """The share of cases whose group is not known, and whether any conclusion depends on it."""
    rows = [row for row in rows_of(findings, "group") if row.get("unknown_cases")]
    if not rows:
        return None
    row = rows[0]
    groups = {each["group"]: each.get("holds") for each in rows}
    firm = sum(bool(holds) for holds in groups.values())
    text = (
        f"of {row.get('cases') or 'cases'} have no known group. Whatever their groups, the conclusion is the same for "
        f"{firm} of {len(groups)} groups compared."
    )
    return Point(f"{row['unknown_percent']:.1f}%", "", text)


def _declared(declared: Findings, key: str) -> Finding:
    rows = [row for row in rows_of(declared) if row["group"] == "stated"]
    lowest = min(rows, key=lambda row: row["value"])
    characteristic = label(lowest["characteristic"])
    shown = [{**row, "measure": label(row["characteristic"])} for row in rows_of(declared)]
    return Finding(
        key=f"{key}-declared",
        statement=f"{characteristic} is stated by the fewest: {lowest['value']:.0f}%",
        what="Percent of people who state each characteristic, and who do not",
        sentences=sentences(declared),
        findings=remade(declared, shown),
        method=DECLARED,
        caption="Declaration of protected characteristics",
        table={"columns": ["measure", "group", "count", "nobs", "value", "low", "high"],
               "headings": {"measure": "Characteristic", "group": "Answer"}},
    )  # fmt: skip
