"""``dueregard assess``: units held against a standard."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dueregard.cli.arguments import FormatOption, Missing, Out, Sentences


def _column(help: str) -> Any:
    return typer.Option(metavar="COLUMN", help=help, show_default=False)


def assess(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help="CSV, Parquet or returned workbooks (file or glob), or example:NAME. Without it, embedded answers.",
            show_default=False,
        ),
    ] = None,
    framework: Annotated[
        str,
        typer.Option(metavar="NAME", help="esps, equality_framework, supplier_questionnaire, or a TOML file."),
    ] = "esps",
    phase: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Phase of a standard with phases, or all [default: baseline].", show_default=False
        ),
    ] = None,
    show: Annotated[
        str,
        typer.Option(
            metavar="WHAT",
            help="scores, thresholds, levels, strengths, unmet, next-steps, performance, compare or set-aside; "
            "of rounds crossings, changes or progress.",
        ),
    ] = "scores",
    by: Annotated[
        str | None,
        typer.Option(
            metavar="WORD",
            help="area, kind, organisation, section, indicator or principle; two with a comma.",
            show_default=False,
        ),
    ] = None,
    level: Annotated[
        str | None, typer.Option(metavar="NAME", help="Level at which an answer counts as met.", show_default=False)
    ] = None,
    percent: Annotated[
        float | None,
        typer.Option(metavar="P", help="Threshold, in percent of indicators met.", show_default=False),
    ] = None,
    target: Annotated[
        float | None, typer.Option(metavar="P", help="Percent of units that should be at it.", show_default=False)
    ] = None,
    unit: Annotated[str | None, _column("Column that names the unit.")] = None,
    kind: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Kind of all units, or the column that holds it.", show_default=False),
    ] = None,
    area: Annotated[str | None, _column("Column of the area that a unit belongs to.")] = None,
    round: Annotated[str | None, _column("Column of rounds [default: round].")] = None,
    missing: Missing = None,
    strict: Annotated[
        bool, typer.Option("--strict/--lenient", help="Refuse answers that cannot be right, or set them aside.")
    ] = True,
    sentences: Sentences = False,
    format: FormatOption = None,
    out: Out = None,
) -> None:
    """Units held against a standard: what they meet, and the level they reach.

    Of the indicators that can be assessed in a unit. Without a file: the
    published answers of 32 London boroughs to the Equality Standard for the
    Police Service, or for rounds the example self-assessment. Full counts are
    not samples, so low and high are only the range that missing answers leave.

    \b
    Examples:
      $ dueregard assess --sentences
      $ dueregard assess example:south_east_indicators --by section
      $ dueregard assess --show performance --percent 80 --by area
      $ dueregard assess --show crossings --percent 50
      $ dueregard assess example:business_areas --framework equality_framework \\
            --show levels --sentences
      $ dueregard assess example:supplier_answers --show next-steps \\
            --framework supplier_questionnaire --lenient
    """
    from dueregard.cli.arguments import missing_mapping
    from dueregard.cli.output import choose_format, give_findings, say_set_aside
    from dueregard.publish.checks.assessments import OF_ROUNDS, make_assessment, make_rounds, shown

    form = choose_format(format, out, sentences=sentences)
    asked: dict[str, Any] = {"data": file, "framework": framework, "phase": phase}
    columns: dict[str, Any] = {
        "unit": unit,
        "kind": kind,
        "area": area,
        "missing": missing_mapping(missing) or None,
        "strict": strict,
    }
    found: Any = (
        make_rounds(Path(), **asked, round=round or "round", **columns)
        if show in OF_ROUNDS
        else make_assessment(Path(), **asked, **columns)
    )
    about = {"by": _by(by), "level": level, "target": target}
    about |= {"percent" if show == "performance" else "percents": percent}
    findings = shown(found, show, about)
    give_findings(findings, form, out, sentences=sentences)
    say_set_aside(found)


def _by(words: str | None) -> Any:
    """One word, or two that are crossed."""
    if words is None or "," not in words:
        return words
    return tuple(word.strip() for word in words.split(","))
