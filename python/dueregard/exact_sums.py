"""Sums of weights that are exact, so that they do not depend on the order in which rows or parts are added.

A sum is a large integer in units of a power of two, held as base 2**32 digits in 64-bit words, lowest first, on the
last axis. Adding two sums aligns their units; rounding to a float happens once, when the sum is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dueregard import _core

DIGIT_BITS = 32
_DIGIT_MASK = np.uint64(2**DIGIT_BITS - 1)
_SHIFT = np.uint64(DIGIT_BITS)

Digits = NDArray[np.uint64]
Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True)
class ExactSums:
    """One exact sum per cell.

    ``digits`` has the shape of the cells plus one last axis; every digit is below 2**32. The value of a cell is the
    sum over ``d`` of ``digits[..., d] * 2 ** (32 * (first_digit + d))``.
    """

    first_digit: int
    digits: Digits

    @classmethod
    def from_units(cls, digits: Digits, low: int) -> "ExactSums":
        """Digits in units of ``2**low`` for any whole number ``low``."""
        first_digit, shift = divmod(low, DIGIT_BITS)
        return cls(first_digit, _carried(digits << np.uint64(shift)))

    @classmethod
    def zeros(cls, shape: tuple[int, ...]) -> "ExactSums":
        return cls(0, np.zeros((*shape, 1), np.uint64))

    def __add__(self, other: "ExactSums") -> "ExactSums":
        first = min(self.first_digit, other.first_digit)
        end = max(self._end, other._end)
        return ExactSums(first, _carried(self._padded(first, end) + other._padded(first, end)))

    @property
    def _end(self) -> int:
        return self.first_digit + int(self.digits.shape[-1])

    def _padded(self, first: int, end: int) -> Digits:
        padded = np.zeros((*self.digits.shape[:-1], end - first), np.uint64)
        padded[..., self.first_digit - first : self._end - first] = self.digits
        return padded

    def summed(self, axes: Sequence[int]) -> "ExactSums":
        """Sum over some axes of the cells (not the last axis, which holds the digits)."""
        return ExactSums(self.first_digit, _carried(self.digits.sum(axis=tuple(axes), dtype=np.uint64)))

    def rolled(self, window: int) -> "ExactSums":
        """Sums over every ``window`` successive cells of the first axis, from the first full window on."""
        sums = np.zeros((len(self.digits) + 1, *self.digits.shape[1:]), np.uint64)
        np.cumsum(self.digits, axis=0, out=sums[1:])  # no overflow: digits are below 2**32
        return ExactSums(self.first_digit, _carried(sums[window:] - sums[: len(sums) - window]))

    def transposed(self, axes: Sequence[int]) -> "ExactSums":
        return ExactSums(self.first_digit, self.digits.transpose(*axes, self.digits.ndim - 1))

    def regrouped(self, axis: int, index: NDArray[np.intp], size: int) -> "ExactSums":
        """Add the cells at position ``i`` of ``axis`` into position ``index[i]`` of a new axis, or nowhere if -1."""
        return ExactSums(self.first_digit, _carried(regrouped(self.digits, axis, index, size)))

    def to_float(self) -> NDArray[np.float64]:
        """The sums correctly rounded to the nearest float, ties to even."""
        flat = np.ascontiguousarray(self.digits).reshape(-1, self.digits.shape[-1])
        return _core.round_digits(flat, self.first_digit * DIGIT_BITS).reshape(self.digits.shape[:-1])

    def to_integers(self) -> NDArray[np.int64]:
        """The sums as integers, where every one is whole.

        Raises
        ------
        OverflowError
            If one is above 2**63 - 1.
        """
        places = {self.first_digit + d: self.digits[..., d] for d in range(self.digits.shape[-1])}
        zeros = np.zeros(self.digits.shape[:-1], np.uint64)
        low, high = places.get(0, zeros), places.get(1, zeros)
        if (
            any(digit.any() for place, digit in places.items() if place > 1)
            or (high >> np.uint64(DIGIT_BITS - 1)).any()
        ):
            raise OverflowError("a sum is above 2**63 - 1")
        return np.asarray(low | (high << _SHIFT)).astype(np.int64)


def regrouped(values: NDArray[Scalar], axis: int, index: NDArray[np.intp], size: int) -> NDArray[Scalar]:
    """Add slices of an array: position ``i`` of ``axis`` goes to ``index[i]`` of ``size``, or nowhere if -1."""
    kept = index >= 0
    moved, to = np.moveaxis(values, axis, 0)[kept], index[kept]
    out = np.zeros((size, *moved.shape[1:]), values.dtype)
    if len(np.unique(to)) == len(to):
        out[to] = moved  # much faster than adding, and nearly always the case
    else:
        np.add.at(out, to, moved)
    return np.moveaxis(out, 0, axis)


def _carried(words: Digits) -> Digits:
    """Carry every word over 2**32 into the next, with room for the last one, and drop empty top digits."""
    digits = np.concatenate([words, np.zeros((*words.shape[:-1], 1), np.uint64)], axis=-1)
    for d in range(digits.shape[-1] - 1):
        digits[..., d + 1] += digits[..., d] >> _SHIFT
        digits[..., d] &= _DIGIT_MASK
    used = digits.shape[-1]
    while used > 1 and not digits[..., used - 1].any():
        used -= 1
    return digits[..., :used]
