"""What the report is about: the embedded examples, or the user's own records and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from dueregard.assessment import Assessment, Rounds
from dueregard.plans.plans import Plan
from dueregard.publish.report.inputs import Input, input_of_data, input_of_own
from dueregard.publish.report.pages.choice import Own, page_of
from dueregard.publish.report.pages.gap_words import Wording
from dueregard.publish.report.pages.parts import Page, joined, opened
from dueregard.publish.report.pages.sampling import GAP_INTERVAL, sampled, told
from dueregard.publish.report.pages.satisfaction import satisfaction
from dueregard.publish.report.surveys import Survey, read_once, texts
from dueregard.publish.report.windows import Windows, pages_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

THRESHOLD = 5.0
EXAMPLE_LAYOUT: dict[str, Any] = {
    "outcome": "satisfaction",
    "positive": ["Completely satisfied", "Very satisfied", "Fairly satisfied"],
    "group": "ethnic_group_broad",
    "reference": "White",
    "by": "borough",
    "exclude": ["Don't know"],
}


def survey_of(given: Mapping[str, Any], period: str | None, threads: int | None) -> Survey:
    """How to read the records: as told, or like the example survey where no outcome is named.

    Raises
    ------
    ValueError
        If an outcome is named without what else has to be known of it, or a time without its window.
    """
    if "outcome" in given:
        for name in ("positive", "group", "reference"):
            if name not in given:
                raise ValueError(f"{name}: is needed when outcome is given ({given['outcome']!r})")
    for name, other in (("time", "window"), ("window", "time"), ("breaks", "time")):
        if name in given and other not in given:
            raise ValueError(f"{other}: is needed when {name} is given ({given[name]!r})")
    names = ("outcome", "positive", "group", "reference")
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
    plans: Sequence[Plan] = ()
    """Plans among the pages: what members are asked, and what it costs, is theirs to say."""

    @property
    def synthetic(self) -> bool:
        """Whether records were generated."""
        return (self.provenance or "").startswith("Synthetic")


def from_data(data: Any, survey: Survey) -> Contents:
    """The pages that survey records allow; the others are named as not supplied."""
    from dueregard.tallies import Tally

    name = _plain(survey.outcome)
    words = Wording(
        name, "", survey.period or "", THRESHOLD, f"Gap in {name}", "Gap", excluded=texts(survey.exclude), said=False
    )
    table = data if survey.design is None else read_once(data, survey)
    tally = data if isinstance(data, Tally) else _tally(table, survey)
    rows = tally if survey.design is None else table  # clusters are in the rows alone
    if survey.time is not None:
        places = joined([_plain(area) for area in survey.areas])
        level = replace(words, title=f"{opened(name)} by {places}", short="Level", key="areas")
        windows = Windows(rows, survey, THRESHOLD)
        words, level = (replace(each, period=windows.words) for each in (replace(words, key="gaps"), level))
        pages, provenance = pages_of(windows, words, level), windows.series.provenance
    else:
        found = _gap(rows, survey)
        method = "" if survey.design is None else told(GAP_INTERVAL, sampled(survey.design))
        pages, provenance = [satisfaction(found, replace(words, sampled=method))], found.provenance
    return Contents(
        title=f"Equality report: {name}",
        pages=pages,
        inputs=[input_of_data("Records", data, tally)],
        period=survey.period or "",
        provenance=provenance,
        absent=[
            "Scores against a standard",
            "Workforce against population",
            "What is collected by protected characteristic",
        ],
        survey=survey.design is not None,
    )


def _gap(data: Any, survey: Survey) -> Findings:
    """The gap in all records; a tally has been read."""
    from dueregard.measures.gaps.gaps import gap

    return gap(
        data, **survey.answers, **survey.groups, **survey.reading(data), by=survey.areas or None, threshold=THRESHOLD,
        period=survey.period,
    )  # fmt: skip


def each_of(own: Own | Sequence[Own]) -> list[Own]:
    """What is reported on, one by one; rounds are one thing although they are a mapping."""
    alone = isinstance(own, (Assessment, Rounds, Plan)) or hasattr(own, "rows")
    if alone:
        return [cast("Own", own)]
    if not isinstance(own, Iterable):
        raise TypeError(f"findings: {type(own).__name__} is neither findings, an assessment, rounds nor a plan")
    return list(cast("Sequence[Own]", own))


def with_findings(contents: Contents | None, own: Sequence[Own]) -> Contents:
    """The pages of the records, if there are any, and of findings, assessments and plans that were made before."""
    if not own:
        assert contents is not None
        return contents
    for i, each in enumerate(own):
        if not isinstance(each, (Assessment, Rounds, Plan)) and (not hasattr(each, "rows") or not len(each)):
            raise TypeError(f"findings: number {i} is {'empty' if hasattr(each, 'rows') else type(each).__name__}")
    made = [page_of(each, i + 1) for i, each in enumerate(own)]
    inputs = [input_of_own(page.title, each) for page, each in zip(made, own, strict=True)]
    plans = [each for each in own if isinstance(each, Plan)]
    if contents is not None:
        pages, all_inputs = [*contents.pages, *made], [*contents.inputs, *inputs]
        return replace(contents, pages=pages, inputs=all_inputs, plans=plans)
    marks = [_provenance(each) for each in own]
    synthetic = next((mark for mark in marks if mark), None)
    return Contents("Equality report", made, inputs, _period(own), synthetic, plans=plans)


def _provenance(own: Own) -> str | None:
    """Where what was given comes from; rounds come from where their assessments do."""
    return next(iter(own.values())).provenance if isinstance(own, Rounds) else own.provenance


def _period(own: Sequence[Own]) -> str:
    """The period that all findings share; nothing where one of them says none."""
    periods = [[None] if isinstance(each, (Assessment, Rounds, Plan)) else each["period"] for each in own]
    named = dict.fromkeys(period for each in periods for period in each if period)
    return next(iter(named)) if len(named) == 1 and all(map(any, periods)) else ""


def _tally(data: Any, survey: Survey) -> Any:
    from dueregard.counting import tally

    columns = [*survey.areas, survey.group, *([] if survey.time is None else [survey.time])]
    options: dict[str, Any] = {"weight": survey.weight, "missing": survey.missing, "threads": survey.threads}
    return tally(data, columns, outcome=survey.outcome, **options)


def _plain(name: str) -> str:
    return name.replace("_", " ")
