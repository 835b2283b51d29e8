"""Progress arrows: each unit from its score before to its score after, with the line, and where it would be anyway."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts import canvas
from dueregard.publish.charts.arrow_rows import CANNOT_TELL, FALLEN, RISEN, UNCHANGED, Arrow, arrows_of
from dueregard.publish.charts.key import LINE, Shape, draw_key, key_lines
from dueregard.publish.readings import clean, finite, known, label, rows_of, whole
from dueregard.publish.sentences.assessments import parts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart

BEFORE: Shape = ("o", "white", canvas.QUIET, "before")
AFTER: Shape = (">", canvas.DARK_BLUE, canvas.DARK_BLUE, "after, higher")
LOWER: Shape = ("<", canvas.ORANGE, canvas.ORANGE, "after, lower")
SAME: Shape = ("o", canvas.DARK_BLUE, canvas.DARK_BLUE, "no change")
OPEN: Shape = ("|", canvas.QUIET, canvas.QUIET, "cannot tell: range of its scores")
EXPECTED: Shape = ("D", "white", canvas.DARK_PINK, "to expect without any action")


def progress_arrows(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw an arrow for each unit, with the change in points at the end of its row."""
    arrows = arrows_of(findings)
    row = 23.0 if width >= 500 else 22.0
    heads, keys = canvas.heading_height(title, subtitle, width), key_lines(_shapes(arrows), width)
    top = heads + LINE * len(keys) + 44
    sheet = canvas.Sheet(width, top + row * len(arrows) + (22 if len(arrows) > 12 else 6))
    sheet.headings(title, subtitle)
    draw_key(sheet, heads + 8, keys)
    left = min(max(canvas.text_width(arrow.label, sheet.size) for arrow in arrows), 0.42 * width) + 14
    room = max(44.0, *(canvas.text_width(arrow.change, sheet.size) + 10 for arrow in arrows))
    axes = sheet.panel(left, top, width - left - room, row * len(arrows))
    ticks = canvas.nice_ticks(0, 100, 5 if width - left - room > 250 else 2)
    canvas.scale(axes, 0, 100, len(arrows), ticks, lambda tick: whole(tick) + "%")
    _threshold(axes, arrows, _line_name(findings))
    for i, arrow in enumerate(arrows):
        sheet.text(0, top + (i + 0.5) * row, canvas.shorten(arrow.label, left - 12, sheet.size))
        sheet.text(width, top + (i + 0.5) * row, arrow.change, ha="right")
        _arrow(axes, i, arrow)
    return sheet.figure


def _shapes(arrows: Sequence[Arrow]) -> list[Shape]:
    """The marks that are drawn, with their words."""
    drawn = [arrow for arrow in arrows if arrow.known]
    told = [arrow for arrow in drawn if not arrow.open]
    holds = {
        BEFORE: any(arrow.before != arrow.after for arrow in told),
        AFTER: any(arrow.after > arrow.before for arrow in told),
        LOWER: any(arrow.after < arrow.before for arrow in told),
        SAME: any(arrow.after == arrow.before for arrow in told),
        OPEN: len(told) < len(drawn),
        EXPECTED: any(known(arrow.expected) for arrow in drawn),
    }
    return [shape for shape, held in holds.items() if held]


def _line_name(findings: Findings) -> str:
    """What the line is called."""
    called = next((row["called"] for row in rows_of(findings) if row.get("called")), None)
    return clean(called).removeprefix("the ").capitalize() if called else "Threshold"


def _threshold(axes: Axes, arrows: Sequence[Arrow], named: str) -> None:
    """One line where all have the same threshold; else a short one in each row."""
    held = set(finite(arrow.threshold for arrow in arrows))
    if len(held) != 1:
        for i, arrow in enumerate(arrows):
            if known(arrow.threshold):
                axes.plot([arrow.threshold] * 2, [i - 0.42, i + 0.42], color=canvas.DARK_PINK, lw=2.2, zorder=1)
        return
    at, n = held.pop(), len(arrows)
    axes.plot([at] * 2, [-0.7, n - 0.5], color=canvas.DARK_PINK, lw=2.2, zorder=1, clip_on=False)
    style: dict[str, Any] = {"textcoords": "offset points", "fontsize": 12, "annotation_clip": False, "weight": "bold"}
    axes.annotate(f"{named}: {whole(at)}%", (at, -0.5), xytext=(0, 22), ha="center", color=canvas.DARK_PINK, **style)


