"""`dueregard.read_perceptions`: percentages of a perception survey by area, under two or three header rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from typing import Any

from dueregard.records.known_files.small_tables import NOT_THERE, Line, number_in, read_table
from dueregard.records.known_files.tidy_records import TidyRecords

AREAS = ("neighbourhood", "area", "borough", "ward", "place")
BESIDE_AREA = {"code": "code", "group": "similar_areas"}
"""Columns between the areas and the figures, by their names in files."""
NOTE = re.compile(
    r"((notes?|source|base|key|please|figures|data|n/a)\b|\*|\(?\d\)).*|.*\.|(\S+ ){12,}.*", re.IGNORECASE
)
MOST_NAMED = 5


@dataclass(frozen=True)
class Question:
    """What one column holds the percentages of."""

    column: int
    measure: str
    answer: str
    group: str | None


def read_perceptions(path: str | PathLike[str]) -> TidyRecords:
    """Read a table of survey percentages by area whose questions, groups and answers stand in two or three header rows.

    Parameters
    ----------
    path : path
        A CSV file: the first row has the questions, one of the next has the answers that are counted ("% Excellent or
        Good"), and there may be one with the group that answered ("White British"); their first cell is blank. Each
        other row is an area.

    Returns
    -------
    TidyRecords
        One row for each area and question: ``area``; ``code`` and ``similar_areas`` where the file has a code and a
        group of areas like it; ``measure`` (the question), ``answer``, ``group`` (None where the file has no groups)
        and ``percent``, 0 to 100, NaN where the file gives none. ``.notes`` says what was set aside.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file has not these header rows, saying what was expected and found; if two columns are of the same
        question, answer and group, or two rows of the same area; and for a figure that is not a number from 0 to 100,
        or a row of another length, naming the line.

    Notes
    -----
    A byte-order mark is passed over; "N/A", "-" and blank cells are NaN, and are counted in the notes. A column without
    an answer, such as a crime rate, is no percentage of respondents and is set aside. Rows at the foot with text in
    the first cell alone are notes if they read like one ("Source: ...", or ending in a full stop), else areas
    without figures. Such tables do not say how many people answered: no interval can be given for a figure in them.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import dueregard as dr
    >>> text = "Neighbourhood,Do you feel safe?,Do you feel safe?\\n,Asian,Black\\n,% Yes,% Yes\\nNorth,71,N/A\\n"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder) / "survey.csv"
    ...     _ = path.write_text(text)
    ...     table = dr.read_perceptions(path)
    >>> table["group"].tolist(), table["percent"].tolist()
    (['Asian', 'Black'], [71.0, nan])
    """
    name = fspath(path)
    lines = read_table(path)
    headers = header_rows(lines)
    if headers is None:
        raise ValueError(f"{name}: not a table of survey percentages: {_what_was_found(lines)}")
    questions = _questions(name, headers)
    rows, foot = _areas(name, lines[len(headers) :], len(headers[0].cells))
    return _tidy(name, headers, questions, rows, foot)


def header_rows(lines: Sequence[Line]) -> list[Line] | None:
    """The header rows; None where the table is none of survey percentages."""
    if not lines or not lines[0].cells or lines[0].cells[0].casefold() not in AREAS:
        return None
    width = len(lines[0].cells)
    below = []
    for line in lines[1:]:
        if line.cells[:1] != [""] or len(line.cells) != width or line.is_blank:
            break
        below.append(line)
    answers = [line for line in below if _is_answers(line)]
    return [lines[0], *below] if len(answers) == 1 and len(below) <= 2 else None


def _is_answers(line: Line) -> bool:
    return any(cell.startswith("%") for cell in line.cells)


def _what_was_found(lines: Sequence[Line]) -> str:
    first = ", ".join(repr(cell) for cell in lines[0].cells[:4]) if lines else "nothing"
    return (
        f"expected a first column such as {AREAS[0]!r} and, below the first row, one row of answers that begin with "
        f"'%' and at most one of groups, with a blank first cell; found the columns {first}"
    )


def _questions(path: str, headers: Sequence[Line]) -> list[Question]:
    """The columns of percentages; each question, answer and group may be there once."""
    (answers,) = [line for line in headers[1:] if _is_answers(line)]
    groups = [line for line in headers[1:] if line is not answers]
    found: dict[tuple[str, str, str | None], Question] = {}
    for i, (measure, answer) in enumerate(zip(headers[0].cells, answers.cells, strict=True)):
        if not answer:
            continue
        group = groups[0].cells[i] if groups else None
        if not measure or group == "":
            raise ValueError(f"{path}: column {i + 1} has {'no question' if not measure else 'no group'} in its header")
        if (measure, answer, group) in found:
            of = "" if group is None else f" of {group!r}"
            raise ValueError(f"{path}: two columns are of {measure!r}, {answer!r}{of}")
        found[measure, answer, group] = Question(i, measure, answer, group)
    return list(found.values())


def _areas(path: str, lines: Sequence[Line], width: int) -> tuple[list[Line], list[str]]:
    """The rows of areas, and the notes at the foot."""
    rows: list[Line] = []
    foot: list[str] = []
    for line in lines:
        if line.is_blank:
            continue
        alone = not any(line.cells[1:])
        if alone and (foot or NOTE.fullmatch(line.cells[0]) or len(line.cells) < width):
            foot.append(line.cells[0])
        elif len(line.cells) != width:
            raise ValueError(f"{path}: line {line.number} has {len(line.cells)} cells, the header {width}")
        elif foot:
            raise ValueError(f"{path}: line {line.number} has figures below the note {foot[0]!r}")
        elif line.cells[0] in [row.cells[0] for row in rows]:
            raise ValueError(f"{path}: line {line.number}: {line.cells[0]!r} is there twice")
        else:
            rows.append(line)
    return rows, foot


def _tidy(
    path: str, headers: Sequence[Line], questions: Sequence[Question], rows: Sequence[Line], foot: Sequence[str]
) -> TidyRecords:
    names = [cell.casefold() for cell in headers[0].cells]
    beside = {BESIDE_AREA[name]: i for i, name in enumerate(names) if name in BESIDE_AREA and i < questions[0].column}
    cells = [(row, question) for row in rows for question in questions]
    columns: dict[str, list[Any]] = {
        "area": [row.cells[0] for row, _ in cells],
        **{name: [row.cells[i] or None for row, _ in cells] for name, i in beside.items()},
        "measure": [question.measure for _, question in cells],
        "answer": [question.answer for _, question in cells],
        "group": [question.group for _, question in cells],
        "percent": [_percent(path, row, question) for row, question in cells],
    }
    taken = {0, *beside.values(), *(question.column for question in questions)}
    aside = [cell for i, cell in enumerate(headers[0].cells) if i not in taken]
    return TidyRecords(columns, notes=_notes(rows, questions, aside, foot))


def _percent(path: str, row: Line, question: Question) -> float:
    cell = row.cells[question.column].removesuffix("%").rstrip()
    try:
        number = number_in(cell)
    except ValueError as error:
        raise ValueError(f"{path}: line {row.number}, {question.measure!r}: {error}") from None
    if number is not None and not 0 <= number <= 100:
        raise ValueError(f"{path}: line {row.number}, {question.measure!r}: {cell} is outside 0 to 100 percent")
    return float("nan") if number is None else float(number)


def _notes(
    rows: Sequence[Line], questions: Sequence[Question], aside: Sequence[str], foot: Sequence[str]
) -> Iterator[str]:
    yield "The table does not say how many people answered: its figures have no interval."
    for name in aside:
        yield f"{name!r} has no answer in the header rows, so that it is no percentage of respondents: set aside."
    given = {row.cells[0]: sum(_is_given(row, question) for question in questions) for row in rows}
    blank = [area for area, n in given.items() if n == 0]
    if blank:
        more = f" and {len(blank) - MOST_NAMED:,} more" if len(blank) > MOST_NAMED else ""
        yield f"No figures for {len(blank):,} of {len(rows):,} areas: {', '.join(blank[:MOST_NAMED])}{more}."
    lone = len(questions) * (len(given) - len(blank)) - sum(given.values())
    if lone:
        yield f"Figures not given for other areas: {lone:,}."
    for text in foot:
        yield f"At the foot of the table: {text}"


def _is_given(row: Line, question: Question) -> bool:
    return row.cells[question.column].casefold() not in NOT_THERE
