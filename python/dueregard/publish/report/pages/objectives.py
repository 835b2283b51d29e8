"""A plan: its objectives and their measures on one page, what is overdue and due, what it costs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dueregard.plans.standings import OVERDUE
from dueregard.publish.days import written_day
from dueregard.publish.readings import known, remade, rows_of
from dueregard.publish.report.pages.due import NOUNS, answers_of, costs_of, due_of, impact_of, without_notes
from dueregard.publish.report.pages.parts import Finding, Page, Point, bullets, joined, opened, text
from dueregard.publish.report.pages.units import number_of
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
    parts = (scorecard_of, due_of, impact_of, answers_of, costs_of)
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
        drawn=len(card) <= MOST_DRAWN,
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
            "whether they are on course cannot be told."
        )
    return said


def by_objective(plan: Plan) -> str:
    """What each measure says, under its objective."""
    found = plan.progress()
    held = {row["measure_id"]: sentences(remade(found, [row])) for row in rows_of(found)}
    parts = []
    for objective in plan.contents.objectives:
        said = [s for m in plan.contents.measures if m.objective == objective.id for s in held.get(m.id, [])]
        if said:
            parts.append(f"<h3>Objective {text(objective.id)}: {text(objective.title)}</h3>\n{bullets(said)}")
    return "\n".join(parts)


def notes_of(plan: Plan) -> str:
    """What the plan says that a reader has to know."""
    return f"<h3>About this plan</h3>\n{bullets([opened(note).rstrip('.') + '.' for note in plan.notes])}"


def points_of(plan: Plan) -> list[Point]:
    """What is overdue first; then how many measures have a target."""
    rows = rows_of(plan.status())
    late = Counter(row["measure"] for row in rows if row["verdict"] == OVERDUE)
    if late:
        noun, count = late.most_common(1)[0]
        of = sum(row["measure"] == noun for row in rows)
        are = "is" if count == 1 else "are"
        many = NOUNS[noun].removesuffix("s") if of == 1 else NOUNS[noun]
        return [Point(f"{count} of {of}", "", f"{many} {are} overdue at {written_day(plan.on)}.")]
    measures = plan.contents.measures
    aimed = {target.measure for target in plan.contents.targets}
    if not measures:
        return []
    words = f"measures of the plan have a target, at {written_day(plan.on)}."
    return [Point(f"{len(aimed)} of {len(measures)}", "", words)]