def _arrow(axes: Axes, y: int, arrow: Arrow) -> None:
    """One row."""
    if not arrow.known:
        return
    if known(arrow.expected):
        marker, face, edge, _ = EXPECTED
        axes.plot([arrow.expected], [y], marker, ms=7, mfc=face, mec=edge, mew=1.5, zorder=5, clip_on=False)
    if arrow.open:
        _range(axes, y, arrow)
        return
    if arrow.after == arrow.before:
        axes.plot([arrow.after], [y], "o", ms=8, color=SAME[1], zorder=4, clip_on=False)
        return
    marker, face, _, _ = AFTER if arrow.after > arrow.before else LOWER
    axes.plot([arrow.before, arrow.after], [y, y], color=face, lw=2, zorder=2, solid_capstyle="butt")
    axes.plot([arrow.before], [y], "o", ms=6.5, mfc="white", mec=canvas.QUIET, mew=1.5, zorder=3, clip_on=False)
    axes.plot([arrow.after], [y], marker, ms=8.5, color=face, zorder=4, clip_on=False)


def _range(axes: Axes, y: int, arrow: Arrow) -> None:
    """A unit of which it cannot be told: no arrow, but how far missing answers leave both of its scores."""
    ends = [arrow.lowest, arrow.highest]
    axes.plot(ends, [y, y], color=OPEN[2], lw=1.6, ls=(0, (3, 2)), zorder=2)
    axes.plot(ends, [y, y], OPEN[0], ms=11, mec=OPEN[2], mew=2.0, zorder=3, clip_on=False)


def arrow_words(findings: Findings) -> Alternative:
    """The words of a chart of arrows: how many rose, every change, and what would have come without action."""
    from dueregard.publish.charts.figure import Alternative

    arrows = arrows_of(findings)
    drawn = [arrow for arrow in arrows if arrow.known]
    if not drawn:
        raise ValueError("findings: there is no change to draw, none is known")
    crossed = findings.kind == "round crossings"
    kind = "crossing" if crossed else parts.shared_kind(findings.rows())
    title = _counted(drawn, crossed, kind) + ("" if crossed else _reached(drawn))
    about = f"Arrows of {len(drawn)} rows from the score before to the score after: " + "; ".join(map(_words, drawn))
    return Alternative(title, label(clean(findings.title or "progress")), f"{about}.")


def _counted(drawn: Sequence[Arrow], crossed: bool, kind: object) -> str:
    """How many rose and fell, by what the findings say of each."""
    n = {way: sum(arrow.way == way for arrow in drawn) for way in (RISEN, FALLEN, UNCHANGED, CANNOT_TELL)}
    told = f"{n[RISEN]} of {parts.units(len(drawn), kind)} {'upwards' if crossed else 'rose'}"
    told += f", {n[FALLEN]} {'downwards' if crossed else 'fell'}" if n[FALLEN] else ""
    told += f", {n[UNCHANGED]} unchanged" if n[UNCHANGED] else ""
    unsure = "with answers missing" if crossed else "cannot be told"
    return told + (f", {n[CANNOT_TELL]} {unsure}" if n[CANNOT_TELL] else "")


def _reached(arrows: Sequence[Arrow]) -> str:
    """How many are at or above the line, before and after, where all have one line."""
    held = set(finite(arrow.threshold for arrow in arrows))
    if len(held) != 1:
        return ""
    at = held.pop()
    before, after = (
        sum(end >= at for end in ends) for ends in zip(*((a.before, a.after) for a in arrows), strict=True)
    )
    certain = ", for certain" if any(a.open and a.highest >= at > a.lowest for a in arrows) else ""
    return f"; {before} were at {whole(at)}% or more before, {after} after{certain}"


def _words(arrow: Arrow) -> str:
    if arrow.open:
        return f"{arrow.label} cannot be told, missing answers leave the change at {arrow.change} points"
    text = f"{arrow.label} from {whole(arrow.before)}% to {whole(arrow.after)}%"
    return text + (f" ({whole(arrow.expected)}% to expect without action)" if known(arrow.expected) else "")
