"""Values and differences as sentences, tables and charts write them: one small class for each unit of measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, ClassVar

from dueregard.publish.numbers import plain, spoken
from dueregard.publish.readings import clean, fixed, known, whole
from dueregard.units import FROM_EVEN_CHANCE, KAPPA, LOWER_THAN_REFERENCE, RATE_RATIO, STEPS

Row = Mapping[str, Any]

ROUNDING = 2  # tenths: what rounding three numbers can add up to


class Unit:
    """A difference in a unit that the row names, such as days; other units say where they differ from it."""

    neutral: ClassVar[float] = 0.0
    """The estimate of two groups that are the same."""
    percent: ClassVar[bool] = False
    """Whether values are percentages."""
    gap: ClassVar[str] = "gap"
    logarithmic: ClassVar[bool] = False

    def __init__(self, name: str) -> None:
        self.name = name

    # in sentences

    def value(self, value: float, decimals: int) -> str:
        """A value of one group: "12 days"."""
        return self._with_unit(f"{value:,.10g}")

    def size(self, text: str) -> str:
        """The size of a difference with its unit."""
        return self._with_unit(text)

    def _with_unit(self, text: str) -> str:
        unit = spoken(self.name)
        return f"{text} {unit.removesuffix('s') if text == '1' else unit}"

    def side(self, value: float) -> str:
        """Whether a difference means that the group is lower or higher."""
        return "lower" if value < self.neutral else "higher"

    def difference(self, row: Row, decimals: int) -> str:
        """An estimate in words: "7 percentage points lower"."""
        estimate = row["estimate"]
        if float(f"{estimate:.{decimals}f}") == 0:
            return "about the same"
        return f"{self.size(plain(estimate, decimals))} {self.side(estimate)}"

    def undefined(self, row: Row, decimals: int) -> str:
        """Why there may be limits and no estimate."""
        return "the difference is not defined"

    def span(self, low: float, high: float, decimals: int) -> str:
        """An interval in words: "12 to 2 lower"."""
        first, last = (plain(limit, decimals) if abs(limit) < float("inf") else "any amount" for limit in (low, high))
        if low >= 0 and high == float("inf"):
            return f"{first} or more {self.side(high)}"
        if high <= 0 and low == -float("inf"):
            return f"{last} or more {self.side(low)}"
        if low < 0 < high:
            return f"{first} {self.side(low)} to {last} {self.side(high)}"
        return f"{first} to {last} {self.side(low if low < 0 else high)}"

    def against(self, value: float, decimals: int, reference: str) -> str:
        """What a value is held against."""
        return f"{self.value(value, decimals)} for {reference}"

    def reference_heading(self, reference: str) -> str:
        """The heading of what values are held against."""
        return reference

    def mattering(self, threshold: float) -> str:
        """What a difference is within that does not matter."""
        return f"{self.size(f'{threshold:g}')} taken as not mattering"

    def excludes_neutral(self, row: Row) -> bool:
        """Whether an interval leaves out that the groups are the same."""
        low, high = row.get("low"), row.get("high")
        return known(low) and known(high) and bool(low > self.neutral or high < self.neutral)

    def spread(self, value: float) -> str:
        """How much gaps vary: "standard deviation 4.4 percentage points"."""
        return f"standard deviation {self.spread_size(plain(value, 1))}"

    def spread_size(self, text: str) -> str:
        return self.size(text)

    def spread_number(self, value: float) -> str:
        return plain(value, 1)

    def largest(self, value: float) -> str:
        """The largest gap of all, with its unit."""
        return self.spread_size(self.largest_number(value))

    def largest_number(self, value: float) -> str:
        return plain(value, 0)

    def distance(self, value: float) -> float:
        """How far an estimate is from no difference, either way."""
        return abs(value)

    # in tables

    @property
    def value_unit(self) -> str:
        """What values are in, for headings."""
        return "%" if self.percent else ""

    def value_cell(self, value: float) -> str:
        """A value of one group in a table."""
        text = self._decimal(value)
        if value > 0 and text == "0.0":
            return "[low]"
        return "0.0" if text == "-0.0" else text

    def _decimal(self, value: float) -> str:
        """A number with one decimal; from a thousand whole, as in sentences."""
        return f"{value:,.1f}" if self.percent or abs(value) < 1000 else f"{value:,.0f}"

    def rounds_apart(self, row: Row) -> bool:
        """Whether the printed values come to another number than the printed estimate."""
        return False

    def heading(self) -> str:
        """What a table calls estimates."""
        return f"Difference ({clean(self.name)})"

    def short_heading(self) -> str:
        """What a table in few columns calls them, whose legend says the unit."""
        return "Difference"

    def limit_heading(self) -> str:
        """What stands behind the headings of limits."""
        return ""

    def legend(self) -> str:
        """What a table with short headings says of its estimates."""
        return f"Differences in {clean(self.name)}"

    def cell(self, value: float, limit: bool = False) -> str:
        """An estimate or limit in a table."""
        text = self._decimal(value)
        return "0.0" if text == "-0.0" else text

    # in charts

    def mark(self, value: float) -> str:
        """An estimate or limit beside a point."""
        return whole(value, signed=True)

    def tick(self, value: float) -> str:
        """A number of the scale."""
        return whole(value, signed=True) if value == int(value) else fixed(value, 1, signed=True)

    def marked_span(self, low: float, high: float) -> str:
        """An interval beside a point."""
        if low == -float("inf") or high == float("inf"):
            return open_span(low, high, self.mark)
        return f"{self.mark(low)} to {self.mark(high)}"

    def signed(self, value: float) -> str:
        """An estimate in the words of a chart, to the nearest whole number."""
        if whole(abs(value)) == "0":
            return f"no different to the nearest {self._nearest()}"
        return f"{self.size(whole(abs(value)))} {self.side(value)}"

    def _nearest(self) -> str:
        return "whole number"

    def than(self, value: float, reference: str) -> str:
        """An estimate in a title, with what it is compared with."""
        words = self.signed(value) if known(value) else ""
        return f"{words if words.endswith(('lower', 'higher')) else 'no higher or lower'} than {reference}"

    def widest(self, value: float) -> str:
        """The size of the widest gap in a title."""
        return self.size(whole(abs(value)))

    def measured(self, reference: str) -> str:
        """What a chart measures."""
        return f"Difference in {clean(self.name)}"

    def band(self, threshold: float) -> tuple[float, float]:
        """The ends of what does not matter."""
        return -threshold, threshold

    def band_words(self, threshold: float) -> tuple[str, str]:
        """The band of what does not matter, in full and as short as it gets."""
        return f"under {self.size(f'{threshold:g}')}", f"under {threshold:g}"

    def sides(self, reference: str, wide: bool) -> tuple[str, str]:
        """What the two sides of the neutral line mean."""
        than = f" than {reference}" if wide else ""
        return f"{self.side(self.neutral - 1)}{than}", f"{self.side(self.neutral + 1)}{than}"


def open_span(low: float, high: float, mark: Callable[[float], str]) -> str:
    """An interval that has no end on one side or on both."""
    if low == -float("inf") and high == float("inf"):
        return "no limits"
    return f"{mark(low)} or more" if high == float("inf") else f"{mark(high)} or less"


class Points(Unit):
    """Differences of percentages, in percentage points."""

    percent = True

    def __init__(self) -> None:
        super().__init__("percentage points")

    def value(self, value: float, decimals: int) -> str:
        return f"{plain(value, decimals)}%"

    def size(self, text: str) -> str:
        return f"{text} percentage point{'' if float(text.replace(',', '')) == 1 else 's'}"

    def spread_size(self, text: str) -> str:
        return f"{text} percentage point{'' if text == '1' else 's'}"

    def limit_heading(self) -> str:
        return "(points)"

    def rounds_apart(self, row: Row) -> bool:
        value, against, gap = (
            round(10 * float(f"{row[name]:.1f}")) for name in ("value", "reference_value", "estimate")
        )
        return value - against != gap and abs(value - against - gap) <= ROUNDING

    def _nearest(self) -> str:
        return "point"

    def widest(self, value: float) -> str:
        points = whole(abs(value))
        return f"{points} point{'' if points == '1' else 's'}"

    def band_words(self, threshold: float) -> tuple[str, str]:
        return f"under {threshold:g} points", f"under {threshold:g}"


class EvenChance(Points):
    """The chance of a higher answer in one group than in another, which is 50% where they do not differ."""

    def against(self, value: float, decimals: int, reference: str) -> str:
        return f"{self.value(value, decimals)} if it did not differ from {reference}"

    def __init__(self, name: str) -> None:
        super().__init__()

    def reference_heading(self, reference: str) -> str:
        return "Even chance"


class Lower(Unit):
    """Pay gaps: amounts, and by how many percent the group's is lower."""

    def value(self, value: float, decimals: int) -> str:
        return f"{value:,.2f}"

    def size(self, text: str) -> str:
        return f"{text}%"

    def side(self, value: float) -> str:
        return "higher" if value < 0 else "lower"


