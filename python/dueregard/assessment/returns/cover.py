"""The cover sheet of a return: what it is, how to answer, what is where, and whom to ask."""

import datetime as dt
from typing import Any

from dueregard.assessment.returns import form
from dueregard.assessment.returns.issues import Issue
from dueregard.assessment.returns.sheet_tables import Looks, put, set_height

COVER_WIDTH = 100
HEADINGS = ("How to answer", "Contents", "Contact")


def write_cover(sheet: Any, issue: Issue, sheets: list[str], looks: Looks) -> None:
    """Lines of text in one column; the contents are links."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet.column_dimensions["A"].width = COVER_WIDTH
    lines = _cover_lines(issue, sheets)
    put(sheet.cell(1, 1), f"Self-assessment return: {issue.recipient.unit}", looks).font = looks.title
    sheet.row_dimensions[1].height = 24
    for row, line in enumerate(lines, 2):
        cell = put(sheet.cell(row, 1), line, looks)
        name = line.partition(":")[0]
        if line in HEADINGS:
            cell.font = looks.heading
        elif name in sheets:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1", display=line)
            cell.font = looks.link
        set_height(sheet, row, [line], [COVER_WIDTH])


def _cover_lines(issue: Issue, sheets: list[str]) -> list[str]:
    who, asked = issue.recipient, issue.framework.assessable(issue.recipient.kind)
    back = f"Please return it by {_long_date(who.due)}." if who.due else "No date was set for its return."
    contents = {
        form.RETURN: "who returns it, and when",
        form.ANSWERS: f"one row for each of the {len(asked)} indicators; this is the sheet to fill in",
        form.EXEMPT: f"indicators that this unit, as {with_article(who.kind)}, is not asked about",
        form.CHOICES: "the answers there are, lowest first",
        form.ABOUT: "the standard and the version of its questions, by which the return is read",
    }
    return [
        issue.framework.name,
        f"In this workbook {who.unit} ({who.kind}) says how it meets each of {len(asked)} indicators"
        f"{f' ({issue.round})' if issue.round else ''}. {back}",
        "How to answer",
        "1. On the sheet Answers, choose one answer for each indicator from the list in the column Answer. "
        "If the answer is not known, leave it empty: it is then counted as not stated, and not as not met.",
        "2. In the column Evidence, say what shows that the answer is right, and where it can be seen.",
        "3. Where more is to be done, name the owner of the action and the date for action, such as 31/03/2011.",
        "4. On the sheet Return, give the date you return it, and who completed it.",
        "Cells to fill in have a frame; all others are locked, without a password, so that every answer stays beside "
        "its indicator. Please do not sort, insert or delete rows or columns, and type text rather than formulas.",
        "Contents",
        *(f"{name}: {contents[name]}" for name in sheets if name in contents),
        "Contact",
        who.contact or "The person or unit that sent you this workbook.",
    ]


def with_article(kind: str) -> str:
    """A kind of unit with "a" or "an"."""
    return f"{'an' if kind[:1].casefold() in 'aeiou' else 'a'} {kind}"


def _long_date(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
