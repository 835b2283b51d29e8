"""``dueregard report``: one self-contained HTML file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dueregard.cli.arguments import Group, Missing, Reference, Threads, Weight


def report(
    data: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Survey records. Without it, the embedded example data.", show_default=False),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")] = Path("report.html"),
    outcome: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Column of answers in --data.", show_default=False)
    ] = None,
    positive: Annotated[
        list[str] | None,
        typer.Option(metavar="LABEL", help="Answer that counts as positive (repeat).", show_default=False),
    ] = None,
    group: Group = None,
    reference: Reference = None,
    by: Annotated[str | None, typer.Option(metavar="COLUMN", help="Column of areas.", show_default=False)] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(metavar="LABEL", help="Answer to leave out of the base (repeat).", show_default=False),
    ] = None,
    missing: Missing = None,
    weight: Weight = None,
    period: Annotated[str | None, typer.Option(metavar="TEXT", help="What --data covers.", show_default=False)] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Title of the report.", show_default=False)] = None,
    author: Annotated[str | None, typer.Option(metavar="NAME", help="Who made it.", show_default=False)] = None,
    checked_by: Annotated[str | None, typer.Option(metavar="NAME", help="Who checked it.", show_default=False)] = None,
    document_version: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Version of the document.", show_default=False)
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Date of the report [default: today].", show_default=False)
    ] = None,
    threads: Threads = None,
) -> None:
    """Write the equality report and say where it is.

    Columns and labels are those of the embedded survey unless you name yours.

    \b
    Examples:
      $ dueregard report
      $ dueregard report --out equality.html --author "Research unit"
    """
    from dueregard.cli.arguments import missing_mapping
    from dueregard.cli.output import check_writable, print_out
    from dueregard.data.sources import open_source
    from dueregard.inference.references import named_reference
    from dueregard.publish.report.report import write_report

    check_writable(out)
    about_records = {"--outcome": outcome, "--positive": positive, "--group": group, "--reference": reference,
                     "--by": by, "--exclude": exclude, "--missing": missing, "--weight": weight}  # fmt: skip
    for option, value in about_records.items():
        if value and data is None:
            raise typer.BadParameter("says how to read your own records: name them with --data", param_hint=option)
    asked: dict[str, Any] = {
        "outcome": outcome, "positive": positive, "group": group, "reference": reference and named_reference(reference),
        "by": by, "exclude": exclude, "missing": missing_mapping(missing), "weight": weight, "period": period,
        "title": title, "author": author, "checked_by": checked_by, "version": document_version, "date": date,
        "threads": threads,
    }  # fmt: skip
    given = {name: value for name, value in asked.items() if value}
    path = write_report(out, data=None if data is None else open_source(data), **given)
    print_out(f"{path.resolve()}\n")
