"""Weights that are negative, missing, infinite, tiny, huge, of no sum, or of types that are no numbers.

Items 6, 7, 8 and 11 of the list of nasty inputs. A weight has no NaN or infinity, so of item 6 there remain groups in
which every answer is missing.
"""

import math
from fractions import Fraction

import numpy as np
import pytest

import dueregard as dr

GROUPS = {"group": ["a", "a", "b"]}
GAP = {"outcome": "answer", "positive": "yes", "group": "group", "reference": "a"}


def summed(weight, **options):
    return dr.tally(GROUPS, "group", weight=weight, **options).sums.tolist()


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize(
    ("value", "said"),
    [
        (-1.0, "-1.0 at row 1 is negative"),
        (-5e-324, "-5e-324 at row 1 is negative"),
        (-math.inf, "-inf at row 1 is negative"),
        (math.nan, "nan at row 1 is not a number"),
        (math.inf, "inf at row 1 is infinite"),
    ],
)
def test_weights_that_are_none_are_named(value, said, threads):
    for dtype in ("f8", ">f8"):
        with pytest.raises(ValueError, match=f"weight 'weight': {said}"):
            summed(np.array([1, value, value], dtype), threads=threads)


@pytest.mark.parametrize("weight", [[1.0, None, 2.0], np.ma.array([1.0, 9.0, 2.0], mask=[0, 1, 0])])
def test_a_weight_that_is_not_there_is_named(weight):
    with pytest.raises(ValueError, match="weight 'weight': missing at row 1"):
        summed(weight)


def test_zero_tiny_and_huge_weights_are_summed_exactly():
    assert summed([-0.0, 0.0, 0.0]) == [0.0, 0.0]
    assert math.copysign(1, summed([-0.0, 0.0, 0.0])[0]) == 1
    assert summed([5e-324, 5e-324, 2.0**-1030]) == [1e-323, 2.0**-1030]
    assert summed([1e308, 5e-324, 0.1]) == [1e308, 0.1]
    tiny = dr.tally({"a": [1] * 4}, "a", weight=[1e308, 5e-324, 2**-53, 1.0])
    exact = sum(map(Fraction, [1e308, 5e-324, 2**-53, 1.0]))
    assert tiny.sums.tolist() == [float(exact)]


def test_a_sum_that_is_too_large_for_a_float_is_infinite_and_the_counts_are_not():
    found = dr.tally({"a": [1, 1]}, "a", weight=[1.7e308, 1.7e308])
    assert (found.sums.tolist(), found.squares.tolist(), found.counts.tolist()) == ([math.inf], [math.inf], [2])


def test_a_group_of_no_weight_has_no_value_and_says_why():
    data = {"group": ["a", "a", "b", "b"], "answer": ["yes", "no", "yes", "no"]}
    row = list(dr.gap(data, weight=[1.0, 1.0, 0.0, 0.0], **GAP).rows())[1]
    assert (row["group"], row["nobs"]) == ("b", 2)
    assert math.isnan(row["value"]) and math.isnan(row["estimate"])
    assert dr.Flag.ZERO_WEIGHT in row["flag"]


def test_a_group_without_an_answer_has_no_value_and_says_how_many_are_missing():
    data = {"group": ["a", "a", "b", "b"], "answer": ["yes", "no", None, ""]}
    row = list(dr.gap(data, **GAP).rows())[1]
    assert (row["count"], row["nobs"], row["outcome_missing"]) == (0, 0, 2)
    assert math.isnan(row["value"]) and dr.Flag.NO_CASES in row["flag"]


@pytest.mark.parametrize("dtype", ["i1", "u2", ">i4", "u8", "f2", ">f4", "f8", ">f8", "g"])
@pytest.mark.parametrize("step", [1, -1, 3])
def test_any_number_type_and_layout_gives_the_same_and_leaves_the_input_alone(dtype, step):
    room = np.zeros(9, dtype)
    weight = room[::step][:3]
    weight[...] = [3, 1, 2]
    weight.flags.writeable = False
    before = room.tobytes()
    assert summed(weight) == [4.0, 2.0]
    assert room.tobytes() == before
    assert summed(np.broadcast_to(np.float64(0.1), 3)) == [0.2, 0.1]


@pytest.mark.parametrize(
    "weight",
    [
        np.array([1, 2, 3], complex),
        np.array(["1", "2", "3"]),
        np.array([True, True, False]),
        np.array([1, 2, 3], "M8[D]"),
        np.array([1, 2, 3], "m8[s]"),
        np.array([b"1", b"2", b"3"]),
        np.zeros(3, "f8,f8"),
        np.array([object()] * 3),
    ],
    ids=lambda weight: str(weight.dtype),
)
def test_types_that_are_no_numbers_are_refused(weight):
    with pytest.raises(TypeError, match="weight 'weight' must be numbers"):
        summed(weight)


def test_numbers_that_a_double_does_not_hold_are_refused():
    for weight in (np.array([1, 2**53 + 1, 1]), np.array([1, 2**64 - 1, 1], np.uint64)):
        with pytest.raises(ValueError, match=rf"weight 'weight': {weight[1]} at row 1 is a whole number above 2\*\*53"):
            summed(weight)
    if np.finfo(np.longdouble).nmant > 52:
        third = np.array([1, 1, 1], np.longdouble) / np.array([1, 3, 1])
        with pytest.raises(
            ValueError, match=r"weight 'weight': 0\.33333.* at row 1 has more digits than a float64 holds"
        ):
            summed(third)
        with pytest.raises(ValueError, match="inf at row 0 is infinite"):
            summed(np.array(["1e4000", "1", "1"], np.longdouble))
