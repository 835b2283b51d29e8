"""CSV and Parquet files: what is read, and what is said when they cannot be."""

import csv
import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import narwhals as nw
import numpy as np
import polars as pl
import pytest

import dueregard as dr
from dueregard import records
from dueregard.records import files, progress

STOPS = Path(__file__).resolve().parents[3] / "shared/real/2016-06-metropolitan-stop-and-search.csv"


@pytest.fixture
def table():
    rng = np.random.default_rng(3)
    names = np.array(["Sutton", "Bexley", "Tower Hamlets, E1", ""])
    return {
        "borough": names[rng.integers(0, 4, 1000)].tolist(),
        "code": np.array(["007", "07", "7"])[rng.integers(0, 3, 1000)].tolist(),
        "weight": (rng.integers(1, 9, 1000) / 4).tolist(),
    }


def write(path, columns):
    frame = pl.DataFrame(columns)
    frame.write_csv(path) if path.suffix == ".csv" else frame.write_parquet(path)
    return path


def same(found, expected):
    assert found.labels == expected.labels
    assert np.array_equal(found.counts, expected.counts)


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".CSV"])
@pytest.mark.parametrize("as_text", [True, False])
def test_a_file_gives_the_tally_of_its_columns(tmp_path, table, suffix, as_text):
    path = tmp_path / f"records{suffix}"
    pl.DataFrame(table).write_parquet(path) if suffix == ".parquet" else pl.DataFrame(table).write_csv(path)
    data = str(path) if as_text else path
    expected = dr.tally(table, ["borough", "code"], weight="weight")
    found = dr.tally(data, ["borough", "code"], weight="weight")
    same(found, expected)
    assert np.array_equal(found.sums, expected.sums)
    assert records.native_of(data) is None


def test_batches_globs_lists_and_filters(tmp_path, table, monkeypatch):
    monkeypatch.setattr(files, "BATCH_ROWS", 64)
    halves = [{name: values[i::2] for name, values in table.items()} for i in range(2)]
    paths = [
        write(tmp_path / f"part-{i}{suffix}", half)
        for i, (half, suffix) in enumerate(zip(halves, (".csv", ".parquet"), strict=True))
    ]
    expected = dr.tally(table, "borough")
    same(dr.tally(paths, "borough"), expected)
    same(dr.tally(str(tmp_path / "part-*"), "borough"), expected)
    kept = dr.tally(paths, "borough", where=nw.col("code") == "007")
    same(kept, dr.tally(table, "borough", where=np.array(table["code"]) == "007"))
    joined = {name: halves[0][name] + halves[1][name] for name in table}
    mask = np.array(joined["code"]) == "07"
    same(dr.tally(paths, "borough", where=mask), dr.tally(joined, "borough", where=mask))
    weights = np.arange(1000.0)
    assert np.array_equal(
        dr.tally(paths, "borough", weight=weights).sums, dr.tally(joined, "borough", weight=weights).sums
    )


def test_dictionaries_in_parquet(tmp_path):
    values = pl.Series(["b", "a", None, "b"] * 50)
    for i, dtype in enumerate((pl.Categorical, pl.Enum(["b", "unused", "a"]))):
        path = tmp_path / f"{i}.parquet"
        pl.DataFrame({"a": values.cast(dtype)}).write_parquet(path)
        found = dr.tally(path, "a")
        assert found.margin("a").counts.sum() == 200
        labels = [["a", "b", "not stated"], ["b", "unused", "a", "not stated"]][i]
        assert found.labels["a"] == labels


def test_a_byte_order_mark_line_ends_and_quotes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'\xef\xbb\xbfborough,n\r\n"Kew, ""west""",1\r\nSutton,2\r\n')
    found = dr.tally(path, "borough")
    assert found.labels["borough"] == ['Kew, "west"', "Sutton"]


