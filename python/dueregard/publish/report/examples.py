"""The pages of the example report: embedded tables, and example records that are generated to match them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from dueregard.publish.report.inputs import Input, input_of_own, input_of_table
from dueregard.publish.report.pages.audits import audits
from dueregard.publish.report.pages.coverage import coverage
from dueregard.publish.report.pages.gap_words import Wording
from dueregard.publish.report.pages.levels import levels
from dueregard.publish.report.pages.objectives import objectives
from dueregard.publish.report.pages.parts import Page
from dueregard.publish.report.pages.proportionality import proportionality
from dueregard.publish.report.pages.satisfaction import satisfaction
from dueregard.publish.report.pages.stages import stages
from dueregard.publish.report.pages.standard import standard
from dueregard.publish.report.pages.unknowns import unknowns
from dueregard.publish.report.pages.workforce import workforce
from dueregard.publish.report.sources import EXAMPLE_LAYOUT, THRESHOLD, Contents
from dueregard.publish.report.surveys import Survey
from dueregard.publish.report.why_examples import example_drivers, example_explained
from dueregard.publish.report.windows import Windows, pages_of

EXAMPLE_PERIOD = "April 2010 to March 2011"
LAST_ROUND = "after review"
PLAUSIBLE = "Example records with plausible shares, in which a gap that grows is built in: no figure was published."
CONFIDENCE_LAYOUT: dict[str, Any] = {
    "outcome": "good_job",
    "positive": ["Excellent", "Good"],
    "exclude": ["Don't know"],
    "group": "ethnic_group_broad",
    "reference": "White",
    "by": "borough",
    "time": "month",
    "window": 12,
}


def from_examples() -> Contents:
    """All pages, from the embedded tables and example records."""
    from dueregard import data

    pages: list[Page] = []
    inputs: list[Input] = []
    for make in _EXAMPLES:
        page, used = make(data)
        pages += page if isinstance(page, list) else [page]
        inputs += used
    synthetic = data.example("satisfaction").provenance
    title = "Equality report: Metropolitan Police Service"
    return Contents(title, pages, inputs, EXAMPLE_PERIOD, synthetic, plans=[_plan()])


def _example_standard(data: Any) -> tuple[Page, list[Input]]:
    """The published scores, beside answers to single indicators, which are generated to match them."""
    from dueregard.assessment import assess, frameworks

    answers, indicator = data.load("borough_answers"), data.load("performance_indicator")
    records, framework = data.example("self_assessment"), frameworks.esps()
    assessment = assess(answers, framework)
    known = {"all", *assessment.kinds}
    others = {r["kind"]: (r["met"], r["assessed"]) for r in indicator.rows() if r["kind"] not in known}
    last = _part(records, records["round"] == LAST_ROUND)
    page = standard(
        assessment,
        answers=assess(_part(last, last["kind"] == "borough"), framework),
        steps=assess(last, framework).next_steps(),
        others=others,
        when="32 London boroughs, reported in February 2011",
        intro="Sections, strengths, single answers and next steps below are those of example records: generated so "
        "that the scores of every borough are the published ones. Which indicators a borough meets was published for "
        "the six of the South East alone.",
    )
    used = [("Borough answers to the standard", answers), ("Units assessed by kind", indicator),
            ("Self-assessment in three rounds", records)]  # fmt: skip
    return page, [input_of_table(name, table) for name, table in used]


def _part(records: Any, kept: Any) -> Any:
    """Some of the rows of example records, which stay marked as such."""
    from dueregard.data.example_records import ExampleRecords

    return ExampleRecords(_rows(records, kept), provenance=records.provenance)


def _example_levels(data: Any) -> tuple[Page, list[Input]]:
    from dueregard.assessment import assess, assess_rounds, frameworks

    areas, records = data.example("business_areas"), data.example("self_assessment")
    boroughs = _part(records, records["kind"] == "borough")
    page = levels(
        assess(areas, frameworks.equality_framework()),
        assess_rounds(records, frameworks.esps()),
        assess_rounds(boroughs, frameworks.esps()),
    )
    return page, [input_of_table("Business areas", areas)]


def _example_plan(data: Any) -> tuple[Page, list[Input]]:
    return objectives(_plan()), [input_of_own("Equality objectives", _plan())]


@lru_cache(maxsize=1)
def _plan() -> Any:
    """The equality objectives of 2012-16; their records take seconds to read, and never change."""
    from dueregard.plans.equality_objectives import objectives_2012

    return objectives_2012().plan()


def _example_audit(data: Any) -> tuple[Page, list[Input]]:
    from dueregard.assessment import assess, frameworks
    from dueregard.audits.auditing import audit

    claims, framework = data.load("claims"), frameworks.esps()
    boroughs = assess(data.load("borough_answers"), framework)
    south_east = assess(data.load("south_east_indicators"), framework)
    area = "South East Area"
    page = audits([
        ("Figures of five reports, held against each other", audit(claims)),
        ("Figures of the standard, held against the answers of boroughs", audit(data.esps_claims(), against=boroughs)),
        ("Figures of the South East, held against its indicators", audit(data.esps_claims(area), against=south_east)),
    ])  # fmt: skip
    return page, [input_of_table("Published figures", claims)]


def _example_satisfaction(data: Any) -> tuple[Page, list[Input]]:
    from dueregard.measures.gaps.gaps import gap

    records = data.example("satisfaction")
    found = gap(
        records,
        **EXAMPLE_LAYOUT,
        threshold=THRESHOLD,
        period=EXAMPLE_PERIOD,
    )
    words = Wording("satisfied", "users", EXAMPLE_PERIOD, THRESHOLD, excluded=EXAMPLE_LAYOUT["exclude"])
    words = replace(words, characteristic="ethnic group")
    return satisfaction(found, words), [input_of_table("User satisfaction survey", records)]


def _example_confidence(data: Any) -> tuple[list[Page], list[Input]]:
    """Three years of another survey, as it was drawn: the level, the gap by borough, and the trend across a break."""
    from dueregard.designs.survey_design import survey_design
    from dueregard.measures.trends.breaks import Break

    records = data.example("confidence")
    survey = Survey(
        **CONFIDENCE_LAYOUT, design=survey_design(weight="weight", stratum="borough", psu="sampling_point"),
        breaks=Break("2009-01", "mode", "interviews by telephone, face to face before"),
    )  # fmt: skip
    windows = Windows(records, survey, THRESHOLD)
    words = Wording(
        "think the police do a good job", "people", windows.words, THRESHOLD, "Confidence gap by borough",
        "Confidence gap", excluded=survey.exclude, characteristic="ethnic group", key="gaps", form="dumbbell",
    )  # fmt: skip
    level = replace(words, title="Confidence by borough", short="Confidence", key="areas")
    first, *others = pages_of(windows, words, level)
    return [replace(first, intro=[PLAUSIBLE]), *others], [input_of_table("Confidence survey", records)]


def _example_workforce(data: Any) -> tuple[Page, list[Input]]:
    from dueregard.measures.shares import share

    staff, population = data.example("workforce"), data.example("population")
    counts = {r["group"]: float(r["percent"]) for r in population.rows() if r["characteristic"] == "ethnic group"}
    found = share(staff, of="population_group")
    page = workforce(found, counts, "London", "as published in 2011")
    return page, [input_of_table("Workforce", staff), input_of_table("Population of London", population)]


def _example_coverage(data: Any) -> tuple[Page, list[Input]]:
    matrix = data.coverage()
    return coverage(matrix.rows(), matrix.notes), [input_of_table("Characteristics collected", matrix)]


def _london(data: Any, group: str) -> Any:
    """London's population in the groups that were published."""
    from dueregard.measures.populations.populations import population

    table = data.example("population")
    kept = table["characteristic"] == "ethnic group"
    columns = {group: table["group"][kept], "people": table["population"][kept]}
    return population(columns, group=group, count="people", date="2011", ages="all ages", source="London, as published")


