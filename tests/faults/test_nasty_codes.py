"""Codes that stand for nothing, columns of types that are no groups, and layouts that are hard to read.

Items 1, 2, 3, 8, 11 and 12 of the list of nasty inputs. Where the list allows "TypeError/ValueError" for floats, the
design has TypeError: whole numbers in floats are told to become integers, never truncated.
"""

import itertools
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import dueregard as dr

NAMES = {"grade": ["PC", "Sgt", "Insp"]}
INTEGERS = ["i1", "u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8", ">u8"]


def tallied(values, **options):
    found = dr.tally({"grade": values}, "grade", **options)
    return dict(zip(found.labels["grade"], found.counts.tolist(), strict=True))


@pytest.mark.parametrize("threads", [1, 4])
@pytest.mark.parametrize("dtype", INTEGERS)
def test_the_first_code_without_a_label_is_named_before_anything_is_counted(dtype, threads):
    limits = np.iinfo(dtype)
    for bad in {limits.min, limits.max, 3} - set(range(3)):
        codes = np.zeros(50, dtype)
        codes[[17, 18, 44]] = bad, limits.max, bad
        before = codes.tobytes()
        with pytest.raises(IndexError, match=rf"column 'grade': code {bad} at row 17 is outside 0 to 2"):
            dr.tally({"grade": codes}, "grade", labels=NAMES, threads=threads)
        assert codes.tobytes() == before


def test_the_smaller_row_of_two_bad_columns_is_named():
    data = {"grade": np.array([0, 0, 9], np.int32), "year": np.array([0, -1, 0], np.int8)}
    with pytest.raises(IndexError, match="column 'year': code -1 at row 1"):
        dr.tally(data, ["grade", "year"], labels=NAMES | {"year": ["2010", "2011"]})


@pytest.mark.parametrize("value", [2.5, np.nan, 1e300, 1.0, -0.0, np.inf])
@pytest.mark.parametrize("dtype", ["f4", "f8", "g", "f2"])
@pytest.mark.parametrize("labels", [None, NAMES])
def test_floats_are_never_cut_to_codes(value, dtype, labels):
    with np.errstate(over="ignore"):
        values = np.array([0, value], dtype)
    with pytest.raises(TypeError, match=r"column 'grade'.*float"):
        dr.tally({"grade": values}, "grade", labels=labels)


@pytest.mark.parametrize("value", [2.5, 1e300, np.inf, Decimal(1), 1j, b"PC", ("PC",), 2**70])
@pytest.mark.parametrize("labels", [None, NAMES])
def test_what_is_no_code_among_codes_in_a_list_is_refused(value, labels):
    with pytest.raises(TypeError, match="column 'grade'"):
        dr.tally({"grade": [0, value]}, "grade", labels=labels)


@pytest.mark.parametrize("code", [2**63, 2**63 + 1, 2**64 - 1, 2**32])
def test_large_unsigned_codes_do_not_wrap(code):
    codes = np.array([1, code], np.uint64)
    with pytest.raises(IndexError, match=f"code {code} at row 1 is outside 0 to 2"):
        dr.tally({"grade": codes}, "grade", labels=NAMES)
    assert tallied(codes) == {1: 1, code: 1}


