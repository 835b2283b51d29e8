"""The audit of published figures: of a table, a table of claims, a workbook or a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import fspath
from pathlib import Path
from typing import Any

from dueregard.audits.claim_tables import check_claims
from dueregard.audits.layouts import Layout
from dueregard.audits.outcomes import findings
from dueregard.audits.possible_counts import ROUNDINGS
from dueregard.audits.prose import check_prose, is_prose
from dueregard.audits.sheets import read_sheet
from dueregard.audits.sources import read_sources
from dueregard.audits.table_checks import check_table
from dueregard.findings import Findings

TITLE = "Published figures"


def audit(
    claims: Any,
    *,
    against: Any = None,
    label: str | None = None,
    parts: str | Sequence[str] = (),
    total: str | int | None = None,
    count: str | Sequence[str] | None = None,
    of: str | int | Mapping[str, Any] | None = None,
    percent: str | None = None,
    first: str | None = None,
    second: str | None = None,
    gap: str | None = None,
    total_row: str | None = None,
    average_row: str | None = None,
    exhaustive: bool = False,
    decimals: int | None = None,
    rounding: str = "either",
    sheet: str | None = None,
    strict: bool = True,
) -> Findings:
    """Hold published figures against their own arithmetic, against each other and against another source.

    Three things can be audited. A *table of claims* has a column ``claim`` that names the kind of each row, and a
    column for each term: see ``docs/audit.md``. Any other *table* is checked as far as the arguments say what its
    columns are. A *text* (.txt or .md) is read paragraph by paragraph for sentences such as "71 of 73 (97%)" and
    "75% (24) of the 32", and for gaps such as "74%, against 81%: a gap of 7 points".

    Parameters
    ----------
    claims
        A dict of columns, a data frame, or the path of a CSV, TSV, Excel, TOML, Parquet, .txt or .md file.
    against
        What claims of shares, scores and lists are held against: an `Assessment`, a `Population`, a table of two
        columns (groups and counts), a dict of counts by group, or a dict of several of these by the name that the
        claims give in their column ``against``. Without it such claims cannot be told.
    label
        Of a table: the column that names the rows.
    parts, total
        Columns that add up to a total: a column, or one number for every row.
    count, of, percent
        A count (of several columns: their sum), its base (a column, or one number for every row), and the percentage it
        is printed as. Of a text, ``of`` says how many there are of what its sentences name: ``{"boroughs": 32}``.
    first, second, gap
        Columns of percentages and of the gap printed between them; without ``gap``, whether the change from ``second``
        to ``first`` is larger than rounding alone.
    total_row, average_row
        The label of a row that is the total, or an average, of the others.
    exhaustive
        Whether the percentages of the column leave nothing out, and so add up to 100.
    decimals
        How many the percentages were printed with, where a table of numbers has lost them (50.0 is 50 in a float).
    rounding : {"either", "half-up", "half-even"}
        What became of halves.
    sheet
        The sheet of a workbook that has several.
    strict
        Whether a claim that cannot be read is an error; else it is a row with the verdict "set aside".

    Returns
    -------
    Findings
        A row for each claim: ``measure`` (what was checked), ``value`` (computed), ``reference_value`` (printed),
        ``low`` and ``high`` (all that the rounding of the figures allows), ``verdict``, ``note`` (one sentence),
        ``printed_at`` and ``document``, ``line`` or ``cell``. Verdicts: "consistent"; "rounding" (rounding, or an
        approximate word, explains it); "inconsistent" (and flagged); "derivable" (what follows, printed nowhere);
        "cannot tell" (something is needed that is not there, and the note says what); "set aside".

    Raises
    ------
    TypeError, ValueError, FileNotFoundError
        For what is no table, an unknown kind of claim or column, a term that is missing or not a number, arguments that
        do not belong together; the message names the file and line or cell.

    Examples
    --------
    >>> import dueregard as dr
    >>> table = {"section": ["People", "Processes"], "met": [24, 22], "percent": [75, 67]}
    >>> found = dr.audit(table, label="section", count="met", of=32, percent="percent")
    >>> found["verdict"]
    ['consistent', 'inconsistent']
    >>> print(found.sentences()[0])
    row 1: Processes: 22 of 32 is 68.75%, not the 67% printed; 22 is 67% of 33 (inconsistent).
    >>> dr.check(found, "verdict != 'inconsistent'").passed
    False
    """
    if rounding not in ROUNDINGS:
        raise ValueError(f"rounding must be one of {', '.join(ROUNDINGS)}, not {rounding!r}")
    layout = Layout(
        label=label, parts=[parts] if isinstance(parts, str) else list(parts), total=total, count=count, of=of,
        percent=percent, first=first, second=second, gap=gap, total_row=total_row, average_row=average_row,
        exhaustive=exhaustive, decimals=decimals, rounding=rounding, strict=strict,
    )  # fmt: skip
    if is_prose(claims):
        return _of_prose(Path(fspath(claims)), layout, against)
    if isinstance(of, Mapping):
        raise ValueError("of: a dict of numbers belongs to a text; of a table name a column, or give one number")
    table, notes = read_sheet(claims, sheet), list[str]()
    if "claim" in table.columns:
        _refuse(layout, "a table of claims names its terms in its own columns")
        rows = check_claims(table, read_sources(against), strict=strict, rounding=rounding)
    else:
        if against is not None:
            raise ValueError("against: only a table with a column 'claim' is held against another source")
        rows, notes = check_table(table, layout), layout.notes(table)
    return findings(rows, title=TITLE, notes=notes, provenance=table.provenance)


def _refuse(layout: Layout, why: str, *but: str) -> None:
    """Refuse arguments that say what the columns of a table are."""
    plain = Layout(rounding=layout.rounding, strict=layout.strict, parts=[])
    for name in Layout.__dataclass_fields__:
        if name not in but and getattr(layout, name) != getattr(plain, name):
            raise ValueError(f"{name}: {why}")


def _of_prose(path: Path, layout: Layout, against: Any) -> Findings:
    _refuse(layout, "a text has no columns", "of")
    if against is not None:
        raise ValueError("against: only a table with a column 'claim' is held against another source")
    if layout.of is not None and not isinstance(layout.of, Mapping):
        raise ValueError("of: of a text, give a dict such as {'boroughs': 32}")
    reading = check_prose(path, layout.of or {}, layout.rounding)
    return findings(reading.rows, title=TITLE, notes=reading.notes())
