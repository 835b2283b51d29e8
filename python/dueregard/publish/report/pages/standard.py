"""The scores of units against a standard, and the indicators that they come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dueregard.assessment.frameworks.framework import SHARE_MET
from dueregard.publish.readings import Row, fixed, known, label, remade, rows_of, whole
from dueregard.publish.report.pages.indicators import indicators
from dueregard.publish.report.pages.parts import Finding, Page, Point, joined
from dueregard.publish.report.pages.units import number_of, units_word

if TYPE_CHECKING:
    from dueregard.assessment import Assessment
    from dueregard.findings import Findings

METHOD = (
    "A score is the percentage of the indicators a unit is asked about that it answered with an answer that counts as "
    "met. Indicators it is exempt from are left out; a missing answer counts as not met in the score, and as met at "
    "the end of the range. All units were assessed, so there is no sampling interval."
)


def standard(
    assessment: Assessment,
    *,
    answers: Assessment | None = None,
    steps: Findings | None = None,
    others: Mapping[str, tuple[int, int]] | None = None,
    when: str = "",
    intro: str = "",
    key: str = "standard",
    title: str = "",
) -> Page:
    """The page of the scores by unit, the performance indicator, and what is known of single indicators.

    Parameters
    ----------
    assessment
        What is scored.
    answers
        The same units with their answers to single indicators; the assessment itself where it has them.
    steps
        What units need to reach their next level.
    others
        Kinds of unit that were assessed elsewhere, as in ``Assessment.performance``.
    when
        Which units and when, for what is measured.
    intro
        What has to be known of the answers to single indicators.
    """
    units = units_word(assessment)
    name = assessment.framework.name.partition(":")[0]
    by_indicator = answers or (assessment if assessment.by_indicator else None)
    more = [] if by_indicator is None else indicators(by_indicator, steps, key)
    said, points = performance_of(assessment, others or {}, name, units)
    return Page(
        key,
        title or f"Standard scores by {units.removesuffix('s')}",
        "Standard scores",
        intro=[*said, *([intro] if intro and more else [])],
        findings=[scores_of(assessment, units, when, f"{key}-scores"), *more],
        points=points,
        method=[("Standard scores", METHOD)],
    )


def scores_of(assessment: Assessment, units: str, when: str, key: str) -> Finding:
    """The scores by unit against the level aimed at."""
    framework = assessment.framework
    scores, percent = in_order(assessment.scores()), framework.aimed.percent
    line = framework.aimed.words.removeprefix("the ")
    met = " or ".join(answer.label.lower() for answer in framework.answers if answer.met)
    return Finding(
        key=key,
        statement=_statement(assessment, percent, units),
        what=", ".join(filter(None, [f"Percent of assessable indicators answered {met}", when])),
        sentences=_sentences(scores, units),
        findings=scores,
        method=METHOD,
        caption=f"{framework.name.partition(':')[0]}: scores of {number_of(len(scores), units)}",
        table={
            "columns": ["unit", "count", "answered", "nobs", "value", "high"],
            "headings": {
                "unit": label(units.removesuffix("s")),
                "count": "Indicators met",
                "answered": "Answered",
                "nobs": "Assessable",
                "value": "Met (%)",
                "high": "With missing answers met (%)",
            },
        },
        chart={} if percent is None else {"threshold": percent, "names": ("Score", line)},
    )


def _statement(assessment: Assessment, percent: float | None, units: str) -> str:
    many, level = number_of(len(assessment.units), units), assessment.framework.aimed.words
    if percent is None:
        return f"Scores of {many}; no threshold was published"
    if reached := by_level(assessment):
        return f"{reached[0]} of {many} reach {level}"
    meeting = assessment.thresholds(percents=percent)["verdict"].count("met")
    return f"{meeting} of {many} meet {level} of {fixed(percent, 0)}%"


def by_level(assessment: Assessment) -> tuple[int, int] | None:
    """How many of how many units reach the level aimed at, where its rule asks more than a share of all indicators."""
    if assessment.framework.rule == SHARE_MET or not assessment.by_indicator:
        return None
    verdicts = [row["verdict"] for row in rows_of(assessment.levels()) if row["unit"] is not None]
    return verdicts.count("met"), len(verdicts)


def in_order(scores: Findings) -> Findings:
    """The scores in the order of the names of the units, which is that of every other chart by area."""
    return remade(scores, sorted(rows_of(scores), key=lambda row: str(row["unit"])))


def performance_of(
    assessment: Assessment, others: Mapping[str, tuple[int, int]], name: str, units: str
) -> tuple[list[str], list[Point]]:
    """The performance indicator as a sentence and as a point; nothing where no threshold was published."""
    aimed = assessment.framework.aimed
    if aimed.percent is None:
        return [], []
    if reached := by_level(assessment):
        text = f"of {units} reach {aimed.words} of the {name}: {reached[0]} of {reached[1]}."
        return [], [Point(f"{whole(100 * reached[0] / reached[1])}%", "", text)]
    row = rows_of(assessment.performance(others=dict(others)))[0]
    meeting = assessment.thresholds(percents=aimed.percent)["verdict"].count("met")
    level = f"{aimed.words} of the {name}"
    said = _indicator_sentence(row, level) + _not_listed(row, meeting, len(assessment.units), units)
    return [said], [_point(row, level)]


def _point(row: Row, level: str) -> Point:
    text = f"of units meet {level}: {row['count']} of {row['nobs']}{_against(row)}."
    return Point(f"{whole(row['value'])}%" if known(row["value"]) else "[x]", "", text)


def _against(row: Row) -> str:
    return f", against a target of {whole(row['reference_value'])}%" if known(row["reference_value"]) else ""


def _indicator_sentence(row: Row, level: str) -> str:
    if not known(row["value"]):
        return f"No unit was assessed against {level}."
    target = f"; the target is {whole(row['reference_value'])}%" if known(row["reference_value"]) else ""
    return (
        f"Performance indicator: {row['count']} of {row['nobs']} units ({whole(row['value'])}%) meet {level}"
        f"{target}. All were assessed: this is a count, not an estimate."
    )


def _not_listed(row: Row, meeting: int, listed: int, units: str) -> str:
    """Which units fall short, where that cannot be told from those listed."""
    short = (row["nobs"] or 0) - (row["count"] or 0)
    if listed == row["nobs"] or short <= listed - meeting:
        return ""
    named = "" if meeting == listed else f"; {listed - meeting} of those listed"
    return (
        f" Only the scores of {listed} {units} are listed here: the documents do not say which {short} of the "
        f"{row['nobs']} units fall short{named}."
    )


def _sentences(scores: Findings, units: str) -> list[str]:
    rows = [row for row in rows_of(scores) if known(row["value"])]
    if not rows:
        return [f"No score of {units} is known."]
    low, high = min(row["value"] for row in rows), max(row["value"] for row in rows)
    ends = [_named([row["unit"] for row in rows if row["value"] == end], units) for end in (low, high)]
    said = [f"Scores run from {whole(low)}% ({ends[0]}) to {whole(high)}% ({ends[1]})."]
    for row in rows:
        if row["outcome_missing"]:
            said.append(
                f"{row['unit']} gave {row['answered']} answers of {row['nobs']}: its score is {fixed(row['low'])}%, "
                f"and would be {fixed(row['high'])}% if what is missing were met."
            )
    return said


def _named(names: list[str], units: str) -> str:
    """A few names, or how many there are."""
    return joined(names) if len(names) <= 4 else f"{len(names)} {units}"
