"""What a command gives out: a table to read, or CSV, JSON or Parquet to read on."""

import csv
import enum
import io
import json
import math
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from dueregard.cli.option_names import in_options
from dueregard.cli.plain_table import table_text
from dueregard.notices import notices
from dueregard.whole_files import is_device, write_whole

if TYPE_CHECKING:
    from dueregard.findings import Findings

WIDEST, NARROWEST = 80, 20
SUFFIXES = ".txt (a table), .csv, .json, .parquet"
OTHERS = ("xlsx", "xls", "ods", "html", "htm", "pdf", "docx")
"""What names of files say that results are not written as."""
Columns = Mapping[str, Sequence[Any]]


class Format(enum.StrEnum):
    """The forms that results come in."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def choose_format(asked: Format | None, out: Path | None, *, sentences: bool = False) -> Format:
    """The form asked for, or the one the name of the file says, checked before any work is done.

    Sentences are text whatever the file is called.

    Raises
    ------
    typer.BadParameter
        If sentences are asked for in a form.
    ValueError
        If Parquet would go to the terminal, the file cannot be written, or its name says another form.
    """
    if sentences and asked is not None:
        raise typer.BadParameter("sentences are text: leave out --format", param_hint="--sentences")
    form = Format.TABLE if sentences else asked or _by_suffix(out)
    if form is Format.PARQUET and out is None:
        raise ValueError("--format parquet is not text: name a file with --out")
    if out is not None:
        check_writable(out)
        _check_name(out, form, asked)
    return form


def _check_name(out: Path, form: Format, asked: Format | None) -> None:
    """Refuse a name that says another form than the one asked for: a workbook of that name would not open."""
    suffix = "" if is_device(out) else out.suffix.lower().removeprefix(".")
    if asked is not None and suffix != form and suffix in {*Format, *OTHERS}:
        raise ValueError(f"--out: {str(out)!r} says another form than --format {form}: change one of them")


def _by_suffix(out: Path | None) -> Format:
    suffix = out.suffix.lower().removeprefix(".") if out and not is_device(out) else ""
    if suffix in ("", "txt"):
        return Format.TABLE
    if suffix not in set(Format):
        raise ValueError(f"--out: {str(out)!r} is none of the forms that results come in: {SUFFIXES}")
    return Format(suffix)


def check_writable(out: Path) -> None:
    """Refuse a file that could not be written, before the work that would be lost."""
    if is_device(out):
        return
    folder = out.resolve().parent
    if out.is_dir():
        raise IsADirectoryError(f"--out: {str(out)!r} is a folder, not a file")
    if not folder.is_dir():
        raise FileNotFoundError(f"--out: there is no folder {str(folder)!r}")
    if not os.access(out if out.exists() else folder, os.W_OK):
        raise PermissionError(f"--out: {str(out)!r} cannot be written")


def give_findings(findings: "Findings", form: Format, out: Path | None, *, sentences: bool = False) -> None:
    """Print the findings, or what they say in plain English, or write either to a file."""
    if sentences:
        said = findings.sentences()
        further = [in_options(note) for note in findings.notes if note not in said]
        give_lines([*said, *further, *notices(findings.provenance)], out)
        return
    from dueregard.publish import files
    from dueregard.publish.tables.tables import text_table

    makers: dict[Format, Callable[[], str]] = {
        Format.TABLE: lambda: text_table(findings, width=_width(out)) + "\n",
        Format.CSV: lambda: files.csv_text(findings),
        Format.JSON: lambda: files.json_text(findings),
    }
    if form is Format.PARQUET:
        _give_bytes(files.parquet_bytes(findings), out)
    else:
        _give(makers[form](), form, out, notices(findings.provenance))


def say_set_aside(found: Any) -> None:
    """On standard error: what a lenient reading left out."""
    aside = found.set_aside if hasattr(found, "set_aside") else None
    for why in aside["note"] if aside is not None else ():
        typer.echo(f"set aside: {why}", err=True)


def _width(out: Path | None) -> int:
    """Tables fit 80 columns, and a terminal that has fewer."""
    if out is not None:
        return WIDEST
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))


def give_columns(columns: Columns, form: Format, out: Path | None, *, provenance: str | None) -> None:
    """Print columns that are not findings, such as those of a tally, or write them to a file."""
    from dueregard import frames
    from dueregard.notices import INTERNAL

    rows = len(next(iter(columns.values())))
    marked = {**columns, "disclosure": [INTERNAL] * rows}
    if form is Format.PARQUET:
        _give_bytes(frames.parquet_bytes(marked), out)
    elif form is Format.TABLE:
        footer = "\n".join(notices(provenance))
        shown = {name: values for name, values in columns.items() if name != "provenance"}
        _give(f"{table_text(shown, _width(out))}\n{footer}\n", form, out, [])
    else:
        make = _csv_text if form is Format.CSV else _json_text
        _give(make(marked), form, out, notices(provenance))


def give_lines(lines: Sequence[str], out: Path | None) -> None:
    """Print lines of text or write them to a file."""
    _give("".join(f"{line}\n" for line in lines), Format.TABLE, out, [])


def _give(text: str, form: Format, out: Path | None, said_beside: Sequence[str]) -> None:
    if out is not None:
        write_whole(out, text)
        return
    if form is not Format.TABLE:  # so that standard output can be read by the next program
        print(*said_beside, sep="\n", file=sys.stderr)
    print_out(text)


def _give_bytes(content: bytes, out: Path | None) -> None:
    assert out is not None  # `choose_format` refuses what is not text without a file
    write_whole(out, content)


def print_out(text: str) -> None:
    """Standard output, where a reader that has gone away is no failure."""
    import typer

    from dueregard.cli.running import closed_pipe

    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        raise typer.Exit(closed_pipe()) from None


def _csv_text(columns: Columns) -> str:
    from dueregard.publish.files import harmless

    def cell(value: Any) -> Any:
        return harmless(value) if isinstance(value, str) else "" if _is_missing(value) else value

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([cell(name) for name in columns])
    writer.writerows([cell(value) for value in row] for row in zip(*columns.values(), strict=True))
    return text.getvalue()


def _json_text(columns: Columns) -> str:
    rows = [
        {name: None if _is_missing(value) else value for name, value in zip(columns, row, strict=True)}
        for row in zip(*columns.values(), strict=True)
    ]
    return json.dumps(rows, indent=1, ensure_ascii=False, allow_nan=False, default=str) + "\n"


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))
