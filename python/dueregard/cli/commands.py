"""The application: its commands in the order of the work, and ``--version``."""

from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from dueregard.cli.assess import assess
from dueregard.cli.audit import audit
from dueregard.cli.check import check
from dueregard.cli.decompose import decompose
from dueregard.cli.drivers import drivers
from dueregard.cli.gap import gap
from dueregard.cli.option_names import running
from dueregard.cli.plan import plan
from dueregard.cli.proportionality import proportionality
from dueregard.cli.report import report
from dueregard.cli.representation import representation
from dueregard.cli.tally import tally
from dueregard.cli.trend import trend

app = typer.Typer(
    name="dueregard",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)


class Known(TyperCommand):
    """A command whose options are known where what goes wrong is said."""

    def invoke(self, ctx: Any) -> Any:
        running.set(self)
        return super().invoke(ctx)


def _show_version(asked: bool) -> None:
    if asked:
        from dueregard.version import __version__

        typer.echo(f"dueregard {__version__}")
        raise typer.Exit


@app.callback()
def dueregard(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Equality statistics for the public sector, from records to a report.

    Without a file every command works on the embedded example data.

    \b
    Examples:
      $ dueregard report
      $ dueregard gap --by borough
      $ dueregard check

    Exit status: 0 done or passed, 1 a check failed, 2 used wrongly or bad
    input, 3 cannot tell.
    """


for command in (
    report, tally, gap, trend, drivers, decompose, proportionality, representation, assess, plan, audit, check,
):  # fmt: skip
    app.command(cls=Known)(command)
