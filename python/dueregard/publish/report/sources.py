"""What the report is about: the embedded examples, or the user's own records and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dueregard.publish.report.inputs import Input, input_of_data, input_of_findings, input_of_table
from dueregard.publish.report.pages.choice import page_of_findings
from dueregard.publish.report.pages.coverage import coverage
from dueregard.publish.report.pages.parts import Page
from dueregard.publish.report.pages.proportionality import proportionality
from dueregard.publish.report.pages.satisfaction import Wording, satisfaction
from dueregard.publish.report.pages.stages import stages
from dueregard.publish.report.pages.standard import standard
from dueregard.publish.report.pages.unknowns import unknowns
from dueregard.publish.report.pages.workforce import workforce

if TYPE_CHECKING:
    from dueregard.findings import Findings

EXAMPLE_PERIOD = "April 2010 to March 2011"
THRESHOLD = 5.0
EXAMPLE_LAYOUT: dict[str, Any] = {
    "outcome": "satisfaction",
    "positive": ["Completely satisfied", "Very satisfied", "Fairly satisfied"],
    "group": "ethnic_group_broad",
    "reference": "White",
    "by": "borough",
    "exclude": ["Don't know"],
}


@dataclass(frozen=True)
class Survey:
    """How survey records are read, in the arguments of ``dueregard.gap``."""

    outcome: str
    positive: Any
    group: str
    reference: Any
    by: str | Sequence[str] | None
    exclude: Any
    missing: Mapping[Any, str] | None
    weight: Any
    period: str | None
    threads: int | None

    @property
    def areas(self) -> list[str]:
        """The by columns as a list."""
        return [] if self.by is None else [self.by] if isinstance(self.by, str) else list(self.by)


def survey_of(given: Mapping[str, Any], period: str | None, threads: int | None) -> Survey:
    """How to read the records: as told, or like the example survey where no outcome is named.

    Raises
    ------
    ValueError
        If an outcome is named without what else has to be known of it.
    """
    if "outcome" in given:
        for name in ("positive", "group", "reference"):
            if name not in given:
                raise ValueError(f"{name}: is needed when outcome is given ({given['outcome']!r})")
    names = ("outcome", "positive", "group", "reference", "by", "exclude", "missing", "weight")
    layout = dict.fromkeys(names) | ({"exclude": ()} if "outcome" in given else EXAMPLE_LAYOUT) | dict(given)
    return Survey(**layout, period=period, threads=threads)


@dataclass(frozen=True)
class Contents:
    """The pages of findings, and what document control says of their data."""

    title: str
    pages: Sequence[Page]
    inputs: Sequence[Input]
    period: str
    provenance: str | None
    absent: Sequence[str] = ()
    survey: bool = True
    """Whether the records are known to be people's answers to a survey."""


def from_data(data: Any, survey: Survey) -> Contents:
    """The one page that survey records allow; the others are named as not supplied."""
    from dueregard.measures.gaps.gaps import gap
    from dueregard.tallies import Tally

    tally = data if isinstance(data, Tally) else _tally(data, survey)
    found = gap(
        tally,
        outcome=survey.outcome,
        positive=_listed(survey.positive),
        group=survey.group,
        reference=survey.reference,
        by=survey.areas or None,
        exclude=_listed(survey.exclude),
        threshold=THRESHOLD,
        period=survey.period,
    )
    words = Wording(
        _plain(survey.outcome),
        "",
        survey.period or "",
        THRESHOLD,
        f"Gap in {_plain(survey.outcome)}",
        "Gap",
        excluded=_texts(survey.exclude),
        said=False,
    )
    return Contents(
        title=f"Equality report: {_plain(survey.outcome)}",
        pages=[satisfaction(found, words)],
        inputs=[input_of_data("Records", data, tally)],
        period=survey.period or "",
        provenance=found.provenance,
        absent=[
            "Scores against a standard",
            "Workforce against population",
            "What is collected by protected characteristic",
        ],
        survey=False,
    )


def with_findings(contents: Contents | None, findings: Sequence[Findings]) -> Contents:
    """The pages of the records, if there are any, and of findings that were made before."""
    if not findings:
        assert contents is not None
        return contents
    for i, each in enumerate(findings):
        if not hasattr(each, "rows") or not len(each):
            raise TypeError(f"findings: number {i} is {'empty' if hasattr(each, 'rows') else type(each).__name__}")
    made = [page_of_findings(each, i + 1) for i, each in enumerate(findings)]
    inputs = [input_of_findings(page.title, each) for page, each in zip(made, findings, strict=True)]
    if contents is not None:
        return replace(contents, pages=[*contents.pages, *made], inputs=[*contents.inputs, *inputs])
    periods = dict.fromkeys(period for each in findings for period in each["period"] if period)
    synthetic = next((each.provenance for each in findings if each.provenance), None)
    shared = next(iter(periods)) if len(periods) == 1 and all(any(each["period"]) for each in findings) else ""
    return Contents("Equality report", made, inputs, shared, synthetic)


def _tally(data: Any, survey: Survey) -> Any:
    from dueregard.counting import tally

    columns = [*survey.areas, survey.group]
    options: dict[str, Any] = {"weight": survey.weight, "missing": survey.missing, "threads": survey.threads}
    return tally(data, columns, outcome=survey.outcome, **options)


def _listed(labels: Any) -> Any:
    return list(labels) if isinstance(labels, tuple) else labels


def _texts(labels: Any) -> tuple[str, ...]:
    """Labels as texts, whether one or several are given."""
    several = isinstance(labels, (list, tuple, set, frozenset))
    return tuple(map(str, labels)) if several else () if labels is None else (str(labels),)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def from_examples() -> Contents:
    """All pages, from the embedded tables and example records."""
    from dueregard import data

    pages: list[Page] = []
    inputs: list[Input] = []
    for make in _EXAMPLES:
        page, used = make(data)
        pages.append(page)
        inputs += used
    synthetic = data.example("satisfaction").provenance
    return Contents("Equality report: Metropolitan Police Service", pages, inputs, EXAMPLE_PERIOD, synthetic)


def _example_standard(data: Any) -> tuple[Page, list[Input]]:
    from dueregard.assessment import assess, frameworks
    from dueregard.audits.auditing import audit

    answers, indicator = data.load("borough_answers"), data.load("performance_indicator")
    assessment = assess(answers, frameworks.esps())
    known = {"all", *assessment.kinds}
    others = {r["kind"]: (r["met"], r["assessed"]) for r in indicator.rows() if r["kind"] not in known}
    page = standard(
        assessment,
        others=others,
        disagreements=audit(data.esps_claims(), against=assessment).filter(verdict="inconsistent"),
        units="boroughs",
        when="32 London boroughs, reported in February 2011",
    )
    used = [("Borough answers to the standard", answers), ("Units assessed by kind", indicator)]
    return page, [input_of_table(name, table) for name, table in used]


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
    _example_standard, _example_satisfaction, _example_proportionality, _example_workforce, _example_stages,
    _example_unknowns, _example_coverage,
)  # fmt: skip
