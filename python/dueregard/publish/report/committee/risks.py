"""Risk implications: what could not be told, what rests on few cases, what is not known, overdue or contradictory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.kinds import PLANS
from dueregard.plans.courses import OFF_COURSE, TOO_FEW_READINGS
from dueregard.plans.standings import OVERDUE
from dueregard.publish.gap_part_sets import part_name
from dueregard.publish.numbers import spoken
from dueregard.publish.readings import Row, by_columns, known, rows_of
from dueregard.publish.report.committee.draft import Draft
from dueregard.publish.report.committee.information import information
from dueregard.publish.report.pages.parts import Page, joined, text
from dueregard.publish.report.pages.units import a_few, number_of
from dueregard.publish.tables.plan_grids import JUDGED

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.plans.plans import Plan

PARTED = ("gap parts", "gap change parts")
FEW, UNTOLD = ("too few",), ("cannot tell", "unclear")
MOST_NAMED = 3
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
    rows = [(row, finding.findings) for finding in page.findings for row in _judged(finding.findings)]
    several = len({row.get("measure") for row, _ in rows}) > 1
    named = []
    for holds, one, many in OPEN:
        which = list(dict.fromkeys(_named(row, found, several) for row, found in rows if holds(row)))
        count = sum(holds(row) for row, _ in rows)
        if count:
            named.append(f"{count:,} {one if count == 1 else many} ({a_few(which, MOST_NAMED)})")
    return [f"{page.title}: of {number_of(len(rows), 'figures')}, {'; '.join(named)}."] if named else []


def _named(row: Row, findings: Findings, several: bool) -> str:
    """Which figure: its measure, where there are several, its group and its area, the driver or the part of a gap."""
    parts = [
        row.get("measure") if several else None,
        row.get("group"),
        row.get("driver"),
        None if row.get("part") is None else part_name(row).lower(),
        *(row.get(name) for name in by_columns(findings)),
    ]
    return ", ".join(spoken(part) for part in parts if part is not None) or spoken(row.get("measure") or "all")


def _judged(findings: Findings) -> list[Row]:
    """The figures; of a plan its measures, since what is to be done and what it costs are no figures of people, and of
    the parts of a gap the whole ones."""
    if findings.kind in PLANS - JUDGED.keys():
        return []
    rows = rows_of(findings, "group", None)
    return rows if findings.kind not in PARTED else [row for row in rows if row["factor"] is None]


def _is(row: Row, starts: tuple[str, ...]) -> bool:
    return str(row.get("verdict") or "").startswith(starts)


def _is_few(row: Row) -> bool:
    return _is(row, FEW) and row.get("verdict") != TOO_FEW_READINGS


def _flag(row: Row) -> Flag:
    return Flag(row.get("flag") or 0)


OPEN: tuple[tuple[Callable[[Row], bool], str, str], ...] = (
    (_is_few, "rests on too few cases to tell", "rest on too few cases to tell"),
    (lambda row: row.get("verdict") == TOO_FEW_READINGS, "has too few readings to say where it leads",
     "have too few readings to say where they lead"),
    (lambda row: _is(row, UNTOLD), "cannot be told", "cannot be told"),
    (lambda row: bool(_flag(row) & SMALL), "rests on a base or on events that are few",
     "rest on a base or on events that are few"),
)  # fmt: skip
"""What leaves a figure open, said of one and of several."""


def risks_of(plan: Plan) -> list[str]:
    """What of a plan is overdue, off course, without a target or waiting for a decision."""
    status, progress = rows_of(plan.status()), rows_of(plan.progress())
    late = sum(row["verdict"] == OVERDUE for row in status)
    courses, aimless = [row["course"] for row in progress], sum(not known(row["target"]) for row in progress)
    waiting = [each.id for each in plan.contents.recommendations if each.open_reservation]
    aside = len(plan.rows_set_aside)
    said = [
        (late, f"{late:,} of {number_of(len(status), 'things')} to be done {'is' if late == 1 else 'are'} overdue."),
        (courses.count(OFF_COURSE), f"{number_of(courses.count(OFF_COURSE), 'measures')} off course."),
        (aimless, _aimless(aimless, len(courses))),
        (len(waiting), f"Waiting for a decision on a reservation: recommendation {joined(waiting)}."),
        (aside, f"{number_of(aside, 'rows')} of the plan could not be read: set aside."),
    ]
    return [sentence for count, sentence in said if count]


def _aimless(count: int, of: int) -> str:
    """How many measures have no target."""
    has, are = ("has", "it is") if count == 1 else ("have", "they are")
    return f"{count} of {number_of(of, 'measures')} {has} no target, so whether {are} on course cannot be told."
