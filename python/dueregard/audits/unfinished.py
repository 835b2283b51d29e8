"""What any table can be asked: placeholders, empty columns, rows printed twice, impossible percentages and counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from dueregard.audits.layouts import Layout
from dueregard.audits.outcomes import CANNOT_TELL, INCONSISTENT, Outcome, Place, Row
from dueregard.audits.printed import Printed, blank, printed, shown
from dueregard.audits.sheets import Sheet

PLACEHOLDER = re.compile(
    r"\b(?:to add (?:\w+ )?(?:details?|text|figures?|data)|tb[cad]|"
    r"to be (?:added|confirmed|completed|supplied|advised|provided)|"
    r"(?:good practice|data|figures?|text|details?|examples?) missing|insert (?:\w+ )?here|lorem ipsum|placeholder)\b"
    r"|^\W*(?:x{2,}|\?{2,}|\.{3,}|_{2,})%?\W*$|\bxx+%?(?=\W|$)",
    re.IGNORECASE,
)
"""What stands where a figure or a sentence was to be filled in."""
IN_PERCENT = re.compile(r"%|\bper ?cent|\bpercentages?\b|\bpct\b", re.IGNORECASE)


def is_placeholder(text: Any) -> bool:
    """Whether a text stands for one that was never written.

    >>> [is_placeholder(text) for text in ("Advisor to add detail", "TBC", "xx%", "Good practice missing", "Lambeth")]
    [True, True, True, True, False]
    """
    return isinstance(text, str) and PLACEHOLDER.search(text) is not None


def figure_in(cell: Any) -> Printed | None:
    """The figure that a cell holds; None if it is blank or no number."""
    try:
        return None if blank(cell) else printed(cell)
    except ValueError:
        return None


def place_of(sheet: Sheet, i: int, column: str) -> Place:
    """Where a cell stands; a table may say by itself where its rows were printed."""
    cells = sheet.cells(i)
    line = figure_in(cells.get("line"))
    if line is None:
        return sheet.place(i, column)
    document = None if blank(cells.get("document")) else str(cells["document"])
    return Place(document, int(line.value))


def unfinished(sheet: Sheet, layout: Layout) -> Iterator[Row]:
    """The outcomes of every check that needs no layout."""
    labels = layout.labels(sheet)
    for column, cells in sheet.columns.items():
        for i, cell in enumerate(cells):
            if is_placeholder(cell):
                note = f"{column!r} holds a placeholder, not a figure or a text: {str(cell).strip()!r}"
                yield Row(Outcome("placeholder", INCONSISTENT, note), place_of(sheet, i, column), {"group": labels[i]})
    yield from _empty(sheet)
    yield from _duplicates(sheet, labels)
    yield from _impossible(sheet, layout, labels)


def _empty(sheet: Sheet) -> Iterator[Row]:
    for column, cells in sheet.columns.items():
        if all(map(blank, cells)):
            note = f"the column {column!r} is empty: there is nothing to check"
            yield Row(Outcome("empty column", CANNOT_TELL, note), sheet.whole(), {"group": column})


def repeats(sheet: Sheet) -> dict[int, int]:
    """The rows that are printed again, each with the first that is the same in every cell.

    >>> repeats(Sheet({"area": ["A", "B", "A"], "met": [1, 2, 1]}))
    {2: 0}
    """
    names = _own_columns(sheet)
    first: dict[tuple[str, ...], int] = {}
    keys = [tuple(str(sheet.columns[name][i]).strip() for name in names) for i in range(sheet.n_rows)]
    return {i: first[key] for i, key in enumerate(keys) if first.setdefault(key, i) != i}


def _own_columns(sheet: Sheet) -> list[str]:
    """The columns that say something else than where the row was printed."""
    return [name for name in sheet.columns if name not in ("document", "line")] or list(sheet.columns)


def _duplicates(sheet: Sheet, labels: Sequence[str | None]) -> Iterator[Row]:
    column = _own_columns(sheet)[0]
    for i, first in repeats(sheet).items():
        note = f"the row repeats that at {place_of(sheet, first, column).text}"
        yield Row(Outcome("duplicate row", INCONSISTENT, note), place_of(sheet, i, column), {"group": labels[i]})


def _impossible(sheet: Sheet, layout: Layout, labels: Sequence[str | None]) -> Iterator[Row]:
    """Percentages outside 0 to 100, of columns that say they are percentages, and counts that are not whole."""
    counts = set(layout.counts)
    percents = {layout.percent, *(name for name in sheet.columns if IN_PERCENT.search(name))} - {layout.gap} - counts
    for column in (name for name in sheet.columns if name in counts | percents):
        why = _why_no_count if column in counts else _why_no_percentage
        for i, cell in enumerate(sheet.columns[column]):
            figure = figure_in(cell)
            if figure is not None and (note := why(figure)):
                measure = "count" if column in counts else "percentage"
                outcome = Outcome(measure, INCONSISTENT, f"{column}: {note}", printed=figure.value)
                yield Row(outcome, place_of(sheet, i, column), {"group": labels[i]})


def _why_no_count(figure: Printed) -> str:
    whole = figure.percent or figure.unit > 1 or (figure.value.denominator == 1 and figure.value >= 0)
    return "" if whole else f"{shown(figure.value)} is not a whole number of cases"


def _why_no_percentage(figure: Printed) -> str:
    return "" if 0 <= figure.value <= 100 else f"{shown(figure.value)}% is outside 0 to 100"
