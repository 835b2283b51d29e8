"""A published table held against itself: rows, columns, totals, and what was left unfinished in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dueregard.audits.claim_tables import kinds
from dueregard.audits.claims import Claim, read_terms
from dueregard.audits.outcomes import CANNOT_TELL, INCONSISTENT, SET_ASIDE, Outcome, Place, Row
from dueregard.audits.printed import Printed, blank, printed, shown
from dueregard.audits.sheets import Sheet
from dueregard.hints import did_you_mean

PLACEHOLDER = re.compile(
    r"\b(?:to add (?:\w+ )?(?:details?|text|figures?|data)|tb[cad]|"
    r"to be (?:added|confirmed|completed|supplied|advised|provided)|"
    r"(?:good practice|data|figures?|text|details?|examples?) missing|insert (?:\w+ )?here|lorem ipsum|placeholder)\b"
    r"|^\W*(?:x{2,}|\?{2,}|\.{3,}|_{2,})%?\W*$|\bxx+%?(?=\W|$)",
    re.IGNORECASE,
)
"""What stands where a figure or a sentence was to be filled in."""
IN_PERCENT = re.compile(r"%|\bper ?cent|\bpercentages?\b|\bpct\b", re.IGNORECASE)


NEEDS = (
    ("total", "parts"), ("parts", "total"), ("of", "percent"), ("count", "of"), ("gap", "first"), ("first", "second"),
    ("second", "first"), ("exhaustive", "percent"), ("average_row", "percent"), ("total_row", "label"),
    ("average_row", "label"),
)  # fmt: skip
"""Arguments that say nothing without another."""


@dataclass(frozen=True)
class Layout:
    """What the columns of a table are: names of columns, or of `of`, `total` and `units` one number for every row."""

    label: str | None = None
    parts: Sequence[str] = ()
    total: Any = None
    count: str | Sequence[str] | None = None
    of: Any = None
    percent: str | None = None
    first: str | None = None
    second: str | None = None
    gap: str | None = None
    total_row: str | None = None
    average_row: str | None = None
    exhaustive: bool = False
    decimals: int | None = None
    rounding: str = "either"
    strict: bool = True


def is_placeholder(text: Any) -> bool:
    """Whether a text stands for one that was never written.

    >>> [is_placeholder(text) for text in ("Advisor to add detail", "TBC", "xx%", "Good practice missing", "Lambeth")]
    [True, True, True, True, False]
    """
    return isinstance(text, str) and PLACEHOLDER.search(text) is not None


def check_table(sheet: Sheet, layout: Layout) -> list[Row]:
    """The outcomes of every check that the layout allows, then those that need no layout."""
    _check_layout(sheet, layout)
    rows = [row for i in _body(sheet, layout) for row in _row_checks(sheet, layout, i)]
    return [
        *rows,
        *_column_checks(sheet, layout),
        *_total_row(sheet, layout),
        *_average_row(sheet, layout),
        *_plain(sheet, layout),
    ]


def _texts(columns: Any) -> list[str]:
    return [columns] if isinstance(columns, str) else list(columns or ())


def _named(layout: Layout) -> dict[str, list[str]]:
    """The columns that each argument names; a number names none."""
    said = {name: getattr(layout, name) for name in ("label", "parts", "count", "percent", "first", "second", "gap")}
    said |= {name: getattr(layout, name) for name in ("total", "of") if isinstance(getattr(layout, name), str)}
    return {name: _texts(columns) for name, columns in said.items()}


def _check_layout(sheet: Sheet, layout: Layout) -> None:
    for name, columns in _named(layout).items():
        for column in columns:
            if column not in sheet.columns:
                hint = did_you_mean(column, list(sheet.columns))
                raise ValueError(f"{name}: no column {column!r}{hint}; the columns are {', '.join(sheet.columns)}")
    for name, needed in NEEDS:
        if getattr(layout, name) not in (None, False, [], ()) and not getattr(layout, needed):
            raise ValueError(f"{name}: needs {needed}= too")
    for name in ("total_row", "average_row"):
        wanted = getattr(layout, name)
        if wanted is not None and _labels(sheet, layout).count(wanted) != 1:
            raise ValueError(
                f"{name}: {wanted!r} is the label of {_labels(sheet, layout).count(wanted)} rows, not of one"
            )


def _labels(sheet: Sheet, layout: Layout) -> list[str | None]:
    if layout.label is None:
        return [None] * sheet.n_rows
    return [None if blank(cell) else str(cell).strip() for cell in sheet.columns[layout.label]]


def _body(sheet: Sheet, layout: Layout) -> list[int]:
    """The rows that are parts: not the average, and not those without any figure."""
    apart = {layout.average_row} - {None}
    return [i for i, label in enumerate(_labels(sheet, layout)) if label not in apart]


def _parts_of_all(sheet: Sheet, layout: Layout) -> list[int]:
    apart = {layout.average_row, layout.total_row} - {None}
    return [i for i, label in enumerate(_labels(sheet, layout)) if label not in apart]


def _row_checks(sheet: Sheet, layout: Layout, i: int) -> Iterator[Row]:
    """Whether the parts of a row add up, its percentage is that of its count, and its gap is possible."""
    cells = sheet.cells(i)

    def value(name: Any) -> Any:
        return cells[name] if isinstance(name, str) else name

    parts = [cells[name] for name in layout.parts]
    if layout.total is not None and not all(map(blank, parts)):
        yield _claim(sheet, layout, i, layout.parts[0], "sum", {"parts": parts, "total": value(layout.total)})
    if layout.percent is not None and layout.of is not None and not blank(cells[layout.percent]):
        counts = _texts(layout.count)
        count = _added(cells, counts) if len(counts) > 1 else value(counts[0]) if counts else None
        terms = {"count": count, "of": value(layout.of), "percent": cells[layout.percent]}
        yield _claim(sheet, layout, i, layout.percent, "percent", terms)
    if layout.first is not None and layout.gap is not None:
        terms = {
            "first": _percents(cells[layout.first]),
            "second": _percents(cells[layout.second]),
            "gap": cells[layout.gap],
        }
        yield _claim(sheet, layout, i, layout.gap, "gap", terms)
    elif layout.first is not None:
        terms = {"before": _percents(cells[layout.second]), "after": _percents(cells[layout.first])}
        yield _claim(sheet, layout, i, layout.first, "change", terms)


def _added(cells: Mapping[str, Any], names: Sequence[str]) -> Any:
    """The count that several columns hold together; a cell that is no number is left to the claim to refuse."""
    try:
        return str(int(sum(printed(cells[name]).value for name in names)))
    except ValueError:
        return next(cells[name] for name in names if not _is_figure(cells[name]))


def _is_figure(cell: Any) -> bool:
    try:
        return not blank(cell) and bool(printed(cell))
    except ValueError:
        return False


def _percents(cell: Any) -> Any:
    """A cell of a column of percentages, as a percentage."""
    return f"{cell}%" if _is_figure(cell) and "%" not in str(cell) and not blank(cell) else cell


def _claim(sheet: Sheet, layout: Layout, i: int | None, column: str, kind: str, terms: dict[str, Any]) -> Row:
    """The outcome of one claim of a table; one that cannot be read is an error, or set aside."""
    place = Place(sheet.place(0).document) if i is None else _place(sheet, i, column)
    labels = {"group": column if i is None else _labels(sheet, layout)[i]}
    try:
        read = read_terms(kinds()[kind], terms, layout.decimals, layout.rounding)
        return Row(kinds()[kind].check(Claim(kinds()[kind], read, place, labels, layout.rounding)), place, labels)
    except ValueError as error:
        if layout.strict:
            where = sheet.error(i, error) if i is not None else f"column {column!r}: {error}"
            raise ValueError(where) from None
        return Row(Outcome(kind, SET_ASIDE, f"set aside: {error}"), place, labels)


def _place(sheet: Sheet, i: int, column: str) -> Place:
    """Where a cell stands; a table may say by itself where its rows were printed."""
    cells = sheet.cells(i)
    if not blank(cells.get("line")) and _is_figure(cells["line"]):
        document = None if blank(cells.get("document")) else str(cells["document"])
        return Place(document, int(printed(cells["line"]).value))
    return sheet.place(i, column)


def _column_checks(sheet: Sheet, layout: Layout) -> Iterator[Row]:
    """Whether the percentages of a list that leaves nothing out add up to 100."""
    if layout.exhaustive and layout.percent is not None:
        cells = [sheet.columns[layout.percent][i] for i in _parts_of_all(sheet, layout)]
        yield _claim(sheet, layout, None, layout.percent, "whole", {"parts": [c for c in cells if not blank(c)]})


def _total_row(sheet: Sheet, layout: Layout) -> Iterator[Row]:
    """Whether the row of totals is what the other rows add up to, in every column of counts."""
    if layout.total_row is None:
        return
    at = _labels(sheet, layout).index(layout.total_row)
    counts = [*layout.parts, *_texts(layout.count), *(n for n in (layout.total, layout.of) if isinstance(n, str))]
    for column in dict.fromkeys(counts):
        parts = [cell for i in _parts_of_all(sheet, layout) if not blank(cell := sheet.columns[column][i])]
        if not blank(sheet.columns[column][at]):
            row = _claim(sheet, layout, at, column, "sum", {"parts": parts, "total": sheet.columns[column][at]})
            said = row.outcome.note.partition(" is ")[2]
            yield replace_note(row, f"{column}: the sum of {len(parts)} rows is {said}")


def replace_note(row: Row, note: str) -> Row:
    """The row with another sentence."""
    return row if row.outcome.verdict == SET_ASIDE else row._replace(outcome=row.outcome._replace(note=note))


def _average_row(sheet: Sheet, layout: Layout) -> Iterator[Row]:
    """Whether the row of averages is possible given the others, whose bases are their sizes where they are known."""
    if layout.average_row is None or layout.percent is None:
        return
    at = _labels(sheet, layout).index(layout.average_row)
    rows = [i for i in _parts_of_all(sheet, layout) if not blank(sheet.columns[layout.percent][i])]
    sizes: Any = layout.of
    if isinstance(layout.of, str):
        sizes = [sheet.columns[layout.of][i] for i in rows]
        sizes = None if any(map(blank, sizes)) else sizes
    parts = [_percents(sheet.columns[layout.percent][i]) for i in rows]
    terms = {"parts": parts, "sizes": sizes, "average": _percents(sheet.columns[layout.percent][at])}
    yield _claim(sheet, layout, at, layout.percent, "average", terms)


def _plain(sheet: Sheet, layout: Layout) -> Iterator[Row]:
    """What any table can be asked: placeholders, empty columns, duplicates, impossible percentages and counts."""
    labels = _labels(sheet, layout)
    for column, cells in sheet.columns.items():
        if all(map(blank, cells)):
            place = (
                sheet.place(0, column)
                if sheet.letters and sheet.n_rows
                else Place(sheet.place(0).document if sheet.n_rows else None)
            )
            note = f"the column {column!r} is empty: there is nothing to check"
            yield Row(Outcome("empty column", CANNOT_TELL, note), place, {"group": column})
        for i, cell in enumerate(cells):
            if is_placeholder(cell):
                note = f"{column!r} holds a placeholder, not a figure or a text: {str(cell).strip()!r}"
                yield Row(Outcome("placeholder", INCONSISTENT, note), _place(sheet, i, column), {"group": labels[i]})
    yield from _duplicates(sheet, labels)
    yield from _impossible(sheet, layout, labels)


def _duplicates(sheet: Sheet, labels: Sequence[str | None]) -> Iterator[Row]:
    names = [name for name in sheet.columns if name not in ("document", "line")]
    keys = [tuple(str(sheet.columns[name][i]).strip() for name in names) for i in range(sheet.n_rows)]
    first = {key: i for i, key in reversed(list(enumerate(keys)))}
    several = Counter(keys)
    for i, key in enumerate(keys):
        if several[key] > 1 and first[key] != i:
            note = f"the row repeats that at {_place(sheet, first[key], names[0]).text}"
            yield Row(Outcome("duplicate row", INCONSISTENT, note), _place(sheet, i, names[0]), {"group": labels[i]})


def _impossible(sheet: Sheet, layout: Layout, labels: Sequence[str | None]) -> Iterator[Row]:
    """Percentages outside 0 to 100, of columns that say they are percentages, and counts that are not whole."""
    percents = {layout.percent, *(name for name in sheet.columns if IN_PERCENT.search(name))} - {None, layout.gap}
    counts = {*_texts(layout.count), *layout.parts, *(n for n in (layout.of, layout.total) if isinstance(n, str))}
    for column, cells in sheet.columns.items():
        for i, cell in enumerate(cells):
            if column in percents - counts or column in counts:
                figure = _figure(cell)
                found = _why_impossible(figure, column in counts) if figure else None
                if found and figure:
                    outcome = Outcome(found[0], INCONSISTENT, f"{column}: {found[1]}", printed=figure.value)
                    yield Row(outcome, _place(sheet, i, column), {"group": labels[i]})


def _figure(cell: Any) -> Printed | None:
    try:
        return None if blank(cell) else printed(cell)
    except ValueError:
        return None


def _why_impossible(figure: Printed, is_count: bool) -> tuple[str, str] | None:
    if is_count:
        if figure.percent or (figure.value.denominator == 1 and figure.value >= 0):
            return None
        return "count", f"{shown(figure.value)} is not a whole number of cases"
    if 0 <= figure.value <= 100:
        return None
    return "percentage", f"{shown(figure.value)}% is outside 0 to 100"
