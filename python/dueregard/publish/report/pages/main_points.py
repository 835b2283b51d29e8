"""The first page: the main points, five at most, for someone who reads nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.publish.report.pages.parts import Page, text

MOST = 5


def main_points(pages: Sequence[Page]) -> Page:
    """The points of all pages: the first of each page before the second of any, in the order of the pages."""
    ranked = [(i, place, point, page) for place, page in enumerate(pages) for i, point in enumerate(page.points)]
    chosen = sorted(sorted(ranked, key=lambda r: r[:2])[:MOST], key=lambda r: (r[1], r[0]))
    items = "\n".join(
        f'<li><span class="figure">{text(point.figure)} <span class="unit">{text(point.unit)}</span></span> '
        f'<span class="text">{text(point.text)} <a class="more" href="#{page.key}">{text(page.short)}</a></span></li>'
        for _, _, point, page in chosen
    )
    return Page("main-points", "Main points", "Main points", html=f'<ul class="points">\n{items}\n</ul>')
