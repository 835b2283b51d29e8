"""A matplotlib figure that knows what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure


@dataclass(frozen=True)
class Alternative:
    """What a chart says in words: its headings and its text alternative."""

    title: str
    subtitle: str
    description: str


class Chart(Figure):
    """A figure with its headings and text alternative; a notebook shows it as SVG."""

    alternative = Alternative("Chart", "", "A chart without data.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        FigureCanvasAgg(self)

    def _repr_html_(self) -> str:
        from dueregard.publish.charts.vector import svg

        words = self.alternative
        drawn = svg(self, title=words.title, description=words.description)
        width = int(self.get_figwidth() * 72)
        return f'<div style="max-width:{width}px;background:#fff">{drawn}</div>'
