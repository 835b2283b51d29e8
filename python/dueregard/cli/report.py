"""``dueregard report``: one self-contained HTML file."""

import enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dueregard.cli.arguments import (
    Exclude,
    Group,
    Missing,
    Positive,
    Reference,
    Threads,
    Weight,
)
from dueregard.cli.design_options import Fay, Fpc, Lonely, Nest, Psu, Replicates, ReplicateWeights, Stratum

if TYPE_CHECKING:
    from dueregard.findings import Findings


class Template(enum.StrEnum):
    """What is written."""

    REPORT = "report"
    COMMITTEE = "committee"


def report(
    data: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Survey records. Without it, the embedded example data.", show_default=False),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")] = Path("report.html"),
    outcome: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Column of answers in --data.", show_default=False)
    ] = None,
    positive: Positive = None,
    group: Group = None,
    reference: Reference = None,
    by: Annotated[str | None, typer.Option(metavar="COLUMN", help="Column of areas.", show_default=False)] = None,
    exclude: Exclude = None,
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
    time: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN",
            help="Column of months, quarters or dates in --data: the latest window, and the trend.",
            show_default=False,
        ),
    ] = None,
    window: Annotated[
        str | None,
        typer.Option(metavar="LENGTH", help="Length of a window: 12, or '12 months'.", show_default=False),
    ] = None,
    breaks: Annotated[
        list[str] | None,
        typer.Option(
            "--break",
            metavar="DATE:CAUSE:WORDS",
            help="Break in the series, of cause mode, question, supplier or sample (repeat).",
            show_default=False,
        ),
    ] = None,
    period: Annotated[str | None, typer.Option(metavar="TEXT", help="What --data covers.", show_default=False)] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Title of the report.", show_default=False)] = None,
    author: Annotated[str | None, typer.Option(metavar="NAME", help="Who made it.", show_default=False)] = None,
    checked_by: Annotated[str | None, typer.Option(metavar="NAME", help="Who checked it.", show_default=False)] = None,
    document_version: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Version of the document.", show_default=False)
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Such as 2011-03-31 or 31/03/2011 [default: today].", show_default=False),
    ] = None,
    plan: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A plan, which becomes a page; judged at --date.", show_default=False),
    ] = None,
    claims: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Published figures to audit, which become a page: a text, or a table with a column claim.",
            show_default=False,
        ),
    ] = None,
    template: Annotated[
        Template, typer.Option(help="A report, or the paper that a committee of an authority takes.")
    ] = Template.REPORT,
    report_number: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Committee: number of the report.", show_default=False)
    ] = None,
    committee: Annotated[
        str | None, typer.Option(metavar="NAME", help="Committee: its name.", show_default=False)
    ] = None,
    meeting_date: Annotated[
        str | None, typer.Option(metavar="DATE", help="Committee: day of the meeting.", show_default=False)
    ] = None,
    on_behalf_of: Annotated[
        str | None, typer.Option(metavar="NAME", help="Committee: by whom it is submitted.", show_default=False)
    ] = None,
    classification: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Committee: protective marking.", show_default=False)
    ] = None,
    contact: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Committee: whom to ask for more.", show_default=False)
    ] = None,
    environment: Annotated[
        bool, typer.Option("--environment", help="Committee: with environmental implications.")
    ] = False,
    threads: Threads = None,
) -> None:
    """Write the equality report, or a committee paper, and say where it is.

    Columns and labels are those of the embedded survey unless you name yours.
    With --time and --window records of a survey give the latest figures, with
    ranks of areas where areas are shown to differ, the trend and the change
    since a year before; with --psu, --stratum and the like as it was drawn.

    \b
    Examples:
      $ dueregard report
      $ dueregard report --out equality.html --author "Research unit"
      $ dueregard report --template committee --report-number 14
      $ dueregard report --data example:confidence --outcome good_job \\
            --positive Excellent --positive Good --by borough \\
            --group ethnic_group_broad --reference White \\
            --weight weight --stratum borough --psu sampling_point \\
            --time month --window 12 --break 2009-01:mode:telephone
    """
    from dueregard.cli.arguments import missing_mapping
    from dueregard.cli.output import check_writable, print_out
    from dueregard.data.sources import open_source
    from dueregard.inference.references import named_reference
    from dueregard.measures.trends.breaks import read_break
    from dueregard.plans.plans import plan as read_plan
    from dueregard.publish.checks.rule_designs import is_said, with_design
    from dueregard.publish.checks.window_words import whole_or_words
    from dueregard.publish.report.report import write_report

    check_writable(out)
    drawn: dict[str, Any] = {"stratum": stratum, "psu": psu, "fpc": fpc, "nest": nest, "lonely": lonely,
                             "replicate_weights": replicate_weights, "replicates": replicates, "fay": fay}  # fmt: skip
    about_records = {"--outcome": outcome, "--positive": positive, "--group": group, "--reference": reference,
                     "--by": by, "--exclude": exclude, "--missing": missing, "--weight": weight, "--time": time,
                     "--window": window, "--break": breaks}  # fmt: skip
    about_records |= {f"--{name.replace('_', '-')}": value for name, value in drawn.items()}
    for option, value in about_records.items():
        if is_said(value) and data is None:
            raise typer.BadParameter("says how to read your own records: name them with --data", param_hint=option)
    about_paper: dict[str, object] = {
        "--report-number": report_number, "--committee": committee, "--meeting-date": meeting_date,
        "--on-behalf-of": on_behalf_of, "--classification": classification, "--contact": contact,
        "--environment": environment,
    }  # fmt: skip
    for option, told in about_paper.items():
        if told and template is Template.REPORT:
            raise typer.BadParameter("belongs to a paper: ask for it with --template committee", param_hint=option)
    asked: dict[str, Any] = {
        "outcome": outcome, "positive": positive, "group": group, "reference": reference and named_reference(reference),
        "by": by, "exclude": exclude, "missing": missing_mapping(missing), "time": time, "period": period,
        "window": whole_or_words(window), "breaks": [read_break(text) for text in breaks or ()],
        "title": title, "author": author, "checked_by": checked_by, "version": document_version, "date": date,
        "threads": threads, "template": template.value, "report_number": report_number, "committee": committee,
        "meeting_date": meeting_date, "on_behalf_of": on_behalf_of, "classification": classification,
        "contact": contact, "environment": environment,
    }  # fmt: skip
    given = {name: value for name, value in (asked | with_design({"weight": weight} | drawn)).items() if value}
    made: list[Any] = [*([read_plan(plan, on=date)] if plan else []), *([audited(claims)] if claims else [])]
    path = write_report(out, data=None if data is None else open_source(data), findings=made, **given)
    print_out(f"{path.resolve()}\n")


def audited(claims: str) -> "Findings":
    """The audit of a file of claims, in which there must be something to check."""
    from dueregard.audits.auditing import audit

    found = audit(claims)
    if not len(found):
        raise ValueError(
            f"--claims: {claims!r} holds nothing to check: it takes a text, or a table with a column claim that names "
            "the kind of each row (docs/audit.md); dueregard audit checks other tables by what their columns are said "
            "to be"
        )
    return found
