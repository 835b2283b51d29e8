"""A chart as a sheet of pixels: one unit is one pixel of the drawing, whatever its final size.

matplotlib draws; this file decides sizes, colours and type. Nothing here touches pyplot, so charts can be
made in any thread and leave no figure open behind them.
"""

from __future__ import annotations

import textwrap
import warnings
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# The Analysis Function's palette, in its order: every one has 3:1 against white.
DARK_BLUE, TURQUOISE, DARK_PINK = "#12436D", "#28A197", "#801650"
ORANGE, DARK_GREY, LIGHT_PURPLE = "#F46A25", "#3D3D3D", "#A285D1"
CATEGORICAL = (DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE, DARK_GREY, LIGHT_PURPLE)
TEXT, QUIET, RULE, BAND = "#0B0C0C", "#505A5F", "#8A9296", "#F9FAFB"

WIDE, NARROW = 720, 340
FOOT = 11.0  # size of the last lines
MARGIN = 8.0  # pixels around a figure that stands alone
PLOT_SETTINGS: Any = {"font.family": "DejaVu Sans", "text.parse_math": False, "svg.fonttype": "none"}


@contextmanager
def settings() -> Iterator[None]:
    """matplotlib's settings while a chart is made: the user's own style does not leak in, nor ours out."""
    import matplotlib

    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # the reader's font draws the text, not this one
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(PLOT_SETTINGS)
        yield


@cache
def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width in pixels of a line of text in matplotlib's own font, which is wider than most others."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    font = get_font(findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")))
    font.set_size(size, 72)
    font.set_text(text)
    return float(font.get_width_height()[0]) / 64


def wrap(text: str, width: float, size: float) -> list[str]:
    """Text broken into lines no wider than this many pixels."""
    return textwrap.wrap(text, max(8, int(width / (0.58 * size)))) or [""]


def shorten(text: str, width: float, size: float, bold: bool = False) -> str:
    """Text cut to a width, with an ellipsis; the table beside the chart has it in full."""
    if text_width(text, size, bold) <= width:
        return text
    kept = bisect_right(range(1, len(text)), width, key=lambda n: text_width(text[:n] + "…", size, bold))
    return text[: max(1, kept)].rstrip() + "…"


def text_size(width: int) -> float:
    """The size of plain text on a sheet of this width."""
    return 12.0 if width < 500 else 13.0


class Sheet:
    """A figure of a fixed width that grows downwards; positions are pixels from the top left."""

    def __init__(self, width: int, height: float) -> None:
        from dueregard.publish.charts.figure import Chart

        self.width, self.height = width, height
        self.narrow = width < 500
        self.size = text_size(width)
        self.figure = Chart(figsize=(width / 72, height / 72), dpi=72, facecolor="white")

    def panel(self, left: float, top: float, width: float, height: float) -> Axes:
        """Bare axes over this rectangle, first row on top."""
        box = (left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height)
        axes = self.figure.add_axes(box)
        axes.set_axis_off()
        return axes

    def text(self, x: float, y: float, text: str, **style: Any) -> None:
        """One line of text; y is its middle."""
        options = {"fontsize": self.size, "color": TEXT, "va": "center_baseline", **style}
        self.figure.text(x / self.width, 1 - y / self.height, text, **options)

    def headings(self, title: str, subtitle: str) -> None:
        """The title, which states the finding, over what is measured, where and when."""
        y = 14.0
        for text, size, style in heading_lines(title, subtitle, self.width):
            self.text(0, y, text, fontsize=size, **style)
            y += size * 1.45


def heading_lines(title: str, subtitle: str, width: int) -> list[tuple[str, float, dict[str, Any]]]:
    """The lines of the headings with their sizes and styles."""
    big, small = (14.0, 12.0) if width < 500 else (17.0, 13.0)
    lines = [(line, big, {"weight": "bold"}) for line in wrap(title, width * 0.93, big)] if title else []
    return lines + ([(line, small, {"color": QUIET}) for line in wrap(subtitle, width, small)] if subtitle else [])


def heading_height(title: str, subtitle: str, width: int) -> float:
    """The room the headings need, with a gap below; nothing when there are none."""
    lines = heading_lines(title, subtitle, width)
    return 6 + sum(size * 1.45 for _, size, _ in lines) + 8 if lines else 6.0


def footed(figure: Figure, lines: Sequence[str]) -> None:
    """Let a figure grow downwards by small lines that say what every output says."""
    width, old = figure.get_figwidth() * 72, figure.get_figheight() * 72
    wrapped = [part for line in lines for part in wrap(line, width, FOOT)]
    extra = FOOT * 1.45 * len(wrapped) + 6
    new = old + extra
    _grow(figure, 0, 0, extra, 0)
    for i, line in enumerate(wrapped):
        y = 1 - (old + 4 + (i + 0.5) * FOOT * 1.45) / new
        figure.text(0, y, line, fontsize=FOOT, color=QUIET, va="center_baseline")


def margined(figure: Figure) -> None:
    """Let a figure that will stand alone grow by a margin on every side."""
    _grow(figure, MARGIN, MARGIN, MARGIN, MARGIN)


def _grow(figure: Figure, left: float, right: float, below: float, above: float) -> None:
    """Make a figure larger by so many pixels at each side; what is drawn keeps its size."""
    width, height = figure.get_figwidth() * 72, figure.get_figheight() * 72
    wide, tall = width + left + right, height + below + above
    figure.set_size_inches(wide / 72, tall / 72)
    for axes in figure.axes:
        box = axes.get_position()
        place = (box.x0 * width + left) / wide, (box.y0 * height + below) / tall
        axes.set_position((*place, box.width * width / wide, box.height * height / tall))
    for text in figure.texts:
        x, y = text.get_position()
        text.set_position(((x * width + left) / wide, (y * height + below) / tall))


def nice_ticks(low: float, high: float, most: int) -> list[float]:
    """Round positions for grid lines, at most this many."""
    from matplotlib.ticker import MaxNLocator

    ticks = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    slack = (high - low) * 1e-9
    return [float(t) for t in ticks if low - slack <= t <= high + slack]


def span(values: Sequence[float], *, include: Sequence[float] = (0.0,), pad: float = 0.05) -> tuple[float, float]:
    """The range of a scale: all the values and the lines that must be seen, with a margin."""
    seen = [*values, *include]
    low, high = min(seen), max(seen)
    margin = (high - low) * pad or 1.0
    return low - margin, high + margin


def scale(axes: Axes, low: float, high: float, rows: int, ticks: Sequence[float], say: Callable[[float], str]) -> None:
    """Set a horizontal scale with light grid lines, its numbers above and below the rows."""
    axes.set_xlim(low, high)
    axes.set_ylim(rows - 0.5, -0.5)
    size = 11.0
    for tick in ticks:
        axes.plot([tick, tick], [-0.5, rows - 0.5], color="#D5DADD", lw=1, zorder=0, solid_capstyle="butt")
        style: dict[str, Any] = {"fontsize": size, "color": QUIET, "ha": "center", "textcoords": "offset points"}
        axes.annotate(say(tick), (tick, -0.5), xytext=(0, 5), va="bottom", annotation_clip=False, **style)
        if rows > 12:  # a tall chart is read from both ends
            axes.annotate(say(tick), (tick, rows - 0.5), xytext=(0, -5), va="top", annotation_clip=False, **style)
