"""Where levels and gains stand in an importance-performance grid, and where the names of its points find room.

Names stand at their points as long as each finds a place off all lines; else points are numbered, and the names listed
below.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dueregard.publish.charts import canvas
from dueregard.publish.charts.action_fields import Grid, Panel, Spot
from dueregard.publish.charts.label_places import Placed, placed
from dueregard.publish.readings import finite, fixed, known

EDGE = 24.0  # pixels above and below the points, for the names of fields
NAME_SIZE, TICK_SIZE = 11.0, 11.0
STEPS = [i / 120 for i in range(121)]


@dataclass(frozen=True)
class Frame:
    """Where levels and values stand, in pixels from the left and the bottom."""

    grid: Grid
    left: float
    width: float
    height: float
    levels: tuple[float, float]
    values: tuple[float, float]

    def x(self, level: float) -> float:
        """Where a level stands."""
        low, high = self.levels
        return (level - low) / (high - low) * self.width

    def y(self, value: float) -> float:
        """Where a gain or share stands."""
        low, high = self.values
        return EDGE + (value - low) / (high - low) * (self.height - 2 * EDGE)

    def place(self, spot: Spot) -> tuple[float, float]:
        """Where a driver stands."""
        return self.x(spot.level), self.y(spot.value)

    def value_ticks(self) -> list[float]:
        """Round gains or shares for grid lines."""
        return canvas.nice_ticks(*self.values, max(3, int(self.height / 60)))

    def level_ticks(self) -> list[float]:
        """Round levels."""
        return canvas.nice_ticks(*self.levels, max(3, int(self.width / 80)))

    def value_text(self, value: float) -> str:
        """A number of the scale of gains or shares."""
        decimals = _decimals(self.value_ticks())
        return fixed(value, decimals, signed=True) if self.grid.of_gains else f"{fixed(value, decimals)}%"


def _decimals(ticks: Sequence[float]) -> int:
    """As many as tell the ticks apart."""
    step = min((b - a for a, b in pairwise(ticks)), default=1.0)
    return next((n for n in range(3) if abs(step * 10**n - round(step * 10**n)) < 1e-6), 3)


def frame_of(grid: Grid, width: int, tall: float) -> Frame:
    """The frame of a sheet of this width."""
    ends = finite(end for spot in grid.spots for end in (spot.value, spot.low, spot.high))
    values = canvas.span(ends, include=())
    # the whole scale where there is one: drivers that differ by little stand close together
    whole = [] if grid.best is None else [0.0, grid.best]
    levels = canvas.span([*whole, *(spot.level for spot in grid.spots)], include=(), pad=0.03 if whole else 0.12)
    made = Frame(grid, 0.0, width, tall, levels, values)
    left = 12 + max(canvas.text_width(made.value_text(tick), TICK_SIZE) for tick in made.value_ticks() or [0.0])
    return Frame(grid, left, width - left - 2, tall, levels, values)


def names_at(frame: Frame, panel: Panel, names: dict[str, str]) -> tuple[list[Placed], bool]:
    """What stands at each point, and whether all of it stands off all lines; the furthest from none first."""
    spots = sorted(panel.spots, key=lambda spot: -abs(spot.value))
    texts = [(names[spot.name], canvas.text_width(names[spot.name], NAME_SIZE), *frame.place(spot)) for spot in spots]
    inside = (2.0, EDGE - 4, frame.width - 2, frame.height - EDGE + 4)
    ink = ink_of(frame, panel)
    found, without = placed(texts, (), ink, inside, NAME_SIZE * 1.2)
    lost = [Placed(text, x + 9, y, (x, y), False) for text, _, x, y in texts if text in without]  # on others, but there
    return [*found, *lost], not without and not any(_covers(place, ink) for place in found)


def _covers(place: Placed, ink: Sequence[tuple[float, float]]) -> bool:
    """Whether a name lies on a line."""
    left, bottom, right, top = place.box(canvas.text_width(place.text, NAME_SIZE), NAME_SIZE * 1.2)
    return any(left < x < right and bottom < y < top for x, y in ink)


def ink_of(frame: Frame, panel: Panel) -> list[tuple[float, float]]:
    """Points along intervals and the lines between fields, which names keep off where they can."""
    ends: list[Callable[[float], tuple[float, float]]] = [
        lambda t: (frame.x(panel.level_line), t * frame.height),
        lambda t: (t * frame.width, frame.y(panel.value_line)),
    ]
    ends = ends if panel.is_parted else []
    ink = [end(t) for end in ends for t in STEPS]
    for spot in panel.spots:
        if known(spot.low) and known(spot.high):
            low, high = frame.y(spot.low), frame.y(spot.high)
            ink += [(frame.x(spot.level), low + t * (high - low)) for t in STEPS[::10]]
    return ink


def numbers_for(frame: Frame, grid: Grid) -> dict[str, str]:
    """What stands for each driver: its name, or where any of the names finds no room a number for each."""
    every = list(dict.fromkeys(spot.name for panel in grid.panels for spot in panel.spots))
    names = {name: name for name in every}
    if all(names_at(frame, panel, names)[1] for panel in grid.panels):
        return names
    return {name: f"{i}" for i, name in enumerate(every, 1)}
