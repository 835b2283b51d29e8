"""What is known of single indicators: sections, strengths and weaknesses, every answer, and what units need next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.readings import Row, fixed, label, remade, rows_of, whole
from dueregard.publish.report.pages.parts import Finding, joined
from dueregard.publish.report.pages.units import a_few, number_of, units_word
from dueregard.publish.sentences.sentences import sentences

if TYPE_CHECKING:
    from dueregard.assessment import Assessment
    from dueregard.findings import Findings

SECTIONS = (
    "A unit meets a section when it meets the same percentage of the section's indicators as the level asks of all of "
    "them. Every unit was assessed, so there is no sampling interval; the range is what missing answers leave open."
)
STRENGTHS = (
    "An indicator is a strength where at least 80% of the units asked about it meet it, and a weakness where fewer "
    "than half do. Where missing answers decide, it cannot be told."
)
ANSWERS = (
    "Each cell is one answer. An indicator that a unit is exempt from is not assessed, which is neither met nor unmet; "
    "a missing answer is shown as missing."
)
STEPS = (
    "The fewest indicators that reach the next level, the first such in the order of the framework. Levels without a "
    "published threshold cannot be judged, and nothing is needed for them. An unanswered indicator counts as unmet."
)
MOST_CELLS, MOST_BARS = 2_000, 40
"""A heat map of more answers than this has cells too small to read; bars of more indicators fill more than a screen."""


def indicators(answers: Assessment, steps: Findings | None, key: str) -> list[Finding]:
    """The findings that there are for answers to single indicators."""
    made = [_sections(answers, key), _strengths(answers, key), _answers(answers, key), _steps(steps, key)]
    return [finding for finding in made if finding is not None]


def _sections(answers: Assessment, key: str) -> Finding | None:
    percent = answers.framework.aimed.percent
    if percent is None or len(answers.framework.sections) < 2:
        return None
    units, found = units_word(answers), answers.performance(by="section")
    counts = [f"{row['count']} in {row['section']}" for row in rows_of(found)]
    return Finding(
        key=f"{key}-sections",
        statement=f"Of {number_of(len(answers.units), units)}, {joined(counts)} meet {fixed(percent, 0)}% of it",
        what=f"{label(units)} that meet at least {fixed(percent, 0)}% of the indicators of each section",
        sentences=sentences(found),
        findings=found,
        method=SECTIONS,
        caption=f"{label(units)} that meet {fixed(percent, 0)}% of each section",
    )


def _strengths(answers: Assessment, key: str) -> Finding:
    found, units = answers.strengths(), units_word(answers)
    shown = remade(found, [row for row in rows_of(found) if row["nobs"]])
    named = {verdict: [row["indicator"] for row in rows_of(shown) if row["verdict"] == verdict] for verdict in VERDICTS}
    return Finding(
        key=f"{key}-strengths",
        drawn=len(shown) <= MOST_BARS,
        statement=_strong_and_weak(named),
        what=f"Percent of {units} that meet each indicator",
        sentences=sentences(shown),
        findings=shown,
        method=STRENGTHS,
        caption=f"Strengths and weaknesses of {len(answers.units)} {units} by indicator",
        wraps=True,
    )


VERDICTS = {"strength": "strengths", "weakness": "weaknesses"}


def _strong_and_weak(named: dict[str, list[str]]) -> str:
    said = []
    for verdict, indicators_ in named.items():
        number = len(indicators_)
        words = verdict if number == 1 else VERDICTS[verdict]
        said.append(f"{number} {words} ({a_few(indicators_)})" if number else f"no {VERDICTS[verdict]}")
    return f"By indicator: {joined(said)}"


def _answers(answers: Assessment, key: str) -> Finding | None:
    found, units = answers.answers_by_indicator(), units_word(answers)
    if len(found) > MOST_CELLS:
        return None
    rows = [unmet_of(unit, rows) for unit, rows in _by_unit(found).items()]
    most = max((row["unmet_count"] for row in rows), default=0)
    longest = [row["unit"] for row in rows if row["unmet_count"] == most]
    none = sum(row["unmet_count"] == 0 for row in rows)
    return Finding(
        key=f"{key}-answers",
        statement=_most_unmet(longest, most, units),
        what=f"Every answer of {len(rows)} {units} to {len(answers.framework.indicators)} indicators",
        sentences=[f"{none} of {len(rows)} {units} met every indicator that they were asked about."],
        findings=remade(found, rows),
        pictured=found,
        method=ANSWERS,
        caption=f"Indicators not met, by {units.removesuffix('s')}",
        wraps=True,
        table={
            "columns": ["unit", "met", "unmet", "missing"],
            "headings": {"unit": label(units.removesuffix("s")), "met": "Met", "unmet": "Not met",
                         "missing": "Not answered"},
        },
    )  # fmt: skip


def _by_unit(found: Findings) -> dict[str, list[Row]]:
    by_unit: dict[str, list[Row]] = {}
    for row in rows_of(found):
        by_unit.setdefault(str(row["unit"]), []).append(row)
    return by_unit


def unmet_of(unit: str, rows: list[Row]) -> Row:
    """One unit's row: how many indicators it met, and which it did not meet or did not answer."""
    named = {verdict: [row["indicator"] for row in rows if row["verdict"] == verdict] for verdict in CELLS}
    assessed = sum(map(len, named.values()))
    return {
        "measure": "answers to indicators",
        "row_type": "group",
        "unit": unit,
        "met": f"{len(named['met'])} of {assessed}",
        "unmet": ", ".join(named["not met"]) or "none",
        "missing": ", ".join(named["missing"]) or "none",
        "unmet_count": len(named["not met"]),
    }


CELLS = ("met", "not met", "missing")


def _most_unmet(longest: list[str], most: int, units: str) -> str:
    if not most:
        return f"No {units.removesuffix('s')} answered that an indicator is not met"
    each = " each" if len(longest) > 1 else ""
    return f"{a_few(longest, most=3)} did not meet {number_of(most, 'indicators')}{each}, the most of all {units}"


def _span(counts: list[int]) -> str:
    """From the least to the most, as a number of indicators."""
    low, high = min(counts), max(counts)
    return number_of(high, "indicators") if low == high else f"{whole(low)} to {number_of(high, 'indicators')}"


def _steps(steps: Findings | None, key: str) -> Finding | None:
    if steps is None or not len(steps):
        return None
    needing = [row for row in rows_of(steps) if row["count"]]
    counts = [row["count"] for row in needing]
    few = f": {_span(counts)} each" if needing else ""
    need = "needs more to reach its" if len(steps) == 1 else "need more to reach their"
    shown = remade(steps, needing)
    return Finding(
        key=f"{key}-steps",
        statement=f"{len(needing)} of {number_of(len(steps), 'units')} {need} next level{few}",
        what="The fewest indicators that reach the next level, by unit",
        sentences=sentences(shown) if needing else ["Every unit is at the highest level that can be judged."],
        findings=shown,
        method=STEPS,
        caption="What units need to reach their next level",
        wraps=True,
        drawn=False,
        listed=bool(needing),
    )
