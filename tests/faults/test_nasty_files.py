"""Files that are cut off, damaged, or change while they are read; and memory maps.

Item 16 of the list of nasty inputs: the library's own readers give an error; a map of the user's is read where it lies,
which `dr.tally` says of it. A file cut off between two lines cannot be told from a whole one.
"""

import subprocess
import sys

import numpy as np
import polars as pl
import pytest

import dueregard as dr
from dueregard.cli import main

ROWS = 3000


@pytest.fixture
def table():
    rng = np.random.default_rng(16)
    return pl.DataFrame({"borough": rng.choice(["Barnet", "Sutton"], ROWS), "answer": rng.choice(["yes", "no"], ROWS)})


@pytest.mark.parametrize("kept", [3, 8, 100, 0.5, -1, -8])
def test_a_parquet_file_that_is_cut_off(tmp_path, table, kept, capsys):
    path = tmp_path / "cut.parquet"
    table.write_parquet(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept) if kept == 0.5 else kept])
    with pytest.raises((ValueError, OSError), match=r"cut\.parquet"):
        dr.tally(path, "borough")
    assert main(["tally", str(path), "--by", "borough"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "cut.parquet" in said


@pytest.mark.parametrize("at", [60, 200])
def test_a_parquet_file_that_is_damaged(tmp_path, table, at):
    path = tmp_path / "damaged.parquet"
    table.with_columns(n=pl.Series(np.arange(ROWS) * 7919)).write_parquet(path)
    content = bytearray(path.read_bytes())
    content[at : at + 100] = bytes(100)
    path.write_bytes(content)
    try:
        assert dr.tally(path, ["borough", "answer", "n"]).counts.sum() == ROWS
    except (ValueError, OSError) as error:
        assert "damaged.parquet" in str(error)


@pytest.mark.parametrize("end", ["Sutt", 'Sutton,"ye', '"Sut'])
def test_a_csv_file_that_is_cut_off_in_a_line(tmp_path, table, end, capsys):
    path = tmp_path / "cut.csv"
    path.write_text(table.write_csv() + end)
    with pytest.raises(ValueError, match=rf"cut.csv: .*line {ROWS + 2}"):
        dr.tally(path, "borough")
    assert main(["tally", str(path), "--by", "borough"]) == 2
    assert f"line {ROWS + 2}" in capsys.readouterr().err


CUT_WHILE_READ = """
import os, sys
from dueregard import records
path = sys.argv[1]
try:
    for i, rows in enumerate(records.read(path, ["a", "b"])):
        rows.code(0, rows.n_rows)
        if i == 0:
            os.truncate(path, os.path.getsize(path) // 3)
except (ValueError, OSError) as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_file_that_is_cut_off_while_it_is_read_does_not_kill_the_process(tmp_path, suffix):
    path = tmp_path / f"large.{suffix}"
    frame = pl.DataFrame({"a": np.random.default_rng(1).integers(0, 10**6, 1_500_000)}).with_columns(b=pl.col("a") % 7)
    frame.write_csv(path) if suffix == "csv" else frame.write_parquet(path, row_group_size=100_000)
    done = subprocess.run([sys.executable, "-c", CUT_WHILE_READ, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_a_memory_map_is_read_where_it_lies(tmp_path):
    path = tmp_path / "codes.bin"
    np.arange(1000, dtype=np.uint8).tofile(path)
    before = path.read_bytes()
    for mode in ("r", "r+", "c"):
        mapped = np.memmap(path, np.uint8, mode)
        found = dr.tally({"a": mapped}, "a", threads=2)
        assert found.counts.sum() == 1000
        assert type(found.counts) is np.ndarray
        assert path.read_bytes() == before


def test_the_notes_say_what_a_memory_map_can_do():
    assert "memory map" in dr.tally.__doc__
