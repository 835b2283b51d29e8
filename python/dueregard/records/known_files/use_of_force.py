"""`dueregard.read_use_of_force`: counts of tactics by police force and perceived ethnic group, without their totals."""

from collections.abc import Iterator, Sequence
from os import PathLike, fspath
from typing import Any

from dueregard.missing import NOT_STATED
from dueregard.records import names
from dueregard.records.known_files.small_tables import Line, number_in, read_table
from dueregard.records.known_files.tidy_records import TidyRecords
from dueregard.records.known_files.use_of_force_totals import EVERY_FORCE, Counts, Row, Tactics, tactics_of

COLUMNS = ("Police Force", "Type of force", "Tactic")
TOTAL_COLUMN = "Number of times tactic reported"
NOT_REPORTED = "Not reported"
MOST_NAMED = 3


def read_use_of_force(path: str | PathLike[str]) -> TidyRecords:
    """Read the table of police use of force by force, tactic and perceived ethnic group, without its totals.

    Parameters
    ----------
    path : path
        A CSV file with the columns "Police Force", "Type of force", "Tactic", one for each ethnic group, and last
        "Number of times tactic reported".

    Returns
    -------
    TidyRecords
        One row for each force, tactic and ethnic group: ``force``, ``type_of_force``, ``tactic``, ``ethnic_group``
        ("not stated" for "Not reported") and ``count`` (int64), for ``dr.tally(..., count="count")``. ``.notes`` says
        what was set aside.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If a column is not there or there twice; if a count is not a whole number from 0 on; if a force has a tactic
        twice; and if a total disagrees with its parts. The line is named.

    Notes
    -----
    Set aside, after they have been found to agree with their parts: the last column, rows of all forces together, of
    all tactics of a type ("*Total Restraint"), of all types, and of a tactic that is split further ("Handcuffing, of
    which"). A type without tactics of its own, such as firearms, keeps its total as its one tactic, and so does a split
    tactic of a force that fills in none of its parts. A blank figure, and a mark such as "N/A", is of something that
    the force does not tell apart: it is not collected, not zero, and has no row here. Thousands separators and a
    byte-order mark are taken out.

    The published total of all tactics leaves out tactical communication and what was not reported. Both have rows here,
    so that the sum of all rows is higher: filter ``type_of_force`` to compare with it. 0 in every tactic of a group may
    mean that the force does not record that group.

    One use of force may have several tactics, and be of a person met before: counts are of tactics, not of people.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import dueregard as dr
    >>> text = '''Police Force,Type of force,Tactic,White,Black,Not reported,Number of times tactic reported
    ... Kent,Restraint,*Total Restraint,"1,200",30,5,1235
    ... Kent,Restraint,Ground restraint,200,10,5,215
    ... Kent,Restraint,Handcuffing,"1,000",20,0,1020
    ... '''
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder) / "force.csv"
    ...     _ = path.write_text(text)
    ...     table = dr.read_use_of_force(path)
    >>> table["tactic"].tolist()[::3], table["count"].tolist()
    (['Ground restraint', 'Handcuffing'], [200, 10, 5, 1000, 20, 0])
    """
    name = fspath(path)
    lines = [line for line in read_table(path) if not line.is_blank]
    if not lines:
        raise ValueError(f"{name}: the file holds nothing but blank lines")
    groups = _groups(name, lines[0].cells)
    tactics = tactics_of(name, [_row(name, line, groups) for line in lines[1:]])
    cells = [(row, i) for row in tactics.rows for i in range(len(groups)) if row.counts[i] is not None]
    columns: dict[str, list[Any]] = {
        "force": [row.force for row, _ in cells],
        "type_of_force": [row.kind for row, _ in cells],
        "tactic": [row.tactic for row, _ in cells],
        "ethnic_group": [NOT_STATED if groups[i] == NOT_REPORTED else groups[i] for _, i in cells],
        "count": [row.counts[i] for row, i in cells],
    }
    return TidyRecords(columns, notes=_notes(tactics, groups), count_column="count")