def layouts(values):
    """The same values by every combination of alignment, byte order and stride, and read-only."""
    for swapped, unaligned, step, read_only in itertools.product(
        [False, True], [False, True], [1, -1, 3], [False, True]
    ):
        dtype = values.dtype.newbyteorder() if swapped else values.dtype
        room = np.zeros(values.nbytes * abs(step) + 1, np.uint8)[unaligned:]
        room = room[: len(room) // dtype.itemsize * dtype.itemsize].view(dtype)
        laid = room[::step][: len(values)]
        laid[...] = values
        laid.flags.writeable = not read_only
        yield laid


@pytest.mark.parametrize("dtype", ["i1", "u2", "i4", "i8", "u8", "U4", "?"])
def test_any_layout_gives_the_same_and_leaves_the_input_alone(dtype):
    values = np.random.default_rng(8).integers(0, 2 if dtype == "?" else 40, 300).astype(dtype)
    expected = tallied(values)
    for laid in layouts(values):
        base = laid if laid.base is None else laid.base
        before = base.tobytes()
        assert tallied(laid, threads=3) == expected
        assert base.tobytes() == before


def test_stride_0_and_a_column_of_a_fortran_array():
    assert tallied(np.broadcast_to(np.int16(7), 1000), threads=4) == {7: 1000}
    table = np.asfortranarray(np.arange(12).reshape(3, 4) % 3)
    assert tallied(table[1]) == tallied(table[1].copy())
    assert tallied(table[:, 1]) == tallied(table[:, 1].copy())


@pytest.mark.parametrize("values", [np.int8(1), np.array(1), np.zeros((2, 2), int), np.zeros((0, 3), int)])
def test_a_column_has_one_dimension(values):
    with pytest.raises(TypeError, match=f"column 'grade' must have one dimension, not {np.ndim(values)}"):
        dr.tally({"grade": values}, "grade")


REFUSED = {
    "datetime64": np.array(["2011-05-01"], "M8[D]"),
    "timedelta64": np.array([1], "m8[s]"),
    "complex128": np.array([1 + 0j]),
    "complex64": np.array([1 + 0j], "c8"),
    "structured": np.zeros(1, "i4,i4"),
    "bytes": np.array([b"PC"]),
    "void": np.zeros(1, "V3"),
    "object": np.array([object()]),
    "objects beside codes": np.array([1, object()]),
}


@pytest.mark.parametrize("labels", [None, NAMES])
@pytest.mark.parametrize("values", REFUSED.values(), ids=REFUSED)
def test_types_that_are_no_groups_are_refused_by_name(values, labels):
    with pytest.raises(TypeError, match="column 'grade'"):
        dr.tally({"grade": values}, "grade", labels=labels)


@pytest.mark.parametrize("values", [*INTEGERS, "?", "U", "O", "T"])
def test_types_that_are_groups(values):
    kind = np.array(["a", "b"], "U") if values in "UOT" else np.array([1, 0])
    assert sum(tallied(kind.astype(np.dtypes.StringDType() if values == "T" else values)).values()) == 2


def test_masks_nullable_values_and_codes_of_minus_1_are_missing():
    expected = {"x": 1, "y": 1, "not stated": 2}
    codes = pd.Categorical.from_codes([0, -1, 1, -1], ["x", "y"])
    text = ["x", None, "y", None]
    forms = [
        codes,
        np.ma.array(["x", "?", "y", "?"], mask=[0, 1, 0, 1]),
        pd.array(text, "string"),
        pd.array(text, pd.ArrowDtype(pa.string())),
        pl.Series(text),
        pa.array(text),
        pa.chunked_array([text[:1], text[1:]]),
    ]
    for values in forms:
        assert tallied(values) == expected
    numbers = {1: 1, 2: 1, "not stated": 1}
    for values in (pd.array([1, None, 2], "Int8"), pl.Series([1, None, 2]), np.ma.array([1, 99, 2], mask=[0, 1, 0])):
        assert tallied(values) == numbers
    assert tallied(np.array([-1, 1, -1])) == {-1: 2, 1: 1}  # missing in categoricals alone


def test_unused_categories_stay_with_a_count_of_0_in_their_order():
    values = pd.Categorical(["mid", None], categories=["low", "mid", "high"])
    assert list(tallied(values).items()) == [("low", 0), ("mid", 1), ("high", 0), ("not stated", 1)]
    assert tallied(values[:0]) == {"low": 0, "mid": 0, "high": 0}


@pytest.mark.parametrize("ordered", [False, True])
def test_categories_that_are_there_twice_are_one_label(ordered):
    values = pa.DictionaryArray.from_arrays([0, 1, 2, None], ["x", "x", "y"], ordered=ordered)
    assert tallied(values) == {"x": 2, "y": 1, "not stated": 1}
    assert tallied(np.array([0, 1]), labels={"grade": ["x", "x"]}) == {"x": 2}
