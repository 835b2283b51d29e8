"""Charts of findings: the kind is chosen from what the findings hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dueregard.kinds import TABLE
from dueregard.publish.charts.agreement_words import agreement_words, shares
from dueregard.publish.charts.alternatives import gap_words, score_words, share_words
from dueregard.publish.charts.area_alternatives import funnel_words, shrinkage_words
from dueregard.publish.charts.bounds_words import bounds_words
from dueregard.publish.charts.canvas import MARGIN, WIDE, footed, margined, settings
from dueregard.publish.charts.compared_means import as_gaps, compared_words
from dueregard.publish.charts.heat_map import heat_map_words
from dueregard.publish.charts.index_chart import index_words
from dueregard.publish.charts.level_ladder import level_ladder_words
from dueregard.publish.charts.lists import refuse_lists
from dueregard.publish.charts.progress_arrows import arrow_words
from dueregard.publish.charts.progress_chart import progress_words
from dueregard.publish.charts.vector import svg
from dueregard.publish.readings import clean, known, notices, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart

NAMES = ("Share", "Compared with")
VERIFIED_NAMES = ("If the check held for all", "Own answers")
AREAS = {
    "funnel": funnel_words,
    "shrinkage": shrinkage_words,
    "indices": index_words,
    "progress": progress_words,
    "answers": heat_map_words,
    "levels": level_ladder_words,
    "arrows": arrow_words,
    "compared": compared_words,
}
"""The words of charts whose findings say it all."""
CHARTS = {
    "funnel": "funnel",
    "shrinkage": "shrinkage",
    "indices": "indices",
    "unknowns": "bounds",
    "agreement": "share",
    "verified scores": "share",
    "answers": "answers",
    "levels": "levels",
    "round progress": "arrows",
    "round crossings": "arrows",
    "scores": "score",
    "thresholds": "score",
    "strengths": "score",
    "performance": "score",
    "compared scores": "compared",
    "plan progress": "progress",
    "scorecard": "progress",
}
"""Which chart each kind of findings has; others have one of gaps or shares, by their rows, and lists have none."""
__all__ = ["chart", "kind_of", "svg", "words_of"]


def kind_of(findings: Findings) -> str:
    """Which chart suits the findings, such as "funnel", "shrinkage", "indices", "score", "bounds", "gap" or "share".

    Kinds without a chart of their own are gaps if they have a difference, or an interval of one, and otherwise shares;
    somebody's own columns with units, sections or indicators are scores.

    Raises
    ------
    ValueError
        If they are a list, such as of indicators not met or of what a plan has to do, that no chart would say better.
    """
    refuse_lists(findings)
    if findings.kind in CHARTS:
        return CHARTS[findings.kind]
    if findings.kind == TABLE and any(name in findings.columns for name in ("unit", "section", "indicator")):
        return "score"
    rows = rows_of(findings, "group", None)
    compared = [row for row in rows if row.get("reference") is not None and known(row.get("confidence_level"))]
    return "gap" if compared or any(known(row.get("estimate")) for row in rows) else "share"


def chart(
    findings: Findings,
    *,
    width: int = WIDE,
    title: str | None = None,
    subtitle: str | None = None,
    threshold: float | None = None,
    compared: Mapping[str, float] | None = None,
    names: tuple[str, str] = NAMES,
    marks: bool = True,
) -> Chart:
    """Draw findings: gaps by area, areas in a funnel or shrunken, scores by unit, or shares of groups.

    Parameters
    ----------
    findings : Findings
    width : int
        Width in pixels, 240 at least; below about 500 the layout is that of a phone.
    title, subtitle : str, optional
        The finding, and what is measured, where and when. None writes them from the findings; "" leaves them out.
    threshold : float, optional
        For scores the line to reach, in percent (None: those that they were held against); for gaps the difference
        taken as mattering, in percentage points (None: the one that the findings were judged by).
    compared : mapping of str to float, optional
        For shares: the percentage each group is compared with, such as its share of the population.
    names : tuple of two str
        What is drawn and what it is compared with: for shares the circles and the diamonds, for scores the bars and
        the line.
    marks : bool
        Whether its last lines say that it is internal and where synthetic records came from, and it has a margin; a
        page that says so itself, and has its own margins, leaves them out.

    Returns
    -------
    matplotlib.figure.Figure
        It carries ``alternative``: the headings and the text alternative.

    Raises
    ------
    ValueError
        If there is nothing to draw, or the width is below 240.

    Notes
    -----
    Values that are not known (NaN) are not drawn: their row stays, with ``[x]`` in the place of its number.
    """
    if width < 240:
        raise ValueError(f"width: {width} pixels is too narrow for a chart; 240 is the least")
    names = _names(findings, names)
    kind = kind_of(findings)
    if kind in ("gap", "bounds") and threshold is None:
        threshold = getattr(findings, "threshold", None)
    words = _words(findings, kind, threshold, compared or {}, names)
    head = words.title if title is None else title
    under = words.subtitle if subtitle is None else subtitle
    with settings():
        inner = width - 2 * int(MARGIN) if marks else width
        drawn = _draw(in_percent(findings), kind, inner, head, under, threshold, compared or {}, names)
        if marks:
            footed(drawn, [clean(mark) for mark in notices(findings)])
            margined(drawn)
    drawn.alternative = _named(words, head, under)
    return drawn


def words_of(findings: Findings) -> Alternative:
    """The title, the subtitle and the text alternative of the chart of some findings."""
    return _words(findings, kind_of(findings), findings.threshold, {}, _names(findings, NAMES))


def _names(findings: Findings, names: tuple[str, str]) -> tuple[str, str]:
    """What is drawn and what it is compared with, of verified scores in their own words."""
    return VERIFIED_NAMES if findings.kind == "verified scores" and names == NAMES else names


def in_percent(findings: Findings) -> Findings:
    """The findings, of agreement with a check those in percent alone."""
    return shares(findings) if findings.kind == "agreement" else findings


def _words(
    findings: Findings, kind: str, threshold: float | None, compared: Mapping[str, float], names: tuple[str, str]
) -> Alternative:
    if kind in AREAS:
        return AREAS[kind](findings)
    if kind == "score":
        return score_words(findings, threshold)
    if kind == "bounds":
        return bounds_words(findings)
    if findings.kind == "agreement":
        return agreement_words(findings, names)
    return gap_words(findings) if kind == "gap" else share_words(findings, compared, names)


def _draw(
    findings: Findings,
    kind: str,
    width: int,
    title: str,
    subtitle: str,
    threshold: float | None,
    compared: Mapping[str, float],
    names: tuple[str, str],
) -> Chart:
    from dueregard.publish.charts.bounds_chart import bounds_chart
    from dueregard.publish.charts.funnel_chart import funnel_chart
    from dueregard.publish.charts.gap_chart import gap_chart
    from dueregard.publish.charts.heat_map import heat_map
    from dueregard.publish.charts.index_chart import index_chart
    from dueregard.publish.charts.level_ladder import level_ladder
    from dueregard.publish.charts.progress_arrows import progress_arrows
    from dueregard.publish.charts.progress_chart import progress_chart
    from dueregard.publish.charts.score_chart import lines_of, score_chart
    from dueregard.publish.charts.share_chart import share_chart
    from dueregard.publish.charts.shrinkage_chart import shrinkage_chart

    own = {"answers": heat_map, "levels": level_ladder, "arrows": progress_arrows}
    if kind in own:
        return own[kind](findings, width=width, title=title, subtitle=subtitle)
    if kind == "compared":
        return gap_chart(as_gaps(findings), width=width, title=title, subtitle=subtitle, threshold=None)
    if kind == "progress":
        return progress_chart(findings, width=width, title=title, subtitle=subtitle)
    if kind == "indices":
        return index_chart(findings, width=width, title=title, subtitle=subtitle)
    if kind == "funnel":
        return funnel_chart(findings, width=width, title=title, subtitle=subtitle)
    if kind == "shrinkage":
        return shrinkage_chart(findings, width=width, title=title, subtitle=subtitle)
    if kind == "score":
        lines = [(threshold, names[1] if names != NAMES else "to reach")] if threshold is not None else None
        return score_chart(findings, width=width, title=title, subtitle=subtitle, lines=lines or lines_of(findings))
    if kind == "bounds":
        return bounds_chart(findings, width=width, title=title, subtitle=subtitle, threshold=threshold)
    if kind == "gap":
        return gap_chart(findings, width=width, title=title, subtitle=subtitle, threshold=threshold)
    return share_chart(findings, width=width, title=title, subtitle=subtitle, compared=compared, names=names)


def _named(words: Alternative, title: str, subtitle: str) -> Alternative:
    from dueregard.publish.charts.figure import Alternative

    return Alternative(title or words.title, subtitle or words.subtitle, words.description)