def is_use_of_force(header: Sequence[str]) -> bool:
    """Whether a table with these columns is one of use of force."""
    return list(header[: len(COLUMNS)]) == list(COLUMNS)


def _groups(path: str, header: Sequence[str]) -> list[str]:
    expected = "; expected a table of use of force: these three, one column for each ethnic group, and the total"
    names.require([*COLUMNS, TOTAL_COLUMN], header, path, expected)
    names.refuse_repeated(header, path)
    if not is_use_of_force(header) or header[-1] != TOTAL_COLUMN or len(header) < len(COLUMNS) + 2:
        raise ValueError(
            f"{path}: expected the columns {', '.join(COLUMNS)}, ethnic groups, {TOTAL_COLUMN}; in this order"
        )
    return list(header[len(COLUMNS) : -1])


def _row(path: str, line: Line, groups: Sequence[str]) -> Row:
    width = len(COLUMNS) + len(groups) + 1
    where = f"{path}: line {line.number}"
    if len(line.cells) != width:
        raise ValueError(f"{where} has {len(line.cells)} cells, the header {width}")
    force, kind, tactic, *cells = line.cells
    if not (force and kind and tactic):
        raise ValueError(f"{where} has no {COLUMNS[[force, kind, tactic].index('')].lower()}")
    return Row(where, force, kind, tactic, _counts(where, cells, [*groups, TOTAL_COLUMN]))


def _counts(where: str, cells: Sequence[str], columns: Sequence[str]) -> Counts:
    """The figures of a row, of which the last must be the total of the others."""
    found = tuple(_count(where, cell, name) for cell, name in zip(cells, columns, strict=True))
    *counts, total = found
    added = sum(count or 0 for count in counts)
    if total is not None and total != added:
        raise ValueError(f"{where}: {TOTAL_COLUMN!r} is {total:,}, and the groups add up to {added:,}")
    return found


def _count(where: str, cell: str, name: str) -> int | None:
    try:
        number = number_in(cell)
    except ValueError as error:
        raise ValueError(f"{where}, {name!r}: {error}") from None
    if number is not None and (number < 0 or number != int(number)):
        raise ValueError(f"{where}, {name!r}: {cell} is not a whole number from 0 on")
    return None if number is None else int(number)


def _notes(tactics: Tactics, groups: Sequence[str]) -> list[str]:
    notes = ["Counts are of tactics: one use of force may have several, and they are not people."]
    aside = [f"{n:,} {what}" for what, n in tactics.totals.items() if n]
    listed = "; ".join([*aside, f"the column {TOTAL_COLUMN!r}"])
    notes.append(f"Totals set aside, which agree with their parts: {listed}.")
    if tactics.standing_in:
        notes.append(f"Without tactics of their own, their total stands for them: {', '.join(tactics.standing_in)}.")
    notes += _not_given(tactics)
    if NOT_REPORTED in groups:
        notes.append(f'The ethnic group "{NOT_REPORTED}" is "{NOT_STATED}".')
    if tactics.has_every_force:
        notes.append(f'"{EVERY_FORCE}" agrees with the sum of the {tactics.n_forces} forces.')
    return notes


def _not_given(tactics: Tactics) -> Iterator[str]:
    """Rows without any figure, and figures that are not given beside others."""
    if tactics.blank:
        yield f"Rows without a figure, not collected and not zero: {len(tactics.blank):,} ({_first_of(tactics.blank)})."
    partly = [row for row in tactics.rows if None in row.counts[:-1]]
    if partly:
        n = sum(row.counts[:-1].count(None) for row in partly)
        yield f"Figures not given beside others of their row, not collected and not zero: {n:,} ({_first_of(partly)})."


def _first_of(rows: Sequence[Row]) -> str:
    listed = "; ".join(f"{row.force}, {row.tactic}" for row in rows[:MOST_NAMED])
    return listed + (f"; and {len(rows) - MOST_NAMED:,} more" if len(rows) > MOST_NAMED else "")
