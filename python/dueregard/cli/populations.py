"""The options that say which population a command compares with, and how its file is read."""

from typing import Annotated, Any

import typer

EXAMPLE = "example:population"

PopulationFile = Annotated[
    str | None,
    typer.Option(
        "--population",
        metavar="FILE",
        help="Table of the population: CSV or Parquet, or example:population.",
        show_default=False,
    ),
]
PopulationGroup = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="Its column of groups [default: that of the records].", show_default=False),
]
PopulationCount = Annotated[
    list[str] | None,
    typer.Option(
        metavar="COLUMN", help="Its column of counts, or several whose names are the groups.", show_default=False
    ),
]
PopulationDate = Annotated[
    str | None, typer.Option(metavar="DATE", help="When it was counted, such as 2011.", show_default=False)
]
PopulationMapping = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help='Mapping of its groups, such as "census 2011 to 5+1 (2011)".', show_default=False
    ),
]
GroupMapping = Annotated[
    str | None,
    typer.Option(
        "--mapping", metavar="NAME", help='Mapping of the records, such as "16+1 to 5+1 (2011)".', show_default=False
    ),
]


def read_population(
    file: str | None,
    *,
    group: str,
    population_group: str | None,
    count: list[str] | None,
    date: str | None,
    mapping: str | None,
    by: list[str],
) -> Any:
    """The population that was named, with every column of areas that its table has.

    Raises
    ------
    typer.BadParameter
        If the file, the column of counts or the date is not given.
    """
    if file in (None, EXAMPLE):
        return example_population(group)
    if not count:
        raise typer.BadParameter("name the column of counts of the population", param_hint="--population-count")
    if date is None:
        raise typer.BadParameter("say when the population was counted", param_hint="--population-date")
    import dueregard as dr

    columns = count[0] if len(count) == 1 else count
    name = population_group or group
    return dr.population(file, group=name, count=columns, date=date, mapping=mapping, by=by or None)


def example_population(group: str) -> Any:
    """London's population in the groups that were published."""
    import dueregard as dr

    table = dr.data.example("population")
    kept = table["characteristic"] == "ethnic group"
    columns = {group: table["group"][kept], "population": table["population"][kept]}
    return dr.population(
        columns, group=group, count="population", date="2011", ages="all ages", source="London, as published"
    )
