"""Columns as numbers of labels, row by row."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from dueregard.records.levels import identities, levels_of

TEXT = ["b", "a", None, "b", "not stated", "no answer"]


def read(column, keep=None, kinds=None, labels=None):
    (found,) = levels_of({"x": column}, ["x"], keep, kinds=kinds or {}, labels=labels)
    return [found.labels[code] for code in found.codes], found


@pytest.mark.parametrize(
    "column",
    [TEXT, np.array(TEXT, object), pd.Series(TEXT), pl.Series(TEXT), pa.chunked_array([TEXT[:2], TEXT[2:]]),
     pl.Series(TEXT[:3]).append(pl.Series(TEXT[3:]))],
    ids=lambda column: type(column).__module__,
)  # fmt: skip
def test_each_row_has_its_label_and_kinds_of_missing_are_last(column):
    seen, found = read(column, kinds={"no answer": "refused"})
    assert seen == ["b", "a", "not stated", "b", "not stated", "refused"]
    assert found.labels == ["a", "b", "not stated", "refused"]
    assert found.known.tolist() == [True, True, False, False]


def test_an_order_of_labels_is_kept_with_those_nobody_has():
    seen, found = read(pd.Categorical(["low", "high"], ["low", "middle", "high"], ordered=True))
    assert (seen, found.labels) == (["low", "high"], ["low", "middle", "high"])
    seen, found = read(np.array([1, 0, 1]), labels={"x": ["no", "yes"]})
    assert (seen, found.labels) == (["yes", "no", "yes"], ["no", "yes"])


def test_only_the_rows_kept_have_labels():
    seen, found = read(["a", "b", "c"], keep=np.array([True, False, True]))
    assert (seen, found.labels) == (["a", "c"], ["a", "c"])


def test_booleans_and_numbers():
    assert read(np.array([True, False]))[0] == [True, False]
    assert read(pa.chunked_array([[True, None, False]]))[0] == [True, "not stated", False]
    assert read(np.array([7, 3, 7]))[1].labels == [3, 7]


def who(column, keep=None, kinds=None):
    return identities({"x": column}, "x", keep, kinds=kinds or {})[0].tolist()


NOBODY = ["V1", None, "V2", "", "  ", "not stated", "V1", "UNK"]


@pytest.mark.parametrize(
    "column",
    [NOBODY, pd.Series(NOBODY), pl.Series(NOBODY), pa.chunked_array([NOBODY[:3], NOBODY[3:]])],
    ids=lambda column: type(column).__module__,
)
def test_blank_and_missing_persons_are_nobody(column):
    found = who(column, kinds={"UNK": "not collected"})
    assert [code == -1 for code in found] == [False, True, False, True, True, True, False, True]
    assert found[0] == found[6] != found[2]


def test_numbers_of_persons():
    assert who(np.array([10**12, 5, 10**12])) == [0, 1, 0] or who(np.array([10**12, 5, 10**12])) == [1, 0, 1]
    floats = who(np.array([10.0, np.nan, 10.0, 12.0]))  # what pandas makes of whole numbers with one missing
    assert floats[0] == floats[2] and floats[1] == -1 and floats[3] not in (-1, floats[0])
    assert who(np.array([0, 3, 3]), kinds={0: "not stated"})[0] == -1
    assert -1 not in who(np.array([0, 3]), kinds={False: "not stated"})


def test_fractions_are_no_persons():
    with pytest.raises(TypeError, match=r"'x'"):
        who(np.array([1.5, 2.0]))
