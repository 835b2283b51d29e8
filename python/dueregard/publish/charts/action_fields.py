"""What an importance-performance grid draws: of each driver its present level and what more of it goes with.

The lines that part it stand at the average of the drivers drawn, so that lower and larger are among these drivers, and
say nothing of what would be enough. There are none where the drivers cannot be told apart: where all levels are near
each other on their scale, or all gains could be equal by chance. Fields say where drivers stand, and not what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from dueregard.publish.charts.few_sets import few_sets
from dueregard.publish.driver_decimals import gain_digits
from dueregard.publish.driver_sets import DriverSet, driver_sets
from dueregard.publish.readings import Row, finite, known, named

if TYPE_CHECKING:
    from dueregard.findings import Findings

MOST_PANELS = 4
LEAST_SPREAD = 10.0
"""Percent of the scale by which levels differ at least, for some of them to be called low."""


class Field(NamedTuple):
    """Where a driver stands among the others."""

    is_high: bool
    is_large: bool

    def name(self, of: str) -> str:
        """In words, such as for the corner of a chart.

        >>> Field(False, True).name("gain")
        'Lower level, larger gain'
        """
        return f"{'Higher' if self.is_high else 'Lower'} level, {'larger' if self.is_large else 'smaller'} {of}"


FIELDS = (Field(False, True), Field(True, True), Field(False, False), Field(True, False))
"""From where there is room and most goes with more."""


@dataclass(frozen=True)
class Spot:
    """One driver."""

    name: str
    level: float
    value: float
    low: Any
    high: Any

    def crosses(self, line: float) -> bool:
        """Whether chance lets it stand on either side of a line."""
        return known(self.low) and known(self.high) and bool(self.low <= line <= self.high)


@dataclass(frozen=True)
class Panel:
    """The drivers of one group and place that can be drawn, and where lines between them would stand."""

    area: str
    name: str
    spots: Sequence[Spot]
    level_line: float
    value_line: float
    best: float | None

    def field(self, spot: Spot) -> Field:
        """Where a driver stands."""
        return Field(spot.level > self.level_line, spot.value > self.value_line)

    @property
    def spread(self) -> float:
        """By how much levels differ at most."""
        levels = [spot.level for spot in self.spots]
        return max(levels) - min(levels)

    @property
    def is_near(self) -> bool:
        """Whether all levels are near each other, on a scale that is known."""
        return self.best is not None and 100 * self.spread < LEAST_SPREAD * self.best

    @property
    def could_be_equal(self) -> bool:
        """Whether chance lets no driver, or none in the other direction, be told from their average."""
        sure = {spot.value > self.value_line for spot in self.spots if not spot.crosses(self.value_line)}
        return len(sure) < 2

    @property
    def is_parted(self) -> bool:
        """Whether drivers can be told apart both ways, on a scale that is known."""
        return self.best is not None and not self.is_near and not self.could_be_equal


@dataclass(frozen=True)
class Grid:
    """The panels, all on the same two scales."""

    panels: Sequence[Panel]
    of_gains: bool
    """Whether gains are drawn, and not shares."""
    best: float | None
    """The best level there is, where it is the same for all."""
    undrawn: Sequence[str]
    """Drivers without a level on that scale."""
    left_out: int
    """Groups and areas that are not drawn."""
    digits: int = 1
    """Decimals of gains."""

    @property
    def what(self) -> str:
        """What stands upright, in a word."""
        return "gain" if self.of_gains else "share"

    @property
    def spots(self) -> list[Spot]:
        return [spot for panel in self.panels for spot in panel.spots]


def grid_of(findings: Findings) -> Grid:
    """The grid of findings; refused where fewer than two drivers have both a level and a gain or share."""
    every = [each for each in driver_sets(findings) if each.has_shares]
    sets = few_sets(every, MOST_PANELS) if every else []
    rows = [row for each in sets for row in each.drivers]
    of_gains = any(known(row["gain"]) and known(row["performance"]) for row in rows)
    best = _best(rows)
    panels = [panel for each in sets if (panel := _panel(each, best, of_gains)) is not None]
    if not panels:
        raise ValueError(
            "findings: there is no grid to draw; it takes two drivers at least that have a present level and a gain, "
            "and scores= of dueregard.key_drivers puts answers in words on one scale"
        )
    drawn = {spot.name for panel in panels for spot in panel.spots}
    undrawn = [name for name in dict.fromkeys(named(row["driver"]) for row in rows) if name not in drawn]
    return Grid(panels, of_gains, best, undrawn, len(every) - len(panels), gain_digits(rows))


def _best(rows: Sequence[Row]) -> float | None:
    """The best level of those that have one on the same scale; None where no driver has one."""
    tops = finite(row.get("best") for row in rows)
    return max(tops, key=tops.count) if tops else None


def _panel(each: DriverSet, best: float | None, of_gains: bool) -> Panel | None:
    here = [row for row in each.drivers if best is None or row.get("best") == best]
    spots = [spot for row in here if (spot := _spot(row, of_gains)) is not None]
    if len(spots) < 2:
        return None
    level, value = (sum(getattr(spot, name) for spot in spots) / len(spots) for name in ("level", "value"))
    return Panel(each.area, each.name, spots, level, value, best)


def _spot(row: Row, of_gains: bool) -> Spot | None:
    value, low, high = (row[name] for name in (("gain", "gain_low", "gain_high") if of_gains else ("value", "low",
                                                                                                 "high")))  # fmt: skip
    if not (known(row["performance"]) and known(value)):
        return None
    return Spot(named(row["driver"]), row["performance"], value, low, high)
