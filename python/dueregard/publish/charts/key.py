"""What the shapes of a chart mean, in as many lines as the width takes."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.publish.charts import canvas

KEY_SIZE = 12.0
LINE = 20.0  # pixels from one line to the next

Shape = tuple[str, str, str, str]
"""A marker, the colours of its face and edge, and what it means."""


def key_lines(shapes: Sequence[Shape], width: float) -> list[list[Shape]]:
    """The shapes, in as many lines as the width takes."""
    lines: list[list[Shape]] = [[]]
    for shape in shapes:
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
