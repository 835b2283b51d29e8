"""Rows of a chart: labels at the left, then one plot or several, each with words of its own at its right.

Charts of areas are made of it: they say what a row's marks are, and this file where everything stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts import canvas
from dueregard.publish.charts.key import LINE, Shape, draw_key, key_lines
from dueregard.publish.charts.scales import Scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.publish.charts.figure import Chart

ROW, NARROW_ROW = 23.0, 22.0
SIDES, HEAD, GAP, NAME = 18.0, 28.0, 18.0, 20.0  # pixels: words of sides, above a plot, below one, a name
MOST_LABEL = 0.36  # of the width, taken by labels
TALL = 12  # rows; taller plots have their scale below too


@dataclass(frozen=True)
class Row:
    """A label with a cell for each column; None draws nothing."""

    label: str
    cells: tuple[Any, ...]
    bold: bool = False


@dataclass(frozen=True)
class Column:
    """One plot: its scale, what a number of the scale is, and what a cell draws and says."""

    scale: Scale
    tick: Callable[[float], str]
    draw: Callable[[Axes, float, Any], None]
    words: Callable[[Any], str]
    heading: str = ""
    """What the words at its right are."""
    line: bool = False
    """Whether there is a line at the neutral value."""
    sides: tuple[str, str] = ("", "")
    """What the two sides of that line mean."""
    name: str = ""
    share: float = 1.0
    """Of the width that all plots have."""


@dataclass(frozen=True)
class Block:
    """Rows that stand together, under a name if there are several blocks."""

    name: str
    rows: Sequence[Row]


def plain_scale(low: float, high: float, neutral: float = 0.0) -> Scale:
    """A scale whose positions are the values themselves."""
    ticks = lambda width: canvas.nice_ticks(low, high, most=max(3, int(width / 48)))  # noqa: E731
    return Scale(low, high, neutral, lambda value: value, ticks)


def row_grid(
    blocks: Sequence[Block],
    columns: Sequence[Column],
    *,
    width: int,
    title: str,
    subtitle: str,
    shapes: Sequence[Shape] = (),
) -> Chart:
    """Draw blocks of rows one below another; each column has one place and one scale in all of them."""
    row = ROW if width >= 500 else NARROW_ROW
    keys = key_lines(shapes, width) if shapes else []
    heads = canvas.heading_height(title, subtitle, width)
    top = heads + LINE * len(keys) + 4
    head = HEAD + (SIDES if any(any(column.sides) for column in columns) else 0.0)
    name = NAME * ((len(blocks) > 1) + any(column.name for column in columns))  # a block's stands above its columns'
    tails = [GAP + (12 if len(block.rows) > TALL else 0) for block in blocks]
    tall = sum(name + head + row * len(block.rows) + tail for block, tail in zip(blocks, tails, strict=True))
    sheet = canvas.Sheet(width, top + tall)
    sheet.headings(title, subtitle)
    draw_key(sheet, heads + 8, keys)
    grid = _Grid(sheet, row, head, columns, [each for block in blocks for each in block.rows])
    for block, tail in zip(blocks, tails, strict=True):
        if len(blocks) > 1:
            sheet.text(0, top + 10, canvas.shorten(block.name, width, sheet.size, True), weight="bold")
        grid.block(block.rows, top + name + head)
        top += name + head + row * len(block.rows) + tail
    return sheet.figure


class _Grid:
    """Where labels, plots and words stand on one sheet."""

    def __init__(
        self, sheet: canvas.Sheet, row: float, head: float, columns: Sequence[Column], rows: Sequence[Row]
    ) -> None:
        self.sheet, self.row, self.head, self.columns = sheet, row, head, columns
        need = max(canvas.text_width(each.label, sheet.size, each.bold) for each in rows)
        self.left = min(need, MOST_LABEL * sheet.width) + 12
        rooms = [_room(sheet.size, column, [each.cells[i] for each in rows]) for i, column in enumerate(columns)]
        free = sheet.width - self.left - sum(rooms) - 12 * (len(columns) - 1)
        shares = sum(column.share for column in columns)
        self.places: list[tuple[float, float, float]] = []  # left and width of the plot, right end of the words
        x = self.left
        for column, room in zip(columns, rooms, strict=True):
            plot = free * column.share / shares
            self.places.append((x, plot, x + plot + room))
            x += plot + room + 12

    def block(self, rows: Sequence[Row], top: float) -> None:
        """One block of rows."""
        for i, each in enumerate(rows):
            text = canvas.shorten(each.label, self.left - 10, self.sheet.size, each.bold)
            self.sheet.text(0, top + (i + 0.5) * self.row, text, weight="bold" if each.bold else "normal")
        for place, column in enumerate(self.columns):
            self._column(rows, place, column, top)

    def _column(self, rows: Sequence[Row], place: int, column: Column, top: float) -> None:
        left, width, right = self.places[place]
        axes = self.sheet.panel(left, top, width, self.row * len(rows))
        ticks = {column.scale.at(tick): column.tick(tick) for tick in _apart(column, width)}
        canvas.scale(axes, column.scale.low, column.scale.high, len(rows), list(ticks), ticks.__getitem__)
        if column.name:
            name = canvas.shorten(column.name, right - left, self.sheet.size, True)
            self.sheet.text((left + left + width) / 2, top - self.head - NAME + 10, name, weight="bold", ha="center")
        if column.heading:
            self.sheet.text(right, top - 12, column.heading, ha="right", color=canvas.QUIET, fontsize=11)
        if column.line:
            _neutral(axes, column, len(rows), width)
        for y, each in enumerate(rows):
            cell = each.cells[place]
            if cell is None:
                continue
            column.draw(axes, y, cell)
            style = {"weight": "bold" if each.bold else "normal", "ha": "right"}
            self.sheet.text(right, top + (y + 0.5) * self.row, column.words(cell), **style)


def _apart(column: Column, width: float) -> list[float]:
    """The ticks of a plot, every other one left out until their numbers do not meet."""
    ticks, scale = list(column.scale.ticks(width)), column.scale
    step = width / (scale.high - scale.low)
    need = max((canvas.text_width(column.tick(tick), 11.0) for tick in ticks), default=0.0) + 8
    while len(ticks) > 1 and min(b - a for a, b in pairwise(map(scale.at, ticks))) * step < need:
        ticks = ticks[::2]
    return ticks


def _room(size: float, column: Column, cells: Sequence[Any]) -> float:
    """The width of the words at the right of a plot."""
    said = [canvas.text_width(column.words(cell), size, True) for cell in cells if cell is not None]
    return max([*said, canvas.text_width(column.heading, 11.0)]) + 12 if any(said) else 0.0


def _neutral(axes: Axes, column: Column, rows: int, width: float) -> None:
    """The line at no difference, and what its sides mean where there is room to say it."""
    scale = column.scale
    place = scale.neutral
    axes.plot([place] * 2, [-0.5, rows - 0.5], color=canvas.TEXT, lw=1.2, zorder=1, solid_capstyle="butt")
    part = (place - scale.low) / (scale.high - scale.low)
    for way, words, room in ((-1, column.sides[0], part * width), (1, column.sides[1], (1 - part) * width)):
        arrowed = (f"◂ {said}" if way < 0 else f"{said} ▸" for said in (words, words.partition(" than ")[0]) if said)
        text = next((each for each in arrowed if canvas.text_width(each, 11) + 6 < room), "")
        if text:
            axes.annotate(
                text, (place, -0.5), xytext=(5 * way, 20), ha="right" if way < 0 else "left", color=canvas.QUIET,
                textcoords="offset points", fontsize=11, annotation_clip=False, va="bottom",
            )  # fmt: skip
