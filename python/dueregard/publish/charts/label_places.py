"""Where the names of points stand: near them, inside the plot, and over no other name or point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in pixels."""

REACH = (9.0, 16.0, 26.0, 38.0, 52.0)
"""How far from its point a name may stand; beyond the second a line leads to it."""

SLACK = 1.5  # pixels between two names


@dataclass(frozen=True)
class Placed:
    """A name at its place: left end and middle of the line, with where a leading line would begin."""

    text: str
    left: float
    middle: float
    point: tuple[float, float]
    led: bool

    def box(self, width: float, height: float) -> Box:
        return self.left, self.middle - height / 2, self.left + width, self.middle + height / 2


def placed(
    names: Sequence[tuple[str, float, float, float]],
    others: Iterable[tuple[float, float]],
    lines: Iterable[tuple[float, float]],
    plot: Box,
    height: float,
) -> tuple[list[Placed], list[str]]:
    """Each name (text, its width, x and y of its point) at the first place that is free, and names without one.

    Names are given their place in the order they come in. ``others`` are points without a name, which names keep off
    too; of places off all ``lines`` (points along them) a name takes the nearest, and only without one a place on them.
    """
    taken = [_around(x, y) for _, _, x, y in names] + [_around(x, y) for x, y in others]
    drawn = [(x, y, x, y) for x, y in lines]
    found, without = [], []
    for text, width, x, y in names:
        free = [spot for spot in _spots(text, width, x, y) if _free(spot.box(width, height), taken, plot)]
        clear = (spot for spot in free if not any(_overlap(spot.box(width, height), each) for each in drawn))
        spot = next(clear, free[0] if free else None)
        if spot is None:
            without.append(text)
        else:
            found.append(spot)
            taken.append(spot.box(width, height))
    return found, without


def _around(x: float, y: float) -> Box:
    return x - 5, y - 5, x + 5, y + 5


def _spots(text: str, width: float, x: float, y: float) -> Iterator[Placed]:
    """Right, left, above and below, then the corners, nearer places first."""
    for i, reach in enumerate(REACH):
        up, led = reach + 5, i >= 2
        yield Placed(text, x + reach, y, (x, y), led)
        yield Placed(text, x - reach - width, y, (x, y), led)
        yield Placed(text, x - width / 2, y + up, (x, y), led)
        yield Placed(text, x - width / 2, y - up, (x, y), led)
        for side in (1, -1):
            left = x + 0.7 * reach if side > 0 else x - 0.7 * reach - width
            for way in (1, -1):
                yield Placed(text, left, y + way * 0.8 * up, (x, y), led)


def _free(box: Box, taken: Sequence[Box], plot: Box) -> bool:
    inside = box[0] >= plot[0] and box[1] >= plot[1] and box[2] <= plot[2] and box[3] <= plot[3]
    return inside and not any(_overlap(box, other) for other in taken)


def _overlap(one: Box, other: Box) -> bool:
    across = one[0] < other[2] + SLACK and other[0] < one[2] + SLACK
    return across and one[1] < other[3] + SLACK and other[1] < one[3] + SLACK
