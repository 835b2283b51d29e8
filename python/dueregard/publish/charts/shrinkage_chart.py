"""The chart of raw and shrunken values: a hollow circle for what was, a filled point with its interval beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts import canvas
from dueregard.publish.charts.shrinkage_lines import Pair, pairs_of, typical_of
from dueregard.publish.readings import finite, known, rows_of
from dueregard.publish.units.area_units import area_mark, area_tick

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart

RAW, SHRUNKEN, TYPICAL = "raw value", "shrunken, with its interval", "a typical area"


def shrinkage_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw both values of every area on one line, with the numbers beside it."""
    pairs, typical = pairs_of(findings), typical_of(findings)
    unit = next((row["unit_of_measure"] for row in rows_of(findings, "group")), None)
    row = 23.0 if width >= 500 else 22.0
    heads = canvas.heading_height(title, subtitle, width)
    top = heads + (52 if width >= 500 else 72)
    sheet = canvas.Sheet(width, top + row * len(pairs) + (22 if len(pairs) > 12 else 6))
    sheet.headings(title, subtitle)
    _key(sheet, heads + 8)
    left = _labels(sheet, pairs, top, row)
    words = [_words(pair, unit) for pair in pairs]
    room = max(canvas.text_width(text, sheet.size) for text in words) + 10
    axes = sheet.panel(left, top, width - left - room, row * len(pairs))
    _plot(axes, pairs, typical, unit, width - left - room)
    for i, text in enumerate(words):
        sheet.text(width, top + (i + 0.5) * row, text, ha="right")
    return sheet.figure


def _labels(sheet: canvas.Sheet, pairs: Sequence[Pair], top: float, row: float) -> float:
    need = max(canvas.text_width(pair.name, sheet.size) for pair in pairs)
    left = min(need, 0.4 * sheet.width) + 10
    for i, pair in enumerate(pairs):
        sheet.text(0, top + (i + 0.5) * row, canvas.shorten(pair.name, left - 8, sheet.size))
    return left


def _plot(axes: Axes, pairs: Sequence[Pair], typical: float, unit: object, width: float) -> None:
    values = finite(value for pair in pairs for value in (pair.raw, pair.shrunken, pair.low, pair.high, typical))
    low, high = canvas.span(values, include=values[:1])
    low = max(low, -0.02 * high) if min(values) >= 0 else low
    ticks = canvas.nice_ticks(low, high, max(3, int(width / 70)))
    canvas.scale(axes, low, high, len(pairs), ticks, lambda tick: area_tick(tick, unit))
    if known(typical):
        axes.plot([typical] * 2, [-0.5, len(pairs) - 0.5], color=canvas.TEXT, lw=1.2, zorder=1)
    for i, pair in enumerate(pairs):
        _pair(axes, i, pair)


def _pair(axes: Axes, y: float, pair: Pair) -> None:
    if known(pair.low) and known(pair.high):
        axes.plot([pair.low, pair.high], [y, y], color=canvas.DARK_BLUE, lw=2, zorder=2, solid_capstyle="butt")
    if known(pair.raw):
        axes.plot([pair.raw], [y], "o", ms=7.5, mfc="white", mec=canvas.ORANGE, mew=1.8, zorder=3)
    if known(pair.shrunken):
        axes.plot([pair.shrunken], [y], "D", ms=5.5, color=canvas.DARK_BLUE, zorder=4)


def _words(pair: Pair, unit: object) -> str:
    """Both values, raw first."""
    if not known(pair.raw):
        return "[x]"
    return (
        f"{area_mark(pair.raw, unit)} \N{RIGHTWARDS ARROW} {area_mark(pair.shrunken, unit)}"
        if pair.shown
        else area_mark(pair.raw, unit)
    )


def _key(sheet: canvas.Sheet, y: float) -> None:
    """What the marks mean; on a narrow sheet in two lines."""
    axes = sheet.panel(0, y - 10, sheet.width, 20)
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(-10, 10)
    size = sheet.size - 1
    style: dict[str, Any] = {"fontsize": size, "color": canvas.TEXT, "va": "center_baseline"}
    axes.plot([6], [0], "o", ms=7.5, mfc="white", mec=canvas.ORANGE, mew=1.8)
    axes.text(16, 0, RAW, **style)
    x = 16 + canvas.text_width(RAW, size) + 24
    axes.plot([x - 10, x + 10], [0, 0], color=canvas.DARK_BLUE, lw=2)
    axes.plot([x], [0], "D", ms=5.5, color=canvas.DARK_BLUE)
    axes.text(x + 15, 0, SHRUNKEN, **style)
    x += 15 + canvas.text_width(SHRUNKEN, size) + 16
    if sheet.narrow:
        axes, x = sheet.panel(0, y + 10, sheet.width, 20), 6.0
        axes.set_xlim(0, sheet.width)
        axes.set_ylim(-10, 10)
    axes.plot([x, x], [-7, 7], color=canvas.TEXT, lw=1.2)
    axes.text(x + 7, 0, TYPICAL, **style)
