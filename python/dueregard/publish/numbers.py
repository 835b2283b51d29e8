"""Numbers as sentences write them, and whether a sentence holds any that its findings do not."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dueregard.publish.days import days_in_words, months_in, period_in_words
from dueregard.publish.readings import clean
from dueregard.units import RATE_RATIO

if TYPE_CHECKING:
    from dueregard.findings import Findings

NUMBER = re.compile(r"(?<![A-Za-z\d])\d[\d,]*(?:\.\d+)?")
"""A number; the digits of a name such as "RR1" are none."""
PROSE = ("verdict", "method", "note", "course_why", "waits_for")
"""Columns of words, whose numbers support themselves; texts elsewhere are labels."""
ENOUGH_FOR_DECIMALS = 1000
SHARES = ("confidence_level", "top_quarter", "bottom_quarter", "power", "wanted_power")
"""Columns of shares from 0 to 1, which sentences give in percent."""
PVALUES = ("pvalue", "adjusted_pvalue")
SMALLEST = 0.001
"""P-values below it are not written out."""
RATIOS = ("ratio", "odds ratio", "factor", RATE_RATIO)


def decimals_for(*bases: int | None) -> int:
    """Whole numbers where the smallest base is under 1,000, otherwise one decimal."""
    known = [base for base in bases if base is not None]
    return 1 if known and min(known) >= ENOUGH_FOR_DECIMALS else 0


def plain(value: float, decimals: int) -> str:
    """The size of a number; with more decimals if it would otherwise be written as a 0 or 100 that it is not.

    >>> plain(-7.1, 0), plain(0.04, 0), plain(0.0, 0), plain(99.7, 0)
    ('7', '0.04', '0', '99.7')
    """
    size = abs(value)
    for digits in range(decimals, decimals + 3):
        text = f"{size:,.{digits}f}"
        if float(text.replace(",", "")) not in (0.0, 100.0) or float(text.replace(",", "")) == size:
            return text
    return f"{size:,.{decimals}f}"


def chance(pvalue: float) -> str:
    """A p-value in a sentence.

    >>> chance(0.0274), chance(0.46), chance(1e-9), chance(1.0)
    ('p = 0.027', 'p = 0.46', 'p under 0.001', 'p = 1.00')
    """
    if pvalue < SMALLEST:
        return f"p under {SMALLEST:g}"
    return f"p = {pvalue:.{3 if pvalue < 0.1 else 2}f}"


def numbers_in(sentence: str, ignoring: Iterable[str] = ()) -> list[str]:
    """The numbers of a sentence, as written, outside the texts to ignore (labels such as "Aged 65 and over").

    >>> numbers_in("Aged 65 and over: 1,204 of 2,000 (60.2%)", ignoring=["Aged 65 and over"])
    ['1,204', '2,000', '60.2']
    """
    for text in sorted(ignoring, key=len, reverse=True):
        sentence = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", " ", sentence, flags=re.IGNORECASE)
    return [found.rstrip(",") for found in NUMBER.findall(sentence)]


def unsupported_numbers(sentence: str, findings: Findings | Iterable[Mapping[str, Any]]) -> list[str]:
    """The numbers of a sentence that are not, after rounding, numbers of the findings (or of the rows given).

    Every number of the rows supports itself at any rounding, whatever its sign; a confidence level supports its
    percent; the threshold of findings and the numbers written in verdicts, methods, flags and notes support themselves,
    a factor that matters also the one it is the other way round. Labels are not numbers.
    """
    rows = [dict(row) for row in (findings.rows() if hasattr(findings, "rows") else findings)]
    labels, values, written = set[str](), set[float](), set[str]()
    threshold = getattr(findings, "threshold", None)
    values.update([] if threshold is None else _either_way(float(threshold), rows))
    for row in rows:
        for name, value in row.items():
            if isinstance(value, str) and name not in PROSE:
                labels.update(spellings(value))
            values.update(_numbers_of(name, value))
            written.update(_written(name, value))
        labels.update(text for name in row for text in spellings(name))
    counted = {label for label in labels if NUMBER.fullmatch(label)}
    found = numbers_in(sentence, labels - counted)
    return [text for text in found if text not in written | counted and not _supported(text, values)]


def spellings(label: object) -> list[str]:
    """A label as it is, and as sentences write it."""
    text = str(label)
    ways = [text, spoken(text), days_in_words(spoken(text)), period_in_words(spoken(text)), *months_in(text)]
    return list(dict.fromkeys(ways)) if any(character.isdigit() for character in text) else []


def spoken(label: object) -> str:
    """A label inside a sentence, on one line and without what could take over a terminal; underscores become spaces."""
    return " ".join(clean(str(label).replace("_", " ")).split())


def _either_way(threshold: float, rows: Iterable[Mapping[str, Any]]) -> list[float]:
    """What is taken as mattering: of ratios both ends of the range around 1."""
    ratios = any(row.get("unit_of_measure") in RATIOS for row in rows)
    return [threshold, 1 / threshold] if ratios else [threshold]


def threshold_in(verdict: str) -> float | None:
    """What a verdict says that a difference is smaller than.

    >>> threshold_in("lower by less than a factor of 1.25"), threshold_in("lower by less than 5 points")
    (1.25, 5.0)
    >>> threshold_in("lower")
    """
    found = numbers_in(verdict.partition(" by less than ")[2])
    return float(found[0].replace(",", "")) if found else None


def _numbers_of(name: str, value: Any) -> Iterator[float]:
    if name == "verdict" and isinstance(value, str) and (factor := threshold_in(value)) and " factor of " in value:
        yield from (factor, 1 / factor)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or name == "flag" or math.isnan(value):
        return
    yield abs(float(value))
    if name in SHARES:
        yield 100 * value


def _written(name: str, value: Any) -> list[str]:
    from dueregard.flags import words

    if name == "flag":
        return [number for text in words(value) for number in numbers_in(text)]
    if name in PVALUES and isinstance(value, float) and value < SMALLEST:
        return [f"{SMALLEST:g}"]
    if not isinstance(value, str) or name not in PROSE:
        return []
    return [*numbers_in(value), *numbers_in(days_in_words(value))]


def _supported(text: str, values: Iterable[float]) -> bool:
    shown = float(text.replace(",", ""))
    decimals = len(text.partition(".")[2])
    return any(abs(value - shown) <= 0.5 * 10**-decimals + 1e-9 for value in values if math.isfinite(value))
