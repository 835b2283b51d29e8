"""The figure of a reading: counts, two pairs of counts, or a value that was worked out elsewhere."""

import math
from dataclasses import dataclass, replace

from dueregard.plans.measures import NUMBER, PERCENT, POINTS, RATE, RATE_RATIO, RATIO, Measure
from dueregard.records.toml_files import TomlTable

KEYS = ("count", "nobs", "reference_count", "reference_nobs", "value", "se")


@dataclass(frozen=True)
class Figure:
    """Counts or a value, in the unit of its measure; what was not given is None."""

    count: int | None = None
    nobs: float | None = None
    reference_count: int | None = None
    reference_nobs: float | None = None
    value: float | None = None
    se: float | None = None

    @property
    def counted(self) -> bool:
        """Whether it is counts."""
        return self.count is not None

    def over(self, years: float) -> "Figure":
        """The same counts with bases of people as person-years."""
        nobs, other = (None if base is None else base * years for base in (self.nobs, self.reference_nobs))
        return replace(self, nobs=nobs, reference_nobs=other)

    def value_of(self, measure: Measure) -> float:
        """Its value in the unit of the measure; NaN where there is nothing to divide by."""
        if self.value is not None:
            return self.value
        share = _over(self.count, self.nobs)
        other = _over(self.reference_count, self.reference_nobs)
        return {
            PERCENT: 100 * share,
            POINTS: 100 * (share - other),
            RATIO: _over(share, other),
            RATE_RATIO: _over(share, other),
            RATE: measure.per * share,
            NUMBER: float(self.count or 0),
        }[measure.unit]


def _over(count: float | None, base: float | None) -> float:
    return math.nan if not base or count is None else count / base


def read_figure(row: TomlTable, measure: Measure) -> Figure:
    """The figure of a row, checked against the unit of its measure."""
    if "value" in row:
        return _read_value(row, measure)
    needed = {NUMBER: KEYS[:1]}.get(measure.unit, KEYS[:4] if measure.compares else KEYS[:2])
    for key in KEYS:
        if key in needed and key not in row:
            others = "" if len(needed) == 1 else f" (it needs {', '.join(needed)}, or value)"
            raise row.fail(f"there is no {key!r} for {measure.id!r}, whose unit is {measure.unit}{others}")
        if key in row and key not in needed:
            raise row.fail(f"{key!r} is not for {measure.id!r}, whose unit is {measure.unit}", key)
    figure = Figure(**{key: _read_number(row, key, measure) for key in needed})  # type: ignore[arg-type]
    if measure.unit not in (RATE, RATE_RATIO, NUMBER):
        _refuse_above(row, "count", figure.count, "nobs", figure.nobs)
        _refuse_above(row, "reference_count", figure.reference_count, "reference_nobs", figure.reference_nobs)
    return figure


def _read_value(row: TomlTable, measure: Measure) -> Figure:
    for key in KEYS[:4]:
        if key in row:
            raise row.fail(f"there is both a 'value' and a {key!r}; give the one or the other", key)
    low, high = measure.range
    if "se" in row and measure.full_count:
        raise row.fail(f"'se' is not for {measure.id!r}, which is a full count", "se")
    return Figure(value=row.number("value", low=low, high=high), se=row.number("se", low=0, default=None))


def _read_number(row: TomlTable, key: str, measure: Measure) -> float:
    """Counts are whole; so are bases, save those of rates, which may be person-years."""
    if key in ("nobs", "reference_nobs") and measure.unit in (RATE, RATE_RATIO):
        base: float = row.number(key, low=0)
        if base == 0 and row.get(key.replace("nobs", "count")):
            raise row.fail(f"{key!r} is 0, and there are events", key)
        return base
    return int(row.whole(key, low=0))


def _refuse_above(row: TomlTable, key: str, count: float | None, of: str, nobs: float | None) -> None:
    if count is not None and nobs is not None and count > nobs:
        raise row.fail(f"{key!r} is {count:,}, above {of!r}, {nobs:,}", key)
