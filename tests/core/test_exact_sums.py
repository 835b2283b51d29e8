"""ExactSums: what is added in any order, in any grouping, rounds to the same float as math.fsum."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.exact_sums import ExactSums, regrouped

weights = st.floats(min_value=0, allow_nan=False, allow_infinity=False, max_value=1e300)


def single(value: float) -> ExactSums:
    """One weight as an exact sum, by integer arithmetic alone."""
    numerator, denominator = value.as_integer_ratio()
    low = -(denominator.bit_length() - 1)
    digits = [(numerator >> shift) & 0xFFFFFFFF for shift in range(0, max(numerator.bit_length(), 1), 32)]
    return ExactSums.from_units(np.array([digits], np.uint64), low)


def total(values: list[float]) -> ExactSums:
    result = ExactSums.zeros((1,))
    for value in values:
        result = result + single(value)
    return result


@given(st.lists(weights, max_size=30))
@settings(max_examples=200)
def test_a_sum_is_fsum_to_the_last_bit(values: list[float]) -> None:
    assert total(values).to_float()[0] == math.fsum(values)


@given(st.lists(weights, max_size=20), st.integers(0, 20))
@settings(max_examples=100)
def test_adding_parts_is_adding_all(values: list[float], cut: int) -> None:
    assert (total(values[:cut]) + total(values[cut:])).to_float()[0] == math.fsum(values)


@given(st.lists(st.lists(weights, min_size=3, max_size=3), min_size=1, max_size=6))
@settings(max_examples=50)
def test_summing_over_axes_is_adding_cells(rows: list[list[float]]) -> None:
    cells = [[single(value) for value in row] for row in rows]
    first = min(cell.first_digit for row in cells for cell in row)
    end = max(cell.first_digit + cell.digits.shape[-1] for row in cells for cell in row)
    digits = np.stack([np.stack([cell._padded(first, end)[0] for cell in row]) for row in cells])
    table = ExactSums(first, digits)
    assert table.summed([0]).to_float().tolist() == [math.fsum(column) for column in zip(*rows, strict=True)]
    assert table.summed([1]).to_float().tolist() == [math.fsum(row) for row in rows]
    assert float(table.summed([0, 1]).to_float()) == math.fsum(value for row in rows for value in row)
    assert table.transposed([1, 0]).to_float().tolist() == table.to_float().T.tolist()


@pytest.mark.parametrize("low", [-1074, -1000, -33, -32, -31, -1, 0, 1, 31, 32, 33, 900])
def test_units_may_be_any_power_of_two(low: int) -> None:
    exact = ExactSums.from_units(np.array([[3, 1]], np.uint64), low)
    assert exact.to_float()[0] == float(Fraction(3 + 2**32) * Fraction(2) ** low)


def test_regrouping_adds_what_lands_together() -> None:
    assert regrouped(np.array([1, 2, 4]), 0, np.array([1, 0, 1]), 3).tolist() == [2, 5, 0]
    exact = ExactSums.from_units(np.array([[2**32 - 1], [2**32 - 1], [1]], np.uint64), 0)
    assert exact.regrouped(0, np.array([0, 0, 1]), 2).to_float().tolist() == [2.0**33 - 2, 1.0]


def test_regrouping_into_nothing_leaves_nothing() -> None:
    assert regrouped(np.ones((1, 2), np.int64), 0, np.array([-1]), 0).shape == (0, 2)
    assert regrouped(np.array([[1, 2], [3, 4]]), 1, np.array([-1, 1]), 2).tolist() == [[0, 2], [0, 4]]


@given(st.lists(weights, min_size=1, max_size=8), st.data())
@settings(max_examples=50)
def test_rolling_over_windows_is_adding_each(values: list[float], data: st.DataObject) -> None:
    window = data.draw(st.integers(1, len(values)))
    parts = [single(value) for value in values]
    first = min(part.first_digit for part in parts)
    end = max(part.first_digit + part.digits.shape[-1] for part in parts)
    series = ExactSums(first, np.concatenate([part._padded(first, end) for part in parts]))
    expected = [math.fsum(values[i : i + window]) for i in range(len(values) - window + 1)]
    assert series.rolled(window).to_float().tolist() == expected
