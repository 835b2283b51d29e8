"""Levels reached against a framework of several levels, and rounds of one assessment: what was crossed and moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.publish.readings import known, label, remade, rows_of
from dueregard.publish.report.pages.parts import Finding, Page, Point
from dueregard.publish.report.pages.rounds import MOVED, by_round, crossing_points, movement
from dueregard.publish.report.pages.units import number_of, units_word
from dueregard.publish.sentences.sentences import sentences

if TYPE_CHECKING:
    from dueregard.assessment import Assessment, Rounds

LADDER = (
    "A unit is at the highest level of which the framework's rule holds, and of every level below it; the organisation "
    "is where the framework puts it. Evidence at a level is any one answer that meets it: it does not make the level. "
    "Missing answers count as not met in the level, and as met at the end of the range."
)
NONE = "none"


def levels(
    assessment: Assessment | None,
    rounds: Rounds | None = None,
    moved: Rounds | None = None,
    *,
    key: str = "levels",
    title: str = "Levels and rounds",
    short: str = "Levels",
) -> Page:
    """The page of levels and rounds.

    Parameters
    ----------
    assessment
        Units against a framework of several levels.
    rounds
        Rounds of an assessment, of all units.
    moved
        The units whose movement between rounds is shown one by one; all of them unless given.
    """
    findings: list[Finding] = []
    points: list[Point] = []
    if assessment is not None:
        findings.append(ladder(assessment, f"{key}-ladder"))
        points.append(_organisation_point(assessment))
    if rounds is not None:
        findings += [*by_round(rounds, f"{key}-rounds"), *movement(moved or rounds, key)]
        points += crossing_points(rounds)
    return Page(key, title, short, findings=findings, points=points, method=[(short, LADDER), ("Rounds", MOVED)])


def ladder(assessment: Assessment, key: str) -> Finding:
    """The levels that the organisation and its units have reached."""
    found, units = assessment.levels(), units_word(assessment)
    organisation, counted = rows_of(found)[0], counts_of(assessment, found)
    evident = any(row["evidence"] is not None for row in rows_of(found))  # not where levels share their indicators
    return Finding(
        key=key,
        statement=f"The organisation is at {_level(organisation['level'])}; it aims at {organisation['reference']}",
        what=f"Level reached by {len(assessment.units)} {units}"
        + (", and the highest level with any evidence" if evident else ""),
        sentences=sentences(remade(found, rows_of(found)[:1])) + _reached(counted, units),
        findings=counted,
        pictured=found,
        method=LADDER,
        caption=f"{assessment.framework.name}: {units} at each level",
        table={
            "columns": ["level", "reached", "value", *(["evidence"] if evident else [])],
            "headings": {"level": "Level", "reached": f"{label(units)} at it or above", "value": "Percent",
                         "evidence": "With any evidence of it"},
        },
    )  # fmt: skip


def _level(name: object) -> str:
    return "no level" if name in (None, NONE) else str(name)


def counts_of(assessment: Assessment, found: Findings) -> Findings:
    """A row a level: how many units reached it, and how many have evidence of it, unless levels share indicators."""
    named = [level.label for level in assessment.framework.levels]
    rows = [row for row in rows_of(found) if row["unit"] is not None]
    evidence = [named.index(row["evidence"]) if row["evidence"] in named else -1 for row in rows]
    evident, made = any(row["evidence"] is not None for row in rows), []
    for place, level in enumerate(named):
        count = sum(known(row["value"]) and row["value"] > place for row in rows)
        shown = sum(highest >= place for highest in evidence)
        made.append({
            "measure": "level reached", "level": level, "row_type": "group", "count": count, "nobs": len(rows),
            "value": 100 * count / len(rows), "unit_of_measure": "percent", "flag": Flag.FULL_COUNT,
            "reached": f"{count} of {len(rows)}", "evidence": f"{shown} of {len(rows)}" if evident else None,
            "evidence_count": shown if evident else None,
        })  # fmt: skip
    columns = {name: [row[name] for row in made] for name in made[0]}
    return Findings(columns, provenance=assessment.provenance, native=assessment.native, title=found.title)


def _reached(counted: Findings, units: str) -> list[str]:
    """Which level all units have reached, and what evidence there is above it."""
    rows = rows_of(counted)
    above = [row for row in rows if row["count"] < row["nobs"]]
    said = [f"{row['level']} is reached by {row['reached']} {units}." for row in rows if row not in above][-1:]
    for row in above:
        seen = f"; {number_of(row['evidence_count'], units)} have evidence of it" if row["evidence_count"] else ""
        reached = "no unit" if not row["count"] else f"{row['reached']} {units}"
        said.append(f"{row['level']} is reached by {reached}{seen}.")
    return said


def _organisation_point(assessment: Assessment) -> Point:
    row = rows_of(assessment.levels())[0]
    name = assessment.framework.name
    units = units_word(assessment)
    return Point(
        label(_level(row["level"])),
        "",
        f"is where the organisation stands in the {name[:1].lower()}{name[1:]}, by {len(assessment.units)} {units}; "
        f"it aims at {row['reference']}.",
    )
