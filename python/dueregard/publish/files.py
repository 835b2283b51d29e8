"""Findings as files: CSV, JSON, Parquet and HTML, each marked as internal."""

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

from dueregard.findings import Findings
from dueregard.flags import words
from dueregard.notices import INTERNAL
from dueregard.whole_files import write_whole

SUFFIXES = (".csv", ".json", ".parquet", ".html")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def save(findings: Findings, path: Path) -> Path:
    """Write a whole file, or nothing, in the form that the suffix of the path names; gives the path back."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        write_whole(path, csv_text(findings))
    elif suffix == ".json":
        write_whole(path, json_text(findings))
    elif suffix == ".parquet":
        write_whole(path, parquet_bytes(findings))
    elif suffix == ".html":
        write_whole(path, html_page(findings))
    else:
        raise ValueError(f"path: cannot tell the format from {path.name!r}; use one of {', '.join(SUFFIXES)}")
    return path


def csv_text(findings: Findings) -> str:
    """Comma-separated text with a header row; missing values are empty, flags joined by semicolons."""
    columns = _marked(findings)
    columns["flag"] = ["; ".join(words(flag)) for flag in columns["flag"]]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(name) for name in columns])
    writer.writerows([_csv_cell(value) for value in row] for row in zip(*columns.values(), strict=True))
    return out.getvalue()


def json_text(findings: Findings) -> str:
    """A list of objects, one for each row; missing numbers are null, flags lists of words."""
    columns = _marked(findings)
    columns["flag"] = [words(flag) for flag in columns["flag"]]
    rows = [
        {name: _json_value(value) for name, value in zip(columns, row, strict=True)}
        for row in zip(*columns.values(), strict=True)
    ]
    return json.dumps(rows, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def parquet_bytes(findings: Findings) -> bytes:
    """A Parquet file, made with whichever of Polars, pyarrow and pandas is installed."""
    from dueregard import frames

    columns = _marked(findings)
    columns["flag"] = ["; ".join(words(flag)) for flag in columns["flag"]]
    return frames.parquet_bytes(columns)


def html_page(findings: Findings) -> str:
    """A page that holds the table of the findings."""
    from html import escape

    from dueregard.publish.readings import clean, notices
    from dueregard.publish.subjects import subject_of
    from dueregard.publish.tables.tables import html_table

    title = escape(subject_of(findings))
    marks = "\n".join(f'<p class="notice">{escape(clean(mark))}</p>' for mark in notices(findings))
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<link rel="icon" href="data:,">\n'
        f"<title>{title}</title>\n<style>\n{style()}\n</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f'<div class="notices">\n{marks}\n</div>\n{html_table(findings, page=True)}\n</main>\n</body>\n</html>\n'
    )


def style() -> str:
    """The style of the report, and what a page of one table has instead of the report's columns."""
    from importlib.resources import files

    report = files("dueregard.publish.report").joinpath("style.css").read_text(encoding="utf-8").strip()
    room = "td:not(.n) { min-width: 7rem; }\ntd:not(.n):last-child { min-width: 14rem; }"
    own = "main { max-width: 80rem; margin: 0 auto; padding: 1rem 1.25rem; }\n.notices { margin: .75rem 0; }"
    return f"{report}\n{room}\n{own}"


def harmless(text: str) -> str:
    """Text that a spreadsheet shows instead of running it as a formula."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def _marked(findings: Findings) -> dict[str, list[Any]]:
    notes = {"notes": [" ".join(findings.notes)] * len(findings)} if findings.notes else {}
    return {**findings.to_dict(), **notes, "disclosure": [INTERNAL] * len(findings)}


def _csv_cell(value: Any) -> Any:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return harmless(value) if isinstance(value, str) else value


def _json_value(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else str(value)
    return value if value is None or isinstance(value, (bool, int, float, str, list)) else str(value)
