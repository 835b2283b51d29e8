"""Options that say how a sample was drawn."""

from typing import Annotated

import typer

Stratum = Annotated[
    str | None, typer.Option(metavar="COLUMN", help="Survey design: column of strata.", show_default=False)
]
Psu = Annotated[
    list[str] | None,
    typer.Option(
        metavar="COLUMN", help="Survey design: column of sampled clusters (repeat: stages).", show_default=False
    ),
]
Fpc = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="Survey design: clusters in the population, or fractions.", show_default=False),
]
Nest = Annotated[bool, typer.Option("--nest", help="Survey design: clusters are numbered anew in each stratum.")]
