"""The head of the paper: report number, meeting, by whom; and whether it may be published."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.publish.days import written_day
from dueregard.publish.report.committee.details import Details
from dueregard.publish.report.committee.draft import Draft
from dueregard.publish.report.pages.control import Control
from dueregard.publish.report.pages.parts import Page, Point, text

NOT_YET = "N: not until it has been checked for disclosure"


def title_block(draft: Draft, details: Details, control: Control) -> Page:
    """The page of the two tables at the head."""
    meeting = None if details.meeting_date is None else written_day(details.meeting_date)
    head = [
        ("Report", draft.given(details.report_number, "the number of the report")),
        ("Committee", draft.given(details.committee, "the committee")),
        ("Date", draft.given(meeting, "the date of the meeting")),
        ("By", draft.given(details.on_behalf_of, "by whom, or on whose behalf, it is submitted")),
    ]
    scheme = [
        ("Protective marking", draft.given(details.classification, "the protective marking")),
        ("Suitable for publication scheme? Y/N", text(NOT_YET)),
        ("Title and version", text(f"{control.title}, version {control.version}")),
        ("Author", draft.given(control.author, "the author")),
        ("Checked by", draft.given(control.checked_by, "who checked it")),
        ("Date created", text(control.day)),
        ("Review date", draft.mark("when it is to be reviewed")),
    ]
    html = f"{_table('This report', head)}\n{_table('Freedom of Information Act publication scheme', scheme)}"
    return Page("title-block", "Report", "Report", html=html)


def _table(caption: str, rows: Sequence[tuple[str, str]]) -> str:
    """A table of two columns; the cells are HTML already, since marks are."""
    body = "\n".join(f'<tr><th scope="row">{text(name)}</th><td>{value}</td></tr>' for name, value in rows)
    head = '<thead><tr><th scope="col">Item</th><th scope="col">Entry</th></tr></thead>'
    name = caption.split()[0].lower() + "-head"
    return (
        f'<div class="dueregard control document" role="region" aria-labelledby="{name}" tabindex="0">'
        f'<table><caption id="{name}"><span>{text(caption)}</span></caption>{head}<tbody>{body}</tbody></table></div>'
    )


def summary(draft: Draft, points: Sequence[Point], title: str, period: str) -> Page:
    """The summary: what the paper reports, and the main point of each page."""
    when = f" for {period}" if period else ""
    said = [text(f"This report gives the findings of “{title}”{when}. Its main points are:") if points else ""]
    items = "\n".join(f"<li>{text(sentence_of(point))}</li>" for point in points)
    said += [f"<ul>\n{items}\n</ul>"] if points else []
    said.append(draft.mark("why this report comes to members now"))
    html = "\n".join(part if part.startswith("<ul") else f"<p>{part}</p>" for part in said if part)
    return Page("summary", "Summary", "Summary", html=html, follows=True)


def sentence_of(point: Point) -> str:
    """A main point as one sentence.

    >>> sentence_of(Point("97%", "", "of units meet the baseline."))
    '97% of units meet the baseline.'
    """
    return " ".join(part for part in (point.figure, point.unit, point.text) if part)
