"""The scores of units against a standard."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from dueregard.publish.readings import Row, fixed, known, label, remade, rows_of, whole
from dueregard.publish.report.pages.parts import Finding, Page, Point, bullets, joined, opened, text

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
    others: Mapping[str, tuple[int, int]],
    disagreements: Findings | None,
    units: str,
    when: str,
) -> Page:
    """The page of the scores by unit, the performance indicator and what the published tables get wrong."""
    framework = assessment.framework
    name = framework.name.partition(":")[0]
    scores, percent = in_order(assessment.scores()), framework.aimed.percent or 0.0
    meeting = assessment.thresholds(percents=percent)["verdict"].count("met")
    met = " or ".join(answer.label.lower() for answer in framework.answers if answer.met)
    finding = Finding(
        key="scores",
        statement=f"{meeting} of {len(scores)} {units} meet the baseline of {fixed(percent, 0)}%",
        what=f"Percent of assessable indicators answered {met}, {when}",
        sentences=_sentences(scores, units),
        findings=scores,
        method=METHOD,
        caption=f"{name}: scores of {len(scores)} {units}",
        table={
            "columns": ["unit", "count", "answered", "nobs", "value", "high"],
            "headings": {
                "unit": label(units.rstrip("s")),
                "count": "Indicators met",
                "answered": "Answered",
                "nobs": "Assessable",
                "value": "Met (%)",
                "high": "With missing answers met (%)",
            },
        },
        chart={"threshold": percent, "names": ("Score", "baseline")},
    )
    indicator = rows_of(assessment.performance(others=dict(others)))[0]
    return Page(
        "standard",
        f"Standard scores by {units.rstrip('s')}",
        "Standard scores",
        intro=[_indicator_sentence(indicator, name) + _not_listed(indicator, meeting, len(scores), units)],
        findings=[finding],
        html=_disagreements(disagreements, f"which {units} are exempt from"),
        points=[_point(indicator, name)],
        method=[("Standard scores", METHOD)],
    )


def in_order(scores: Findings) -> Findings:
    """The scores in the order of the names of the units, which is that of every other chart by area."""
    return remade(scores, sorted(rows_of(scores), key=lambda row: str(row["unit"])))


def _point(row: Row, name: str) -> Point:
    text = (
        f"of units meet the baseline of the {name}: {row['count']} of {row['nobs']}, against a target of "
        f"{whole(row['reference_value'])}%."
    )
    return Point(f"{whole(row['value'])}%" if known(row["value"]) else "[x]", "", text)


def _indicator_sentence(row: Row, name: str) -> str:
    if not known(row["value"]):
        return f"No unit was assessed against the {name}."
    return (
        f"Performance indicator: {row['count']} of {row['nobs']} units ({whole(row['value'])}%) meet the baseline of "
        f"the {name}; the target is {whole(row['reference_value'])}%. All were assessed: this is a count, not an "
        "estimate."
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


def _disagreements(findings: Findings | None, exempt: str) -> str:
    """Where the published source disagrees with itself."""
    if findings is None or not len(findings):
        return ""
    head = '<h3>Where the published tables disagree with themselves</h3>\n<p class="sentence">'
    said = "The figures above are computed from the published answers. These published figures do not follow from them:"
    return f"{head}{text(said)}</p>\n{bullets([_note(row, exempt) for row in rows_of(findings)])}"


WRONG_INDICATOR = re.compile(r"(.*): .* published; names ([^,;]+), which does not belong; leaves out ([^,;]+)")


def plain_note(note: str, exempt: str) -> str:
    """A note as a sentence for people; `exempt` says why an indicator that is named does not belong.

    >>> plain_note("Care of a ward: 1A, 2A published; names 2A, which does not belong; leaves out 3A", "no ward has it")
    'Care of a ward: the heading names indicator 2A, no ward has it, instead of 3A'
    """
    found = WRONG_INDICATOR.fullmatch(note)
    return f"{found[1]}: the heading names indicator {found[2]}, {exempt}, instead of {found[3]}" if found else note


def _note(row: Row, exempt: str) -> str:
    where = str(row.get("group") or "")
    note = plain_note(str(row.get("note") or row["measure"]), exempt)
    return opened(f"{where}: {note}" if where and where not in note else note).rstrip(".") + "."
