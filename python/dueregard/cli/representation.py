"""``dueregard representation``: each group's share of staff over its share of the population."""

from typing import Annotated, Any

import typer

from dueregard.cli.arguments import (
    ConfidenceLevels,
    Data,
    FormatOption,
    Group,
    Missing,
    Out,
    Sentences,
    Threads,
    Weight,
    Where,
)
from dueregard.cli.design_options import Fay, Fpc, Lonely, Nest, Psu, Replicates, ReplicateWeights, Stratum
from dueregard.cli.populations import (
    GroupMapping,
    PopulationCount,
    PopulationDate,
    PopulationGroup,
    PopulationMapping,
    read_population,
)

# The question that the embedded workforce was made for.
EXAMPLE: dict[str, Any] = {"workforce": "example:workforce", "group": "population_group"}
WHOLE = "OVERALL"


def representation(
    file: Data = None,
    population: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Table of the population, example:population, or OVERALL: the whole workforce.",
            show_default=False,
        ),
    ] = None,
    group: Group = None,
    mapping: GroupMapping = None,
    population_group: PopulationGroup = None,
    population_count: PopulationCount = None,
    population_date: PopulationDate = None,
    population_mapping: PopulationMapping = None,
    population_by: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Column of areas that it has too (repeat).", show_default=False),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Grade, role, borough (repeat to cross them).", show_default=False),
    ] = None,
    no_staff: Annotated[
        list[str] | None,
        typer.Option(metavar="LABEL", help="Group to which no member of staff belongs (repeat).", show_default=False),
    ] = None,
    missing: Missing = None,
    weight: Weight = None,
    stratum: Stratum = None,
    psu: Psu = None,
    fpc: Fpc = None,
    nest: Nest = False,
    lonely: Lonely = None,
    replicate_weights: ReplicateWeights = None,
    replicates: Replicates = None,
    fay: Fay = None,
    where: Where = None,
    measure: Annotated[str, typer.Option(metavar="NAME", help="What is compared: ratio or difference.")] = "ratio",
    method: Annotated[
        str, typer.Option(metavar="NAME", help="Method of intervals and p-values: score, exact or mid-p.")
    ] = "score",
    adjust: Annotated[str, typer.Option(metavar="NAME", help="Allowance for several comparisons.")] = "holm",
    threshold: Annotated[
        str | None,
        typer.Option(
            metavar="SIZE",
            help="What matters: four-fifths, 0.8-1.25, or an end of the range; points of a difference.",
            show_default=False,
        ),
    ] = None,
    confidence_level: ConfidenceLevels = None,
    name: Annotated[
        str | None, typer.Option(metavar="WORDS", help="What is measured: share of officers.", show_default=False)
    ] = None,
    period: Annotated[
        str | None, typer.Option(metavar="WORDS", help="When the staff were counted.", show_default=False)
    ] = None,
    threads: Threads = None,
    sentences: Sentences = False,
    format: FormatOption = None,
    out: Out = None,
) -> None:
    """Each group's share of staff over its share of the population.

    Shares are of staff who state a group. Without a file: the embedded
    example workforce against London's population.

    \b
    Examples:
      $ dueregard representation
      $ dueregard representation --by role --sentences
      $ dueregard representation --population OVERALL --by grade \\
            --group ethnic_group_broad --where "role=Police officer"
      $ dueregard representation --threshold four-fifths --format csv
    """
    import dueregard as dr
    from dueregard.cli.arguments import missing_mapping, number_or_name, rows_where
    from dueregard.cli.output import choose_format, give_findings
    from dueregard.data.sources import open_source
    from dueregard.publish.checks.rule_designs import with_design

    form = choose_format(format, out, sentences=sentences)
    question = _question(file, group)
    kinds = missing_mapping(missing)
    people: Any = dr.OVERALL
    if population != WHOLE:
        people = read_population(
            population, group=question["group"], population_group=population_group, count=population_count,
            date=population_date, mapping=population_mapping, by=population_by or [],
        )  # fmt: skip
    sample = with_design({
        "weight": weight, "stratum": stratum, "psu": psu, "fpc": fpc, "nest": nest, "lonely": lonely,
        "replicate_weights": replicate_weights, "replicates": replicates, "fay": fay,
    })  # fmt: skip
    findings = dr.representation(
        open_source(question.pop("workforce")), people, **question, by=by or None, mapping=mapping, measure=measure,
        method=method, adjust=adjust, threshold=number_or_name(threshold), no_staff=no_staff or (), name=name,
        period=period, confidence_level=confidence_level or 0.95, missing=kinds or None, **sample,
        where=rows_where(where, kinds), threads=threads,
    )  # fmt: skip
    give_findings(findings, form, out, sentences=sentences)


def _question(file: str | None, group: str | None) -> dict[str, Any]:
    """What to ask of which workforce: the embedded question where no file is named."""
    asked = {} if group is None else {"group": group}
    question = {"workforce": file, **asked} if file is not None else {**EXAMPLE, **asked}
    if "group" not in question:
        raise typer.BadParameter("give the column of groups", param_hint="--group")
    return question
