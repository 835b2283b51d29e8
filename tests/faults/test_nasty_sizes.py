"""Columns of different lengths, of no rows, of more rows than 32 bits can number, and tables larger than memory.

Items 4, 5, 9 and 10 of the list of nasty inputs, and of item 19 what a Tally can be given. The list lets scalars be
spread over the rows; the design has no such columns, so they are refused.
"""

import math
import subprocess
import sys

import numpy as np
import pytest

import dueregard as dr
from dueregard import memory

CODES = {"group": ["a", "b", "c"], "answer": ["yes", "no"]}


def test_lengths_that_differ_are_all_named():
    data = {"group": [0, 1, 2], "answer": np.zeros(2, int), "w": np.ones(5)}
    with pytest.raises(ValueError, match="'group' has 3, 'answer' has 2, 'w' has 5, 'where' has 4"):
        dr.tally(data, "group", outcome="answer", weight="w", where=np.ones(4, bool))


def test_nothing_is_spread_over_the_rows():
    with pytest.raises(ValueError, match="'group' has 3, 'answer' has 1"):
        dr.tally({"group": [0, 1, 2], "answer": [1]}, ["group", "answer"])
    with pytest.raises(TypeError, match="column 'answer': int is not an array or a list"):
        dr.tally({"group": [0, 1, 2], "answer": 1}, ["group", "answer"])
    for weight in (1.0, np.array(1.0), [1.0]):
        with pytest.raises(ValueError, match="weight"):
            dr.tally({"group": [0, 1, 2]}, "group", weight=weight)
    with pytest.raises((TypeError, ValueError), match="where"):
        dr.tally({"group": [0, 1, 2]}, "group", where=True)


def test_no_rows_are_counted_as_0():
    empty = {"group": np.array([], np.int8), "answer": np.array([], np.int8), "w": []}
    found = dr.tally(empty, "group", outcome="answer", weight="w", labels=CODES, threads=4)
    assert found.counts.tolist() == [[0, 0], [0, 0], [0, 0]]
    assert found.sums.tolist() == found.counts.tolist()
    assert dr.tally(empty, "group").counts.shape == (0,)
    assert dr.tally(empty, "group", outcome="answer").cube().counts.tolist() == [[0]]


def test_a_gap_of_no_rows_is_undefined_and_says_why():
    empty = {"group": np.array([], np.int8), "answer": np.array([], np.int8)}
    found = dr.gap(empty, outcome="answer", positive="yes", group="group", reference="a", labels=CODES)
    for row in found.rows():
        assert (row["count"], row["nobs"]) == (0, 0)
        assert math.isnan(row["value"]) and math.isnan(row["estimate"])
        assert dr.Flag.NO_CASES in row["flag"]


def test_a_group_without_rows_keeps_its_row_and_changes_no_other():
    data = {"group": np.array([0, 0, 1, 1]), "answer": np.array([0, 1, 0, 0])}
    options = {"outcome": "answer", "positive": "yes", "group": "group", "reference": "a"}
    found = dr.gap(data, labels=CODES, **options)
    without = dr.gap(data, labels=CODES | {"group": ["a", "b"]}, **options)
    rows, fewer = list(found.rows()), list(without.rows())
    assert [row["group"] for row in rows] == ["a", "b", "c"]
    assert math.isnan(rows[2]["value"]) and dr.Flag.EMPTY_GROUP in rows[2]["flag"]
    for row, same in zip(rows, fewer, strict=False):
        assert [row[name] for name in ("count", "nobs", "value")] == [same[name] for name in ("count", "nobs", "value")]


def test_a_group_needs_a_label():
    with pytest.raises(ValueError, match="labels: 'group' needs a list of labels"):
        dr.tally({"group": np.array([], int)}, "group", labels={"group": []})


MANY_ROWS = """
import resource
import numpy as np
import dueregard as dr
n = 2**31 + 10
dr.tally({"a": [1]}, "a", threads=2)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for options in ({"labels": {"a": ["x", "y"]}, "threads": 2}, {"threads": 1}):
    counts = dr.tally({"a": np.broadcast_to(np.int8(1), n)}, "a", **options).counts
    assert counts[-1] == n == counts.sum(), counts
try:
    dr.tally({"a": np.broadcast_to(np.int8(7), n)}, "a", labels={"a": ["x"]})
    raise SystemExit("no error")
except IndexError as error:
    assert "code 7 at row 0 " in str(error)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.slow
def test_more_rows_than_32_bits_can_number_need_no_memory():
    done = subprocess.run([sys.executable, "-c", MANY_ROWS], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 20_000, "kilobytes more than before"


@pytest.mark.parametrize("n_columns", [4, 5, 17])
def test_more_cells_than_memory_are_refused_before_anything_is_allocated(n_columns, monkeypatch):
    names = [f"c{i}" for i in range(n_columns)]
    labels = dict.fromkeys(names, range(1 << 16))
    zeros = np.zeros
    monkeypatch.setattr(np, "zeros", lambda n, *_: zeros(n, *_) if n == 1 else pytest.fail("allocated"))
    with pytest.raises(MemoryError, match=r"65,536 \(c0\) x 65,536 \(c1\) .* GiB are available"):
        dr.tally(dict.fromkeys(names, np.array([0], np.int8)), names, labels=labels, threads=1)


def test_as_many_labels_as_there_are_addresses_are_refused():
    with pytest.raises(MemoryError):
        dr.tally({"a": [0]}, "a", labels={"a": range(2**62)})


def test_a_table_is_measured_against_what_is_available(monkeypatch):
    monkeypatch.setattr(memory, "available", lambda: 1 << 26)
    data = {"a": np.array([0, 4095]), "b": np.array([0, 4095])}
    with pytest.raises(MemoryError, match=r"4,096 \(a\) x 4,096 \(b\) cells needs"):
        dr.tally(data, ["a", "b"])


def test_counts_that_are_no_counts_are_refused_by_cell():
    labels = {"group": ["a", "b"], "answer": ["yes", "no"]}
    with pytest.raises(ValueError, match="counts: -1 at group 'b', answer 'yes' is outside 0"):
        dr.Tally(np.array([[1, 2], [-1, 0]]), labels)
    with pytest.raises(ValueError, match="counts: 9223372036854775808 at group 'a', answer 'no' is outside 0"):
        dr.Tally(np.array([[1, 2**63], [1, 0]], np.uint64), labels)
    with pytest.raises(TypeError, match="counts must be integers, not float64"):
        dr.Tally(np.array([[1, 2.5], [1, 0]]), labels)
