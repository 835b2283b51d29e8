"""A dict of arrays: what is taken, and what is refused."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard import records

INTEGERS = ["i1", "u1", "<i2", ">i2", "<u2", "<i4", ">i4", "<u4", "<i8", ">i8", "<u8", ">u8", "?"]


def coded(data, name, **options):
    rows = next(records.read(data, [name], **options))
    return rows.code(0, rows.n_rows)


def counts_of(data, name, **options):
    found = dr.tally(data, name, **options)
    return dict(zip(found.labels[name], found.counts.tolist(), strict=True))


@pytest.mark.parametrize("dtype", INTEGERS)
@pytest.mark.parametrize("step", [1, -3])
def test_integers_are_their_own_labels_and_are_not_copied(dtype, step):
    array = np.array([3, 1, 0, 3, 3, 1, 0], dtype)[::step]
    array.flags.writeable = False
    batch = coded({"a": array}, "a")
    assert np.shares_memory(batch.columns[0].codes, array)
    low = int(array.min())
    levels = [False, True] if dtype == "?" else list(range(low, int(array.max()) + 1))
    assert batch.labels == [levels] and batch.columns[0].base == (0 if dtype == "?" else low)
    values, counts = np.unique(array, return_counts=True)
    assert counts_of({"a": array}, "a") == dict(zip(values.tolist(), counts.tolist(), strict=True))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-5, 70_000), min_size=1, max_size=40))
def test_integers_of_any_range(values):
    found = counts_of({"a": np.array(values, np.int64)}, "a")
    assert found == {value: values.count(value) for value in sorted(set(values))}


def test_unsigned_integers_above_the_signed_ones():
    array = np.array([2**64 - 1, 2**63, 2**64 - 1], np.uint64)
    assert counts_of({"a": array}, "a") == {2**63: 1, 2**64 - 1: 2}


def test_labels_make_integers_codes():
    data = {"a": np.array([2, 0, 2], np.int8)}
    batch = coded(data, "a", labels={"a": ["z", "y", "x"]})
    assert (batch.columns[0].base, batch.columns[0].n_levels, batch.ordered) == (0, 3, [True])
    assert counts_of(data, "a", labels={"a": ["z", "y", "x"]}) == {"z": 1, "y": 0, "x": 2}


def test_a_code_without_a_label_names_its_row():
    for value in (3, -1):
        with pytest.raises(IndexError, match=f"column 'a': code {value} at row 1 is outside 0 to 2"):
            dr.tally({"a": [0, value]}, "a", labels={"a": ["x", "y", "z"]})
        with pytest.raises(IndexError, match=f"column 'a': code {value} at row 1 is outside 0 to 2"):
            dr.tally({"a": [0, value]}, "a", labels={"a": ["x", "y", "z"]}, where=[False, True])
    assert dr.tally({"a": [0, 9]}, "a", labels={"a": ["x"]}, where=[True, False]).counts.tolist() == [1]


def test_labels_are_checked():
    with pytest.raises(ValueError, match="labels: 'b' is not one of the columns"):
        dr.tally({"a": [0]}, "a", labels={"b": ["x"]})
    with pytest.raises(ValueError, match="labels: 'a' needs a list of labels"):
        dr.tally({"a": [0]}, "a", labels={"a": []})
    with pytest.raises(ValueError, match="labels: 'a' needs a list of labels"):
        dr.tally({"a": [0]}, "a", labels={"a": {0: "x"}})
    with pytest.raises(TypeError, match=r"labels: 'a' holds \['x'\], which cannot be a label"):
        dr.tally({"a": [0]}, "a", labels={"a": [["x"]]})
    with pytest.raises(TypeError, match="labels must be a dict"):
        dr.tally({"a": [0]}, "a", labels=["x"])
    assert type(dr.tally({"a": [0]}, "a", labels={"a": np.array([7])}).labels["a"][0]) is int
    with pytest.raises(TypeError, match="column 'a' is of <U1, and only integers can be codes"):
        dr.tally({"a": np.array(["x"])}, "a", labels={"a": ["x"]})


def test_masks_are_honoured():
    integers = np.ma.array([7, 500, 8], mask=[0, 1, 0])
    assert counts_of({"a": integers}, "a") == {7: 1, 8: 1, "not stated": 1}
    text = np.ma.array(["x", "y", "z"], mask=[0, 1, 0])
    assert counts_of({"a": text}, "a") == {"x": 1, "z": 1, "not stated": 1}
    flags = np.ma.array([True, False], mask=[0, 1])
    assert counts_of({"a": flags}, "a") == {True: 1, "not stated": 1}
    codes = np.ma.array([0, 77, 1], mask=[0, 1, 0])
    assert counts_of({"a": codes}, "a", labels={"a": ["x", "y"]}) == {"x": 1, "y": 1, "not stated": 1}
    assert counts_of({"a": np.ma.array([1, 2], mask=[1, 1])}, "a") == {"not stated": 2}
    assert counts_of({"a": np.ma.array([1, 2])}, "a") == {1: 1, 2: 1}


@pytest.mark.parametrize("order", "<>")
def test_text_arrays_of_any_stride(order):
    array = np.array(["b", "a", "", "b", "naïve"]).astype(f"{order}U7")[::-1]
    assert counts_of({"a": array}, "a") == {"a": 1, "b": 2, "naïve": 1, "not stated": 1}


def test_lists_with_missing_values():
    assert counts_of({"a": [True, None, True]}, "a") == {True: 2, "not stated": 1}
    assert counts_of({"a": [4, None, 2]}, "a") == {2: 1, 4: 1, "not stated": 1}
    assert counts_of({"a": ["x", None, float("nan"), ""]}, "a") == {"x": 1, "not stated": 3}
    assert counts_of({"a": [None, None]}, "a") == {"not stated": 2}
    assert counts_of({"a": [2**62, -(2**62)]}, "a") == {-(2**62): 1, 2**62: 1}
    assert counts_of({"a": ("x", "y")}, "a") == {"x": 1, "y": 1}
    assert counts_of({"a": range(2)}, "a") == {0: 1, 1: 1}


def test_booleans_and_whole_numbers_may_come_as_objects():
    nan = float("nan")
    for nothing in (None, nan, np.float64("nan")):
        assert counts_of({"a": np.array([True, nothing, False], object)}, "a") == {False: 1, True: 1, "not stated": 1}
        assert counts_of({"a": [nothing, 3, 3]}, "a") == {3: 2, "not stated": 1}
    assert counts_of({"a": [np.True_, np.False_]}, "a") == {False: 1, True: 1}
    assert counts_of({"a": [np.int8(3), 2**63]}, "a") == {3: 1, 2**63: 1}
    masked = np.ma.array(np.array([True, "x", False], object), mask=[0, 1, 0])
    assert counts_of({"a": masked}, "a") == {False: 1, True: 1, "not stated": 1}
    codes = {"a": np.array([1, None], object)}
    assert counts_of(codes, "a", labels={"a": ["x", "y"]}) == {"x": 0, "y": 1, "not stated": 1}
    assert counts_of({"a": [None, None]}, "a", labels={"a": ["x"]}) == {"x": 0, "not stated": 2}


def test_numpy_strings_of_any_width():
    array = np.array(["x", "a longer text", "x"], np.dtypes.StringDType())
    assert counts_of({"a": array}, "a") == {"a longer text": 1, "x": 2}


def test_a_surrogate_and_a_zero_are_part_of_a_label():
    assert counts_of({"a": ["a\0", "a", "\ud800", "a\0"]}, "a") == {"a": 1, "a\0": 2, "\ud800": 1}


def test_empty_columns():
    for empty in ([], np.array([], np.int64), np.array([], "U1"), np.array([], object), np.array([], bool)):
        assert dr.tally({"a": empty}, "a").counts.sum() == 0
    assert dr.tally({"a": [], "w": []}, "a", weight="w").sums.sum() == 0


@pytest.mark.parametrize(
    "values, said",
    [
        (np.array([1.5]), "float64 cannot be used as groups; cut it"),
        ([1.5, 2.0], "a list of floats cannot be used as groups"),
        (np.array([1], "M8[D]"), r"datetime64\[D\] cannot be used as groups; turn dates"),
        (np.array([1j]), "complex128 cannot be used"),
        (np.zeros(1, "i4,i4"), "pass its fields as columns"),
        (np.array([b"x"]), "S1 cannot be used as groups; decode it"),
        (np.zeros((1, 2), int), "must have one dimension, not 2"),
        (np.array(3), "must have one dimension, not 0"),
        ("text", "str is not an array or a list"),
        (7, "int is not an array or a list"),
        (["x", 7], "row 1 holds int 7 where text is expected"),
        ([2**70], "row 0 holds int .*, which does not fit 64 bits"),
        ([-1, 2**63], "row 1 holds int .*, which does not fit 64 bits"),
        ([True, None, 2], "row 2 holds int 2 where a boolean is expected"),
        ([2, True], "row 1 holds bool True where a whole number is expected"),
        ([True, "x"], "row 1 holds str 'x' where a boolean is expected"),
        ([1, 1.0], "row 1 holds float 1.0 where a whole number is expected"),
    ],
)
def test_what_cannot_be_groups_is_refused_by_name(values, said):
    with pytest.raises(TypeError, match=f"column 'a'.*{said}"):
        dr.tally({"a": values}, "a")


def test_lengths_are_all_named():
    with pytest.raises(ValueError, match="'a' has 2, 'b' has 3, 'weight' has 1, 'where' has 4"):
        dr.tally({"a": [1, 2], "b": [1, 2, 3]}, ["a", "b"], weight=[1.0], where=[True] * 4)


def test_missing_columns_and_weights_are_named():
    with pytest.raises(ValueError, match="no column 'borogh' in the data; did you mean 'borough'"):
        dr.tally({"borough": [1]}, "borogh")
    with pytest.raises(ValueError, match=r"no column 'wieght' .*did you mean 'weight'"):
        dr.tally({"a": [1], "weight": [1.0]}, "a", weight="wieght")
    with pytest.raises(TypeError, match="weight 'w' must be numbers"):
        dr.tally({"a": [1], "w": ["1"]}, "a", weight="w")


def test_weights_of_any_numeric_kind():
    for dtype in ("i1", ">u4", "f2", "f4", ">f8", "i8"):
        array = np.array([1, 0, 2, 0, 4], dtype)[::2]
        assert dr.tally({"a": ["x", "y", "x"]}, "a", weight=array).sums.tolist() == [5.0, 2.0]


@pytest.mark.parametrize(
    "values", [[1, 2**53 + 1], [1.5, 2**70], np.array([1, 2**53 + 1]), np.array([1, 2**64 - 1], np.uint64)]
)
def test_whole_weights_that_floats_do_not_hold_are_refused(values):
    with pytest.raises(ValueError, match=r"weight 'w': \d+ at row 1 is a whole number above 2\*\*53"):
        dr.tally({"a": ["x", "y"], "w": values}, "a", weight="w")


def test_a_bad_weight_is_named_with_its_row_also_when_rows_are_left_out():
    data = {"a": ["x", "x", "y", "y"], "w": [1.0, np.nan, 1.0, -2.0]}
    with pytest.raises(ValueError, match=r"weight 'w': -2\.0 at row 3 is negative"):
        dr.tally(data, "a", weight="w", where=[True, False, True, True])
    assert dr.tally(data, "a", weight="w", where=[True, False, True, False]).sums.tolist() == [1.0, 1.0]
    with pytest.raises(ValueError, match="weight 'w': nan at row 1 is not a number"):
        dr.tally(data, "a", weight="w")


def test_a_name_that_would_end_the_process_is_refused():
    """Polars hands names on as C strings, and ends the process over a null character in one."""
    for data in ({"a\0b": ["x"]}, pl.DataFrame({"a\0b": ["x"]})):
        with pytest.raises(ValueError, match=r"column 'a\\x00b' has a null character in its name"):
            dr.tally(data, "a\0b")


def test_columns_must_be_names():
    for columns in (None, 3):
        with pytest.raises(TypeError, match="columns must be a name or a list of names"):
            dr.tally({"a": ["x"]}, columns)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    values=st.lists(st.sampled_from(["a", "b", "c", None]), min_size=1, max_size=50),
    data=st.data(),
)
def test_ranges_coded_apart_add_up(values, data):
    cut = data.draw(st.integers(0, len(values)))
    rows = next(records.read({"a": values}, ["a"]))
    found = []
    for start, stop in ((0, cut), (cut, len(values))):
        batch = rows.code(start, stop)
        column = batch.columns[0]
        found += [batch.labels[0][code - column.base] for code in column.codes.tolist()]
    assert found == values


def test_more_rows_than_32_bits_can_number():
    rows = records.Rows(2, [], first_row=2**31 + 5)
    assert rows.code(0, 2).n_rows == 2
    array = np.broadcast_to(np.array(["x"], object), (3,))
    column = next(records.read({"a": array}, ["a"])).columns[0][0]
    with pytest.raises(TypeError, match=f"row {2**33 + 1} holds int 7"):
        type(column)("a", np.array(["x", 7], object)).code(0, 2, 2**33, None)
