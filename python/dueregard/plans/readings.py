"""A reading: what a measure was in a period, over all areas or in one of them. Baselines are readings too."""

import datetime as dt
from dataclasses import dataclass

from dueregard.plans.context import Context
from dueregard.plans.figures import KEYS, Figure, read_figure
from dueregard.plans.spans import Span
from dueregard.records.toml_files import TomlTable


@dataclass(frozen=True)
class Reading:
    """One reading; ``area`` is None over all areas."""

    measure: str
    span: Span
    figure: Figure
    area: str | None = None

    @property
    def key(self) -> tuple[str, str | None]:
        """The measure and the area, of which the readings are one series."""
        return self.measure, self.area

    @property
    def slot(self) -> tuple[str, str | None, dt.date, dt.date]:
        """The series and the days, of which there is one reading."""
        return self.measure, self.area, self.span.start, self.span.end


def read_reading(row: TomlTable, context: Context) -> Reading:
    """A reading from its row; a period of an area has one reading."""
    row.only("measure", "period", "area", *KEYS)
    reading = _read(row, context)
    if reading.slot in context.items.get("readings", {}):
        raise row.fail(f"there are two readings of {reading.measure!r} in {reading.span.words}{_in(reading)}")
    return reading


def read_baseline(row: TomlTable, context: Context) -> Reading:
    """A baseline from its row; a measure has one, or one an area."""
    row.only("measure", "period", "area", *KEYS)
    baseline = _read(row, context)
    if baseline.key in context.items.get("baselines", {}):
        raise row.fail(f"there are two baselines of {baseline.measure!r}{_in(baseline)}")
    return baseline


def _read(row: TomlTable, context: Context) -> Reading:
    measure = context.items["measures"][context.known(row, "measure", "measures")]
    return Reading(measure.id, context.span(row), read_figure(row, measure), row.text("area", None))


def _in(reading: Reading) -> str:
    return f" in {reading.area}" if reading.area else ""
