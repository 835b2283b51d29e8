"""Sums of weights, and of squared weights, that are exact."""

from collections.abc import Sequence
from fractions import Fraction
from math import frexp, isinf, isnan

import numpy as np
from numpy.typing import NDArray

from dueregard.records.coded import CodedColumn
from dueregard.reference.cell_counts import cell_numbers

DIGIT_BITS = 32


def weight_exponents(weight: NDArray[np.float64], name: str, first_row: int = 0) -> tuple[int, int] | None:
    """A window of powers of two that holds every bit that weights of these sizes can have.

    Every weight that is not zero is a whole multiple of ``2**low`` and below ``2**high``. None if all are zero.
    """
    windows = [_window(_checked(float(value), name, first_row + row)) for row, value in enumerate(weight) if value != 0]
    return (min(low for low, _ in windows), max(high for _, high in windows)) if windows else None


def _checked(value: float, name: str, row: int) -> float:
    kind = "not a number" if isnan(value) else "negative" if value < 0 else "infinite" if isinf(value) else None
    if kind is not None:
        raise ValueError(f"weight {name!r}: {value!r} at row {row} is {kind}")
    return value


def _window(weight: float) -> tuple[int, int]:
    high = max(frexp(weight)[1], -1021)  # subnormal numbers have the bits of the smallest normal ones
    return high - 53, high


def count_weighted(
    columns: Sequence[CodedColumn],
    counts: NDArray[np.int64],
    weight: NDArray[np.float64],
    name: str,
    low: int,
    sums: NDArray[np.uint64],
    squares: NDArray[np.uint64],
    first_row: int = 0,
) -> None:
    """Add each cell's rows, its sum of weights and its sum of squared weights.

    ``sums`` and ``squares`` hold a row of base 2**32 digits per cell, lowest first, in units of ``2**low`` and
    ``2**(2 * low)``.
    """
    unit = Fraction(2) ** low
    for cell, value in zip(list(cell_numbers(columns, first_row)), weight, strict=True):
        units = int(Fraction(float(value)) / unit)
        counts[cell] += 1
        sums[cell] = to_digits(from_digits(sums[cell]) + units, sums.shape[1])
        squares[cell] = to_digits(from_digits(squares[cell]) + units**2, squares.shape[1])


def to_digits(number: int, n: int) -> list[int]:
    if number >> DIGIT_BITS * n:
        raise RuntimeError("the sums need more digits")
    return [number >> DIGIT_BITS * k & (2**DIGIT_BITS - 1) for k in range(n)]


def from_digits(digits: NDArray[np.uint64]) -> int:
    return sum(int(digit) << DIGIT_BITS * k for k, digit in enumerate(digits))


def round_digits(digits: NDArray[np.uint64], low: int) -> NDArray[np.float64]:
    """Long numbers in units of ``2**low`` as floats: the nearest, ties to even, infinite when too large."""
    return np.array([_rounded(from_digits(row), low) for row in digits], np.float64)


def _rounded(number: int, low: int) -> float:
    try:
        return float(Fraction(number) * Fraction(2) ** low)  # one correctly rounded division
    except OverflowError:
        return float("inf")
