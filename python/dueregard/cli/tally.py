"""``dueregard tally``: counts of rows per cell."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dueregard.cli.arguments import Data, FormatOption, Missing, Out, Threads, Weight, Where

if TYPE_CHECKING:
    from dueregard.tallies import Tally

MOST_ROWS = 2_000_000  # a row a cell: beyond this the text alone would fill the memory
ADDED = ("count", "weight_sum", "weight_squares", "provenance", "disclosure")
EXAMPLE = "example:satisfaction"
EXAMPLE_BY = ["ethnic_group_broad"]
EXAMPLE_OUTCOME = "satisfaction"


def tally(
    file: Data = None,
    by: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Column to count by (repeat).", show_default=False),
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="One more column, counted last.", show_default=False),
    ] = None,
    weight: Weight = None,
    where: Where = None,
    missing: Missing = None,
    margins: Annotated[bool, typer.Option("--margins", help="Add the totals over every set of columns.")] = False,
    threads: Threads = None,
    format: FormatOption = None,
    out: Out = None,
) -> None:
    """Count rows by every combination of some columns, one row a cell.

    With --margins rows of totals follow, where "All" stands for every level
    (nothing in CSV, null in JSON).

    \b
    Examples:
      $ dueregard tally
      $ dueregard tally example:workforce --by role --by gender --margins
      $ dueregard tally example:stop_search --format csv \\
            --by "Officer-defined ethnicity" --outcome Outcome
      $ dueregard tally --by borough --where "ethnic_group=Black"
    """
    import dueregard as dr
    from dueregard.cli.arguments import missing_mapping, rows_where
    from dueregard.cli.output import choose_format, give_columns
    from dueregard.data.sources import open_source

    form = choose_format(format, out)
    kinds = missing_mapping(missing)
    _check_names([*(by or []), outcome])
    if file is not None and not (by or outcome):
        raise typer.BadParameter("name a column to count by", param_hint="--by")
    if file is None and not (by or outcome):
        by, outcome = EXAMPLE_BY, EXAMPLE_OUTCOME
    counted = dr.tally(
        open_source(EXAMPLE if file is None else file),
        by or [],
        outcome=outcome,
        weight=weight,
        where=rows_where(where, kinds),
        missing=kinds,
        threads=threads,
    )
    if where and not counted.counts.any():
        raise ValueError(f"--where: no row has {' and '.join(where)}")
    if counted.counts.size > MOST_ROWS:
        raise ValueError(f"--by: {counted.counts.size:,} cells are more than {MOST_ROWS:,}: count by fewer columns")
    columns = with_margins(counted) if margins else counted.to_dict()
    give_columns(columns, form, out, provenance=counted.provenance)


def _check_names(columns: Sequence[str | None]) -> None:
    for name in columns:
        if name in ADDED:
            raise ValueError(f"--by: {name!r} is the name of a column of the result; rename it in the data")


def with_margins(counted: "Tally") -> dict[str, list[Any]]:
    """The cells, then the totals over one dimension, over two, and so on; None stands for every level."""
    columns: dict[str, list[Any]] = counted.to_dict()
    for kept in _margins(counted.dims):
        margin = counted.margin(*kept).to_dict()
        rows = len(margin["count"])
        for name, values in columns.items():
            values.extend(margin.get(name, [None] * rows))
    return columns


def _margins(dims: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for size in reversed(range(len(dims))):
        yield from combinations(dims, size)
