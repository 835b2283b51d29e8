"""The columns of a workbook, for whatever takes a table of responses."""

from pathlib import Path
from typing import Any

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.response_table import Columns, by_header
from dueregard.assessment.returns import form
from dueregard.assessment.returns.cell_values import text_of
from dueregard.assessment.returns.opened import open_workbook
from dueregard.assessment.returns.read_rows import fault_of
from dueregard.assessment.returns.reading import read_workbook
from dueregard.records.workbooks import table_rows


def columns_of(path: Path, argument: str, framework: Framework | None) -> Columns:
    """A return as the columns of `form.COLUMNS`, or a workbook of one sheet as those that its first row names.

    A return that was not filled in states nothing, whatever it was sent out with.

    Raises
    ------
    ValueError
        If the workbook cannot be read, or a return is not as it was sent out; the message names the cell.
    """
    sheets = open_workbook(path).worksheets
    if len(sheets) == 1 and sheets[0].title != form.ANSWERS:
        return _plain(sheets[0], argument, path)
    read = read_workbook(path, framework)
    if fault := fault_of([read]):
        raise ValueError(f"{argument}: {fault}")
    rows = [read.columns(row) for row in read.rows]
    if read.is_blank:  # it may be filled in with the answers of an earlier round
        rows = [row | {"answer": None} for row in rows]
    return {name: [row[name] for row in rows] for name in form.COLUMNS}


def _plain(sheet: Any, argument: str, path: Path) -> Columns:
    """A table whose columns the first row names; rows and columns at the end that hold blanks alone are not there."""
    try:
        rows = table_rows(sheet, path)
    except ValueError as error:
        raise ValueError(f"{argument}: {error}") from None
    while rows and not any(_text(cell) for cell in rows[-1]):
        rows.pop()
    width = max((n for n, cell in enumerate(rows[0], 1) if _text(cell)), default=0) if rows else 0
    for place, cell in ((n, cell) for row in rows for n, cell in enumerate(row) if _text(cell)):
        where = f"{argument}: {path}, {sheet.title}!{cell.coordinate}"
        if cell.data_type == "f":
            raise ValueError(f"{where}: a formula; the value itself was expected")
        if place >= width:
            raise ValueError(f"{where}: {_text(cell)!r} in a column that the first row does not name")
    header = [_text(cell) for cell in rows[0][:width]] if rows else []
    body = [[None if cell is None else cell.value for cell in row[:width]] for row in rows[1:]]
    return by_header([header, *body] if rows else [], argument, path)


def _text(cell: Any) -> str:
    return "" if cell is None else text_of(cell.value)
