"""Exact weighted sums: to the last bit what math.fsum and fractions give, in any order, over any range."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.records.coded import CodedColumn
from dueregard.reference import exact_sums

CELLS = 3
weights = st.floats(0, allow_nan=False, allow_infinity=False, width=64)
plain_weights = st.floats(0.01, 100).map(lambda w: round(w, 3))


def summed(codes, weight, implementation=_core, window=None, digits=None):
    """Counts and digits of sums and squares, with the window they are in."""
    low, high = window or implementation.weight_exponents(weight, "w") or (0, 0)
    rows = len(weight).bit_length()
    n_sum, n_square = digits or ((high - low + rows) // 32 + 1, (2 * (high - low) + rows) // 32 + 1)
    counts = np.zeros(CELLS, np.int64)
    sums, squares = np.zeros((CELLS, n_sum), np.uint64), np.zeros((CELLS, n_square), np.uint64)
    implementation.count_weighted([CodedColumn("g", codes, 0, CELLS)], counts, weight, "w", low, sums, squares)
    return counts, sums, squares, low


def correctly_rounded(value):
    try:
        return float(value)
    except OverflowError:
        return math.inf


def assert_exact(codes, weight):
    counts, sums, squares, low = summed(codes, weight)
    rounded, rounded_squares = _core.round_digits(sums, low), _core.round_digits(squares, 2 * low)
    for cell in range(CELLS):
        values = [Fraction(w) for w in weight[codes == cell].tolist()]
        assert counts[cell] == len(values)
        assert rounded[cell] == correctly_rounded(sum(values))
        assert rounded_squares[cell] == correctly_rounded(sum(v * v for v in values))
        if not math.isinf(rounded[cell]):
            assert rounded[cell] == math.fsum(map(float, values))


def table(values):
    return st.lists(st.tuples(st.integers(0, CELLS - 1), values), max_size=40)


@pytest.mark.parametrize("values", [weights, plain_weights, st.floats(0, 1e-300), st.integers(0, 2**53).map(float)])
@settings(max_examples=100, derandomize=True, deadline=None)
@given(data=st.data())
def test_exact_over_any_range(values, data):
    rows = data.draw(table(values))
    assert_exact(np.array([r[0] for r in rows], "u1"), np.array([r[1] for r in rows], np.float64))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(table(weights), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_digits_as_the_twin(rows, random):
    codes, weight = np.array([r[0] for r in rows], "i4"), np.array([r[1] for r in rows], np.float64)
    result = summed(codes, weight)
    order = np.array(random.sample(range(len(rows)), len(rows)), np.intp)
    assert_same(result, summed(codes[order], weight[order]))
    assert_same(result, summed(codes, weight, exact_sums))


def assert_same(one, other):
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_many_rows_of_each_kind_of_weight():
    rng = np.random.default_rng(5)
    codes = rng.integers(0, CELLS, 30_000).astype("u1")
    for weight in (rng.random(30_000), rng.lognormal(0, 3, 30_000), np.exp2(rng.uniform(-900, 900, 30_000))):
        assert_exact(codes, weight)


@pytest.mark.parametrize("cpu", _core.cpu_names())
def test_every_set_of_instructions_gives_the_same(cpu):
    rng = np.random.default_rng(9)
    codes = rng.integers(0, CELLS, 3001).astype("u1")
    for weight in (rng.random(3001), rng.lognormal(0, 9, 3001), rng.integers(0, 5000, 3001).astype(np.float64)):
        expected = summed(codes, weight)
        counts, sums, squares = (np.zeros_like(a) for a in expected[:3])
        column = CodedColumn("g", codes, 0, CELLS)
        _core.count_weighted([column], counts, weight, "w", expected[3], sums, squares, cpu=cpu)
        assert_same(expected, (counts, sums, squares, expected[3]))


def test_parts_add_to_the_whole():
    rng = np.random.default_rng(6)
    codes, weight = rng.integers(0, CELLS, 5000).astype("u1"), rng.random(5000)
    whole = summed(codes, weight)
    counts, sums, squares = (np.zeros_like(a) for a in whole[:3])
    for part in (slice(0, 1234), slice(1234, 5000)):
        column = CodedColumn("g", codes[part], 0, CELLS)
        _core.count_weighted([column], counts, weight[part], "w", whole[3], sums, squares)
    assert_same(whole, (counts, sums, squares, whole[3]))


@pytest.mark.parametrize("n_rows", [100, 40_000])
def test_every_layout_of_weights(n_rows):
    rng = np.random.default_rng(7)
    codes, weight = rng.integers(0, CELLS, n_rows).astype("u1"), rng.random(n_rows)
    memory = np.zeros(weight.nbytes + 1, np.uint8)
    unaligned = memory[1:].view(np.float64)
    unaligned[:] = weight
    read_only = weight.copy()
    read_only.flags.writeable = False
    layouts = [np.repeat(weight, 2)[::2], weight[::-1].copy()[::-1], weight.astype(">f8"), unaligned, read_only]
    expected = summed(codes, weight)
    for layout in layouts:
        assert_same(summed(codes, layout), expected)
    ones = np.broadcast_to(1.0, n_rows)
    counts, sums, _, low = summed(codes, ones)
    assert _core.round_digits(sums, low).tolist() == counts.tolist() == expected[0].tolist()


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (-1.0, "weight 'w': -1.0 at row 103 is negative"),
        (-5e-324, "weight 'w': -5e-324 at row 103 is negative"),
        (-math.inf, "weight 'w': -inf at row 103 is negative"),
        (math.inf, "weight 'w': inf at row 103 is infinite"),
        (math.nan, "weight 'w': nan at row 103 is not a number"),
    ],
)
def test_what_is_no_weight_names_the_first_row(bad, message):
    weight = np.array([1.0, 0.0, -0.0, bad, math.nan])
    for implementation in (_core, exact_sums):
        with pytest.raises(ValueError) as error:
            implementation.weight_exponents(weight, "w", 100)
        assert str(error.value) == message


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(weights, max_size=5))
def test_the_window_holds_every_weight(values):
    weight = np.array(values, np.float64)
    window = _core.weight_exponents(weight, "w")
    assert window == exact_sums.weight_exponents(weight, "w")
    assert (window is None) == (not weight.any())
    for value in values:
        assert window is None or (Fraction(value) / Fraction(2) ** window[0]).denominator == 1
        assert window is None or value == 0 or Fraction(value) < Fraction(2) ** window[1]


def test_a_window_over_many_blocks():
    weight = np.full(50_000, 3.0)
    weight[49_999] = 0.25
    weight[5] = 0
    assert _core.weight_exponents(weight, "w") == (-54, 2)
    assert _core.weight_exponents(np.zeros(50_000), "w") is None


@pytest.mark.parametrize(
    ("weight", "low", "digits"),
    [
        ([1.0, 0.5], 0, (2, 3)),
        ([1.0, -1.0], 0, (2, 3)),
        ([math.nan], 0, (2, 3)),
        ([math.inf], 1000, (2, 3)),
        ([2.0**32], 0, (1, 3)),
        ([2.0**31], 0, (1, 1)),
        ([2.0**31, 2.0**31], 0, (1, 3)),
        ([1.0], 0, (0, 1)),
    ],
)
def test_a_weight_outside_the_window_changes_nothing(weight, low, digits):
    counts = np.zeros(CELLS, np.int64)
    sums, squares = (np.zeros((CELLS, n), np.uint64) for n in digits)
    column = CodedColumn("g", np.zeros(len(weight), "u1"), 0, CELLS)
    with pytest.raises(RuntimeError, match="weight 'w'"):
        _core.count_weighted([column], counts, np.array(weight), "w", low, sums, squares)
    assert not (counts.any() or sums.any() or squares.any())


def call(weight=None, low=0, counts=None, sums=None, squares=None, codes=None):
    column = CodedColumn("g", np.zeros(2, "u1") if codes is None else codes, 0, CELLS)
    _core.count_weighted(
        [column],
        np.zeros(CELLS, np.int64) if counts is None else counts,
        np.ones(2) if weight is None else weight,
        "w",
        low,
        np.zeros((CELLS, 2), np.uint64) if sums is None else sums,
        np.zeros((CELLS, 2), np.uint64) if squares is None else squares,
    )


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"weight": [1.0, 2.0]}, TypeError, "weight 'w' must be a NumPy array, not list"),
        ({"weight": np.ones(2, "f4")}, TypeError, "weight 'w' must hold float64, not float32"),
        ({"weight": np.ones(2, "i8")}, TypeError, "weight 'w' must hold float64, not int64"),
        ({"weight": np.ones((2, 1))}, ValueError, "weight 'w' must have one dimension, not 2"),
        ({"weight": np.ones(3)}, ValueError, "column 'g' has 2 rows but weight 'w' has 3"),
        ({"low": -1075}, ValueError, "low must lie from -1074 to 1023, not -1075"),
        ({"low": 1024}, ValueError, "low must lie"),
        ({"sums": np.zeros((2, 2), np.uint64)}, ValueError, r"sums must have the shape \(3, 2\), not \(2, 2\)"),
        ({"sums": np.zeros(3, np.uint64)}, ValueError, "sums must have the shape"),
        ({"squares": np.zeros((3, 2), np.int64)}, TypeError, "squares must be an array of"),
        ({"squares": [1]}, TypeError, "squares must be a NumPy array"),
        ({"sums": np.full((3, 2), 2**32, np.uint64)}, ValueError, r"digits below 2\*\*32"),
        ({"codes": np.array([0, 3], "u1")}, IndexError, "column 'g': code 3 at row 1 is outside 0 to 2"),
    ],
)
def test_wrong_arguments(arguments, error, message):
    with pytest.raises(error, match=message):
        call(**arguments)


def test_arguments_that_share_memory_are_refused():
    both = np.zeros((CELLS, 2), np.uint64)
    with pytest.raises(ValueError, match="sums and squares share memory"):
        call(sums=both, squares=both)
    with pytest.raises(ValueError, match="squares shares memory with weight 'w'"):
        call(squares=both, weight=both.view(np.float64)[0])
    with pytest.raises(ValueError, match="sums shares memory with column 'g'"):
        call(sums=both, codes=both.reshape(-1)[:2])
