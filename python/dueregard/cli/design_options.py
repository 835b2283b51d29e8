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
    list[str] | None,
    typer.Option(
        metavar="COLUMN",
        help="Survey design: clusters in the population, or fractions (repeat: stages).",
        show_default=False,
    ),
]
Nest = Annotated[bool, typer.Option("--nest", help="Survey design: clusters are numbered anew in each stratum.")]
Lonely = Annotated[
    str | None,
    typer.Option(
        metavar="RULE",
        help="Survey design: strata with one cluster: grand-mean (default), remove, average or refuse.",
        show_default=False,
    ),
]
ReplicateWeights = Annotated[
    list[str] | None,
    typer.Option(
        metavar="COLUMN",
        help='Survey design: replicate weights: columns (repeat), or a pattern such as "rw*".',
        show_default=False,
    ),
]
Replicates = Annotated[
    str | None,
    typer.Option(
        metavar="KIND",
        help="Survey design: kind of replicates, given or to be made: jk1, jkn, brr, fay or bootstrap.",
        show_default=False,
    ),
]
Fay = Annotated[
    float | None,
    typer.Option(metavar="NUMBER", help="Survey design: Fay's coefficient [default: 0.5].", show_default=False),
]
