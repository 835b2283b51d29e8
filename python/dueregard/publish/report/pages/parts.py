"""What a page of the report is made of: points for the first screen, findings, and plain prose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts.canvas import NARROW, WIDE
from dueregard.publish.charts.chart import chart, svg
from dueregard.publish.readings import clean, without_notes
from dueregard.publish.tables.tables import html_table

if TYPE_CHECKING:
    from dueregard.findings import Findings


UNCLEAR = "Unclear"


@dataclass(frozen=True)
class Point:
    """One main point: a figure that can be read across a room, and the rest of its sentence."""

    figure: str
    unit: str
    text: str

    @property
    def found(self) -> bool:
        """Whether it says that there is something: not that it is unclear, or that none of so many is clear."""
        return self.figure != UNCLEAR and not self.figure.startswith("0 of ")


@dataclass(frozen=True)
class Finding:
    """One finding with everything that has to stand beside it.

    Parameters
    ----------
    key
        Its id on the page.
    statement
        What was found, as a heading.
    what
        What is measured, where and when.
    sentences
        The finding in plain English, written from the numbers.
    findings
        The numbers.
    method
        How they were worked out.
    caption, table, chart
        The caption of the table, options of ``html_table``, options of ``chart``.
    notes
        What has to be known to read the table.
    drawn, listed
        Whether there is a chart, and a table.
    wraps
        Whether the cells of the table are sentences, which may go over several lines.
    pictured
        What the chart shows, where that is not what the table lists.
    elsewhere
        Whether a committee paper has a section of its own for it.
    """

    key: str
    statement: str
    what: str
    sentences: Sequence[str]
    findings: Findings
    method: str
    caption: str
    table: Mapping[str, Any] = field(default_factory=dict)
    chart: Mapping[str, Any] = field(default_factory=dict)
    notes: Sequence[str] = ()
    drawn: bool = True
    listed: bool = True
    wraps: bool = False
    pictured: Findings | None = None
    elsewhere: bool = False

    def html(self) -> str:
        """The finding as a section: heading, sentence, chart, table, method."""
        said = sentences(self.sentences)
        notes = bullets(self.notes, "notes") + "\n" if self.notes else ""
        return (
            f'<section class="finding" id="{self.key}" aria-labelledby="{self.key}-head">\n'
            f'<h3 id="{self.key}-head">{text(self.statement)}</h3>\n<p class="what">{text(self.what)}</p>\n'
            f"{said}\n{self.figure()}\n{self._table()}\n{notes}"
            f"{_method(self.method)}</section>"
        )

    def _table(self) -> str:
        if not self.listed:
            return ""
        shown = without_notes(self.findings, self.sentences)  # which stand above it
        table = html_table(shown, caption=self.caption, key=self.key, page=True, **self.table)
        return f'<div class="{"table wraps" if self.wraps else "table"}">{table}</div>'

    def figure(self) -> str:
        """The chart twice, for wide and for narrow screens; only one of them is ever shown or read out."""
        if not self.drawn:
            return ""
        drawn = [self._svg(name, width) for name, width in (("wide", WIDE), ("narrow", NARROW))]
        return "<figure>\n" + "\n".join(drawn) + "\n</figure>"

    def _svg(self, name: str, width: int) -> str:
        shown = self.findings if self.pictured is None else self.pictured
        figure = chart(shown, width=width, **{"title": "", "subtitle": "", "marks": False, **self.chart})
        words = figure.alternative
        drawn = svg(figure, title=self.statement, description=words.description, key=f"{self.key}-{name}")
        return f'<div class="chart-{name}">{drawn}</div>'


def _method(words: str) -> str:
    return f'<p class="method"><strong>Method.</strong> {text(words)}</p>\n' if words else ""


INFORMATION, EQUALITY, RISK = "information", "equality", "risk"
"""What a page tells a committee about: how things are, how groups fare, or what is not known."""


@dataclass(frozen=True)
class Page:
    """One page of the report.

    ``tells`` is what it tells a committee about, ``asks`` whether members may wish to ask about its point: always where
    it tells of groups or risks.
    """

    key: str
    title: str
    short: str
    intro: Sequence[str] = ()
    findings: Sequence[Finding] = ()
    html: str = ""
    points: Sequence[Point] = ()
    method: Sequence[tuple[str, str]] = ()
    follows: bool = False
    tells: str = INFORMATION
    asks: bool = False

    def section(self) -> str:
        """The page as HTML."""
        intro = "\n".join(f"<p>{text(paragraph)}</p>" for paragraph in self.intro)
        inner = "\n".join([intro, *(finding.html() for finding in self.findings), self.html]).strip()
        kind = "page follows" if self.follows else "page"
        return (
            f'<section class="{kind}" id="{self.key}" '
            f'aria-labelledby="{self.key}-title">\n<h2 id="{self.key}-title">{text(self.title)}</h2>\n'
            f"{inner}\n</section>"
        )


def text(value: object) -> str:
    """Text that is safe in a page."""
    return escape(clean(value))


def sentences(said: Sequence[str]) -> str:
    """A few sentences as paragraphs, more of them as a list."""
    if len(said) <= 4:
        return "\n".join(f'<p class="sentence">{text(sentence)}</p>' for sentence in said)
    items = "\n".join(f'<li class="sentence">{text(sentence)}</li>' for sentence in said)
    return f"<ul>\n{items}\n</ul>"


def bullets(items: Sequence[str], kind: str = "") -> str:
    """A list; items are plain text."""
    lines = "\n".join(f"<li>{text(item)}</li>" for item in items)
    return f'<ul class="{kind}">\n{lines}\n</ul>' if kind else f"<ul>\n{lines}\n</ul>"


def opened(words: str) -> str:
    """Words with a capital at the start, as a sentence or a heading has.

    >>> opened("collected: yes")
    'Collected: yes'
    """
    return words[:1].upper() + words[1:]


def joined(words: Sequence[str]) -> str:
    """Words as a list in a sentence.

    >>> joined(["Bexley", "Havering", "Sutton"])
    'Bexley, Havering and Sutton'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))
