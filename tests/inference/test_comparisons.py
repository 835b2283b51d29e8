"""dr.compare_proportions as users call it: shapes, flags, equivalence, and one clear error for each bad input."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.flags import Flag


def test_scalars_in_scalars_out():
    found = dr.compare_proportions(56, 70, 48, 80, method="wald")
    assert all(type(value) is float for value in found[:5])
    assert found.flag == Flag(0) and isinstance(found.flag, Flag)
    assert found.estimate == pytest.approx(0.2)


def test_all_arguments_broadcast_the_null_too():
    found = dr.compare_proportions([[56], [0]], 70, 48, 80, method="wald", null=[0.0, 0.1, -0.1])
    assert [np.shape(column) for column in found] == [(2, 3)] * 6
    one = dr.compare_proportions(0, 70, 48, 80, method="wald", null=-0.1)
    assert [column[1, 2] for column in found] == list(one)
    assert found.flag.dtype == np.int64


def test_no_tables_give_no_answers():
    found = dr.compare_proportions([], 70, 48, 80, method="wald")
    assert [np.shape(column) for column in found] == [(0,)] * 6


def test_flags_say_what_is_missing_or_small():
    found = dr.compare_proportions([0, 3, 30, 30], [0, 29, 30, 30], [1, 1, 0, 1], [30, 30, 0, 29], method="wald")
    expected = [Flag.NO_CASES, Flag.SMALL_BASE, Flag.NO_REFERENCE, Flag.SMALL_REFERENCE]
    assert found.flag.tolist() == [int(flag) for flag in expected]
    empty = [column[[0, 2]] for column in found[:5]]
    assert np.isnan(empty).all()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ((5, 4, 1, 4), "count1: 5 is above nobs1, which is 4 there"),
        ((1, 4, [1, 5], 4), "count2: 5 at index 1 is above nobs2, which is 4 there"),
        ((-1, 4, 1, 4), "count1: -1 is negative"),
        ((1, 4, 0.5, 4), "count2: 0.5 is not a whole number"),
        ((1, np.nan, 1, 4), "nobs1: nan is not a number"),
        ((1, 4, 1, [4, np.inf]), "nobs2: inf at index 1 is infinite"),
        ((1, 2**53 + 2, 1, 4), "nobs1: 9007199254740994 is above 2"),
        (([1, 2], [4, 4], [1, 2, 3], 4), r"count1, nobs1, count2, nobs2 and null: shapes \(2,\), \(2,\), \(3,\)"),
        ((np.ma.array([1, 2], mask=[0, 1]), 4, 1, 4), "count1: 2 at index 1 is masked"),
    ],
)
def test_bad_counts_are_named(arguments, problem):
    with pytest.raises(ValueError, match=problem):
        dr.compare_proportions(*arguments, method="wald")


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"measure": "gap"}, "measure: 'gap' is not one of 'difference', 'ratio', 'odds-ratio'"),
        ({"method": "katz"}, "method: 'katz' is not a method for the difference: 'score', .*'newcombe'"),
        ({"measure": "ratio", "method": "fisher"}, "method: 'fisher' is not a method for the ratio: 'score', .*'katz'"),
        ({"confidence_level": 1}, "confidence_level: 1 is not between 0 and 1"),
        ({"confidence_level": np.nan}, "confidence_level: nan is not between 0 and 1"),
        (
            {"alternative": "larger"},
            "alternative: 'larger' is not one of 'two-sided', 'less', 'greater', 'equivalence'",
        ),
        ({"null": 1}, "null: 1 is not between -1 and 1"),
        ({"null": [0, -1.0]}, "null: -1 at index 1 is not between -1 and 1"),
        ({"null": np.nan}, "null: nan is not a number"),
        ({"null": 0, "measure": "ratio"}, "null: 0 is not above 0"),
        ({"null": np.inf, "measure": "odds-ratio"}, "null: inf is infinite"),
        ({"alternative": "equivalence"}, r"null: None is not a pair \(low, high\)"),
        ({"alternative": "equivalence", "null": 0.1}, r"null: 0.1 is not a pair \(low, high\)"),
        ({"alternative": "equivalence", "null": (0.1, 0.1)}, r"null\[0\]: 0.1 is not below null\[1\]"),
        ({"alternative": "equivalence", "null": (-0.1, 1.5)}, r"null\[1\]: 1.5 is not between -1 and 1"),
    ],
)
def test_bad_options_are_named(options, problem):
    with pytest.raises(ValueError, match=problem):
        dr.compare_proportions(1, 4, 1, 4, **{"method": "score", **options})


@pytest.mark.parametrize(
    ("arguments", "options", "problem"),
    [
        (("1", 4, 1, 4), {}, "count1: '1' is not a number"),
        ((True, 4, 1, 4), {}, "count1: True is not a number"),
        ((1, 4, 1, 4), {"null": "0"}, "null: '0' is not a number"),
        ((1, 4, 1, 4), {"confidence_level": "0.95"}, "confidence_level: '0.95' is not a number"),
    ],
)
def test_what_is_not_a_number_is_named(arguments, options, problem):
    with pytest.raises(TypeError, match=problem):
        dr.compare_proportions(*arguments, **options)
