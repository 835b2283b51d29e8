"""``dueregard audit``: published figures held against their own arithmetic and other sources."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dueregard.cli.arguments import FormatOption, Out, Sentences

if TYPE_CHECKING:
    from dueregard.findings import Findings

FIGURES: Mapping[str, tuple[str, ...]] = {
    "percent": ("count", "of", "percent"),
    "gap": ("first", "second", "gap"),
    "sum": ("parts", "total"),
}
"""The kinds of claim that can be made of figures alone, with their terms."""

AS_GIVEN = "as given"
"""Where a figure stands that was given to the command itself."""


def _column(help: str, metavar: str = "COLUMN") -> Any:
    return typer.Option(metavar=metavar, help=help, show_default=False)


def audit(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help="CSV, TSV, Excel, Parquet or TOML; a text (.txt, .md); or example:NAME. Without it and without "
            "figures, embedded claims.",
            show_default=False,
        ),
    ] = None,
    count: Annotated[list[str] | None, _column("Count; repeat, and the columns are added.")] = None,
    of: Annotated[
        list[str] | None,
        _column("Its base: a column, or one number; of a text NAME=NUMBER (repeat).", "COLUMN|N"),
    ] = None,
    percent: Annotated[str | None, _column("Percentage that is printed for it.")] = None,
    parts: Annotated[list[str] | None, _column("Part of a total (repeat).")] = None,
    total: Annotated[str | None, _column("Total of the parts: a column, or one number.", "COLUMN|N")] = None,
    first: Annotated[str | None, _column("Percentage from which another is taken.")] = None,
    second: Annotated[str | None, _column("Percentage that is taken from it.")] = None,
    gap: Annotated[str | None, _column("Gap that is printed between the two.")] = None,
    label: Annotated[str | None, _column("What a row is about.")] = None,
    total_row: Annotated[str | None, _column("Label of the row that is the total of the others.", "LABEL")] = None,
    average_row: Annotated[str | None, _column("Label of the row that is their average.", "LABEL")] = None,
    exhaustive: Annotated[
        bool, typer.Option("--exhaustive", help="The percentages leave nothing out: they add up to 100.")
    ] = False,
    decimals: Annotated[int | None, _column("Decimals of the percentages, where a table has lost them.", "N")] = None,
    rounding: Annotated[str, typer.Option(metavar="NAME", help="Of halves: either, half-up or half-even.")] = "either",
    sheet: Annotated[str | None, _column("Sheet of a workbook that has several.", "NAME")] = None,
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[NAME=]FILE",
            help="Table of groups and counts that claims are held against (repeat, with the names that they give). "
            "With --framework, the answers.",
            show_default=False,
        ),
    ] = None,
    framework: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Standard of the assessment that claims are held against: esps.", show_default=False
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict/--lenient", help="Refuse claims that cannot be read, or set them aside.")
    ] = True,
    every: Annotated[bool, typer.Option("--all", help="Show what is consistent too.")] = False,
    sentences: Sentences = False,
    format: FormatOption = None,
    out: Out = None,
) -> int:
    """Published figures held against their own arithmetic.

    A table of claims has a column "claim" that names the kind of each. Of any
    other table the options say which column is what; of a text sentences such
    as "71 of 73 (97%)" are read. Without a file the options are the figures
    themselves. Shown is what needs a reader: all that is not consistent.

    Exit status: 0 nothing is inconsistent, 1 something is, 2 used wrongly or
    bad input, 3 nothing is but nothing could be checked.

    \b
    Examples:
      $ dueregard audit --sentences
      $ dueregard audit --percent 67 --of 32
      $ dueregard audit --parts 1 --parts 1 --parts 8 --parts 7 --total 18
      $ dueregard audit example:section_results --label section \\
            --count met --of assessed --percent stated_percent
      $ dueregard audit --framework esps
    """
    from dueregard.cli.output import Format, choose_format, give_findings
    from dueregard.cli.running import say
    from dueregard.publish.checks.audits import exit_status_of_audit, make_audit, needing_a_reader, tally_of_verdicts

    form = choose_format(format, out, sentences=sentences)
    terms: dict[str, Any] = {
        "count": count, "of": of, "percent": percent, "first": first, "second": second, "gap": gap, "parts": parts,
        "total": total,
    }  # fmt: skip
    terms = {name: value for name, value in terms.items() if value}
    layout: dict[str, Any] = {
        "label": label, "total_row": total_row, "average_row": average_row, "exhaustive": exhaustive,
        "decimals": decimals, "sheet": sheet, "framework": framework, "against": _against(against),
    }  # fmt: skip
    given = file is None and bool(terms)
    if given:
        _refuse(layout)
        found = _of_figures(terms, rounding)
    else:
        layout |= {"rounding": rounding, "strict": strict, **_columns(terms, file)}
        found = make_audit(Path(), data=file, **layout)
        found.notes = tuple(map(_as_options, found.notes))
    shown = found if every or given else needing_a_reader(found)
    if not given:
        left_out = "; --all shows the consistent too" if len(shown) < len(found) else ""
        shown.notes = (*shown.notes, tally_of_verdicts(found) + left_out)
    in_words = sentences or (form is Format.TABLE and (given or not len(shown)))
    if not in_words and not len(shown):  # forms that keep notes beside rows
        for note in found.notes:
            say(f"note: {note}")
    give_findings(shown, form, out, sentences=in_words)
    return exit_status_of_audit(found)


def _as_options(note: str) -> str:
    """A note that names the arguments which say what columns are, with the options of the command."""
    from dueregard.audits.layouts import SAYING

    return note.replace(SAYING, re.sub(r"(\w+)=", lambda name: f"--{name[1].replace('_', '-')}", SAYING))


def _refuse(layout: Mapping[str, Any]) -> None:
    """Refuse what single figures do not have."""
    for name, value in layout.items():
        if value not in (None, False):
            raise typer.BadParameter(
                "goes with a file, not with single figures", param_hint="--" + name.replace("_", "-")
            )


def _of_figures(terms: Mapping[str, Any], rounding: str) -> "Findings":
    """The audit of the figures that the options are, without the row of a table in what is refused."""
    from dueregard.publish.checks.audits import make_audit

    try:
        return make_audit(Path(), data=_claims(terms), rounding=rounding)
    except ValueError as error:
        row = re.match(r"row \d+: ", str(error))
        if row is None:
            raise
        why = str(error)[row.end() :]
        raise ValueError(f"{why}; without a file the options are the figures themselves") from None


def _claims(terms: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Figures as a table of claims, one for each kind that any of them belongs to."""
    rows = [
        {"claim": kind, "document": AS_GIVEN} | {name: _cell(name, terms[name]) for name in names if name in terms}
        for kind, names in FIGURES.items()
        if any(name in terms for name in names)
    ]
    for option in ("count", "of"):
        if len(terms.get(option, ())) > 1:
            raise typer.BadParameter("without a file it is one figure", param_hint=f"--{option}")
    columns = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in columns}


