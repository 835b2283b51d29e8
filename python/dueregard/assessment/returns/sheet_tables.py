"""Sheets that a screen reader can walk: a title, a line on what to do, and one table; no merged or empty cells between.

Openpyxl's classes are made here once for all sheets, in `Looks`, when a workbook is written.
"""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from dueregard.assessment.returns.form import FIRST_ROW, HEADER_ROW, HINT_ROW, TITLE_ROW

LINE_HEIGHT = 16.0
"""Points of a line of text."""

LONGEST = 32_767
"""The most characters that a cell can hold."""


class Looks:
    """Fonts, borders and protection: Arial of 12 points; cells to fill in have a frame, and their headings say so."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        edge = Side(style="thin", color="505050")
        self.text = Font(name="Arial", size=12)
        self.title = Font(name="Arial", size=16, bold=True)
        self.heading = Font(name="Arial", size=12, bold=True)
        self.link = Font(name="Arial", size=12, underline="single", color="0B4F8A")
        self.wrapped = Alignment(wrap_text=True, vertical="top", horizontal="left")
        self.unwrapped = Alignment(wrap_text=False, vertical="top", horizontal="left")
        self.frame = Border(left=edge, right=edge, top=edge, bottom=edge)
        self.rule = Border(bottom=Side(style="thin", color="A0A0A0"))
        self.line = Border(bottom=Side(style="medium", color="202020"))
        self.paper = PatternFill("solid", start_color="FFF8DC")
        self.unlocked = Protection(locked=False)


def check_text(text: str, where: str) -> None:
    """Refuse text that a workbook cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if found := ILLEGAL_CHARACTERS_RE.search(text):
        raise ValueError(f"{where}: {text!r} holds the control character {found[0]!r}, which a workbook cannot hold")
    if len(text) > LONGEST:
        raise ValueError(f"{where}: {len(text):,} characters; a cell holds at most {LONGEST:,}")


def put(cell: Any, value: Any, looks: Looks, *, wrap: bool = True) -> Any:
    """A value in a cell; text stays text, also where it looks like a formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font = looks.text
    cell.alignment = looks.wrapped if wrap else looks.unwrapped
    return cell


def put_title(sheet: Any, title: str, hint: str, looks: Looks) -> None:
    """The title of a sheet and the line below it, which run on over empty cells."""
    put(sheet.cell(TITLE_ROW, 1), title, looks, wrap=False).font = looks.title
    put(sheet.cell(HINT_ROW, 1), hint, looks, wrap=False)
    for row, height in ((TITLE_ROW, 24), (HINT_ROW, 20), (HEADER_ROW, 20)):
        sheet.row_dimensions[row].height = height


def put_table(
    sheet: Any,
    header: Sequence[str],
    rows: Sequence[Sequence[Any]],
    widths: Sequence[float],
    looks: Looks,
    least: int = 1,
) -> None:
    """A table below the title: marked as one, with its header row frozen and repeated on every printed page.

    Rows are as high as their text, and at least as ``least`` lines.
    """
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    for column, (name, width) in enumerate(zip(header, widths, strict=True), 1):
        cell = put(sheet.cell(HEADER_ROW, column), name, looks)
        cell.font, cell.border = looks.heading, looks.line
        sheet.column_dimensions[get_column_letter(column)].width = width
    for n, values in enumerate(rows, FIRST_ROW):
        for column, value in enumerate(values, 1):
            put(sheet.cell(n, column), value, looks).border = looks.rule
        set_height(sheet, n, values, widths, least)
    last = f"{get_column_letter(len(header))}{HEADER_ROW + len(rows)}"
    table = Table(displayName=f"{sheet.title}_table", ref=f"A{HEADER_ROW}:{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 2)
    sheet.print_title_rows = f"{TITLE_ROW}:{HEADER_ROW}"


def set_height(sheet: Any, row: int, values: Sequence[Any], widths: Sequence[float], least: int = 1) -> None:
    """Make a row as high as the longest of its texts: not every program does so by itself when it opens a file."""
    texts = [(value, width) for value, width in zip(values, widths, strict=True) if isinstance(value, str)]
    lines = [sum(len(wrap(part, int(0.95 * width))) or 1 for part in text.split("\n")) for text, width in texts]
    sheet.row_dimensions[row].height = LINE_HEIGHT * max([least, *lines]) + 2


def open_to_fill(cell: Any, looks: Looks) -> None:
    """Let a cell be filled in."""
    cell.protection, cell.border, cell.fill = looks.unlocked, looks.frame, looks.paper


def finish(sheet: Any) -> None:
    """Protect a sheet without a password, columns and rows still free to be made wider; and set up its pages."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.autoFilter = False  # allowed
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&A, page &P of &N"
    sheet.sheet_view.zoomScale = 100
