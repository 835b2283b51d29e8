"""Tables of findings: HTML with a caption and scoped headers, and plain text for terminals."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
import textwrap
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any

from dueregard.publish.readings import clean, notices, rows_of
from dueregard.publish.subjects import subject_of
from dueregard.publish.tables.cells import Column, grid, headings_of, notes_of, part_of, rows_for_all, shorthand_used
from dueregard.publish.tables.reading_notes import reading_notes
from dueregard.publish.tables.short_tables import compared, compares, legend, short_grid
from dueregard.publish.tables.table_widths import GAP, closely_fitting, fitting, narrowed, total, widths_of

if TYPE_CHECKING:
    from rich.text import Text

    from dueregard.findings import Findings

MINUS = "\N{MINUS SIGN}"
SIGN = re.compile(r"^-|(?<= to )-")  # of a number, or of the second of two
RULE = "\N{BOX DRAWINGS LIGHT HORIZONTAL}"
HOLD = "\uf8ff"  # stands around a number that holds the place of a text; no clean text has it
NOTEBOOK_STYLE = (
    "<style>.dueregard{overflow-x:auto}.dueregard caption{text-align:left;font-weight:bold;color:inherit}"
    ".dueregard th,.dueregard td{text-align:left;white-space:normal;vertical-align:top}"
    ".dueregard .n{text-align:right;font-variant-numeric:tabular-nums}.dueregard td.n{white-space:nowrap}"
    ".dueregard .all>*{font-weight:bold}</style>"
)


def html_table(
    findings: Findings,
    columns: Sequence[str] | None = None,
    *,
    caption: str | None = None,
    headings: Mapping[str, str] | None = None,
    key: str = "",
    page: bool = False,
) -> str:
    """Findings as an HTML table that a screen reader can walk: caption, scoped headers, no blank or merged cells.

    Parameters
    ----------
    findings : Findings
    columns : sequence of str, optional
        The columns to show, the first as the header of each row; None chooses those that say something.
    caption : str, optional
        None takes the title of the findings.
    headings : mapping of str to str, optional
        Headings instead of the usual ones.
    key : str
        Keeps the ids apart of two tables of one caption on a page.
    page : bool
        Whether the page brings its own style and says by itself what every output must say; it has every row, and
        not only those that a screen has room for.

    Returns
    -------
    str
        A region that scrolls sideways and can be reached by keyboard, with the table, then its notes.

    Raises
    ------
    ValueError
        If a column does not exist.
    ModuleNotFoundError
        If great_tables is not installed, naming the extra that brings it.

    Notes
    -----
    Numbers have one decimal; a percentage that rounds to zero is written ``[low]``; without rows there is a table of
    headings alone.

    Examples
    --------
    >>> from dueregard.findings import Findings
    >>> found = Findings({"group": ["Asian", "White"], "value": [74.04, 81.0]}, title="Satisfied users")
    >>> html_table(found).count('scope="row"')
    2
    """
    rows = rows_of(findings)
    shown = [with_minus(column) for column in grid(findings, columns, headings, whole=page)]
    text = clean(caption or subject_of(findings))
    name = "table-" + hashlib.sha256(f"{text}\0{key}".encode()).hexdigest()[:10]
    parts = headings_of(findings, columns, whole=page)
    table = _marked_parts(shown, name, text, rows_for_all(findings, columns, whole=page), parts)
    notes = [*shorthand_used(shown), *reading_notes(shown, rows), *notes_of(findings, shown, columns, whole=page)]
    notes += findings.notes
    notes += [] if page else notices(findings)
    said = "".join(f"<li>{escape(clean(note))}</li>" for note in notes)
    region = (
        f'<div class="dueregard" role="region" aria-labelledby="{name}" tabindex="0">{"" if page else NOTEBOOK_STYLE}'
        f"\n{table}\n</div>"
    )
    return region + (f'\n<ul class="notes">{said}</ul>' if said else "")


def _marked_parts(
    columns: Sequence[Column], name: str, caption: str, strong: Sequence[int], parts: Sequence[tuple[str, slice]]
) -> str:
    """The table; of rows that stand under headings a table for each, with its heading as its caption."""
    tables = []
    for place, (heading, part) in enumerate(parts):
        own = [i - part.start for i in strong if i in range(*part.indices(len(columns[0].cells)))]
        said = ": ".join(text for text in (caption if place == 0 else "", heading) if text)
        tables.append(marked_table(part_of(columns, part), f"{name}-{place}" if place else name, said, own))
    return "\n".join(tables)


def with_minus(column: Column) -> Column:
    """A column of numbers with minus signs for people; files for machines keep the hyphen."""
    return replace(column, cells=[SIGN.sub(MINUS, cell) for cell in column.cells]) if column.number else column


def marked_table(columns: Sequence[Column], name: str, caption: str, strong: Collection[int] = ()) -> str:
    """The table element alone. great_tables makes it; classes and ids of its own, which may repeat, are taken out.

    The rows in `strong` stand for all the others, in bold.
    """
    texts = [clean(text) for column in columns for text in (column.heading, *column.cells)]
    made = _great_table(columns)
    body = made[made.index("<thead") : made.rindex("</tbody>") + len("</tbody>")]
    body = re.sub(r"<(table|thead|tbody|tr|th|td)\b([^>]*)>", _plain_tag, body)
    body = re.sub(r"\s*\n\s*", "\n", body).replace(">\n<", "><").replace("<tr>", "\n<tr>")
    start, *lines = body.split("<tr>")  # the first line is that of headings
    tags = ('<tr class="all">' if i - 1 in strong else "<tr>" for i in range(len(lines)))
    body = start + "".join(tag + line for tag, line in zip(tags, lines, strict=True))
    body = re.sub(f"{HOLD}(\\d+){HOLD}", lambda held: escape(texts[int(held[1])]), body)
    return f'<table><caption id="{name}"><span>{escape(caption)}</span></caption>{body}</table>'


def _great_table(columns: Sequence[Column]) -> str:
    """HTML with a numbered mark for each text: what escapes a text is this file, whatever great_tables does."""
    try:
        from great_tables import GT
    except ModuleNotFoundError as error:
        message = "HTML tables need great_tables: pip install 'dueregard[report]'"
        raise ModuleNotFoundError(message, name="great_tables") from error
    from dueregard.frames import build_frame, installed

    marks = (f"{HOLD}{i}{HOLD}" for i in count())
    held = {f"c{i}": [next(marks) for _ in range(1 + len(c.cells))] for i, c in enumerate(columns)}
    table = GT(build_frame({name: texts[1:] for name, texts in held.items()}, installed()), rowname_col="c0")
    table = table.tab_stubhead(held["c0"][0]).cols_align("left")
    table = table.cols_label({name: texts[0] for name, texts in held.items() if name != "c0"})
    numbers = [f"c{i}" for i, column in enumerate(columns) if column.number]
    return str((table.cols_align("right", numbers) if numbers else table).as_raw_html())


def _plain_tag(tag: re.Match[str]) -> str:
    """A tag with nothing but its scope and, for numbers, its alignment."""
    scope = re.search(r' scope="(?:row|col)"', tag[2])
    right = ' class="n"' if "gt_right" in tag[2] else ""
    return f"<{tag[1]}{scope[0] if scope else ''}{right}>"


def terminal_width() -> int:
    """The width of the terminal that is written to; 80 where there is none."""
    if not sys.stdout or not sys.stdout.isatty():
        return 80
    return max(20, shutil.get_terminal_size().columns)


def text_table(findings: Findings, width: int | None = None, columns: Sequence[str] | None = None) -> str:
    """Findings as plain text no wider than a terminal; columns that do not fit are left out and named below.

    Differences by area that do not fit whole are given in short: without the rows that are compared with nobody, with
    short headings and verdicts.

    Parameters
    ----------
    findings : Findings
    width : int, optional
        The most characters in a line, 20 at least; None takes those of the terminal, or 80 where there is none.
    columns : sequence of str, optional
        The columns to show; None chooses those that say something.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If a column does not exist, or the width is below 20.

    Examples
    --------
    >>> from dueregard.findings import Findings
    >>> print(text_table(Findings({"group": ["Asian", "White"], "value": [74.04, 81.0]}), width=40))
    Group  Value (%)
    ────────────────
    Asian       74.0
    White       81.0
    Internal: not checked for disclosure
    """
    width = terminal_width() if width is None else width
    if width < 20:
        raise ValueError(f"width: {width} characters is too narrow for a table; 20 is the least")
    every = grid(findings, columns)
    laid_out = any(column.planned for column in every)
    if columns is None and total(every) > width and compares(findings) and not laid_out:
        part = compared(findings)
        every = short_grid(part)
        shown = closely_fitting(every, width)
        notes, hidden = legend(findings, shown), len(findings) - len(part)
    else:
        part, notes, hidden = findings, list[str](), 0
        every = narrowed(every, width)
        shown = fitting(every, width)
    left_out = [column.heading for column in every if column.name not in {c.name for c in shown}]
    rows = "row that is" if hidden == 1 else "rows that are"
    left_out += [f"{hidden:,} {rows} compared with nobody"] if hidden else []
    notes += [*shorthand_used(shown), *reading_notes(shown, rows_of(part)), *notes_of(findings, shown, columns)]
    notes += findings.notes
    notes += [f"Not shown: {', '.join(left_out)}"] if left_out else []
    rates = any(row.get("basis") is not None for row in rows_of(findings))  # a month must not be taken for a year
    lines = textwrap.wrap(subject_of(findings), width) if findings.title or rates else []
    lines += _lines(shown, width, headings_of(findings, columns))
    for note in notes + notices(findings):
        lines += textwrap.wrap(clean(note), width)
    return "\n".join(line.rstrip() for line in lines)


def _lines(columns: Sequence[Column], width: int, parts: Sequence[tuple[str, slice]]) -> list[str]:
    """The table, with what its rows stand under above them."""
    widths = widths_of(columns, width)
    lines: list[str] = []
    for heading, part in parts:
        made = _rich_lines(part_of(columns, part), width, widths)
        if not heading:
            return made
        body = next(i for i, line in enumerate(made) if line.startswith(RULE)) + 1
        lines += [*([""] if lines else made[:body]), *textwrap.wrap(heading, width), *made[body:]]
    return lines


def _cell(text: str, column: Column) -> Text:
    from rich.text import Text

    if column.room:
        return Text(text, overflow="fold")
    return Text(text, no_wrap=True, overflow="ellipsis")


def _rich_lines(columns: Sequence[Column], width: int, widths: Sequence[int]) -> list[str]:
    import io

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, padding=(0, GAP - 1, 0, 0), pad_edge=False, show_edge=False)
    for column, room in zip(columns, widths, strict=True):
        table.add_column(Text(column.heading), justify="right" if column.number else "left", width=room)
    for cells in zip(*(column.cells for column in columns), strict=True):
        table.add_row(*map(_cell, cells, columns))
    out = io.StringIO()
    # in a notebook rich would show the table by itself, beside what is returned here
    plain: dict[str, Any] = {"force_terminal": False, "force_jupyter": False, "legacy_windows": False}
    Console(file=out, width=width, color_system=None, **plain).print(table)
    return out.getvalue().rstrip("\n").split("\n")
