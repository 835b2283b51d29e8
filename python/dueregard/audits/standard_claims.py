"""Published scores, averages and lists held against an assessment of the answers."""

from __future__ import annotations

from math import isnan, nan
from typing import Any

from dueregard.assessment import Assessment
from dueregard.audits.averages import averages_of
from dueregard.audits.claims import FIGURE, FIGURES, ROUNDED, TEXT, TEXTS, Claim, Kind, Term
from dueregard.audits.outcomes import CANNOT_TELL, CONSISTENT, INCONSISTENT, Outcome, judged
from dueregard.audits.printed import printed, shown
from dueregard.audits.ranges import exactly
from dueregard.audits.relations import with_sign
from dueregard.audits.sources import needs
from dueregard.audits.words_and_lists import list_note
from dueregard.hints import did_you_mean

ScoreRow = dict[str, Any]


def assessment_of(claim: Claim) -> Assessment | None:
    if claim.source is not None and not isinstance(claim.source, Assessment):
        raise ValueError(f"against: a claim of {claim.kind.name!r} is held against an assessment, not a table")
    return claim.source


def section_label(assessment: Assessment, claim: Claim) -> str:
    """The label of the section that is named, by its identifier or its label."""
    sections, said = assessment.framework.sections, str(claim.terms["section"])
    if said not in sections and said not in sections.values():
        hint = did_you_mean(said, [*sections])
        raise ValueError(f"section: {said!r} is not a section of the framework{hint}")
    return sections.get(said, said)


def _score(assessment: Assessment, claim: Claim) -> ScoreRow:
    """The scores of the unit, in the section if one is named."""
    unit = str(claim.terms["unit"])
    if unit not in assessment.units:
        hint = did_you_mean(unit, assessment.units)
        raise ValueError(f"unit: {unit!r} is not among the units of the responses{hint}")
    if "section" not in claim.terms:
        return next(assessment.scores().filter(unit=unit).rows())
    return next(assessment.scores("section").filter(unit=unit, section=section_label(assessment, claim)).rows())


def _about(row: ScoreRow) -> str:
    return ", ".join(str(row[name]) for name in ("unit", "section") if row.get(name))


def check_score(claim: Claim) -> Outcome:
    """Whether a unit's printed percentage is that of its answers."""
    assessment, percent = assessment_of(claim), claim.figure("percent")
    if assessment is None:
        return needs(claim, "an assessment")._replace(printed=percent.value, unit="percent")
    row = _score(assessment, claim)
    measure, about = "section score" if "section" in claim.terms else "score", _about(row)
    if not row["nobs"]:
        note = f"{about}: nothing was assessed, {with_sign(percent)} printed"
        return Outcome(measure, CANNOT_TELL, note, nan, percent.value, unit="percent")
    value = 100 * printed(row["count"]).value / row["nobs"]
    note = f"{about}: {with_sign(percent)} published, {row['count']} of {row['nobs']} is {row['value']:.2f}%"
    verdict = judged(percent, value, exactly(value))
    return Outcome(measure, verdict, note, value, percent.value, row["low"], row["high"], "percent", about)


def check_answers(claim: Claim) -> Outcome:
    """Whether the printed answers of a unit add up to the indicators it was asked about."""
    assessment = assessment_of(claim)
    total = int(sum(part.value for part in claim.figures("parts")))
    if assessment is None:
        return needs(claim, "an assessment")._replace(printed=total, unit="answers")
    row = _score(assessment, claim)
    met, asked = row["count"], row["nobs"]
    note = f"{_about(row)}: the answers add up to {total}, and {asked} indicators were asked about"
    if total != asked and total and asked:
        of_asked, of_all = printed(100 * met / asked).value, printed(100 * met / total).value
        note += f"; {met} of {asked} is {shown(of_asked, 0)}%, {met} of {total} is {shown(of_all, 0)}%"
    verdict = CONSISTENT if total == asked else INCONSISTENT
    return Outcome("answers in the row", verdict, note, asked, total, unit="answers", about=_about(row))


def check_met(claim: Claim) -> Outcome:
    """Whether as many indicators were met as is printed."""
    return _number(claim, "satisfactory")


def check_not_met(claim: Claim) -> Outcome:
    """Whether as many indicators were answered and not met as is printed."""
    return _number(claim, "not satisfactory")


