"""Charts of findings: the kind is chosen from what the findings hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dueregard.publish.charts.agreement_words import agreement_words, shares
from dueregard.publish.charts.alternatives import gap_words, score_words, share_words
from dueregard.publish.charts.bounds_chart import bounds_chart
from dueregard.publish.charts.bounds_words import bounds_words
from dueregard.publish.charts.canvas import MARGIN, WIDE, footed, margined, settings
from dueregard.publish.charts.few_words import few_line, title_of_few
from dueregard.publish.charts.forms import OWN, form_of
from dueregard.publish.charts.gap_chart import gap_chart
from dueregard.publish.charts.score_chart import lines_of, score_chart
from dueregard.publish.charts.share_chart import share_chart
from dueregard.publish.charts.vector import svg
from dueregard.publish.readings import clean, notices

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart

NAMES = ("Share", "Compared with")
VERIFIED_NAMES = ("If the check held for all", "Own answers")
__all__ = ["chart", "kind_of", "svg", "words_of"]


def kind_of(findings: Findings) -> str:
    """Which chart suits the findings, such as "funnel" or "gap"."""
    return form_of(findings)


def chart(
    findings: Findings,
    *,
    form: str | None = None,
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
    form : str, optional
        Another chart than the usual one: of gaps "dumbbell", the shares of both groups side by side; of key drivers
        "grid", their present levels against what more of each goes with.
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
        Whether its last lines say which rows rest on few cases, that it is internal, and where synthetic records came
        from, and it has a margin; a page that says so itself, and has its own margins, leaves them out.

    Returns
    -------
    matplotlib.figure.Figure
        It carries ``alternative``: the headings and the text alternative.

    Raises
    ------
    ValueError
        If there is nothing to draw, the width is below 240, or the findings have no chart of that form.

    Notes
    -----
    Values that are not known (NaN) are not drawn: their row stays, with ``[x]`` in the place of its number.
    """
    if width < 240:
        raise ValueError(f"width: {width} pixels is too narrow for a chart; 240 is the least")
    names = _names(findings, names)
    kind = form_of(findings, form)
    if kind in ("gap", "bounds") and threshold is None:
        threshold = getattr(findings, "threshold", None)
    words = _words(findings, kind, threshold, compared or {}, names)
    head = words.title if title is None else title
    under = words.subtitle if subtitle is None else subtitle
    with settings():
        inner = width - 2 * int(MARGIN) if marks else width
        drawn = _draw(in_percent(findings), kind, inner, head, under, threshold, compared or {}, names)
        if marks:
            footed(drawn, [*few_line(findings), *(clean(mark) for mark in notices(findings))])
            margined(drawn)
    drawn.alternative = _named(words, head, under)
    return drawn


def words_of(findings: Findings, form: str | None = None) -> Alternative:
    """The title, the subtitle and the text alternative of the chart of some findings."""
    return _words(findings, form_of(findings, form), findings.threshold, {}, _names(findings, NAMES))


def _names(findings: Findings, names: tuple[str, str]) -> tuple[str, str]:
    """What is drawn and what it is compared with, of verified scores in their own words."""
    return VERIFIED_NAMES if findings.kind == "verified scores" and names == NAMES else names


def in_percent(findings: Findings) -> Findings:
    """The findings, of agreement with a check those in percent alone."""
    return shares(findings) if findings.kind == "agreement" else findings


def _words(
    findings: Findings, kind: str, threshold: float | None, compared: Mapping[str, float], names: tuple[str, str]
) -> Alternative:
    words = _words_of_kind(findings, kind, threshold, compared, names)
    return _named(words, title_of_few(findings), "")


def _words_of_kind(
    findings: Findings, kind: str, threshold: float | None, compared: Mapping[str, float], names: tuple[str, str]
) -> Alternative:
    if kind in OWN:
        return OWN[kind].words(findings)
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
    if kind in OWN:
        return OWN[kind].draw(findings, width=width, title=title, subtitle=subtitle)
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
