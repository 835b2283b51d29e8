"""Shares of drivers: R's values, laws, what is held equal, batches, and every bad input."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.inference.importance.relative_importance import importance_of

SWISS = json.loads((Path(__file__).parent / "r_relative_importance.json").read_text())["swiss"]
X = np.array([[row[name] for name in SWISS["names"]] for row in SWISS["data"]], float)
Y = np.array([row["Fertility"] for row in SWISS["data"]])
SHARED_OUT = ("lmg", "pratt", "johnson")
SHARES = (*SHARED_OUT, "first", "last")


def sample(seed, k, n=60):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, k)) @ rng.normal(size=(k, k)) + rng.normal(size=(n, 1)) + 3
    return x, x @ rng.normal(size=k) + 2 * rng.normal(size=n)


def crossed(x, y, weight=1.0):
    rows = np.column_stack([np.ones(len(x)), x, y])
    return (rows * np.broadcast_to(weight, len(x))[:, np.newaxis]).T @ rows


def r_squared(x, y, weight=None):
    weight = np.ones(len(y)) if weight is None else weight
    root = np.sqrt(weight)
    full = np.column_stack([np.ones(len(y)), x])
    residual = y - full @ np.linalg.lstsq(full * root[:, np.newaxis], y * root)[0]
    centred = y - np.average(y, weights=weight)
    return 1 - (weight @ residual**2) / (weight @ centred**2)


def assert_same(found, expected, atol=1e-11):
    for name, a, b in zip(found._fields, found, expected, strict=True):
        np.testing.assert_allclose(a, b, rtol=0, atol=atol, err_msg=name)


@pytest.mark.parametrize("name", SHARES)
def test_swiss_fertility_is_rs(name):
    found = dr.relative_importance(X, Y)
    np.testing.assert_allclose(getattr(found, name), SWISS[name], rtol=0, atol=1e-8)


def test_the_other_numbers_of_swiss_are_rs():
    found = dr.relative_importance(X, Y)
    assert found.r_squared == pytest.approx(SWISS["R2"], abs=1e-12)
    np.testing.assert_allclose(found.standardised**2, SWISS["betasq"], rtol=0, atol=1e-8)
    np.testing.assert_allclose(found.lmg / found.r_squared, SWISS["lmg_rel"], rtol=0, atol=1e-8)
    assert found.control_r_squared == 0


SEEDS = st.integers(0, 2**32 - 1)


@st.composite
def questions(draw):
    """Some columns, of which some are held equal and the others belong to drivers."""
    k = draw(st.integers(1, 6))
    place = draw(st.lists(st.integers(0, 3), min_size=k, max_size=k).filter(lambda places: max(places) > 0))
    groups = [[c for c in range(k) if place[c] == driver] for driver in range(1, 4)]
    return k, [group for group in groups if group], [c for c in range(k) if place[c] == 0]


@settings(max_examples=80, deadline=None)
@given(questions(), SEEDS)
def test_each_part_is_what_regressions_say(question, seed):
    k, groups, controls = question
    x, y = sample(seed, k)
    found = dr.relative_importance(x, y, groups=groups, controls=controls)
    explained = r_squared(x, y)
    held = r_squared(x[:, controls], y)
    assert found.r_squared == pytest.approx(explained, abs=1e-11)
    assert found.control_r_squared == pytest.approx(held, abs=1e-11)
    for driver, group in enumerate(groups):
        others = [column for column in range(k) if column not in group]
        assert found.first[driver] == pytest.approx(r_squared(x[:, controls + group], y) - held, abs=1e-11)
        assert found.last[driver] == pytest.approx(explained - r_squared(x[:, others], y), abs=1e-11)
    together = [
        [c for i, group in enumerate(groups) if set_ >> i & 1 for c in group] for set_ in range(2 ** len(groups))
    ]
    average = dr.shapley_values([r_squared(x[:, controls + columns], y) for columns in together])
    np.testing.assert_allclose(found.lmg, average, rtol=0, atol=1e-11)
    for name in SHARED_OUT:
        assert getattr(found, name).sum() == pytest.approx(float(found.r_squared - found.control_r_squared), abs=1e-12)
    slopes = np.linalg.lstsq(np.column_stack([np.ones(len(y)), x]), y)[0][1:]
    np.testing.assert_allclose(found.coefficient, slopes, rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(found.standardised, slopes * x.std(axis=0) / y.std(), rtol=1e-8, atol=1e-10)


@settings(max_examples=40, deadline=None)
@given(questions(), SEEDS)
def test_what_controls_leave_is_shared_out_as_if_it_were_the_data(question, seed):
    k, groups, controls = question
    x, y = sample(seed, k)
    found = dr.relative_importance(x, y, groups=groups, controls=controls)
    held = np.column_stack([np.ones(len(y)), x[:, controls]])
    left = np.column_stack([x, y]) - held @ np.linalg.lstsq(held, np.column_stack([x, y]))[0]
    mine = [column for group in groups for column in group]
    renumbered = [[mine.index(column) for column in group] for group in groups]
    alone = dr.relative_importance(left[:, mine], left[:, -1], groups=renumbered)
    for name in SHARES:
        part = getattr(alone, name) * (1 - found.control_r_squared)
        np.testing.assert_allclose(getattr(found, name), part, rtol=0, atol=1e-10, err_msg=name)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 5), SEEDS, st.data())
def test_units_and_the_order_of_columns_say_nothing(k, seed, data):
    x, y = sample(seed, k)
    found = dr.relative_importance(x, y)
    order = list(data.draw(st.permutations(range(k))))
    unit = 10.0 ** np.array(data.draw(st.lists(st.integers(-150, 150), min_size=k, max_size=k)))
    other = dr.relative_importance((x * unit)[:, order], -y * 1e-150)
    np.testing.assert_allclose(other.coefficient * unit[order] / -1e-150, found.coefficient[order], rtol=1e-7)
    for name in ("r_squared", *SHARES):
        expected = getattr(found, name)
        np.testing.assert_allclose(
            getattr(other, name), expected[..., order] if expected.ndim else expected, atol=1e-10
        )


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4), SEEDS)
def test_a_weight_of_two_is_the_row_twice_and_of_none_no_row(k, seed):
    x, y = sample(seed, k, 30)
    weight = np.random.default_rng(seed).integers(0, 3, 30)
    weight[: k + 2] = 1
    twice = np.repeat(np.arange(30), weight)
    assert_same(dr.relative_importance(x, y, weight=weight), dr.relative_importance(x[twice], y[twice]))
    assert_same(dr.relative_importance(x, y, weight=weight * 1e-300), dr.relative_importance(x[twice], y[twice]))


@settings(max_examples=40, deadline=None)
@given(questions(), SEEDS, st.floats(-1e3, 1e3))
def test_cross_products_say_what_rows_do(question, seed, shift):
    k, groups, controls = question
    x, y = sample(seed, k)
    weight = np.random.default_rng(seed).random(len(y))
    found = importance_of(crossed(x + shift, y, weight), groups=groups, controls=controls)
    assert_same(found, dr.relative_importance(x, y, weight=weight, groups=groups, controls=controls), 1e-6)


@settings(max_examples=40, deadline=None)
@given(questions(), SEEDS)
def test_weights_of_a_driver_are_those_of_its_columns(question, seed):
    k, groups, controls = question
    x, y = sample(seed, k)
    found = dr.relative_importance(x, y, groups=groups, controls=controls)
    alone = dr.relative_importance(x, y, controls=controls)
    mine = sorted(column for group in groups for column in group)
    for name in ("pratt", "johnson"):
        summed = [sum(getattr(alone, name)[mine.index(column)] for column in group) for group in groups]
        np.testing.assert_allclose(getattr(found, name), summed, rtol=0, atol=1e-12)


def test_relative_weights_are_those_of_the_closest_uncorrelated_columns():
    x, y = sample(12, 3)
    z = (x - x.mean(axis=0)) / np.sqrt(((x - x.mean(axis=0)) ** 2).sum(axis=0))
    left, _, right = np.linalg.svd(z, full_matrices=False)
    stand_in = left @ right
    outcome = (y - y.mean()) / np.sqrt(((y - y.mean()) ** 2).sum())
    expected = (stand_in.T @ z).T ** 2 @ (stand_in.T @ outcome) ** 2
    np.testing.assert_allclose(dr.relative_importance(x, y).johnson, expected, rtol=0, atol=1e-12)


def test_a_driver_that_has_nothing_to_do_with_others_has_its_own_r_squared():
    signs = np.array([[1, 1, 1, 1, -1, -1, -1, -1], [1, 1, -1, -1, 1, 1, -1, -1], [1, -1, 1, -1, 1, -1, 1, -1]], float)
    y = 3 * signs[0] + 2 * signs[1] + signs[0] * signs[1]
    found = dr.relative_importance(signs.T, y)
    for name in SHARES:
        np.testing.assert_allclose(getattr(found, name), [9 / 14, 4 / 14, 0], atol=1e-15)


def test_a_driver_that_works_only_through_another_has_a_share_too():
    x, y = sample(5, 2, 4000)
    y = x[:, 0] + np.random.default_rng(1).normal(size=len(y))
    found = dr.relative_importance(x, y)
    assert found.last[1] < 0.001 and found.lmg[1] == pytest.approx((found.first[1] + found.last[1]) / 2)


def test_drivers_of_no_use_have_shares_near_nothing():
    x, y = sample(11, 3, 5000)
    found = dr.relative_importance(np.column_stack([x, np.random.default_rng(2).normal(size=len(y))]), y)
    assert 0 <= found.lmg[3] < 0.002


def batch(k=5, n=7):
    rng = np.random.default_rng(3)
    x, y = sample(4, k)
    return np.array([crossed(x, y, rng.poisson(1, len(y))) for _ in range(n)])


def test_matrices_of_a_batch_are_apart_and_keep_their_shape():
    cross = batch(n=6).reshape(3, 2, 7, 7)
    found = importance_of(cross, groups=[[0, 3], [4]], controls=[2, 1])
    assert [array.shape for array in found] == [(3, 2)] * 2 + [(3, 2, 2)] * 5 + [(3, 2, 5)] * 2
    for index in np.ndindex(3, 2):
        alone = importance_of(cross[index], groups=[[0, 3], [4]], controls=[2, 1])
        assert_same(type(found)(*(array[index] for array in found)), alone, 1e-14)


def test_threads_give_the_same_bits():
    cross = batch(12, 40)
    one, two, many = (importance_of(cross, threads=threads) for threads in (1, 2, 7))
    for array, other, another in zip(one, two, many, strict=True):
        assert array.tolist() == other.tolist() == another.tolist()


def test_no_matrices_have_no_shares():
    found = importance_of(np.zeros((0, 4, 4)))
    assert found.lmg.shape == (0, 2) and found.r_squared.shape == (0,)


def test_columns_made_of_others_add_nothing_where_that_is_allowed():
    x, y = sample(8, 3)
    made = np.column_stack([x, x[:, 0] - x[:, 2], np.ones(len(y))])
    found = importance_of(crossed(made, y), groups=[[0, 1], [3], [2], [4]], redundant="allow")
    assert found.r_squared == pytest.approx(r_squared(x, y), abs=1e-9)
    assert found.lmg.sum() == pytest.approx(float(found.r_squared), abs=1e-9)
    assert found.johnson.sum() == pytest.approx(float(found.r_squared), abs=1e-9)
    np.testing.assert_allclose(found.last[1:], 0, atol=1e-9)
    assert found.lmg[3] == found.first[3] == found.johnson[3] == 0
    assert np.isnan(found.coefficient).tolist() == [False, False, False, True, True]
    assert np.isnan(found.standardised).tolist() == [False, False, False, True, True]
    assert np.isnan(found.pratt).tolist() == [False, True, False, True]


def test_an_outcome_that_does_not_vary_has_no_shares_where_that_is_allowed():
    x, y = sample(8, 2)
    cross = np.array([crossed(x, y), crossed(x, np.full(len(y), 5.0)), np.zeros((4, 4))])
    found = importance_of(cross, redundant="allow")
    for array in found:
        assert not np.isnan(array[0]).any() and np.isnan(array[1:]).all()
    assert_same(type(found)(*(array[0] for array in found)), importance_of(cross[0]), 1e-14)


def test_twenty_five_drivers_sum_to_what_they_explain():
    x, y = sample(9, 25, 200)
    found = dr.relative_importance(x, y)
    assert found.lmg.sum() == pytest.approx(float(found.r_squared), abs=1e-12)


def test_wide_drivers_and_narrow_ones_are_handed_back_in_their_order():
    x, y = sample(10, 6)
    wide_first = dr.relative_importance(x, y, groups=[[0, 1, 2], [3], [4, 5]])
    wide_last = dr.relative_importance(x, y, groups=[[3], [4, 5], [0, 1, 2]])
    np.testing.assert_allclose(wide_first.lmg, wide_last.lmg[[2, 0, 1]], atol=1e-14)


ROWS = {"x": X, "y": Y}
SUM = np.column_stack([X, X[:, 0] + 2 * X[:, 3]])
LEVELS = np.eye(3)[np.arange(len(Y)) % 3]
REFUSED = {
    "one dimension": (ValueError, r"x: the shape \(47,\) is not \(rows, columns\)", {"x": Y}),
    "no columns": (ValueError, r"x: the shape \(47, 0\) is not \(rows, columns\), with at least one", {"x": X[:, :0]}),
    "outcome": (ValueError, r"y: the shape \(46,\) is not \(47,\)", {"y": Y[1:]}),
    "weights": (ValueError, r"weight: the shape \(2,\) is not \(47,\)", {"weight": [1, 1]}),
    "negative": (ValueError, "weight: -1 at index 46 is negative", {"weight": [*np.ones(46), -1]}),
    "nan": (ValueError, r"x: nan at index \(0, 2\) is not a number", {"x": np.where(X == 12, np.nan, X)}),
    "inf": (ValueError, "y: inf at index 0 is infinite", {"y": [np.inf, *Y[1:]]}),
    "text": (TypeError, "x: 'a'", {"x": [["a"]] * 47}),
    "few rows": (
        ValueError,
        "x: 6 rows that weigh anything are too few for 5 columns and a constant: at least 7",
        {"x": X[:6], "y": Y[:6]},
    ),
    "few weights": (ValueError, "x: 6 rows that weigh", {"weight": [1] * 6 + [0] * 41}),
    "no weights": (ValueError, "x: 0 rows that weigh", {"weight": np.zeros(47)}),
    "no rows": (ValueError, "x: 0 rows that weigh", {"x": X[:0], "y": Y[:0]}),
    "constant": (ValueError, "x: column 1 is constant", {"x": np.column_stack([X[:, 0], np.full(47, 0.1)])}),
    "constant but for rounding": (
        ValueError,
        "x: column 0 is constant",
        {"x": (0.1 + 0.2) * np.ones((47, 1)) - 1e-17 * np.arange(47)[:, np.newaxis]},
    ),
    "constant where it weighs": (
        ValueError,
        "x: column 0 is constant",
        {"x": np.arange(47)[:, np.newaxis] // 40, "weight": [1] * 40 + [0] * 7},
    ),
    "constant outcome": (ValueError, "y is constant", {"y": np.ones(47)}),
    "collinear": (ValueError, "x: column 5 is made of columns 0 and 3$", {"x": SUM}),
    "collinear with controls": (ValueError, "x: column 3 is made of columns 0 and 5$", {"x": SUM, "controls": [5, 1]}),
    "twice": (ValueError, "x: column 5 is made of column 2$", {"x": np.column_stack([X, 9 - X[:, 2]])}),
    "all levels": (ValueError, "x: column 2 is made of columns 0 and 1$", {"x": LEVELS}),
    "many": (
        ValueError,
        "groups: 26 drivers are more than 25",
        {"x": np.random.default_rng(1).normal(size=(47, 26))},
    ),
    "no drivers": (ValueError, "groups: there is no driver", {"groups": [], "controls": range(5)}),
    "empty driver": (ValueError, r"groups\[1\]: a driver without columns", {"groups": [[0, 1, 2], [], [3, 4]]}),
    "no place": (ValueError, "groups: column 3 is in no group and no control", {"groups": [[0, 1, 2], [4]]}),
    "two places": (
        ValueError,
        "groups: column 4 is in two places",
        {"groups": [[0, 1, 2], [3, 4]], "controls": [4]},
    ),
    "unknown column": (ValueError, r"groups\[0\]: there is no column 5 of 5, counted from 0", {"groups": [[5]]}),
    "from the end": (ValueError, "controls: there is no column -1 of 5", {"controls": [-1]}),
    "half": (TypeError, r"groups\[0\]: 0.5 is not a whole number", {"groups": [[0.5]]}),
    "flat": (TypeError, r"groups\[0\]: 0 is not a list of column numbers", {"groups": [0, 1, 2, 3, 4]}),
    "groups": (TypeError, "groups: 3 is not a list of lists of column numbers", {"groups": 3}),
    "controls": (TypeError, "controls: 'ab' is not a list of column numbers", {"controls": "ab"}),
    "threads": (ValueError, "threads must be at least 1, not 0", {"threads": 0}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_rows_are_refused_by_name(case):
    error, message, bad = REFUSED[case]
    with pytest.raises(error, match=message):
        dr.relative_importance(**(ROWS | bad))


CROSS = crossed(X, Y)
UNEVEN = CROSS + np.outer(np.eye(7)[1], np.eye(7)[2])
TOO_MUCH = np.array([[10.0, 0, 0, 0], [0, 1, 0, 0.9], [0, 0, 1, 0.9], [0, 0.9, 0.9, 1]])
REFUSED_CROSS = {
    "shape": (ValueError, r"cross: the shape \(7, 6\) is not \(\.\.\., k \+ 2, k \+ 2\)", {"cross": CROSS[:, 1:]}),
    "flat": (ValueError, r"cross: the shape \(7,\) is not", {"cross": CROSS[0]}),
    "no columns": (ValueError, r"cross: the shape \(2, 2\) is not", {"cross": CROSS[:2, :2]}),
    "nan": (ValueError, r"cross: nan at index \(0, 0\)", {"cross": CROSS * np.nan}),
    "uneven": (ValueError, r"cross: .* at index \(1, 2\) is not the number on the other side", {"cross": UNEVEN}),
    "weights": (
        ValueError,
        "cross: the sum of weights, first of all, is 0 and not above 0",
        {"cross": np.zeros((4, 4))},
    ),
    "second": (
        ValueError,
        "cross, matrix 1: column 5 is made of columns 0 and 3$",
        {"cross": [crossed(SUM + np.random.default_rng(1).normal(size=SUM.shape), Y), crossed(SUM, Y)]},
    ),
    "constant": (ValueError, "cross: column 0 is constant", {"cross": crossed(np.full((47, 1), 2011.3), Y)}),
    "outcome": (ValueError, "cross, matrix 1: the outcome is constant", {"cross": [CROSS, crossed(X, Y * 0 + 7)]}),
    "more than all": (ValueError, "cross: the columns explain 162% of the outcome", {"cross": TOO_MUCH}),
    "redundant": (ValueError, "redundant: 'drop' is not one of 'refuse', 'allow'", {"redundant": "drop"}),
    "groups": (ValueError, "groups: column 4 is in no group", {"groups": [[0, 1, 2, 3]]}),
}


@pytest.mark.parametrize("case", REFUSED_CROSS)
def test_bad_cross_products_are_refused_by_name(case):
    error, message, bad = REFUSED_CROSS[case]
    with pytest.raises(error, match=message):
        importance_of(**({"cross": CROSS} | bad))
