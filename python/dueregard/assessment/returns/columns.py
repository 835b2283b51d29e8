"""The columns of a workbook, for whatever takes a table of responses."""

from pathlib import Path

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.response_table import Columns, by_header
from dueregard.assessment.returns import form
from dueregard.assessment.returns.cell_values import text_of
from dueregard.assessment.returns.opened import open_workbook
from dueregard.assessment.returns.read_rows import fault_of
from dueregard.assessment.returns.reading import read_workbook


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


def _plain(sheet: object, argument: str, path: Path) -> Columns:
    rows = [list(row) for row in sheet.iter_rows()]  # type: ignore[attr-defined]
    while rows and not any(text_of(cell.value) for cell in rows[-1]):
        rows.pop()
    for cell in (cell for row in rows for cell in row):
        if cell.data_type == "f":
            raise ValueError(
                f"{argument}: {path}, {cell.parent.title}!{cell.coordinate}: a formula; the value itself was expected"
            )
    header = [text_of(cell.value) for cell in rows[0]] if rows else []
    width = max((n for n, name in enumerate(header, 1) if name), default=0)
    body = [[cell.value for cell in row[:width]] for row in rows[1:]]
    return by_header([header[:width], *body] if rows else [], argument, path)