def unit_of(row: Row) -> Unit:
    """The unit of a row; without one, percentage points.

    >>> unit_of({}).side(-2.0), unit_of({"unit_of_measure": "% lower than the reference"}).side(-2.0)
    ('lower', 'higher')
    >>> unit_of({}).value(81.0, 0), unit_of({"unit_of_measure": "days"}).value(12.0, 0)
    ('81%', '12 days')
    >>> unit_of({"unit_of_measure": "ratio"}).than(0.927, "White")
    '0.93 times as high as White'
    """
    from dueregard.publish.units.agreement_units import Small
    from dueregard.publish.units.printed_units import PrintedFigure
    from dueregard.publish.units.rate_units import RateRatio
    from dueregard.publish.units.ratios import Factor, OddsRatio, Ratio

    name = row.get("unit_of_measure")
    if "printed_at" in row:
        return PrintedFigure(str(name))
    if name is None or str(name) in ("percent", "percentage points"):
        return Points()
    special: dict[str, Callable[[str], Unit]] = {
        LOWER_THAN_REFERENCE: Lower,
        FROM_EVEN_CHANCE: EvenChance,
        "ratio": Ratio,
        "odds ratio": OddsRatio,
        "factor": Factor,
        KAPPA: Small,
        STEPS: Small,
        RATE_RATIO: partial(RateRatio, per=row.get("per")),
    }
    return special.get(str(name), Unit)(str(name))


def unit_of_rows(rows: Iterable[Row]) -> Unit:
    """The unit of the first row that has one; rows on variation only where there is no other."""
    named = [row for row in rows if row.get("unit_of_measure")]
    return unit_of(next((row for row in named if row.get("row_type") != "variation"), named[0] if named else {}))