def _cell(name: str, value: Any) -> Any:
    """As a table of claims holds it: several figures in one cell, and percentages that say so."""
    if isinstance(value, list):
        return ";".join(value)
    return f"{value}%" if name in ("first", "second") and value.replace(".", "", 1).isdecimal() else value


def _columns(terms: Mapping[str, Any], file: str | None) -> dict[str, Any]:
    """What the columns of a table are, or of a text how many there are of what."""
    layout = dict(terms)
    if "of" in layout:
        layout["of"] = _bases(layout["of"], file)
    if "total" in layout:
        layout["total"] = _number_or_column(layout["total"])
    return layout


def _bases(of: list[str], file: str | None) -> Any:
    from dueregard.audits.prose import is_prose
    from dueregard.cli.arguments import pairs

    if is_prose(file):
        return {name: _number_or_column(number) for name, number in pairs("--of", of, str.rpartition)}
    if len(of) > 1:
        raise typer.BadParameter("of a table it is one column, or one number", param_hint="--of")
    return _number_or_column(of[0])


def _number_or_column(text: str) -> Any:
    return int(text) if text.isdecimal() else text


def _against(texts: list[str] | None) -> Any:
    """One file, or several by the names that claims give."""
    from dueregard.cli.arguments import pairs

    if not texts or (len(texts) == 1 and "=" not in texts[0]):
        return texts[0] if texts else None
    return dict(pairs("--against", texts, str.partition))
