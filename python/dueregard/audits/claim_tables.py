"""A table of claims, one a row: the column ``claim`` names the kind, the other columns hold its terms."""

from __future__ import annotations

from functools import cache
from typing import Any

from dueregard.audits import averages, level_claims, relations, sources, standard_claims, words_and_lists
from dueregard.audits.claims import Claim, Kind, read_terms
from dueregard.audits.outcomes import SET_ASIDE, Outcome, Place, Row
from dueregard.audits.printed import blank
from dueregard.audits.sheets import Sheet
from dueregard.audits.sources import Sources
from dueregard.hints import did_you_mean

COMMON = ("claim", "about", "document", "line", "cell", "decimals", "against", "text")
"""Columns that any claim may have: what it is about, where it stands, decimals printed, its source, its words."""


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of claim by name."""
    every = (relations, averages, words_and_lists, sources, standard_claims, level_claims)
    return {kind.name: kind for module in every for kind in module.KINDS}


def check_claims(sheet: Sheet, held_against: Sources, *, strict: bool, rounding: str) -> list[Row]:
    """An outcome for each row; with strict=False one that cannot be read is set aside.

    Raises
    ------
    ValueError
        If a column is neither a term nor one of `COMMON`, or, when strict, a claim cannot be read; the message names
        the file and line or cell.
    """
    _check_columns(sheet)
    return [_row(sheet, i, held_against, strict, rounding) for i in range(sheet.n_rows)]


def _check_columns(sheet: Sheet) -> None:
    known = [*COMMON, *dict.fromkeys(term for kind in kinds().values() for term in kind.terms)]
    for name in sheet.columns:
        if name not in known:
            where = f"{sheet.source}: " if sheet.source else ""
            raise ValueError(f"{where}no kind of claim has a column {name!r}{did_you_mean(name, known)}")


def _row(sheet: Sheet, i: int, held_against: Sources, strict: bool, rounding: str) -> Row:
    cells = sheet.cells(i)
    try:
        claim = _claim(cells, sheet.place(i), held_against, rounding)
        return Row(claim.kind.check(claim), claim.place, dict(claim.labels))
    except ValueError as error:
        if strict:
            raise ValueError(sheet.error(i, error)) from None
        kind = "claim" if blank(cells["claim"]) else str(cells["claim"])
        note = f"set aside: {error}"
        return Row(Outcome(kind, SET_ASIDE, note), sheet.place(i), {"group": _text(cells.get("about"))})


def _claim(cells: dict[str, Any], place: Place, held_against: Sources, rounding: str) -> Claim:
    name = _text(cells["claim"])
    if name is None:
        raise ValueError("claim: the kind is blank")
    if name not in kinds():
        hint = did_you_mean(name, list(kinds()))
        raise ValueError(f"claim: no kind {name!r}{hint}; the kinds are {', '.join(kinds())}")
    kind = kinds()[name]
    terms = {key: cell for key, cell in cells.items() if key not in COMMON}
    decimals = _whole("decimals", cells.get("decimals"))
    against = _text(cells.get("against")) or ""
    needed = kind in (*sources.KINDS, *standard_claims.KINDS, *level_claims.KINDS)
    return Claim(
        kind,
        read_terms(kind, terms, decimals, rounding),
        _place(cells, place),
        _labels(cells),
        rounding,
        against,
        held_against.of(against) if needed else None,
    )


def _labels(cells: dict[str, Any]) -> dict[str, str | None]:
    """What the row is about: its own label, or the unit and section of an assessment."""
    about = [_text(cells.get(name)) for name in ("about", "unit", "section", "group")]
    return {"group": about[0] or ", ".join(filter(None, about[1:])) or None, "text": _text(cells.get("text"))}


def _place(cells: dict[str, Any], place: Place) -> Place:
    """Where the claim itself says it was printed; else where its row stands."""
    document, line, cell = _text(cells.get("document")), _whole("line", cells.get("line")), _text(cells.get("cell"))
    if document is None and line is None and cell is None:
        return place
    return Place(document, line, cell, place.row)


def _text(cell: Any) -> str | None:
    return None if blank(cell) else str(cell).strip()


def _whole(name: str, cell: Any) -> int | None:
    if blank(cell):
        return None
    try:
        number = float(cell)
    except (TypeError, ValueError):
        number = -1
    if number != int(number) or number < 0:
        raise ValueError(f"{name}: {cell!r} is not a whole number")
    return int(number)
