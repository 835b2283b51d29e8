"""What a bounds chart shows, in words: its headings and its text alternative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.charts.bounds_lines import Bounds, bounds_of
from dueregard.publish.levels import levels_of
from dueregard.publish.readings import clean, known, label, rows_of
from dueregard.publish.units.amounts import Unit, unit_of_rows

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative


def bounds_words(findings: Findings) -> Alternative:
    """The title says whether conclusions depend on the unknown cases; the description gives every range."""
    from dueregard.publish.charts.figure import Alternative

    panels = bounds_of(findings)
    if not panels:
        raise ValueError("findings: there is nothing to draw, every estimate and bound is missing")
    rows = rows_of(findings)
    reference = next((clean(row["reference"]) for row in rows if row.get("reference")), "the reference")
    unit = unit_of_rows(rows)
    lines = [(group, line) for group, panel in panels.items() for line in panel]
    title = findings.title or _title([line for _, line in lines])
    about = f"Bars of the range around a line at no difference from {reference}. "
    about += " ".join(_line_words(group, line, unit) for group, line in lines[:40])
    return Alternative(clean(title), _subtitle(findings, unit, reference), about)


def _title(lines: list[Bounds]) -> str:
    judged = [line for line in lines if line.holds is not None]
    firm = sum(bool(line.holds) for line in judged)
    if not judged:
        return "No conclusion to hold or to change"
    if len(judged) == 1:
        return f"The conclusion {'holds whatever the group' if firm else 'depends on the group'} of unknown cases"
    return f"{firm} of {len(judged)} conclusions hold whatever the group of unknown cases"


def _subtitle(findings: Findings, unit: Unit, reference: str) -> str:
    row = rows_of(findings)[0]
    level = next(iter(levels_of(rows_of(findings))), None)
    chance = f", with {100 * level:.10g}% limits" if level else ""
    lost = (
        f"{label(row['characteristic'])} not known for {row['unknown_percent']:.1f}% of {row.get('cases') or 'cases'}"
    )
    return clean(f"{lost}. {unit.measured(reference)}{chance}")


def _line_words(group: str, line: Bounds, unit: Unit) -> str:
    name = f"{group}, {line.label}" if group else line.label
    stated = unit.signed(line.stated) if known(line.stated) else "no estimate"
    if not (known(line.low) and known(line.high)):
        return f"{name}: {stated}."
    depends = "is not drawn" if line.holds is None else "holds" if line.holds else "depends on unknown cases"
    return f"{name}: {stated}, from {unit.marked_span(line.low, line.high)}; the conclusion {depends}."
