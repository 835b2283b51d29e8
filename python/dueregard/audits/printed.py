"""Printed figures: what is written, the number it says, and everything it may stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from math import inf, isfinite
from typing import Any

import numpy as np

from dueregard.audits.ranges import Range, exactly, rounded_to

NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20,
}  # fmt: skip
MINUS = "\N{MINUS SIGN}"
SCALES = {"thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
ABOVE = ("over", "more than", "in excess of", "above", "greater than", ">")
FROM = ("at least", "no fewer than", "not less than", "minimum of", "a minimum of", ">=", "≥")
BELOW = ("under", "less than", "fewer than", "below", "<")
UP_TO = ("up to", "at most", "no more than", "maximum of", "a maximum of", "<=", "≤")
ABOUT = (
    "about",
    "approximately",
    "approx",
    "approx.",
    "around",
    "roughly",
    "some",
    "circa",
    "c.",
    "~",
    "nearly",
    "almost",
)
QUALIFIERS = sorted((*ABOVE, *FROM, *BELOW, *UP_TO, *ABOUT), key=len, reverse=True)
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{3,}(?!,?\d)")
WRITTEN = re.compile(
    rf"(?:(?P<how>{'|'.join(map(re.escape, QUALIFIERS))})\s*)?£?\s*(?P<sign>[-{MINUS}+]?)\s*£?"
    rf"(?P<number>{NUMBER}|\.\d+|{'|'.join(NUMBER_WORDS)})"
    rf"\s*(?P<scale>{'|'.join(SCALES)})?\s*(?P<percent>%|per cent|percent|percentage points|points|pp)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Printed:
    """One printed figure.

    `text` is what is written, with commas between thousands, `value` the number it says, `range` what it may stand for,
    `unit` the worth of its last digit (0 for a count, which is exact), `percent` whether it says so itself.
    """

    text: str
    value: Fraction
    range: Range
    unit: Fraction
    percent: bool = False

    @cached_property
    def exact(self) -> bool:
        """Whether it stands for itself alone."""
        return self.range.low == self.range.high

    @cached_property
    def may_be_negative(self) -> bool:
        """Whether any of what it stands for is below 0."""
        return self.range.low < 0


def blank(value: Any) -> bool:
    """Whether a cell holds nothing."""
    return value is None or value != value or (isinstance(value, str) and not value.strip())


def printed(value: Any, *, rounds: bool = False, decimals: int | None = None, rounding: str = "either") -> Printed:
    """Read a printed figure, such as ``"14.2%"``, ``"8.1 million"``, ``"over 110"``, 24 or 0.5.

    A plain whole number is an exact count. A percentage, a number with decimals and one with a word of scale were
    rounded to their last digit, one that is said to be about so to its last digit that is not 0. With `rounds` the
    figure was rounded whether it shows it or not; `decimals` are those it was printed with, where a table of numbers
    has lost them.

    Raises
    ------
    ValueError
        If it is not a number.

    Examples
    --------
    >>> printed("8.1 million").range
    Range(low=Fraction(8050000, 1), high=Fraction(8150000, 1), low_in=True, high_in=False)
    >>> printed("over 110").range.low_in
    False
    """
    return _read(_as_text(value), rounds, decimals, rounding)


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, bool) or not isinstance(plain, (int, float, Decimal)) or not isfinite(plain):
        raise ValueError(f"{value!r} is not a number")
    return binary_text(value if isinstance(value, np.floating) else plain) if isinstance(plain, float) else str(plain)


def binary_text(value: float | np.floating[Any]) -> str:
    """A binary number with the decimal digits that its precision keeps, 15 of 64 bits and 6 of 32: the further ones are
    made by the conversion or by the arithmetic before it. Where even the last of them may be, so that what was computed
    would not round to the text, there is one less; all before the point are kept, and one after it.

    >>> binary_text(0.29 * 100), binary_text(np.float32(14.2)), binary_text(24.0), binary_text(1e-7)
    ('29', '14.2', '24', '0.0000001')
    """
    number = float(value)
    if number.is_integer():
        return str(int(number))
    exact, kind = Decimal(number), np.finfo(type(value))
    fewest = len(str(abs(int(number)))) + 1
    for digits in range(max(kind.precision, fewest), fewest - 1, -1):
        text = Decimal(f"{number:.{digits}g}")
        if abs(text - exact) + Decimal(float(kind.eps)) * abs(exact) <= Decimal(5).scaleb(exact.adjusted() - digits):
            break
    return f"{text:f}"


@lru_cache(maxsize=65_536)
def _read(text: str, rounds: bool, decimals: int | None, rounding: str) -> Printed:
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a number")
    number, scale = found["number"].lower(), SCALES[(found["scale"] or "").lower()] if found["scale"] else 1
    plain = str(NUMBER_WORDS.get(number, number)).replace(",", "")
    value = Fraction(plain) * scale * (-1 if found["sign"] in ("-", MINUS) else 1)
    places = len(plain.partition(".")[2]) if decimals is None else max(decimals, len(plain.partition(".")[2]))
    how, says_percent = (found["how"] or "").lower(), bool(found["percent"])
    rounds = rounds or says_percent or places > 0 or scale > 1
    unit = Fraction(scale, 10**places) if rounds else Fraction(0)
    if how in ABOUT and not places:
        unit = max(unit, _last_digit(value))
    return Printed(_with_thousands(text), value, _range(value, unit, how, rounding), unit, says_percent)


def _with_thousands(text: str) -> str:
    """The figure with the commas that the computed one beside it has: 1,881, not the 1,871 printed."""
    return THOUSANDS.sub(lambda found: f"{int(found[0]):,}", text)


def _last_digit(value: Fraction) -> Fraction:
    """The worth of the last digit of a whole number that is not 0."""
    unit = 1
    while value and value % (unit * 10) == 0:
        unit *= 10
    return Fraction(unit)


def _range(value: Fraction, unit: Fraction, how: str, rounding: str) -> Range:
    if how in ABOVE or how in FROM:
        return Range(value, inf, how in FROM, False)
    if how in BELOW or how in UP_TO:
        return Range(Fraction(0), value, True, how in UP_TO)
    return rounded_to(value, unit, rounding) if unit else exactly(value)


def shown(value: Any, decimals: int = 2) -> str:
    """A number in a sentence: with thousands, and no more decimals than it has; halves go away from zero.

    >>> shown(Fraction(1157165)), shown(Fraction(275, 4)), shown(Fraction(1, 3))
    ('1,157,165', '68.75', '0.33')
    """
    if value in (inf, -inf):
        return "any number" if value > 0 else "-any number"
    top, bottom = (value if isinstance(value, Fraction) else Fraction(value)).as_integer_ratio()
    units = (2 * abs(top) * 10**decimals + bottom) // (2 * bottom)
    whole, part = divmod(units, 10**decimals)
    decimal = f".{part:0{decimals}d}".rstrip("0").rstrip(".") if decimals else ""
    return f"{'-' if top < 0 and units else ''}{whole:,}{decimal}"


def span(allowed: Range, sign: str = "") -> str:
    """A range in a sentence: "6 to 8", "57.14% to 85.71%", "over 33%"."""
    low, high = allowed.low, allowed.high
    if high == inf:
        return f"{'at least' if allowed.low_in else 'over'} {shown(low)}{sign}"
    return f"{shown(low)}{sign}" if low == high else f"{shown(low)}{sign} to {shown(high)}{sign}"
