"""Rows of a return that stand on sheets which were not sent out: a copy of the answers, or notes."""

from collections.abc import Mapping
from typing import Any

from dueregard.assessment.returns import form
from dueregard.assessment.returns.read_rows import ReadRow
from dueregard.assessment.returns.sheet_reading import Sheet, SheetCell

N_COLUMNS = len(form.ANSWER_HEADER)


def strays_of(sheets: Mapping[str, Sheet]) -> list[ReadRow]:
    """Every row of every sheet that was not sent out, each with its place."""
    others = [sheet for name, sheet in sheets.items() if name not in form.SHEETS]
    return [_stray(sheet, row) for sheet in others for row in sheet.every_row]


def _stray(sheet: Sheet, row: int) -> ReadRow:
    held = sheet.held(row)
    copied = [cell.text for cell in sheet.cells(form.HEADER_ROW, N_COLUMNS)] == form.ANSWER_HEADER
    values = raw(sheet.cells(row, N_COLUMNS)) if copied else {"answer": ", ".join(cell.text for cell in held)}
    fault = f"{held[0].where}: {held[0].text!r} on a sheet that was not sent out, where nothing was expected"
    return ReadRow(values, row, fault, is_stray=True)


def raw(cells: list[SheetCell]) -> dict[str, Any]:
    """What the cells of a row of answers hold, as text."""
    names = [*form.ASKED, *form.FILLED]
    texts = {name: cell.text or None for name, cell in zip(names, cells, strict=True)}
    return {name: texts[name] for name in ("indicator", *form.FILLED)}
