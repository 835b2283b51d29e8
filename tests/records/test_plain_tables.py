"""Small tables, cell by cell."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from dueregard.records.plain_tables import read

TABLE = {"group": ["a", "b", None], "n": [1, None, 3]}
WANT = {"group": ["a", "b", None], "n": [1, None, 3]}


@pytest.mark.parametrize(
    "make",
    [
        dict,
        lambda table: pd.DataFrame(table, dtype=object),
        lambda table: pd.DataFrame(table).astype({"n": "Int64", "group": "category"}),
        pl.DataFrame,
        pl.LazyFrame,
        pa.table,
        lambda table: {"group": pl.Series(table["group"]), "n": pd.Series(table["n"], dtype="Int64")},
        lambda table: {"group": np.array(table["group"], object), "n": np.ma.array([1, 0, 3], mask=[0, 1, 0])},
        lambda table: {name: pa.array(values) for name, values in table.items()},
    ],
)
def test_any_kind_of_table_gives_the_same_cells(make):
    table = read(make(TABLE), ["group", "n"])
    cells = {name: [None if cell != cell else cell for cell in cells] for name, cells in table.columns.items()}
    assert cells == WANT
    assert (table.n_rows, table.at(1)) == (3, "at row 1")


def test_a_csv_file_is_text_and_its_lines_have_numbers(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b'\xef\xbb\xbfgroup,n\r\na,"1,234"\r\n007,\r\n')
    table = read(path, ["group", "n"])
    assert table.columns == {"group": ["a", "007"], "n": ["1,234", None]}
    assert table.at(1) == "at row 1 (line 3)"


def test_several_files_are_one_table(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(f"group,n\n{name},1\n")
    table = read(tmp_path / "*.csv".replace("*", "[ab]"), ["n", "group"])
    assert table.columns == {"n": ["1", "1"], "group": ["a.csv", "b.csv"]}
    assert table.at(1) == "at row 1"


def test_a_parquet_file_keeps_its_types(tmp_path):
    pl.DataFrame(TABLE).write_parquet(tmp_path / "t.parquet")
    assert read(str(tmp_path / "t.parquet"), ["group", "n"]).columns == WANT


@pytest.mark.parametrize(
    "data, error, message",
    [
        ({"group": ["a"], "n": [1, 2]}, ValueError, "the columns differ in length: 'group' has 1, 'n' has 2"),
        ({"group": ["a"]}, ValueError, "no column 'n' in the table"),
        ({"group": "a", "n": [1]}, TypeError, "column 'group': str is not an array or a list"),
        ({"group": ["a"], "n": 1}, TypeError, "column 'n': int is not an array or a list"),
        (5, TypeError, "the table must be a dict of arrays, a data frame or a path, not int"),
        (pd.Series([1]), TypeError, "the table is one column"),
        (pd.DataFrame([[1, 2, 3]], columns=["group", "n", "n"]), ValueError, "two columns are named 'n'"),
        ("nowhere.csv", FileNotFoundError, "no file nowhere.csv"),
    ],
)
def test_what_is_no_table_is_refused(data, error, message):
    with pytest.raises(error, match=message):
        read(data, ["group", "n"])


@pytest.mark.parametrize(
    "text, message",
    [
        ("group,n,n\na,1,2\n", "two columns are named 'n'"),
        ("group,n\na,1,2\n", "line 2 has 3 cells, the header 2"),
        ("group;n\na;1\n", "not separated by commas but by ';'"),
        ("", "the file is empty"),
    ],
)
def test_a_broken_file_is_refused_by_name(tmp_path, text, message):
    path = tmp_path / "broken.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=message) as caught:
        read(path, ["group", "n"])
    assert "broken.csv" in str(caught.value)
