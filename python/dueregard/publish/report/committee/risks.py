"""Risk implications: what could not be told, what rests on few cases, what is not known, overdue or contradictory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.plans.courses import OFF_COURSE
from dueregard.plans.standings import OVERDUE
from dueregard.publish.readings import Row, known, rows_of
from dueregard.publish.report.committee.draft import Draft
from dueregard.publish.report.committee.information import information
from dueregard.publish.report.pages.parts import Page, joined, text
from dueregard.publish.report.pages.units import number_of

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.plans.plans import Plan

FEW, UNTOLD = ("too few",), ("cannot tell", "unclear")
SMALL = Flag.SMALL_BASE | Flag.SMALL_REFERENCE | Flag.FEW_EVENTS
WANTED = "how these risks are managed, and who owns them"


def risks(
    draft: Draft, pages: Sequence[Page], told: Sequence[Page], places: Mapping[str, int], plans: Sequence[Plan]
) -> str:
    """What the figures of the other pages leave open, then the pages about what is not known, then the plan."""
    said = [sentence for page in pages if page not in told for sentence in _left_open(page)]
    parts = [f"<h3>{text('What the figures leave open')}</h3>"]
    parts += draft.paragraphs(said or ["No figure was found to rest on few cases, and none could not be told."])
    parts += [information(draft, told, places)] if told else []
    plan_risks = [sentence for plan in plans for sentence in risks_of(plan)]
    parts += ["<h3>The plan</h3>", *draft.paragraphs(plan_risks)] if plan_risks else []
    return "\n".join([*parts, draft.paragraph("", WANTED)])


def _left_open(page: Page) -> list[str]:
    """How many figures of a page are unclear, cannot be told, or rest on few cases."""
    rows = [row for finding in page.findings for row in _judged(finding.findings)]
    counts = {
        "rest on too few cases to tell": sum(_is(row, FEW) for row in rows),
        "cannot be told": sum(_is(row, UNTOLD) for row in rows),
        "rest on a base or on events that are few": sum(bool(_flag(row) & SMALL) for row in rows),
    }
    named = [f"{count:,} {what}" for what, count in counts.items() if count]
    return [f"{page.title}: of {number_of(len(rows), 'figures')}, {joined(named)}."] if named else []


def _judged(findings: Findings) -> list[Row]:
    return [row for row in rows_of(findings) if row.get("row_type") in ("group", None)]


def _is(row: Row, starts: tuple[str, ...]) -> bool:
    return str(row.get("verdict") or "").startswith(starts)


def _flag(row: Row) -> Flag:
    return Flag(row.get("flag") or 0)


def risks_of(plan: Plan) -> list[str]:
    """What of a plan is overdue, off course, without a target or waiting for a decision."""
    status, progress = rows_of(plan.status()), rows_of(plan.progress())
    late = sum(row["verdict"] == OVERDUE for row in status)
    courses, aimless = [row["course"] for row in progress], sum(not known(row["target"]) for row in progress)
    waiting = [each.id for each in plan.contents.recommendations if each.open_reservation]
    aside = len(plan.rows_set_aside)
    said = [
        (late, f"{late:,} of {len(status):,} things to be done are overdue."),
        (courses.count(OFF_COURSE), f"{number_of(courses.count(OFF_COURSE), 'measures')} off course."),
        (
            aimless,
            f"{aimless} of {number_of(len(courses), 'measures')} have no target, so whether they are "
            "on course cannot be told.",
        ),
        (len(waiting), f"Waiting for a decision on a reservation: recommendation {joined(waiting)}."),
        (aside, f"{number_of(aside, 'rows')} of the plan could not be read: set aside."),
    ]
    return [sentence for count, sentence in said if count]