def _example_proportionality(data: Any) -> tuple[Page, list[Input]]:
    from dueregard.measures.rates.proportionality import proportionality as rates_of

    searches = data.example("stop_search")
    found = rates_of(
        searches, _london(data, "population_group"), group="population_group", reference="White British",
        period="2010/11", name="searches", encounter="Encounter",
    )  # fmt: skip
    page = proportionality(found, title="Stop and search for the size of each group", short="Stop and search")
    return page, [input_of_table("Stop and search", searches)]


def _example_stages(data: Any) -> tuple[Page, list[Input]]:
    from dueregard.measures.workforce.stage_tables import workforce_stages

    applied, flows = data.example("recruitment"), data.example("workforce_flows")
    cases, staff = data.example("cases"), data.example("workforce")
    shortlisted = _rows(applied, applied["reached"] != "Applied")
    found = workforce_stages(
        {
            "shortlisting": (shortlisted, dict(applied)),
            "appointment": (_rows(applied, applied["reached"] == "Appointed"), shortlisted),
            "promotion": (
                _rows(flows, flows["promotion"] == "Promoted"),
                _rows(flows, flows["promotion"] != "not applicable"),
            ),
            "resignation": (_rows(flows, flows["left"] == "Resigned"), dict(flows)),
            "discipline": (_rows(cases, cases["procedure"] == "Discipline"), dict(staff)),
            "grievance": (_rows(cases, cases["procedure"] == "Fairness at work grievance"), dict(staff)),
            "tribunal": (_rows(cases, cases["procedure"] == "Employment tribunal"), dict(staff)),
        },
        group="ethnic_group_broad",
        reference="White",
        exposure="years",
        period=EXAMPLE_PERIOD,
    )
    used = [("Recruitment", applied), ("Workforce, joiners and leavers", flows), ("Cases", cases)]
    return stages(found), [input_of_table(name, table) for name, table in used]


def _rows(table: Mapping[str, Any], kept: Any) -> dict[str, Any]:
    return {name: column[kept] for name, column in table.items()}


def _example_unknowns(data: Any) -> tuple[Page, list[Input]]:
    from dueregard.measures.unknowns.declarations import declaration
    from dueregard.measures.unknowns.unknowns import unknowns as unknowns_of

    searches, staff = data.example("stop_search"), data.example("workforce")
    found = unknowns_of(
        searches, _london(data, "population_group"), group="population_group", reference="White British",
        period="2010/11", name="searches", within="Officer-defined ethnicity",
    )  # fmt: skip
    asked = ["ethnic_group", "gender", "age_band", "disability", "religion", "sexual_orientation"]
    return unknowns(found, declaration(staff, characteristics=asked)), []


_EXAMPLES = (
    _example_standard, _example_levels, _example_satisfaction, _example_confidence, example_drivers, example_explained,
    _example_proportionality, _example_workforce, _example_stages, _example_plan, _example_unknowns, _example_coverage,
    _example_audit,
)  # fmt: skip
