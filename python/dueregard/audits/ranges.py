"""What a rounded figure may stand for: a range with open or closed ends, in exact fractions."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import inf
from typing import NamedTuple

Number = Fraction | float  # a float only where an end is infinite


class Range(NamedTuple):
    """From `low` to `high`; each end belongs to it or not."""

    low: Number
    high: Number
    low_in: bool = True
    high_in: bool = True

    def holds(self, value: Number) -> bool:
        """Whether a value is in the range.

        >>> Range(Fraction(1), Fraction(2), True, False).holds(Fraction(2))
        False
        """
        above = value >= self.low if self.low_in else value > self.low
        return above and (value <= self.high if self.high_in else value < self.high)

    def meets(self, other: Range) -> bool:
        """Whether any value is in both."""
        low, low_in = max((self.low, not self.low_in), (other.low, not other.low_in))
        high, high_in = min((self.high, self.high_in), (other.high, other.high_in))
        return low < high or (low == high and not low_in and high_in)

    def plus(self, other: Range) -> Range:
        """Every sum of a value of each."""
        return Range(
            self.low + other.low, self.high + other.high, self.low_in and other.low_in, self.high_in and other.high_in
        )

    def minus(self, other: Range) -> Range:
        """Every difference of a value of each."""
        return self.plus(Range(-other.high, -other.low, other.high_in, other.low_in))

    def times(self, other: Range) -> Range:
        """Every product of a value of each; of ranges that are nowhere negative."""
        return Range(
            _product(self.low, other.low),
            _product(self.high, other.high),
            self.low_in and other.low_in,
            self.high_in and other.high_in,
        )

    def over(self, other: Range) -> Range:
        """Every quotient of a value of each; of ranges that are nowhere negative; no end where one divides by 0."""
        top = _over_one(other.low)
        bottom = _over_one(other.high)
        return self.times(Range(bottom, top, other.high_in, other.low_in))


def _product(a: Number, b: Number) -> Number:
    return Fraction(0) if a == 0 or b == 0 else a * b


def _over_one(value: Number) -> Number:
    return inf if value == 0 else Fraction(0) if value == inf else Fraction(1) / Fraction(value)


def exactly(value: Number) -> Range:
    """The range of one value."""
    return Range(value, value)


def added(ranges: Iterable[Range]) -> Range:
    """Every sum of a value of each of several ranges."""
    total = exactly(Fraction(0))
    for one in ranges:
        total = total.plus(one)
    return total


def rounded_to(value: Fraction, unit: Fraction, rounding: str = "either") -> Range:
    """What prints as a value that was rounded to a unit; a half goes away from zero, to the even one, or to either.

    >>> rounded_to(Fraction(7), Fraction(1), "half-up")
    Range(low=Fraction(13, 2), high=Fraction(15, 2), low_in=True, high_in=False)
    """
    if value < 0:
        mirrored = rounded_to(-value, unit, rounding)
        return Range(-mirrored.high, -mirrored.low, mirrored.high_in, mirrored.low_in)
    even = (value / unit) % 2 == 0
    high_in = even and rounding != "half-up"
    low_in = even if rounding == "half-even" else bool(value) or high_in
    return Range(value - unit / 2, value + unit / 2, low_in, high_in)
