"""Which protected characteristics are collected with which measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dueregard.publish.readings import label
from dueregard.publish.report.pages.parts import RISK, Page, Point, bullets, joined, opened, text
from dueregard.publish.tables.cells import Column
from dueregard.publish.tables.tables import marked_table

SIGNS = {"collected": "●", "partly": "◐", "not": "○"}
WORDS = {"collected": "collected", "partly": "partly", "not": "not collected"}
Row = Mapping[str, Any]


def coverage(rows: Iterable[Row], notes: Sequence[str] = ()) -> Page:
    """The page of the matrix: a row for each characteristic, a column for each measure."""
    cells = list(rows)
    never = [name for name, found in _by_characteristic(cells).items() if all(c["status"] == "not" for c in found)]
    absent = sum(cell["status"] == "not" for cell in cells)
    partly = sum(cell["status"] == "partly" for cell in cells)
    said = (
        f"Of {len(cells)} pairs of a measure and a protected characteristic, {len(cells) - absent - partly} are "
        f"collected, {partly} partly and {absent} not."
    )
    never_said = (
        f" {opened(joined(never))} {'is' if len(never) == 1 else 'are'} not collected for any measure." if never else ""
    )
    html = f'<p class="sentence">{text(said + never_said)}</p>\n{_region(cells)}'
    if notes:
        html += bullets([opened(note) for note in notes], "notes")
    point = Point(
        f"{absent} of {len(cells)}",
        "",
        f"pairs of a measure and a protected characteristic are not collected.{never_said}",
    )
    method = " ".join(opened(note) for note in notes)
    return Page(
        "coverage",
        "What is collected, by protected characteristic",
        "What is collected",
        html=html,
        points=[point] if absent else [],
        method=[("What is collected", method)] if method else [],
        tells=RISK,
    )


def _by_characteristic(cells: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for cell in cells:
        found.setdefault(str(cell["characteristic"]), []).append(cell)
    return found


def _region(cells: Sequence[Row]) -> str:
    attributes = 'class="dueregard matrix" role="region" aria-labelledby="matrix" tabindex="0"'
    return f"<div {attributes}>{_matrix(cells)}</div>\n"


def _matrix(cells: Sequence[Row]) -> str:
    measures = list(dict.fromkeys(str(cell["measure"]) for cell in cells))
    rows = _by_characteristic(cells)
    status = {(c["characteristic"], c["measure"]): _cell(c) for c in cells}
    names = Column("characteristic", "Protected characteristic", False, [opened(name) for name in rows])
    others = [Column(m, label(m), False, [status.get((row, m), "[x]") for row in rows]) for m in measures]
    return marked_table(
        [names, *others], "matrix", "Measures by protected characteristic: collected, partly or not, and percent stated"
    )


def _cell(cell: Row) -> str:
    """The status as a sign and words, with the percentage that states it."""
    status = str(cell["status"])
    words = f"{SIGNS[status]} {WORDS[status]}"
    return words if status == "not" else f"{words} ({_percent(float(cell['percent_stated']))})"


def _percent(value: float) -> str:
    """Whole percents that say 100 only when it is all of them."""
    return f"{min(99, round(value)) if value < 100 else 100}%"
