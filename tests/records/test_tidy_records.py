"""Small published tables as columns with notes, and the numbers that their cells hold."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.records.known_files import TidyRecords
from dueregard.records.known_files.small_tables import number_in, read_table


def test_columns_keep_their_kind():
    table = TidyRecords({"area": ["N", None], "count": [1, 2], "percent": [1.5, float("nan")]}, notes=["Why."])
    assert [column.dtype for column in table.values()] == [object, np.int64, np.float64]
    assert (table.columns, table.n_rows, table.notes) == (("area", "count", "percent"), 2, ("Why.",))
    assert dr.tally(table, "area").labels == {"area": ["N", "not stated"]}
    assert table.to_frame()["area"].to_list() == ["N", None]


def test_no_rows():
    assert TidyRecords({"a": []}).n_rows == 0
    assert TidyRecords({}).n_rows == 0


def test_it_shows_its_notes_and_where_it_comes_from():
    table = TidyRecords({"a": ["x"]}, notes=["A note of words. " * 9], provenance="Synthetic: made up")
    shown = repr(table)
    assert shown.startswith("1 rows: a\nA note of words.")
    assert shown.endswith("Synthetic: made up")
    assert max(map(len, shown.splitlines())) <= 80
    assert dr.tally(table, "a").provenance == "Synthetic: made up"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234", 1234),
        ("508663.0", 508663),
        ("0", 0),
        ("1.5", 1.5),
        ("", None),
        ("N/A", None),
        ("..", None),
        ("*", None),
    ],
)
def test_numbers_and_marks(cell, number):
    assert number_in(cell) == number


@pytest.mark.parametrize("cell", ["1,23", "one", "1 234", "nan", "inf", "1;2"])
def test_what_is_no_number(cell):
    with pytest.raises(ValueError, match=f"'{cell}' is not a number"):
        number_in(cell)


def test_lines_are_numbered_through_cells_with_line_ends(tmp_path):
    (tmp_path / "t.csv").write_text('a,"b\nc"\n\n d  e ,f\n')
    assert [(line.number, line.cells) for line in read_table(tmp_path / "t.csv")] == [
        (1, ["a", "b c"]),
        (3, []),
        (4, ["d e", "f"]),
    ]


def test_a_table_that_is_too_large_is_something_else(tmp_path, monkeypatch):
    (tmp_path / "t.csv").write_text("a" * 20)
    monkeypatch.setattr("dueregard.records.known_files.small_tables.MOST_BYTES", 10)
    with pytest.raises(ValueError, match="20 bytes are more than a published table has"):
        read_table(tmp_path / "t.csv")
