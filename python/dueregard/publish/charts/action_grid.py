"""The importance-performance grid: drivers by their present level and by what more of them goes with, in four fields
where they can be told apart.

A point is hollow where chance would let its driver stand above or below the line between larger and smaller gains; in a
grid without lines where its gain could be none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts import canvas
from dueregard.publish.charts.action_fields import FIELDS, Grid, Panel, Spot, grid_of
from dueregard.publish.charts.action_frame import NAME_SIZE, TICK_SIZE, Frame, frame_of, names_at, numbers_for
from dueregard.publish.charts.driver_chart import gain_heading
from dueregard.publish.charts.key import LINE, Shape, draw_key, key_lines
from dueregard.publish.charts.label_places import Placed
from dueregard.publish.readings import known, rows_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart

TALL, NARROW_TALL = 330.0, 300.0
BELOW, NAME, ABOVE = 46.0, 22.0, 20.0
FIELD_SIZE, LISTED = 11.5, 18.0
PARTED = ("on one side, beyond chance", "could be on either side")
OF_GAINS = ("gain", "gain that could be none")
OF_SHARES = ("share", "share that could be none")


def action_grid(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw a panel for each group and place, one below another, all on the same scales."""
    grid = grid_of(findings)
    shapes = _shapes(grid)
    heads, keys = canvas.heading_height(title, subtitle, width), key_lines(shapes, width)
    frame = frame_of(grid, width, TALL if width >= 500 else NARROW_TALL)
    names = numbers_for(frame, grid)
    name = NAME if len(grid.panels) > 1 else 0.0
    top = heads + 6 + LINE * len(keys)
    tall = len(grid.panels) * (name + ABOVE + frame.height + BELOW)
    sheet = canvas.Sheet(width, top + tall + _listed_height(names))
    sheet.headings(title, subtitle)
    draw_key(sheet, heads + 6, keys)
    rows = rows_of(findings, "driver")
    what = gain_heading(rows) if grid.of_gains else "share of what they explain"
    for panel in grid.panels:
        if name:
            sheet.text(0, top + 10, canvas.shorten(panel.name, width, sheet.size, True), weight="bold")
        sheet.text(0, top + name + 9, f"{what[:1].upper()}{what[1:]}", fontsize=12)
        axes = sheet.panel(frame.left, top + name + ABOVE, frame.width, frame.height)
        axes.set_xlim(0, frame.width)
        axes.set_ylim(0, frame.height)
        _Drawn(axes, frame, panel, names).draw()
        top += name + ABOVE + frame.height + BELOW
    _list(sheet, names, top)
    return sheet.figure


def is_hollow(panel: Panel, spot: Spot) -> bool:
    """Whether chance lets a driver stand on either side of the line, or of none where there is no line."""
    return spot.crosses(panel.value_line if panel.is_parted else 0.0)


def _shapes(grid: Grid) -> list[Shape]:
    """The marks that are drawn, with their words."""
    shapes: list[Shape] = []
    for parted, words in ((True, PARTED), (False, OF_GAINS if grid.of_gains else OF_SHARES)):
        panels = [panel for panel in grid.panels if panel.is_parted == parted]
        hollow = {is_hollow(panel, spot) for panel in panels for spot in panel.spots}
        faces = ((False, canvas.DARK_BLUE), (True, "white"))
        shapes += [("o", face, canvas.DARK_BLUE, said) for (is_one, face), said in zip(faces, words, strict=True)
                   if is_one in hollow and (parted or hollow != {False})]  # fmt: skip
    return shapes


def _is_numbered(names: dict[str, str]) -> bool:
    return any(name != text for name, text in names.items())


def _listed_height(names: dict[str, str]) -> float:
    """The room for the names of numbers."""
    return LISTED * len(names) + 8 if _is_numbered(names) else 0.0


def _list(sheet: canvas.Sheet, names: dict[str, str], top: float) -> None:
    """The names of the numbers, one below another."""
    if not _is_numbered(names):
        return
    for i, (name, number) in enumerate(names.items()):
        y = top + (i + 0.5) * LISTED + 4
        sheet.text(18, y, number, ha="right", weight="bold", fontsize=12)
        sheet.text(26, y, canvas.shorten(name, sheet.width - 26, 12), fontsize=12)


