"""``dueregard proportionality``: how often events happen to each group for its size."""

from typing import Annotated, Any

import typer

from dueregard.cli.arguments import (
    ConfidenceLevels,
    Data,
    FormatOption,
    Group,
    Missing,
    Out,
    Reference,
    Sentences,
    Threads,
    Where,
)
from dueregard.cli.populations import (
    GroupMapping,
    PopulationCount,
    PopulationDate,
    PopulationFile,
    PopulationGroup,
    PopulationMapping,
    read_population,
)

# The question that the embedded searches can answer.
EXAMPLE: dict[str, Any] = {
    "events": "example:stop_search",
    "group": "population_group",
    "reference": "White British",
    "period": "2010/11",
    "name": "searches",
}
_NEEDED = {"group": "the column of groups", "reference": "the group to compare with, or REST or OVERALL"}


def proportionality(
    file: Data = None,
    population: PopulationFile = None,
    group: Group = None,
    reference: Reference = None,
    mapping: GroupMapping = None,
    population_group: PopulationGroup = None,
    population_count: PopulationCount = None,
    population_date: PopulationDate = None,
    population_mapping: PopulationMapping = None,
    by: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Column of areas, of both files (repeat).", show_default=False),
    ] = None,
    events_by: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Column that describes events alone (repeat).", show_default=False),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(metavar="PERIOD", help="When: 2016-06, 2016, 2010/11, 2015-07 to 2016-06.", show_default=False),
    ] = None,
    count: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Column that counts events.", show_default=False)
    ] = None,
    encounter: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Column that tells encounters apart (repeat).", show_default=False),
    ] = None,
    per: Annotated[float, typer.Option(metavar="N", help="Rates are per so many.")] = 1000,
    basis: Annotated[str, typer.Option(metavar="NAME", help="What events are divided by.")] = "residents",
    unknown: Annotated[
        str, typer.Option(metavar="RULE", help='Labels the mapping does not know: raise, or "not stated".')
    ] = "raise",
    missing: Missing = None,
    where: Where = None,
    method: Annotated[str, typer.Option(metavar="NAME", help="Method of intervals and p-values.")] = "score",
    adjust: Annotated[str, typer.Option(metavar="NAME", help="Allowance for several comparisons.")] = "holm",
    threshold: Annotated[
        str | None,
        typer.Option(metavar="SIZE", help="What matters: 0.8-1.25, or an end of the range.", show_default=False),
    ] = None,
    confidence_level: ConfidenceLevels = None,
    name: Annotated[
        str | None, typer.Option(metavar="WORDS", help="What the events are, such as searches.", show_default=False)
    ] = None,
    threads: Threads = None,
    sentences: Sentences = False,
    format: FormatOption = None,
    out: Out = None,
) -> None:
    """Rates of events for the size of each group, against a reference.

    A file that police publish, such as
    2016-06-metropolitan-stop-and-search.csv, is known by its columns: give it
    with --mapping "16+1 to 5+1 (2011)" or the like, and a table of the
    population with --population-mapping "census 2011 to 5+1 (2011)". Without
    a file: the embedded example searches against London's population.

    \b
    Examples:
      $ dueregard proportionality
      $ dueregard proportionality --events-by Legislation --sentences
      $ dueregard proportionality --encounter Encounter --reference REST \\
            --confidence-level 0.95 --confidence-level 0.998
    """
    import dueregard as dr
    from dueregard.cli.arguments import missing_mapping, number_or_name, rows_where
    from dueregard.cli.output import choose_format, give_findings
    from dueregard.data.sources import open_source

    form = choose_format(format, out, sentences=sentences)
    asked = {"group": group, "reference": reference, "period": period, "name": name}
    question = _question(file, {key: value for key, value in asked.items() if value})
    kinds = missing_mapping(missing)
    people = read_population(
        population, group=question["group"], population_group=population_group, count=population_count,
        date=population_date, mapping=population_mapping, by=by or [],
    )  # fmt: skip
    findings = dr.proportionality(
        open_source(question.pop("events")), people, **question, mapping=mapping, by=by or None,
        events_by=events_by or None, count=count, encounter=encounter or None, per=per, basis=basis, unknown=unknown,
        missing=kinds or None, where=rows_where(where, kinds), method=method, adjust=adjust,
        threshold=number_or_name(threshold), confidence_level=confidence_level or 0.95, threads=threads,
    )  # fmt: skip
    give_findings(findings, form, out, sentences=sentences)


def _question(file: str | None, asked: dict[str, Any]) -> dict[str, Any]:
    """What to ask of which events: the embedded question where no file is named, changed by what was said."""
    from dueregard.inference.references import named_reference

    question = {"events": file, **asked} if file is not None else {**EXAMPLE, **asked}
    for key, words in _NEEDED.items():
        if key not in question:
            raise typer.BadParameter(f"give {words}", param_hint=f"--{key}")
    return question | {"reference": named_reference(question["reference"])}
