"""``dueregard assess``: scores of units against a standard."""

from pathlib import Path
from typing import Annotated

import typer

from dueregard.cli.arguments import Data, FormatOption, Missing, Out


def assess(
    file: Data = None,
    framework: Annotated[
        str, typer.Option(metavar="NAME", help="esps, or a TOML file that describes a standard.")
    ] = "esps",
    unit: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Column that names the unit.", show_default=False)
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Kind of all units, or the column that holds it.", show_default=False),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="WORD", help="section or indicator instead of a score for each unit.", show_default=False),
    ] = None,
    missing: Missing = None,
    format: FormatOption = None,
    out: Out = None,
) -> None:
    """Percent of a standard that each unit meets.

    Of the indicators that can be assessed in that unit. Without a file: the
    published answers of 32 London boroughs to the Equality Standard for the
    Police Service. Full counts are not samples, so low and high are only the
    range that missing answers leave open.

    \b
    Examples:
      $ dueregard assess
      $ dueregard assess --format json
      $ dueregard assess example:south_east_indicators --by section
    """
    from dueregard.cli.arguments import missing_mapping
    from dueregard.cli.output import choose_format, give_findings
    from dueregard.publish.checks.rule_findings import make_assessment

    form = choose_format(format, out)
    columns = {"unit": unit, "kind": kind, "missing": missing_mapping(missing) or None}
    assessment = make_assessment(Path(), data=file, framework=framework, **columns)
    give_findings(assessment.scores(by=by), form, out)