def test_a_header_alone_is_an_empty_table(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n")
    assert dr.tally(path, "a").counts.sum() == 0


@pytest.mark.parametrize(
    "name, content, error, said",
    [
        ("a.csv", b"", ValueError, "a.csv: the file is empty"),
        ("a.xlsx", b"x", ValueError, r"a.xlsx: its name must end in .csv or .parquet"),
        ("a.csv", b"borough,n\nSutton,1\n", ValueError, "no column 'brough' in .*a.csv; did you mean 'borough'"),
        ("a.csv", b"n,brough,n\n1,2,3\n", ValueError, "a.csv: two columns are named 'n'"),
        ("a.csv", b"brough,n\nK\xffln,1\n", ValueError, "a.csv: line 2 is not UTF-8"),
        ("a.parquet", b"not parquet at all", ValueError, "a.parquet: cannot be read"),
    ],
)
def test_files_that_cannot_be_used(tmp_path, name, content, error, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error, match=rf"(?i){said}"):
        dr.tally(path, "brough")


def test_files_that_are_not_there(tmp_path):
    (tmp_path / "records.csv").write_text("a\n1\n")
    with pytest.raises(FileNotFoundError, match=r"no file .*record.csv; did you mean .*records.csv"):
        dr.tally(tmp_path / "record.csv", "a")
    with pytest.raises(FileNotFoundError, match="no file matches"):
        dr.tally(str(tmp_path / "*.parquet"), "a")
    with pytest.raises(IsADirectoryError, match="is a folder; name its files"):
        dr.tally(tmp_path, "a")


@pytest.mark.parametrize(
    "text, said",
    [
        ("many", "'many' is not a number"),
        ("", "is missing"),
        ("nan", "'nan' is not a number"),
        ("-1", "'-1' is negative"),
        ("inf", "'inf' is infinite"),
        ("9007199254740993", r"'9007199254740993' is a whole number above 2\*\*53.*"),
    ],
)
def test_a_weight_that_is_no_number_names_its_line(tmp_path, text, said, monkeypatch):
    monkeypatch.setattr(files, "BATCH_ROWS", 2)
    path = tmp_path / "a.csv"
    path.write_text("a,w\n" + "y,1\n" + "x,1\n" * 5 + f"x,{text}\n" + f"y,{text}\n")
    for where in (None, nw.col("a") == "x"):
        with pytest.raises(ValueError, match=rf"a.csv: weight 'w' {said} at row 6 \(line 8\)"):
            dr.tally(path, "a", weight="w", where=where)


def test_weights_of_rows_that_are_not_counted_may_be_anything(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,w\nx,1.5\ny,many\nx,2\n,\n")
    found = dr.tally(path, "a", weight="w", where=nw.col("a") == "x")
    assert found.to_dict() == {"a": ["x"], "count": [2], "weight_sum": [3.5], "weight_squares": [6.25]}
    with pytest.raises(TypeError, match="where must say True or False for each row, not String"):
        dr.tally(path, "a", weight="w", where=nw.col("a"))


def test_the_largest_whole_weight(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"a,w\nx,{2**53}\n")
    assert dr.tally(path, "a", weight="w").sums.tolist() == [2.0**53]


def test_weights_beside_files_are_checked_like_any(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a\nx\ny\n")
    with pytest.raises(ValueError, match="weight 'weight' must have one dimension"):
        dr.tally(path, "a", weight=2.0)
    with pytest.raises(ValueError, match="weight 'weight': missing at row 1"):
        dr.tally(path, "a", weight=[1.0, None])


def test_a_filter_that_cannot_be_worked_out_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,n\nx,1\n")
    with pytest.raises(ValueError, match=r"a.csv: where cannot be worked out, in a file whose columns are all text"):
        dr.tally(path, "a", where=nw.col("n") == 1)


def test_a_file_that_is_named_twice_is_not_counted_twice(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a\nx\n")
    with pytest.raises(ValueError, match=r"a.csv: the file is named twice"):
        dr.tally([path, str(tmp_path / "*.csv")], "a")


def test_an_empty_path():
    with pytest.raises(FileNotFoundError, match="the path is empty"):
        dr.tally("", "a")


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_columns_that_are_separated_by_something_else(tmp_path, mark):
    path = tmp_path / "a.csv"
    path.write_text(f"a{mark}b\nx{mark}1\n")
    with pytest.raises(ValueError, match=r"no column 'a' in .*a\.csv\. It has .*; its columns are not separated by"):
        dr.tally(path, "a")


def test_a_missing_weight_in_parquet_names_its_row(tmp_path):
    path = tmp_path / "a.parquet"
    pl.DataFrame({"a": ["x"] * 3, "w": [1.0, 2.0, None]}).write_parquet(path)
    with pytest.raises(ValueError, match="weight 'w': missing at row 2"):
        dr.tally(path, "a", weight="w")


def test_lengths_of_arrays_beside_files(tmp_path, table):
    path = write(tmp_path / "a.csv", table)
    for option in (
        {"weight": np.ones(999)},
        {"weight": np.ones(1001)},
        {"where": [True] * 999},
        {"where": [True] * 1001},
    ):
        with pytest.raises(ValueError, match=r"(weight|where) has .* values and the (data|files)"):
            dr.tally(path, "borough", **option)


def test_without_polars_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ImportError, match=r"pip install 'dueregard\[files\]'"):
        dr.tally(tmp_path / "a.csv", "a")


def test_a_truncated_parquet_file(tmp_path, table):
    path = write(tmp_path / "a.parquet", table)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(ValueError, match=r"a.parquet: cannot be read"):
        dr.tally(path, "borough")


SCRIPT = "import sys, dueregard; dueregard.tally(sys.argv[1], 'borough')"
EVERY_SIZE = "import dueregard.records.progress as progress; progress.WORTH_SHOWING = 0; "


def test_no_progress_bar_where_nobody_watches(tmp_path, table):
    path = write(tmp_path / "a.csv", table)
    ran = subprocess.run([sys.executable, "-c", SCRIPT, path], capture_output=True, check=True)
    assert ran.stderr == b"" and ran.stdout == b""


def test_a_progress_bar_on_a_terminal(tmp_path, table):
    path = write(tmp_path / "a.csv", table)
    parent, child = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    ran = subprocess.Popen([sys.executable, "-c", EVERY_SIZE + SCRIPT, path], stderr=child, env=environment)
    os.close(child)
    shown = b""
    while True:
        try:
            piece = os.read(parent, 4096)
        except OSError:  # how Linux says that the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(parent)
    assert ran.wait() == 0
    assert b"Reading" in shown


def test_it_is_read_like_pythons_own_csv_reader(tmp_path):
    rows = [["a", "b"], ["x", "1"], ['q"u,o', "2"], ["two\nlines", "3"], [" spaces ", "4"], ["=cmd", "5"]]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path = tmp_path / "a.csv"
    path.write_text(text.getvalue(), newline="")
    assert set(dr.tally(path, "a").labels["a"]) == {row[0] for row in rows[1:]}


@pytest.mark.skipif(not STOPS.exists(), reason="the published stop and search file is not here")
def test_the_published_stop_and_search_file():
    found = dr.tally(STOPS, "Officer-defined ethnicity", outcome="Outcome").margin("Officer-defined ethnicity")
    counts = dict(zip(found.labels["Officer-defined ethnicity"], found.counts.tolist(), strict=True))
    assert counts == {"Asian": 1382, "Black": 4205, "Other": 305, "White": 4474, "not stated": 124}


def test_the_size_of_a_row_is_about_right(tmp_path, table):
    for name in ("a.csv", "a.parquet"):
        path = write(tmp_path / name, table)
        assert progress.size_of_a_row(str(path)) * 1000 == pytest.approx(path.stat().st_size, rel=0.05)