@dataclass(frozen=True)
class _Drawn:
    """One panel."""

    axes: Axes
    frame: Frame
    panel: Panel
    names: dict[str, str]

    def draw(self) -> None:
        """The scales, the lines that part the fields with their names, the points and theirs."""
        self._scales()
        if self.panel.is_parted:
            self._fields()
        for spot in self.panel.spots:
            self._spot(spot)
        self._names()

    def _scales(self) -> None:
        frame = self.frame
        for tick in frame.value_ticks():
            y = frame.y(tick)
            self.axes.plot([0, frame.width], [y, y], color="#E4E7E9", lw=1, zorder=0, solid_capstyle="butt")
            self._beside(frame.value_text(tick), (0, y), (-6, 0), ha="right", va="center_baseline")
        for tick in frame.level_ticks():
            self.axes.plot([frame.x(tick)] * 2, [0, -4], color=canvas.RULE, lw=1, clip_on=False)
            self._beside(f"{tick:,.10g}", (frame.x(tick), 0), (0, -6), ha="center", va="top")
        self.axes.plot([0, frame.width], [0, 0], color=canvas.RULE, lw=1, clip_on=False)
        best = frame.grid.best
        words = "Present level" + ("" if best is None else f" (0 worst to {best:,.10g} best)")
        self._beside(words, (frame.width / 2, 0), (0, -22), ha="center", va="top", color=canvas.TEXT, fontsize=12)

    def _beside(self, text: str, spot: tuple[float, float], away: tuple[float, float], **style: Any) -> None:
        options = {"fontsize": TICK_SIZE, "color": canvas.QUIET, "annotation_clip": False, **style}
        self.axes.annotate(text, spot, xytext=away, textcoords="offset points", **options)

    def _fields(self) -> None:
        """Lines at the average of the drivers, and what each field stands for in its corner."""
        frame, width, height = self.frame, self.frame.width, self.frame.height
        x, y = frame.x(self.panel.level_line), frame.y(self.panel.value_line)
        for xs, ys in (([x, x], [0, height]), ([0, width], [y, y])):
            self.axes.plot(xs, ys, color=canvas.TEXT, lw=1.2, zorder=1, solid_capstyle="butt")
        names = [field.name(frame.grid.what) for field in FIELDS]
        if 2 * max(canvas.text_width(name, FIELD_SIZE, True) for name in names) + 24 > width:
            return  # the scales say it too
        for field, name in zip(FIELDS, names, strict=True):
            spot = (width - 4 if field.is_high else 4, height - 10 if field.is_large else 11)
            style: dict[str, Any] = {"weight": "bold", "va": "center_baseline", "fontsize": FIELD_SIZE}
            self.axes.text(*spot, name, ha="right" if field.is_high else "left", color=canvas.QUIET, **style)

    def _spot(self, spot: Spot) -> None:
        x, y = self.frame.place(spot)
        if known(spot.low) and known(spot.high):
            ends = [self.frame.y(spot.low), self.frame.y(spot.high)]
            self.axes.plot([x, x], ends, color=canvas.DARK_BLUE, lw=1.6, zorder=2, solid_capstyle="butt")
        face = "white" if is_hollow(self.panel, spot) else canvas.DARK_BLUE
        self.axes.plot([x], [y], "o", ms=7, mfc=face, mec=canvas.DARK_BLUE, mew=1.6, zorder=3)

    def _names(self) -> None:
        """Each driver's name or number near its point."""
        for place in names_at(self.frame, self.panel, self.names)[0]:
            self._name(place)

    def _name(self, place: Placed) -> None:
        """A name, with a line to its point where it stands away from it."""
        if place.led:
            near = min(max(place.point[0], place.left), place.left + canvas.text_width(place.text, NAME_SIZE))
            self.axes.plot([place.point[0], near], [place.point[1], place.middle], color=canvas.RULE, lw=0.8, zorder=2)
        box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.6}
        style: dict[str, Any] = {"va": "center_baseline", "zorder": 5, "bbox": box, "color": canvas.TEXT}
        self.axes.text(place.left, place.middle, place.text, fontsize=NAME_SIZE, **style)
