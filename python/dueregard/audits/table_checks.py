"""A published table held against itself: rows that add up, percentages of counts, totals, averages, gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from dueregard.audits.claim_tables import kinds
from dueregard.audits.claims import Claim, read_terms
from dueregard.audits.layouts import Layout
from dueregard.audits.outcomes import CONSISTENT, SET_ASIDE, Outcome, Row
from dueregard.audits.printed import blank
from dueregard.audits.sheets import Sheet
from dueregard.audits.unfinished import figure_in, place_of, repeats, unfinished


def check_table(sheet: Sheet, layout: Layout) -> list[Row]:
    """The outcomes of every check that the layout allows, then those that need no layout."""
    layout.check(sheet)
    labels = layout.labels(sheet)
    rows = [row for i in layout.body(sheet) for row in _row_checks(sheet, layout, labels, i)]
    rows += _exhaustive(sheet, layout)
    rows += _total_row(sheet, layout, labels)
    rows += _average_row(sheet, layout, labels)
    return [*rows, *unfinished(sheet, layout)]


def _row_checks(sheet: Sheet, layout: Layout, labels: Sequence[str | None], i: int) -> Iterator[Row]:
    """Whether the parts of a row add up, its percentage is that of its count, and its gap is possible."""
    cells, about = sheet.cells(i), labels[i]
    parts = [cells[name] for name in layout.parts]
    if layout.total is not None and not all(map(blank, parts)):
        terms = {"parts": parts, "total": _value(cells, layout.total)}
        yield _outcome(sheet, layout, i, layout.parts[0], "sum", terms, about)
    if layout.percent is not None and layout.of is not None and not blank(cells[layout.percent]):
        terms = {
            "count": _count(cells, layout.counted),
            "of": _value(cells, layout.of),
            "percent": cells[layout.percent],
        }
        yield _outcome(sheet, layout, i, layout.percent, "percent", terms, about)
    if layout.first is None or layout.second is None:
        return
    first, second = (_percents(cells[name]) for name in (layout.first, layout.second))
    if layout.gap is None:
        yield _outcome(sheet, layout, i, layout.first, "change", {"before": second, "after": first}, about)
    else:
        terms = {"first": first, "second": second, "gap": cells[layout.gap]}
        yield _outcome(sheet, layout, i, layout.gap, "gap", terms, about)


def _value(cells: Mapping[str, Any], name: Any) -> Any:
    """The cell of a column, or the one number that every row has."""
    return cells[name] if isinstance(name, str) else name


def _count(cells: Mapping[str, Any], names: Sequence[str]) -> Any:
    """The count that one or several columns hold; a cell that is no number is left to the claim to refuse."""
    if len(names) == 1:
        return cells[names[0]]
    total = 0
    for name in names:
        figure = figure_in(cells[name])
        if figure is None:
            return cells[name]
        total += int(figure.value)
    return total if names else None


def _percents(cell: Any) -> Any:
    """A cell of a column of percentages, as a percentage."""
    figure = figure_in(cell)
    return cell if figure is None or figure.percent else f"{figure.text}%"


def _outcome(
    sheet: Sheet, layout: Layout, i: int | None, column: str, kind: str, terms: dict[str, Any], about: str | None
) -> Row:
    """The outcome of one claim of a table; one that cannot be read is an error, or set aside."""
    place = sheet.whole() if i is None else place_of(sheet, i, column)
    labels = {"group": about}
    try:
        read = read_terms(kinds()[kind], terms, layout.decimals, layout.rounding)
        claim = Claim(kinds()[kind], read, place, labels, layout.rounding)
        return Row(claim.kind.check(claim), place, labels)
    except ValueError as error:
        if layout.strict:
            raise ValueError(f"column {column!r}: {error}" if i is None else sheet.error(i, error)) from None
        return Row(Outcome(kind, SET_ASIDE, f"set aside: {error}"), place, labels)


def _exhaustive(sheet: Sheet, layout: Layout) -> Iterator[Row]:
    """Whether the percentages of a list that leaves nothing out add up to 100."""
    if layout.exhaustive and layout.percent is not None:
        yield _of_rows(sheet, layout, partial(_whole_of_column, sheet, layout, layout.percent))


def _whole_of_column(sheet: Sheet, layout: Layout, column: str, rows: Sequence[int]) -> Row:
    cells = sheet.columns[column]
    parts = [cells[i] for i in rows if not blank(cells[i])]
    return _outcome(sheet, layout, None, column, "whole", {"parts": parts}, column)


def _of_rows(sheet: Sheet, layout: Layout, check: Callable[[Sequence[int]], Row]) -> Row:
    """A check of all rows together; of one that is not passed, what it comes to without the rows that stand twice."""
    rows = layout.parts_of_all(sheet)
    row = check(rows)
    again = {i: first for i, first in repeats(sheet).items() if i in rows}
    if not again or row.outcome.verdict in (CONSISTENT, SET_ASIDE):
        return row
    once = check([i for i in rows if i not in again]).outcome
    labels, column = layout.labels(sheet), layout.percent or next(iter(sheet.columns))
    twice = [
        f"{labels[i] or 'a row'} stands twice, at {place_of(sheet, first, column).text} and "
        f"{place_of(sheet, i, column).text}"
        for i, first in again.items()
    ]
    note = f"{row.outcome.note}; {'; '.join(twice)}: without {'it' if len(twice) == 1 else 'them'} {once.note}"
    return row._replace(outcome=row.outcome._replace(note=note))


def _total_row(sheet: Sheet, layout: Layout, labels: Sequence[str | None]) -> Iterator[Row]:
    """Whether the row of totals is what the other rows add up to, in every column of counts."""
    if layout.total_row is None:
        return
    at = labels.index(layout.total_row)
    for column in layout.counts:
        if not blank(sheet.columns[column][at]):
            row = _of_rows(sheet, layout, partial(_sum_of_column, sheet, layout, column, at))
            yield row._replace(outcome=row.outcome._replace(note=f"{column}: {row.outcome.note}"))


def _sum_of_column(sheet: Sheet, layout: Layout, column: str, at: int, rows: Sequence[int]) -> Row:
    """Whether the rows of a column add up to the cell of the row of totals, said without every cell of it."""
    cells = sheet.columns[column]
    parts = [cells[i] for i in rows if not blank(cells[i])]
    row = _outcome(sheet, layout, at, column, "sum", {"parts": parts, "total": cells[at]}, layout.total_row)
    if row.outcome.verdict == SET_ASIDE:
        return row
    note = f"the sum of {len(parts)} rows is {row.outcome.note.split(' is ')[-1]}"
    return row._replace(outcome=row.outcome._replace(note=note))


def _average_row(sheet: Sheet, layout: Layout, labels: Sequence[str | None]) -> Iterator[Row]:
    """Whether the row of averages is possible given the others, whose bases are their sizes where they are known."""
    if layout.average_row is None or layout.percent is None:
        return
    at = labels.index(layout.average_row)
    yield _of_rows(sheet, layout, partial(_average_of_column, sheet, layout, layout.percent, at))


def _average_of_column(sheet: Sheet, layout: Layout, column: str, at: int, among: Sequence[int]) -> Row:
    cells = sheet.columns[column]
    rows = [i for i in among if not blank(cells[i])]
    sizes: Any = layout.of
    if isinstance(layout.of, str):
        sizes = [sheet.columns[layout.of][i] for i in rows]
        sizes = None if any(map(blank, sizes)) else sizes
    terms = {"parts": [_percents(cells[i]) for i in rows], "sizes": sizes, "average": _percents(cells[at])}
    return _outcome(sheet, layout, at, column, "average", terms, layout.average_row)
