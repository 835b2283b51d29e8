"""``dueregard report``: one self-contained HTML file."""

from pathlib import Path
from typing import Annotated

import typer


def report(
    data: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Survey records. Without it, the embedded example data.", show_default=False),
    ] = None,
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("report.html"),
    author: Annotated[str | None, typer.Option(help="Who made it, for document control.")] = None,
    checked_by: Annotated[str | None, typer.Option(help="Who checked it, for document control.")] = None,
) -> None:
    """Write the equality report and say where it is.

    \b
    Examples:
      $ dueregard report
      $ dueregard report --out equality.html --author "Research unit"
    """
    from dueregard.cli.output import check_writable, print_out
    from dueregard.publish.report import write_report

    check_writable(out)
    path = write_report(out, data=data, author=author, checked_by=checked_by)
    print_out(f"{path}\n")
