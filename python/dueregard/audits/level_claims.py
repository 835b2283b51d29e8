"""Published levels, and numbers of units that meet a threshold, held against an assessment of the answers."""

from __future__ import annotations

from math import nan

from dueregard.audits.claims import FIGURE, ROUNDED, TEXT, Claim, Kind, Term
from dueregard.audits.outcomes import CANNOT_TELL, CONSISTENT, INCONSISTENT, Outcome
from dueregard.audits.ranges import Range
from dueregard.audits.sources import needs
from dueregard.audits.standard_claims import assessment_of, section_label
from dueregard.hints import did_you_mean

ORGANISATION = "the organisation"
NO_LEVEL = "none"


def check_level(claim: Claim) -> Outcome:
    """Whether a unit, or without one the organisation, has reached the printed level by its answers."""
    assessment, said = assessment_of(claim), str(claim.terms["level"])
    if assessment is None:
        return needs(claim, "an assessment")
    names = [NO_LEVEL, *(level.label for level in assessment.framework.levels)]
    at = [name.casefold() for name in names]
    if said.casefold() not in at:
        raise ValueError(f"level: {said!r} is none of {', '.join(names)}{did_you_mean(said, names)}")
    unit = claim.terms.get("unit")
    if unit is not None and unit not in assessment.units:
        hint = did_you_mean(unit, assessment.units)
        raise ValueError(f"unit: {unit!r} is not among the units of the responses{hint}")
    row = next(assessment.levels().filter(unit=unit).rows())
    printed, about = at.index(said.casefold()), unit or ORGANISATION
    if row["level"] is None:
        note = f"{about}: {said} published, and nothing was assessed"
        return Outcome("level", CANNOT_TELL, note, nan, printed, unit="level", about=about)
    within = Range(row["low"], row["high"])
    verdict = CANNOT_TELL if within.low < within.high else CONSISTENT
    verdict = verdict if within.holds(printed) else INCONSISTENT
    reached = row["level"] if within.low == within.high else f"{row['level']} to {row['highest_level']}"
    note = f"{about}: {said} published, {reached} by the answers"
    note += "; missing answers decide" if verdict == CANNOT_TELL else ""
    return Outcome("level", verdict, note, row["value"], printed, *within[:2], "level", about)


def check_units_meeting(claim: Claim) -> Outcome:
    """Whether as many units meet the threshold, in a section or in all, as is printed."""
    assessment, number = assessment_of(claim), claim.figure("number")
    if assessment is None:
        return needs(claim, "an assessment")._replace(printed=number.value, unit="units")
    aim = assessment.framework.aimed.percent
    limit = float(claim.figure("limit").value) if "limit" in claim.terms else aim
    if limit is None:
        raise ValueError("limit: blank, and the framework publishes no threshold for the level aimed at")
    section = section_label(assessment, claim) if "section" in claim.terms else None
    found = assessment.thresholds("section" if section else None, percents=limit)
    rows = [row for row in found.rows() if section is None or row["section"] == section]
    verdicts = [row["verdict"] for row in rows]
    met, perhaps = verdicts.count("met"), verdicts.count(CANNOT_TELL)
    verdict = CONSISTENT if number.range.holds(met) else INCONSISTENT
    if perhaps and number.range.meets(Range(met, met + perhaps)):
        verdict = CANNOT_TELL
    about = section or "all sections"
    note = f"{about}: {number.text} units published, {met} of {len(rows)} at {limit:g}% or above by the answers"
    note += f"; missing answers decide {perhaps}" if perhaps else ""
    return Outcome("units meeting the threshold", verdict, note, met, number.value, met, met + perhaps, "units", about)


KINDS = (
    Kind("level", {"unit": Term(TEXT, needed=False), "level": Term(TEXT)}, check_level),
    Kind(
        "units meeting",
        {"section": Term(TEXT, needed=False), "limit": Term(ROUNDED, needed=False), "number": Term(FIGURE)},
        check_units_meeting,
    ),
)
