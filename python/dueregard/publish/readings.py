"""Findings as charts, tables and pages read them: rows, areas, headings and plain numbers."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeGuard

from dueregard.missing import NOT_STATED
from dueregard.notices import notices as of_provenance

if TYPE_CHECKING:
    from dueregard.findings import Findings

Row = dict[str, Any]

ALL_AREAS = "All areas"
ALL_LEVELS = "All together"
MEAN = "mean of areas"
"""What methods say of a figure in which each area counts alike."""
AREAS = frozenset({
    "area", "areas", "authority", "bcu", "beat", "borough", "boroughs", "branch", "campus", "city", "constituency",
    "council", "country", "county", "directorate", "district", "division", "force", "hospital", "lad", "la", "lpa",
    "lsoa", "msoa", "nation", "neighbourhood", "office", "parish", "place", "postcode", "prison", "province",
    "region", "school", "sector", "site", "state", "station", "team", "town", "trust", "unit", "ward", "zone",
})  # fmt: skip
TIMES = frozenset({"date", "day", "month", "period", "quarter", "wave", "week", "year"})
TURNS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))  # they reorder what follows


def rows_of(findings: Findings, *row_types: str | None) -> list[Row]:
    """The rows of the given types (all rows if none is named), in the order of the findings."""
    rows = [dict(row) for row in findings.rows()]
    return [row for row in rows if row.get("row_type") in row_types] if row_types else rows


def remade(findings: Findings, rows: Sequence[Row]) -> Findings:
    """Findings of these rows, with whatever columns they have."""
    names = list(dict.fromkeys([*findings.columns, *(name for row in rows for name in row)]))
    columns = {name: [row.get(name) for row in rows] for name in names}
    return findings.with_columns(columns)


def without_notes(findings: Findings, said: Sequence[str]) -> Findings:
    """The findings without notes that stand elsewhere in the same place."""
    columns = {name: findings[name] for name in findings.columns}
    return findings.with_columns(columns, [note for note in findings.notes if note not in said])


def by_columns(findings: Findings) -> tuple[str, ...]:
    """The columns that hold areas."""
    by = getattr(findings, "by", ())
    return (by,) if isinstance(by, str) else tuple(by)


def known(value: object) -> TypeGuard[float]:
    """Whether there is a number: not null, not NaN."""
    return isinstance(value, (int, float)) and not math.isnan(value)


def finite(values: Iterable[object]) -> list[float]:
    """The numbers among the values that a scale can show."""
    return [float(v) for v in values if isinstance(v, (int, float)) and math.isfinite(v)]


def is_all_areas(row: Row, by: Sequence[str]) -> bool:
    """Whether a row covers every area: null in every by column."""
    return bool(by) and all(row.get(name) is None for name in by)


def is_area(name: str) -> bool:
    """Whether a column holds areas, as far as its name tells; gender, grade and the like do not.

    >>> is_area("Borough"), is_area("ward_name"), is_area("Gender")
    (True, True, False)
    """
    return not AREAS.isdisjoint(_parts(name))


def is_time(name: str) -> bool:
    """Whether a column holds times, as far as its name tells."""
    return not TIMES.isdisjoint(_parts(name))


def _parts(name: str) -> list[str]:
    return re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower())


def area_of(row: Row, by: Sequence[str]) -> str:
    """The label of a row's area; crossed areas are joined, a null part means all of them. The mean of areas, in which
    each counts alike, is another figure than that of all people, and is called so.

    >>> area_of({"borough": None, "method": "MOVER; mean of areas"}, ["borough"])
    'Mean of areas'
    """
    if is_all_areas(row, by) and MEAN in str(row.get("method")):
        return MEAN[:1].upper() + MEAN[1:] if any(map(is_area, by)) else "Mean of levels"
    if is_all_areas(row, by):
        return ALL_AREAS if any(map(is_area, by)) else ALL_LEVELS
    return ", ".join(named(row[name]) if row.get(name) is not None else "all" for name in by)


def clean(text: object) -> str:
    """Text on one line that HTML, SVG and terminals may hold: control characters and turns of direction are replaced.

    >>> clean("Barking &\\xa0Dagenham\\n"), clean("a\\x1b[31m")
    ('Barking & Dagenham ', 'a\ufffd[31m')
    """
    written = str(text)
    return written if written.isprintable() else "".join(map(_harmless, written))


def _harmless(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") or character in TURNS:
        return "\N{REPLACEMENT CHARACTER}"
    return character


def named(label: object) -> str:
    """A label as it is shown; none at all is "not stated"."""
    return clean(NOT_STATED if label is None or label == "" else label)


def label(name: object) -> str:
    """A column name as a heading: ``ethnic_group`` becomes ``Ethnic group``."""
    text = clean(name).replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def whole(value: float, signed: bool = False) -> str:
    """A number to the nearest whole, never "-0", with a sign on request.

    >>> whole(-6.6, signed=True), whole(-0.2, signed=True), whole(1234.5)
    ('\N{MINUS SIGN}7', '0', '1,234')
    """
    return fixed(value, 0, signed)


def fixed(value: float, decimals: int = 1, signed: bool = False) -> str:
    """A number with this many decimals, a minus sign that reads as one, never "-0.0"."""
    text = f"{abs(value):,.{decimals}f}"
    if not any(digit in text for digit in "123456789"):
        return text
    return ("\N{MINUS SIGN}" if value < 0 else "+" if signed else "") + text


def notices(findings: Findings) -> list[str]:
    """What every visible output says: not checked for disclosure, and where synthetic records came from."""
    provenance = getattr(findings, "provenance", None)
    return of_provenance(str(provenance) if provenance else None)
