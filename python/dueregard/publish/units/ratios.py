"""Ratios and odds ratios as sentences, tables and charts write them."""

from __future__ import annotations

import math
from typing import ClassVar

from dueregard.publish.numbers import plain
from dueregard.publish.readings import known
from dueregard.publish.units.amounts import Row, Unit, open_span

TIMES = "\N{MULTIPLICATION SIGN}"
MOST_DECIMALS = 6


def times(value: float, exact: bool = True) -> str:
    """A ratio with two decimals, or as many as it takes: what is not 0 is not written so, nor exactly what is not 1.

    >>> times(0.927), times(0.9964), times(1.0), times(0.0123), times(12.345), times(1234.5), times(0.0)
    ('0.93', '0.996', '1.00', '0.012', '12.3', '1,234', '0')
    >>> times(0.9964, exact=False)
    '1.00'
    """
    if value == 0 or math.isinf(value):
        return "0" if value == 0 else "infinite"
    magnitude = math.floor(math.log10(value))
    decimals = 1 - magnitude if value < 0.1 else max(0, 2 - max(0, magnitude))
    while exact and value != 1 and float(f"{value:.{decimals}f}") == 1 and decimals < MOST_DECIMALS:
        decimals += 1
    return f"{value:,.{decimals}f}"


class Ratio(Unit):
    """Ratios of percentages."""

    neutral = 1.0
    percent = True
    gap = "relative gap"
    logarithmic = True
    word: ClassVar[str] = "ratio"

    def value(self, value: float, decimals: int) -> str:
        return f"{plain(value, decimals)}%"

    def size(self, text: str) -> str:
        return f"{text} times as high"

    def difference(self, row: Row, decimals: int) -> str:
        estimate = row["estimate"]
        if math.isinf(estimate):
            return self.undefined(row, decimals)
        if float(f"{estimate:.2f}") == 1 and not self.excludes_neutral(row):
            return self._same()
        return self.size(times(estimate))

    def _same(self) -> str:
        return "about the same"

    def undefined(self, row: Row, decimals: int) -> str:
        value, against = (self.value(row[name], decimals) for name in ("value", "reference_value"))
        return f"no {self.word} of {value} to {against} can be given"

    def span(self, low: float, high: float, decimals: int) -> str:
        return self.marked_span(low, high).replace("no limits", "without limits")

    def mattering(self, threshold: float) -> str:
        return f"range {_between(threshold)} taken as not mattering"

    def distance(self, value: float) -> float:
        return abs(math.log(value)) if 0 < value < math.inf else math.inf

    def heading(self) -> str:
        return self.word.capitalize()

    def short_heading(self) -> str:
        return self.heading()

    def legend(self) -> str:
        return f"{self.heading()}: 1 is no difference"

    def cell(self, value: float, limit: bool = False) -> str:
        return times(value, exact=limit)

    def mark(self, value: float) -> str:
        return times(value, exact=False)

    def tick(self, value: float) -> str:
        return f"{value:g}"

    def marked_span(self, low: float, high: float) -> str:
        if high == math.inf:
            return open_span(-math.inf if low == 0 else low, high, times)
        return f"{times(low)} to {times(high)}"

    def signed(self, value: float) -> str:
        if math.isinf(value):
            return f"an infinite {self.word}"
        text = times(value, exact=False)
        return self._same() if text == "1.00" else self.size(text)

    def than(self, value: float, reference: str) -> str:
        if not known(value):
            return f"no {self.word} to {reference}"
        if math.isinf(value):
            return self.sides(reference, True)[1]
        text = times(value, exact=False)
        return f"{self._same()} as {reference}" if text == "1.00" else self._times_as(text, reference)

    def _times_as(self, text: str, reference: str) -> str:
        return f"{text} times as high as {reference}"

    def widest(self, value: float) -> str:
        return self.signed(value)

    def measured(self, reference: str) -> str:
        return f"{self.heading()} to {reference} on a logarithmic scale"

    def band(self, threshold: float) -> tuple[float, float]:
        factor = max(threshold, 1 / threshold)
        return 1 / factor, factor

    def band_words(self, threshold: float) -> tuple[str, str]:
        return _between(threshold), _between(threshold)


def _between(threshold: float) -> str:
    """The range within which ratios do not matter, whichever of its ends is given."""
    factor = max(threshold, 1 / threshold)
    low, high = (
        times(end).rstrip("0").rstrip(".") if "." in times(end) else times(end) for end in (1 / factor, factor)
    )
    return f"{low} to {high}"


class OddsRatio(Ratio):
    """Ratios of odds."""

    word = "odds ratio"

    def size(self, text: str) -> str:
        return f"the odds were {text} times as high"

    def _same(self) -> str:
        return "the odds were about the same"

    def signed(self, value: float) -> str:
        return super().signed(value).replace("the odds were", "odds")

    def _times_as(self, text: str, reference: str) -> str:
        return f"odds {text} times those of {reference}"

    def than(self, value: float, reference: str) -> str:
        return super().than(value, reference).replace("the odds were about the same as", "odds about the same as for")

    def sides(self, reference: str, wide: bool) -> tuple[str, str]:
        than = f" than {reference}" if wide else ""
        return f"lower odds{than}", f"higher odds{than}"


class Factor(Ratio):
    """How ratios vary between areas: either way by a factor."""

    word = "factor"

    def spread(self, value: float) -> str:
        return f"typically by a factor of {times(value)}"

    def spread_size(self, text: str) -> str:
        return f"a factor of {text}"

    def spread_number(self, value: float) -> str:
        return times(value)

    def largest_number(self, value: float) -> str:
        return times(value)

    def cell(self, value: float, limit: bool = False) -> str:
        return f"{TIMES}{times(value, exact=limit)}"
