"""What would fill the memory is refused before it is built, and empty cells are not walked over."""

import re
import zipfile

import pytest

from dueregard.records.workbooks import held_rows, refuse_too_large, table_rows

openpyxl = pytest.importorskip("openpyxl")


@pytest.fixture
def book(tmp_path):
    """A workbook of two cells."""
    made = openpyxl.Workbook()
    made.active.append(["a", None, "b"])
    made.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def with_sheet(book, change):
    """The same workbook with another text of its sheet."""
    with zipfile.ZipFile(book) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    name = "xl/worksheets/sheet1.xml"
    held[name] = change(held[name].decode()).encode()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in held.items():
            parts.writestr(name, content)
    return book


def test_a_workbook_as_it_should_be_is_let_through(book):
    refuse_too_large(book)


def test_too_many_cells_are_refused_without_reading_on(book):
    cells = "<c/>" * 1_000_001
    with_sheet(book, lambda text: re.sub("<row.*</row>", f"<row>{cells}</row>", text))
    assert book.stat().st_size < 20_000
    with pytest.raises(ValueError, match=r"book.xlsx: more than 500,000 cells; save a table as .csv or .parquet$"):
        refuse_too_large(book)


@pytest.mark.parametrize("reference", ["A1:XFD1048576", "A1:XFD3000", "A:A", "1:20"])
@pytest.mark.parametrize(
    "joined", ['<mergeCells><mergeCell ref="{}"/></mergeCells>', '<hyperlinks><hyperlink ref="{}"/></hyperlinks>']
)
def test_ranges_that_would_make_their_cells_are_refused_by_name(book, reference, joined):
    added = joined.format(reference)
    with_sheet(book, lambda text: text.replace("</sheetData>", f"</sheetData>{added}"))
    with pytest.raises(ValueError, match=rf"book.xlsx, {reference}: more than 200,000 cells are merged or linked$"):
        refuse_too_large(book)


def test_a_heading_over_many_columns_may_be_merged(book):
    added = '<mergeCells><mergeCell ref="A1:XFD2"/><mergeCell ref="no range"/></mergeCells>'
    refuse_too_large(with_sheet(book, lambda text: text.replace("</sheetData>", f"</sheetData>{added}")))


def test_what_cannot_be_read_is_left_to_whatever_reads_it(book):
    content = bytearray(book.read_bytes())
    start = content.index(b"xl/worksheets/sheet1.xml") + 40
    content[start : start + 40] = b"\xff" * 40
    damaged = book.with_name("damaged.xlsx")
    damaged.write_bytes(content)
    refuse_too_large(damaged)
    refuse_too_large(with_sheet(book, lambda text: "<no"))
    refuse_too_large(with_sheet(book, lambda text: "\0picture"))
    book.write_text("no workbook")
    refuse_too_large(book)


def test_rows_hold_the_cells_that_hold_something(book):
    sheet = openpyxl.load_workbook(book).active
    sheet["XFD1048576"] = 0
    sheet["B7"].font = openpyxl.styles.Font(bold=True)
    found = {row: {column: cell.value for column, cell in cells.items()} for row, cells in held_rows(sheet).items()}
    assert found == {1: {1: "a", 3: "b"}, 1048576: {16384: 0}}


def test_a_table_is_the_rectangle_of_what_it_holds(book):
    sheet = openpyxl.load_workbook(book).active
    sheet["B3"] = 1
    sheet["A9"].font = openpyxl.styles.Font(bold=True)
    rows = table_rows(sheet, book)
    assert [[cell and cell.value for cell in row] for row in rows] == [["a", None, "b"], [None] * 3, [None, 1, None]]
    sheet["A400000"] = "far"
    with pytest.raises(
        ValueError, match=r"book.xlsx, Sheet!A400000: 'far' stands far from the other cells; one table of at most 1,000"
    ):
        table_rows(sheet, book)
    assert table_rows(openpyxl.Workbook().active, book) == []
