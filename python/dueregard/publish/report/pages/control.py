"""The method of every page, and document control: who made what from which data."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from dueregard.publish.days import written_day
from dueregard.publish.report.inputs import Input
from dueregard.publish.report.pages.parts import Page, text
from dueregard.publish.tables.cells import Column
from dueregard.publish.tables.tables import marked_table
from dueregard.version import __version__

NOT_NAMED = "not named"


@dataclass(frozen=True)
class Control:
    """What document control says."""

    title: str
    version: str
    author: str | None
    checked_by: str | None
    date: datetime.date
    period: str
    inputs: Sequence[Input]

    @property
    def day(self) -> str:
        """The date of the document."""
        return written_day(self.date)


def method(pages: Sequence[Page]) -> Page:
    """How the figures of each page were worked out, and the words all of them use."""
    parts = [f"<h3>{text(name)}</h3>\n<p>{text(words)}</p>" for page in pages for name, words in page.method]
    general = (
        "<h3>Words and signs</h3>\n<p>Percentages have one decimal in tables; a difference of two percentages is in "
        "percentage points. A 95% interval is the range of true values that the data do not contradict at that level. "
        "In tables [x] is not available, [z] not applicable, [low] more than zero but rounds to it, and [u] rests on "
        "fewer than 30 cases.</p>"
    )
    return Page("method", "Method", "Method", html="\n".join([*parts, general]), follows=True)


def control(details: Control) -> Page:
    """The page of document control."""
    lines = {
        "Title": details.title,
        "Version": details.version,
        "Date": details.day,
        "Period of the data": details.period or "not stated",
        "Author": details.author or NOT_NAMED,
        "Checked by": details.checked_by or NOT_NAMED,
        "Status": "Internal: not checked for disclosure",
        "Made with": f"dueregard {__version__}",
    }
    names = Column("item", "Item", False, list(lines))
    values = Column("entry", "Entry", False, list(lines.values()))
    about = marked_table([names, values], "control-table", "This document")
    html = f"{_region('control-table', about)}\n{inputs_region(details.inputs)}"
    return Page("control", "Document control", "Document control", html=html, follows=True)


def _region(name: str, table: str, kind: str = "document") -> str:
    return f'<div class="dueregard control {kind}" role="region" aria-labelledby="{name}" tabindex="0">{table}</div>'


def inputs_region(inputs: Sequence[Input]) -> str:
    """The table of inputs, each with its hash."""
    return _region("inputs-table", _inputs(inputs), "inputs")


def _inputs(inputs: Sequence[Input]) -> str:
    columns = [
        Column("name", "Input", False, [i.name for i in inputs]),
        Column("source", "Source", False, [i.source for i in inputs]),
        Column("records", "Records", True, [f"{i.records:,}" for i in inputs]),
        Column("hashed", "Hash of", False, [i.hashed for i in inputs]),
        Column("sha256", "SHA-256", False, [i.sha256 for i in inputs]),
    ]
    table = marked_table(columns, "inputs-table", "What it was made from")
    for one in inputs:
        table = table.replace(f"<td>{one.sha256}</td>", f'<td class="hash">{one.sha256}</td>')
    return table
