"""CSV files coded as they are read: whatever the blocks, what Python's reader finds, and the same refusals."""

import csv
import io
import tracemalloc

import narwhals as nw
import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.records import csv_blocks

CELLS = st.text('ab",\n\u00e9\u20ac ', max_size=4)
ROUNDS = settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def rows_of(path, columns):
    """The cells of the columns, row by row, and how many bytes were gone through."""
    done = []
    found = []
    for block in csv_blocks.open_csv(str(path)).blocks(columns, done.append):
        texts = [[one.labels[code] for code in one.codes.tolist()] for one in block.columns.values()]
        assert {one.n_rows for one in block.columns.values()} == {block.height}
        found += zip(*texts, strict=True)
    return found, sum(done)


@ROUNDS
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6),
    block=st.integers(1, 40),
    most_rows=st.integers(1, 3),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.booleans(),
    blank=st.integers(0, 2),
    whole=st.booleans(),
)
def test_any_blocks_give_what_python_reads(tmp_path, monkeypatch, rows, block, most_rows, end, mark, blank, whole):
    monkeypatch.setattr(csv_blocks, "BLOCK", block)
    monkeypatch.setattr(csv_blocks, "MOST_ROWS", most_rows)
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator=end).writerows([["a", "b, b", "c"], *rows])
    text = file.getvalue() if whole else file.getvalue().removesuffix(end)
    path = tmp_path / "f.csv"
    header = "\ufeff" * mark + end * blank
    path.write_bytes((header + text).encode())
    found, n_bytes = rows_of(path, ["c", "b, b"])
    assert found == [(row[2], row[1]) for row in rows]
    first = len(f'a,"b, b",c{end}'.encode())
    assert n_bytes == max(len(text.encode()) - first, 0)


@pytest.mark.parametrize("block", [1, 2, 3, 7, 1 << 24])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a,b\nx,1\ny,2,3\n", "line 3 has 3 cells, the header 2"),
        (b"a,b\n" + b"x,1\n" * 9 + b"y\n", "line 11 has 1 cell, the header 2"),
        (b"a,b\nx,1\n\ny,2\n", "line 3 is blank"),
        (b'a,b\n"x,1\n', "line 2 cannot be read: unexpected end of data"),
        (b'a,b\nx,1\n"y"z,1\n', "line 3 has text after the quote"),
        (b"a,b\rx,1\ry,2\r", "line 1 ends in a carriage return alone"),
        (b"a,b\nx,caf\xe9\ny,2\n", "line 2 is not UTF-8"),
        (b"a,b\nx,\xe2\x82", "line 2 is not UTF-8"),
    ],
)
def test_what_is_wrong_is_named_by_its_line_in_the_file(tmp_path, monkeypatch, content, message, block):
    monkeypatch.setattr(csv_blocks, "BLOCK", block)
    (tmp_path / "f.csv").write_bytes(content)
    with pytest.raises(ValueError, match=rf"f\.csv: {message}"):
        dr.tally(tmp_path / "f.csv", "a")


def test_a_row_longer_than_can_be_held(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_blocks, "BLOCK", 64)
    monkeypatch.setattr(csv_blocks, "LONGEST_ROW", 200)
    (tmp_path / "f.csv").write_text("a,b\nx,1\n" + "x" * 1000 + ",1\n")
    with pytest.raises(ValueError, match=r"f\.csv: line 3 begins a row of more than 200 bytes"):
        dr.tally(tmp_path / "f.csv", "a")


@pytest.mark.parametrize("content", ["a,b", "a,b\n", "\n\na,b\n"])
def test_a_header_alone(tmp_path, content):
    (tmp_path / "f.csv").write_text(content)
    assert rows_of(tmp_path / "f.csv", ["a"]) == ([], 0)
    assert dr.tally(tmp_path / "f.csv", ["a", "b"]).counts.sum() == 0


def test_the_tally_is_that_of_polars_rows(tmp_path, monkeypatch):
    """The quick way, and the way that a filter or a weight column takes, over several files."""
    rng = np.random.default_rng(5)
    names = np.array(["Kew, west", "Sutton", "", 'the "Wells"', "é"])
    paths = []
    for i, n in enumerate((300, 0, 57)):
        frame = pl.DataFrame({"a": names[rng.integers(0, 5, n)], "b": names[rng.integers(0, 5, n)], "w": ["1"] * n})
        paths.append(tmp_path / f"{i}.csv")
        frame.write_csv(paths[-1])
    monkeypatch.setattr(csv_blocks, "BLOCK", 100)
    quick = dr.tally(paths, ["a", "b"])
    slow = dr.tally(paths, ["a", "b"], where=nw.col("w") == "1")
    assert quick.labels == slow.labels
    assert (quick.counts == slow.counts).all()
    keep, weight = rng.random(357) < 0.5, rng.random(357)
    quick = dr.tally(paths, ["a", "b"], where=keep, weight=weight)
    frame = pl.concat([pl.read_csv(path, infer_schema=False) for path in paths])
    slow = dr.tally(frame, ["a", "b"], where=keep, weight=weight)
    assert quick.labels == slow.labels
    assert (quick.counts == slow.counts).all()
    assert (quick.sums == slow.sums).all()


@pytest.mark.parametrize("wrong", [356, 358])
@pytest.mark.parametrize("name", ["where", "weight"])
def test_arrays_of_another_length(tmp_path, name, wrong):
    (tmp_path / "f.csv").write_text("a\n" + "x\n" * 357)
    values = np.ones(wrong, bool if name == "where" else float)
    with pytest.raises(ValueError, match=rf"{name} has {wrong} values and the files"):
        dr.tally(tmp_path / "f.csv", "a", **{name: values})


def test_a_blank_line_of_one_column_is_a_row(tmp_path):
    (tmp_path / "f.csv").write_text("a\nx\n\nx\n")
    assert dr.tally(tmp_path / "f.csv", "a").counts.tolist() == [2, 1]


def test_labels_of_codes_need_integers(tmp_path):
    (tmp_path / "f.csv").write_text("a\n1\n")
    with pytest.raises(TypeError, match="'a' is not a column of integers"):
        dr.tally(tmp_path / "f.csv", "a", labels={"a": ["x", "y"]})


def test_a_column_that_is_not_there_and_other_separators(tmp_path):
    (tmp_path / "f.csv").write_text("a;b\n1;2\n")
    with pytest.raises(ValueError, match=r"no column 'a' .* separated by commas but by ';'"):
        dr.tally(tmp_path / "f.csv", "a")


def test_wide_files_are_read_in_bounded_memory(tmp_path):
    """Blocks are let go: some hundred megabytes of rows take a few blocks."""
    line = ("x" * 90 + ",y\n").encode()
    (tmp_path / "f.csv").write_bytes(b"a,b\n" + line * 700_000)
    tracemalloc.start()
    try:
        assert dr.tally(tmp_path / "f.csv", ["a", "b"]).counts.sum() == 700_000
        assert tracemalloc.get_traced_memory()[1] < 5 * csv_blocks.BLOCK
    finally:
        tracemalloc.stop()
