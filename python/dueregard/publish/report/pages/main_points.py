"""The first page: a main point of each page, for someone who reads nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.publish.report.pages.parts import Page, Point, text

MOST, FEW = 15, 6
"""Points at most, and how many there may be where pages are few."""


def main_points(pages: Sequence[Page]) -> Page:
    """The first point of each page; of few pages further ones too. They stand in the order of the pages."""
    items = "\n".join(
        f'<li><span class="figure">{text(point.figure)} <span class="unit">{text(point.unit)}</span></span> '
        f'<span class="text">{text(point.text)} <a class="more" href="#{page.key}">{text(page.short)}</a></span></li>'
        for page, point in chosen_points(pages)
    )
    return Page("main-points", "Main points", "Main points", html=f'<ul class="points">\n{items}\n</ul>')


def chosen_points(pages: Sequence[Page]) -> list[tuple[Page, Point]]:
    """The points that are shown, each with its page."""
    ranked = [(i, place, point, page) for place, page in enumerate(pages) for i, point in enumerate(page.points)]
    number = max(FEW, min(MOST, sum(i == 0 for i, *_ in ranked)))
    chosen = sorted(sorted(ranked, key=lambda r: r[:2])[:number], key=lambda r: (r[1], r[0]))
    return [(page, point) for _, _, point, page in chosen]
