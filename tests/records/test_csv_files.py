"""CSV files that would be counted wrongly are refused, with the file and the line."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.records import csv_files


def tally(folder, content, column="a"):
    path = folder / "f.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return dr.tally(path, column)


@pytest.mark.parametrize(
    "content, said",
    [
        ("a,b\nx,1\ny,2,3\n", "line 3 has 3 cells, the header 2; a text that holds a comma must stand in quotes"),
        ("a,b\nx,1\ny\n", "line 3 has 1 cell, the header 2"),
        ("a,b\nx,1\ny", "line 3 has 1 cell, the header 2"),
        ('a,b\n"x\nz",1\ny\n', "line 4 has 1 cell, the header 2"),
        ('a,b\n"x,1\n', "line 2 cannot be read: unexpected end of data"),
        ("a\nx\ny,2\n", "line 3 has 2 cells, the header 1"),
        ("a,b\nx,1\n\ny,2\n", "line 3 is blank"),
        ("a,b\nx,1\n\n", "line 3 is blank"),
        ("a,b\rx,1\ry,2\r", "line 1 ends in a carriage return alone"),
        ("a,b\nx,1\ry,2\n", "line 2 ends in a carriage return alone"),
        ("a,b\nx,caf\u00e9\n".encode("latin-1"), r"line 2 is not UTF-8 \(byte 0xE9\); it may be Latin-1"),
        ("a,\u00e9\nx,1\n".encode("latin-1"), r"line 1 is not UTF-8 \(byte 0xE9\); it may be Latin-1"),
        ("a,b\nx,1\n".encode("utf-16"), "line 1 is not UTF-8 .*; it looks like UTF-16"),
        ("\n\na,a\nx,1\n", "two columns are named 'a'"),
    ],
)
@pytest.mark.parametrize("block", [1, 8, 1 << 22])
def test_what_would_be_read_wrongly(tmp_path, content, said, block, monkeypatch):
    monkeypatch.setattr(csv_files, "BLOCK", block)
    with pytest.raises(ValueError, match=rf"f.csv: {said}"):
        tally(tmp_path, content)


@pytest.mark.parametrize(
    "content, counts",
    [
        ("a,b\nx,1\r\ny,2", {"x": 1, "y": 1}),
        ("\ufeffa,b\nx,1\n", {"x": 1}),
        ("\n\na,b\nx,1\n", {"x": 1}),
        ("a,b\n", {}),
        ("a,b", {}),
        ("a\nx\n\nx\n", {"x": 2, "not stated": 1}),
        ("a,b\n,\n", {"not stated": 1}),
        ('a,b\n"x, y",1\n"he said ""no""",2\n', {"x, y": 1, 'he said "no"': 1}),
        ('a,b\n"x\ny",1\n"z\ry",2\n', {"x\ny": 1, "z\ry": 1}),
        ('a,b,c\n5", 6" ,1\n', {'5"': 1}),
    ],
)
@pytest.mark.parametrize("block", [1, 8, 1 << 22])
def test_what_is_right_is_read(tmp_path, content, counts, block, monkeypatch):
    monkeypatch.setattr(csv_files, "BLOCK", block)
    found = tally(tmp_path, content)
    assert dict(zip(found.labels["a"], found.counts.tolist(), strict=True)) == counts


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(st.text('ab",\n\u00e9 ', max_size=4), min_size=3, max_size=3), max_size=6),
    block=st.integers(1, 40),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_pythons_own_writer_writes_is_right(tmp_path, monkeypatch, rows, block, end):
    monkeypatch.setattr(csv_files, "BLOCK", block)
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows([["a", "b", "c"], *rows])
    path = tmp_path / "f.csv"
    path.write_text(text.getvalue(), newline="")
    looked = []
    csv_files.check(str(path), 3, looked.append)
    assert sum(looked) == path.stat().st_size
    shape = csv_files._Shape(3)
    assert shape.fits(text.getvalue().encode()) and shape.ends()  # the quick way finds it right by itself