def _number(claim: Claim, words: str) -> Outcome:
    assessment, number = assessment_of(claim), claim.figure("number")
    if assessment is None:
        return needs(claim, "an assessment")._replace(printed=number.value, unit="indicators")
    row = _score(assessment, claim)
    computed = row["count"] if words == "satisfactory" else row["answered"] - row["count"]
    note = f"{_about(row)}: {number.text} indicators {words} published, {computed} computed"
    verdict = CONSISTENT if number.range.holds(computed) else INCONSISTENT
    return Outcome(f"indicators {words}", verdict, note, computed, number.value, unit="indicators", about=_about(row))


def check_average_score(claim: Claim) -> Outcome:
    """Whether a printed average is the mean, the median or the pooled figure of the units' scores."""
    assessment, percent = assessment_of(claim), claim.figure("percent")
    if assessment is None:
        return needs(claim, "an assessment")._replace(printed=percent.value, unit="percent")
    scores = assessment.scores()
    rows = [row for row in scores.rows() if not isnan(row["value"])]
    if not rows:
        note = f"Average of the units: {with_sign(percent)} published, and nothing was assessed"
        return Outcome("average", CANNOT_TELL, note, nan, percent.value, unit="percent")
    met, asked = sum(row["count"] for row in rows), sum(row["nobs"] for row in rows)
    pooled = 100 * printed(met).value / asked
    averages = averages_of([printed(repr(row["value"])) for row in rows])
    held = any(percent.range.holds(value) for value in (pooled, *(value for value, _ in averages.values())))
    note = (
        f"Average of the units: {with_sign(percent)} published; {len(rows)} units met {met} of {asked} indicators, "
        f"{shown(pooled)}%, the mean of their percentages is {shown(averages['mean'][0])}% "
        f"and the median {shown(averages['median'][0])}%"
    )
    verdict = CONSISTENT if held else INCONSISTENT
    about = "Average of the units"
    return Outcome("average", verdict, note, pooled, percent.value, pooled, pooled, "percent", about)


def check_section_indicators(claim: Claim) -> Outcome:
    """Whether a section holds the indicators that are named, for the kind of unit that was assessed."""
    assessment, named = assessment_of(claim), list(claim.terms["named"])
    if assessment is None:
        return needs(claim, "an assessment")._replace(printed=len(named), unit="indicators")
    label, kind = section_label(assessment, claim), assessment.framework.kind
    sections = assessment.framework.sections
    asked = [i.id for i in assessment.framework.assessable(kind) if sections[i.section] == label]
    note, same = list_note(named, asked)
    verdict = CONSISTENT if same else INCONSISTENT
    note = f"{label} of a {kind}: {note}"
    return Outcome("indicators of a section", verdict, note, len(asked), len(named), unit="indicators", about=label)


def check_unmet(claim: Claim) -> Outcome:
    """Whether a unit does not meet the indicators that are named, of a section or of all."""
    assessment, named = assessment_of(claim), list(claim.terms["named"])
    if assessment is None:
        return needs(claim, "an assessment")._replace(printed=len(named), unit="indicators")
    row = _score(assessment, claim)
    unmet = assessment.unmet().filter(**{name: row[name] for name in ("unit", "section") if row.get(name)})
    note, same = list_note(named, unmet["indicator"])
    verdict = CONSISTENT if same else INCONSISTENT
    count = len(unmet["indicator"])
    about = _about(row)
    note = f"{about}: {note}"
    return Outcome("indicators not met", verdict, note, count, len(named), unit="indicators", about=about)


UNIT, SECTION = Term(TEXT), Term(TEXT, needed=False)
KINDS = (
    Kind("score", {"unit": UNIT, "section": SECTION, "percent": Term(ROUNDED)}, check_score),
    Kind("answers", {"unit": UNIT, "parts": Term(FIGURES)}, check_answers),
    Kind("indicators met", {"unit": UNIT, "section": SECTION, "number": Term(FIGURE)}, check_met),
    Kind("indicators not met", {"unit": UNIT, "section": SECTION, "number": Term(FIGURE)}, check_not_met),
    Kind("average score", {"percent": Term(ROUNDED)}, check_average_score),
    Kind("section indicators", {"section": Term(TEXT), "named": Term(TEXTS)}, check_section_indicators),
    Kind("unmet", {"unit": UNIT, "section": SECTION, "named": Term(TEXTS)}, check_unmet),
)
