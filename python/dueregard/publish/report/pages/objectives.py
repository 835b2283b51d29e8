"""A plan: its objectives and their measures on one page, what is overdue and due, what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.plans.progress_rows import wide
from dueregard.plans.standings import OVERDUE
from dueregard.publish.charts.progress_chart import marks_of
from dueregard.publish.days import written_day
from dueregard.publish.readings import Row, known, remade, rows_of
from dueregard.publish.report.pages.due import NOUNS, all_of, answers_of, costs_of, due_of, impact_of, without_notes
from dueregard.publish.report.pages.parts import Finding, Page, Point, bullets, joined, opened, text
from dueregard.publish.report.pages.units import number_of
from dueregard.publish.sentences.plan_points import by_weight, in_short
from dueregard.publish.sentences.sentences import sentences

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.plans.plans import Plan

SCORECARD = (
    "Each measure's latest reading with its interval, beside what it was at the baseline, or at the first reading "
    "where no baseline was set. A target is met, or not, when the whole interval is on that side of it; it is on "
    "course when the whole prediction interval at the day of the target is. Each mark is a shape with a word."
)
WORDS = {
    "improved": "improved", "worsened": "worsened", "target met": "with the target met",
    "target not met": "with the target not met", "not met yet": "with the target not met yet",
    "on course": "on course", "off course": "off course", "cannot tell": "where it cannot be told",
    "too few to tell if it changed": "too few to tell if they changed", "too few readings": "with too few readings",
    "only one reading": "with only one reading", "no reading": "without a reading",
}  # fmt: skip
"""What is said of measures after their number, in this order; other verdicts follow as they are."""
MOST_DRAWN = 12
"""A chart of more measures than this is longer than a page."""


def objectives(plan: Plan, *, key: str = "plan", title: str = "", short: str = "Plan") -> Page:
    """The page of a plan."""
    parts = (scorecard_of, due_of, all_of, impact_of, answers_of, costs_of)
    findings = [finding for part in parts if (finding := part(plan, key)) is not None]
    return Page(
        key,
        title or plan.name,
        short,
        findings=findings,
        html=f"{by_objective(plan)}\n{notes_of(plan)}",
        points=points_of(plan),
        asks=True,
        method=[(title or plan.name, SCORECARD)],
    )


def _of(rows: Sequence[Row], noun: str, count: int) -> tuple[str, str]:
    """So many of all there are of a noun, and what they are called."""
    of = sum(row["measure"] == noun for row in rows)
    return f"{count} of {of}", NOUNS[noun].removesuffix("s") if of == 1 else NOUNS[noun]


def scorecard_of(plan: Plan, key: str) -> Finding | None:
    """Every measure on one page."""
    from dueregard.plans.scorecards import scorecard

    if not plan.contents.measures:
        return None
    card = without_notes(scorecard(plan), keep=1)
    return Finding(
        key=f"{key}-scorecard",
        statement=_verdicts(card),
        what=f"Latest reading of each measure against its target, at {written_day(plan.on)}",
        sentences=_targets(card),
        findings=card,
        method=SCORECARD,
        caption=f"Scorecard at {written_day(plan.on)}",
        wraps=True,
        drawn=len(card) <= MOST_DRAWN and any(mark.known for mark in marks_of(card)),
    )


def _verdicts(card: Findings) -> str:
    counts = Counter(card["verdict"])
    listed = [f"{counts[verdict]} {WORDS.get(verdict, verdict)}" for verdict in dict.fromkeys([*WORDS, *counts])
              if counts[verdict]]  # fmt: skip
    return f"Of {number_of(len(card), 'measures')}, {joined(listed)}"


def _targets(card: Findings) -> list[str]:
    """What is said of measures that have a target, and that the others have none."""
    rows = rows_of(card)
    aimed = [row for row in rows if known(row["target"])]
    said = sentences(remade(card, aimed)) if aimed else []
    if len(aimed) < len(rows):
        said.append(
            f"No target was published or set for {len(rows) - len(aimed)} of {number_of(len(rows), 'measures')}: "
            f"whether {'it is' if len(rows) - len(aimed) == 1 else 'they are'} on course cannot be told."
        )
    return said + [f"{note}." for note in wide(card["course_why"])]


def by_objective(plan: Plan) -> str:
    """What each measure says, under its objective."""
    found = plan.progress()
    held = {row["measure_id"]: sentences(remade(found, [row])) for row in rows_of(found)}
    parts = []
    for objective in plan.contents.objectives:
        measures = [each for each in plan.contents.measures if each.objective == objective.id]
        said = [" ".join([*held.get(each.id, []), *told(plan, "measures", each.id)]) for each in measures]
        said = [*told(plan, "objectives", objective.id), *filter(None, said)]
        if said:
            parts.append(f"<h3>Objective {text(objective.id)}: {text(objective.title)}</h3>\n{bullets(said)}")
    return "\n".join(parts)


def told(plan: Plan, noun: str, id: str) -> list[str]:
    """The latest update of an objective or a measure, if there is any."""
    updates = [each for each in plan.contents.updates if (each.noun, each.id) == (noun, id)]
    latest = max(updates, key=lambda each: each.date, default=None)
    return [] if latest is None else [f"On {written_day(latest.date)}: {latest.text.rstrip('.')}."]


def notes_of(plan: Plan) -> str:
    """What the plan says that a reader has to know."""
    return f"<h3>About this plan</h3>\n{bullets([opened(note).rstrip('.') + '.' for note in plan.notes])}"


def points_of(plan: Plan) -> list[Point]:
    """What is overdue, or how many measures have a target; then what each measure comes to."""
    return [*_first_point(plan), *measure_points(plan)]


def measure_points(plan: Plan) -> list[Point]:
    """Measures that changed first, then those that can be held against their target, then the others."""
    rows = sorted(rows_of(plan.progress()), key=by_weight)
    return [Point(*short) for row in rows if (short := in_short(row)) is not None]


def _first_point(plan: Plan) -> list[Point]:
    rows = rows_of(plan.status())
    late = Counter(row["measure"] for row in rows if row["verdict"] == OVERDUE)
    if late:
        (count, many), *others = [_of(rows, noun, number) for noun, number in late.most_common()]
        are = "is" if late.most_common(1)[0][1] == 1 else "are"
        too = f"; overdue too: {joined([' '.join(each) for each in others])}" if others else ""
        return [Point(count, "", f"{many} {are} overdue at {written_day(plan.on)}{too}.")]
    measures = plan.contents.measures
    aimed = {target.measure for target in plan.contents.targets}
    if not measures:
        return []
    have = (
        "measure of the plan has"
        if len(measures) == 1
        else f"measures of the plan ha{'s' if len(aimed) == 1 else 've'}"
    )
    return [Point(f"{len(aimed)} of {len(measures)}", "", f"{have} a target, at {written_day(plan.on)}.")]
