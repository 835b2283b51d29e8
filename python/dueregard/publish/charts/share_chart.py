"""The share chart: each group's share, with its interval, beside the same group's share of the population."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts import canvas
from dueregard.publish.readings import area_of, by_columns, finite, fixed, known, named, rows_of, whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart


@dataclass(frozen=True)
class Share:
    """One row of the chart."""

    label: str
    value: Any
    low: Any
    high: Any
    compared: float | None


def shares_of(findings: Findings, compared: Mapping[str, float]) -> list[Share]:
    """The rows, in the order of the findings, each with what it is compared with."""
    by = by_columns(findings)
    rows = rows_of(findings, "group", "reference", None)
    several, periods = (len({row.get(name) for row in rows}) > 1 for name in ("measure", "period"))
    shares = []
    for row in rows:
        group = named(row.get("group")) if row.get("group") is not None else ""
        measure = named(row.get("measure")) if several else ""
        when = named(row.get("period")) if periods else ""
        words = [word for word in (measure, area_of(row, by) if by else "", when, group) if word]
        other = compared.get(group, row.get("reference_value"))
        shown = float(other) if known(other) and other is not None else None
        shares.append(Share(": ".join(words), row.get("value"), row.get("low"), row.get("high"), shown))
    return shares


def share_chart(
    findings: Findings,
    *,
    width: int,
    title: str,
    subtitle: str,
    compared: Mapping[str, float],
    names: tuple[str, str],
) -> Chart:
    """Draw the shares as circles and what they are compared with as diamonds, joined by a line."""
    shares = shares_of(findings, compared)
    heads = canvas.heading_height(title, subtitle, width)
    row = 34.0
    two = any(share.compared is not None for share in shares)
    top = heads + (26 if two else 0) + 24
    sheet = canvas.Sheet(width, top + row * len(shares) + 22)
    sheet.headings(title, subtitle)
    if two:
        _key(sheet, heads + 10, names)
    need = max(canvas.text_width(share.label, sheet.size) for share in shares)
    left = min(need, 0.4 * width) + 36  # room for a number left of a point near zero
    room = 48  # for "100%" right of a point at 100
    axes = sheet.panel(left, top, width - left - room, row * len(shares))
    _plot(axes, shares, width - left - room)
    for i, share in enumerate(shares):
        sheet.text(0, top + (i + 0.5) * row, canvas.shorten(share.label, left - 10, sheet.size))
    return sheet.figure


def _plot(axes: Axes, shares: Sequence[Share], width: float) -> None:
    values = finite(v for s in shares for v in (s.value, s.low, s.high, s.compared))
    high = min(100.0, max([*values, 1.0]) * 1.12)
    ticks = canvas.nice_ticks(0, high, 6 if width > 250 else 3)
    canvas.scale(axes, -high * 0.02, high, len(shares), ticks, lambda t: fixed(t, 0 if t == int(t) else 1) + "%")
    for y, share in enumerate(shares):
        _pair(axes, y, share)


def _pair(axes: Axes, y: int, share: Share) -> None:
    style: dict[str, Any] = {"textcoords": "offset points", "fontsize": 12, "va": "center_baseline"}
    if share.compared is not None and known(share.value):
        axes.plot([share.value, share.compared], [y, y], color="#BFBFBF", lw=5, zorder=1, solid_capstyle="butt")
    if share.compared is not None:
        axes.plot([share.compared], [y], "D", ms=8, mfc="white", mec=canvas.DARK_PINK, mew=2, zorder=3)
    if known(share.low) and known(share.high):
        axes.plot([share.low, share.high], [y, y], color=canvas.DARK_BLUE, lw=2.5, zorder=2, solid_capstyle="butt")
    if not known(share.value):
        return
    axes.plot([share.value], [y], "o", ms=9, color=canvas.DARK_BLUE, zorder=4, clip_on=False)
    right = share.compared is None or share.value >= share.compared
    words = whole(share.value) + "%"
    left_end, right_end = _ends(share)
    axes.annotate(
        words,
        (right_end if right else left_end, y),
        xytext=(9 if right else -9, 0),
        ha="left" if right else "right",
        color=canvas.DARK_BLUE,
        weight="bold",
        **style,
    )
    if share.compared is not None:
        words = whole(share.compared) + "%"
        axes.annotate(
            words,
            (left_end if right else right_end, y),
            xytext=(-9 if right else 9, 0),
            ha="right" if right else "left",
            color=canvas.DARK_PINK,
            **style,
        )


def _ends(share: Share) -> tuple[float, float]:
    """Where a number stands clear of the points and of the interval, left and right of them."""
    drawn = finite((share.value, share.compared, share.low, share.high))
    return min(drawn), max(drawn)


def _key(sheet: canvas.Sheet, y: float, names: tuple[str, str]) -> None:
    axes = sheet.panel(0, y - 10, sheet.width, 20)
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(-10, 10)
    axes.plot([7], [0], "o", ms=9, color=canvas.DARK_BLUE)
    axes.text(18, 0, names[0], fontsize=sheet.size, color=canvas.DARK_BLUE, weight="bold", va="center_baseline")
    x = 18 + canvas.text_width(names[0], sheet.size, True) + 24
    axes.plot([x], [0], "D", ms=8, mfc="white", mec=canvas.DARK_PINK, mew=2)
    axes.text(x + 11, 0, names[1], fontsize=sheet.size, color=canvas.DARK_PINK, va="center_baseline")
