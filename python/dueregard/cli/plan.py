"""``dueregard plan``: objectives and what is done about them, judged at one day."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dueregard.cli.arguments import FormatOption, Out, Sentences

if TYPE_CHECKING:
    from dueregard.plans.plans import Plan

FAILED = 1
NAMED = 5
"""How many of what is overdue are named; the status has them all."""


def plan(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help="Plan: TOML, or a workbook with a sheet for each table. Without it, the objectives of 2012-16.",
            show_default=False,
        ),
    ] = None,
    show: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT",
            help="scorecard, progress, status, quarterly, six-monthly, costs, recommendations, assessments or "
            "set-aside [default: scorecard, or status of a plan that measures nothing].",
            show_default=False,
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="Day at which it is judged, such as 2011-03-31 [default: today].", show_default=False
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="area", help="Also each area: of scorecard and progress.", show_default=False),
    ] = None,
    year: Annotated[
        str | None,
        typer.Option(
            metavar="YEAR",
            help="Financial year, such as 2010/11: of quarterly and six-monthly [default: that of --on].",
            show_default=False,
        ),
    ] = None,
    within: Annotated[
        int | None,
        typer.Option(
            metavar="DAYS", help="Days within which it is due: of status [default: 30].", min=0, show_default=False
        ),
    ] = None,
    readings: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Further readings: CSV or Parquet with the columns measure, period, and counts or value.",
            show_default=False,
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict/--lenient", help="Refuse rows that cannot be read, or set them aside.")
    ] = True,
    fail_overdue: Annotated[
        bool, typer.Option("--fail-overdue", help="Exit status 1 when anything is overdue, whatever is shown.")
    ] = False,
    sentences: Sentences = False,
    format: FormatOption = None,
    out: Out = None,
) -> int:
    """A plan as it stands: its measures, and what is overdue.

    A change is called real only when chance does not explain it, and on course
    only when the whole interval is. Without a file: the equality objectives of
    2012-16, their measures computed from example records and judged at the end
    of these.

    \b
    Examples:
      $ dueregard plan
      $ dueregard plan --show progress --sentences
      $ dueregard plan --show quarterly --year 2010/11
      $ dueregard plan --show assessments --on 2011-06-30 --format csv
    """
    from dueregard.cli.output import choose_format, give_findings, say_set_aside
    from dueregard.publish.checks.plans import make_plan, shown_of_plan

    form = choose_format(format, out, sentences=sentences)
    made = make_plan(Path(), data=file, on=on, readings=readings, strict=strict)
    begins = int(year) if year and year.isdecimal() else year
    findings = shown_of_plan(made, show, {"by": by, "year": begins, "within": within})
    give_findings(findings, form, out, sentences=sentences)
    if show != "set-aside":
        say_set_aside(made)
    return _fail_overdue(made) if fail_overdue else 0


def _fail_overdue(made: "Plan") -> int:
    """The exit status, and on standard error what is overdue."""
    overdue = made.status().filter(verdict="overdue")["item"]
    if not overdue:
        return 0
    more = f" and {len(overdue) - NAMED:,} more" if len(overdue) > NAMED else ""
    typer.echo(f"{len(overdue):,} overdue at {made.on}: {', '.join(overdue[:NAMED])}{more}", err=True)
    return FAILED
