"""What the shapes of a funnel chart mean, in as many lines as the width takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dueregard.publish.charts import canvas
from dueregard.publish.charts.funnel_points import Funnel, Point

KEY_SIZE = 12.0
LINE = 20.0  # pixels from one line to the next

Shape = tuple[str, str, str, str]
"""A marker, the colours of its face and edge, and what it means."""


def key_lines(funnel: Funnel, width: float) -> list[list[Shape]]:
    """The shapes that are drawn, in as many lines as the width takes."""
    lines: list[list[Shape]] = [[]]
    for shape in _shapes(funnel):
        if lines[-1] and sum(_width(words) for *_, words in [*lines[-1], shape]) > width:
            lines.append([])
        lines[-1].append(shape)
    return lines


def draw_key(sheet: canvas.Sheet, y: float, lines: Sequence[Sequence[Shape]]) -> None:
    """The lines one below another; y is the middle of the first."""
    for i, shapes in enumerate(lines):
        axes = sheet.panel(0, y + i * LINE - 10, sheet.width, 20)
        axes.set_xlim(0, sheet.width)
        axes.set_ylim(-10, 10)
        x = 6.0
        for marker, face, edge, words in shapes:
            axes.plot([x], [0], marker, ms=7.5, mfc=face, mec=edge, mew=1.5)
            axes.text(x + 9, 0, words, fontsize=KEY_SIZE, color=canvas.TEXT, va="center_baseline")
            x += _width(words)


def _width(words: str) -> float:
    return 9 + canvas.text_width(words, KEY_SIZE) + 18


def _shapes(funnel: Funnel) -> list[Shape]:
    """The shapes that are drawn, with their words."""
    widest = f"{100 * funnel.levels[-1]:.10g}%"
    narrower = f"{100 * funnel.levels[0]:.10g}% only" if len(funnel.levels) == 2 else "the narrower limits only"
    between = [point for point in funnel.points if point.outside and not point.beyond_all]
    marker = "^" if any(point.above for point in between) else "v"
    pink, white = canvas.DARK_PINK, "white"
    shapes: list[tuple[Callable[[Point], bool], Shape]] = [
        (lambda p: p.beyond_all and p.above, ("^", pink, pink, f"above {widest}")),
        (lambda p: p.beyond_all and not p.above, ("v", pink, pink, f"below {widest}")),
        (lambda p: p.outside and not p.beyond_all, (marker, white, pink, f"outside {narrower}")),
        (lambda p: not p.outside, ("o", white, canvas.QUIET, "within the limits")),
    ]
    return [shape for holds, shape in shapes if any(map(holds, funnel.points))]
