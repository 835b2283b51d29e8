"""The cells of a table of findings: which columns, under which headings, and how each value is written.

Blank cells are not used, save in notes where there is nothing to remark. What is not a number is said in the shorthand
of official statistics: [x] not available, [z] not applicable, [low] rounds to zero, [u] low reliability.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dueregard.assessment.verification.statistics import MET_DIFFERENCE, STEPS_HIGHER, WEIGHTED_KAPPA
from dueregard.flags import Flag, words
from dueregard.inference.two_groups.variation import SPREAD
from dueregard.kinds import MEASURES
from dueregard.missing import is_missing
from dueregard.publish.levels import CONTROL, LIMITS, SHRUNKEN, base_name, expanded, side_by_side
from dueregard.publish.readings import Row, area_of, by_columns, clean, is_all_areas, is_area, named, rows_of
from dueregard.publish.sentences.survey_words import has_weights, is_designed, is_weighted
from dueregard.publish.tables.headings import PERCENT, PVALUES, TEXTS, default_headings
from dueregard.publish.tables.planned import planned
from dueregard.publish.tables.shown import Row as ShownRow
from dueregard.publish.tables.shown import Shown
from dueregard.publish.units.amounts import unit_of
from dueregard.publish.units.area_units import BARE
from dueregard.publish.units.ratios import times

if TYPE_CHECKING:
    from dueregard.findings import Findings

SHORTHAND = {
    "[x]": "not available",
    "[z]": "not applicable",
    "[low]": "more than zero, but rounds to it",
    "[u]": "low reliability: fewer than 30 cases",
    "[b]": "break in series",
}
BESIDE = ("shrunken", *SHRUNKEN, *CONTROL)
"""Values that stand beside an area's own, in its unit."""
SHOWN = (
    "partner", "learn", "count", "nobs", "effective_nobs", "value", "expected_by_chance", "reference_value",
    "estimate", *LIMITS, "shrunken", *SHRUNKEN, "weight", *CONTROL, "verdict", "flag",
)  # fmt: skip
UNITS = ("unit", "section", "indicator")
"""What a score is of."""
INDEX_VALUES = ("value", "expected_by_chance", "corrected")
NUMBERS_IN_WORDS = frozenset({"times_needed"})
BOUNDS = ("bound_low", "bound_high")
OF_DESIGN = Flag.EFFECTIVE_SIZE | Flag.CLUSTERED
DESIGN = "Weighted figures of a sample survey; intervals allow for its design."
DRAWN = "Figures of a sample survey; intervals allow for its design."
WEIGHTED = "Weighted figures; intervals allow for unequal weights."
EMPTY_FOR_AGREEMENT = {
    WEIGHTED_KAPPA: frozenset({"count", "verdict"}),
    STEPS_HIGHER: frozenset({"count"}),
    MET_DIFFERENCE: frozenset({"count"}),
}
ROOM_OF_PAIRS = {"partner": 16, "learn": 20}
ROOM_OF_AGREEMENT = 14
WIDEST_WORD = 16
"""Characters of a word for which a column of several lines makes room, so that it is not broken."""
IN_UNIT = frozenset({"estimate", *LIMITS, *BOUNDS})
DIFFERENCES = ("difference", "difference_low", "difference_high")
NOT_COMPARED = frozenset({
    "estimate", *LIMITS, *BOUNDS, *DIFFERENCES, *BESIDE, "weight", "verdict", "reference_value", *PVALUES,
})  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column as written: its heading, whether its cells are numbers, and the cells."""

    name: str
    heading: str
    number: bool
    cells: list[str]
    names_row: bool = False
    room: int = 0
    """Characters that a text table gives it where it takes more; 0 where it has all it takes."""
    planned: bool = False
    """Whether its table is laid out, the columns that matter most first."""


def grid(
    findings: Findings,
    columns: Sequence[str] | None = None,
    headings: Mapping[str, str] | None = None,
    *,
    whole: bool = False,
) -> list[Column]:
    """The columns of a table, the first of them the name of the row; a whole one has every row there is.

    Raises
    ------
    ValueError
        If `columns` or `headings` name a column that the findings do not have.
    """
    check_names(findings, columns or ())
    check_names(findings, headings or ())
    table = planned(findings, whole=whole) if columns is None else None
    if table is not None:
        return [_planned(shown, table.rows, first=shown is table.columns[0]) for shown in table.columns]
    made = as_shown(findings, columns)
    made = without_design(made) if columns is None and (is_designed(made) or is_weighted(made)) else made
    rows = rows_of(made)
    names = list(columns) if columns is not None else [*row_names(findings), *informative(made, rows)]
    heads = {**default_headings(made.columns, rows_of(findings)), **(headings or {})}
    return [column(made, name, clean(heads[name]), rows) for name in expanded(made.columns, names)]


def _planned(shown: Shown, rows: Sequence[ShownRow], *, first: bool) -> Column:
    """A column of a table that is laid out."""
    from rich.cells import cell_len

    cells = [shown.write(row) for row in rows]
    takes = max(map(cell_len, [*shown.heading.split(), *cells]))
    longest = max((cell_len(word) for cell in cells for word in cell.split()), default=0)
    room = min(max(shown.room, min(longest, WIDEST_WORD)), takes) if shown.room else 0
    return Column(shown.name, shown.heading, shown.number, cells, names_row=first, room=room, planned=True)


def headings_of(
    findings: Findings, columns: Sequence[str] | None = None, *, whole: bool = False
) -> list[tuple[str, slice]]:
    """What rows of a table stand under, and which these are; one part without a heading for most tables."""
    table = planned(findings, whole=whole) if columns is None else None
    if table is None or not table.headings:
        return [("", slice(0, None))]
    starts = [i for i, text in enumerate(table.headings) if i == 0 or text != table.headings[i - 1]]
    return [(table.headings[i], slice(i, end)) for i, end in pairwise([*starts, len(table.headings)])]


def notes_of(
    findings: Findings, shown: Sequence[Column], columns: Sequence[str] | None = None, *, whole: bool = False
) -> list[str]:
    """What stands below a table that is laid out, besides the notes of the findings; of columns that are ``shown``."""
    table = planned(findings, whole=whole) if columns is None else None
    names = {column.name for column in shown}
    of_columns = [] if table is None else [note for name, note in table.of_columns.items() if name in names]
    said = [] if table is None else list(dict.fromkeys([*of_columns, *table.notes]))
    if columns is not None:
        return said
    if is_designed(findings):
        return [*said, DESIGN if has_weights(findings) else DRAWN]
    return [*said, *([WEIGHTED] if is_weighted(findings) else [])]


def without_design(findings: Findings) -> Findings:
    """Findings without what each row says of weights and design, which stands once below the table."""
    flags = [flag & ~OF_DESIGN if isinstance(flag, int) else flag for flag in findings["flag"]]
    return findings.with_columns(findings.to_dict() | {"flag": flags})


def part_of(columns: Sequence[Column], rows: slice) -> list[Column]:
    """Some rows of a table."""
    return [replace(column, cells=column.cells[rows]) for column in columns]


def rows_for_all(findings: Findings, columns: Sequence[str] | None = None, *, whole: bool = False) -> list[int]:
    """The places of the rows of a table that stand for all the others."""
    table = planned(findings, whole=whole) if columns is None else None
    rows = table.rows if table is not None else rows_of(as_shown(findings, columns))
    by = by_columns(findings)
    found = [i for i, row in enumerate(rows) if is_all_areas(dict(row), by) and row.get("row_type") != "variation"]
    return found if len(found) < len(rows) else []


def as_shown(findings: Findings, columns: Sequence[str] | None = None) -> Findings:
    """The findings with a row for all confidence levels, unless the column of levels itself is asked for."""
    return findings if "confidence_level" in (columns or ()) else side_by_side(findings)


def check_names(findings: Findings, names: Any) -> None:
    """Refuse a name that is not a column."""
    for name in names:
        if name not in findings.columns:
            raise ValueError(f"columns: no column {name!r} among {findings.columns}")


def row_names(findings: Findings) -> list[str]:
    """The columns that say what a row is: areas or units, then the group where there is more than one."""
    own = [name for name in UNITS if name in findings.columns and findings.kind not in MEASURES]
    names = list(dict.fromkeys([*own, *by_columns(findings)]))
    if findings.kind == "audit" and None not in findings["group"]:
        return ["printed_at", "group"]
    if ("unit" not in own or findings.kind == "agreement") and len(set(findings["measure"])) > 1:
        names.insert(0, "stage" if findings.kind == "stages" else "measure")
    groups = {group for group in findings["group"] if group is not None}
    if len(groups) > 1 or (not names and groups):
        names.append("group")
    if "row_type" in findings.columns and "variation" in findings["row_type"] and not by_columns(findings):
        names.append("row_type")
    if findings.kind == "unknowns":
        names.append("assumption")
    if len(set(findings["period"])) > 1:
        names.append("period")
    return names or ["measure"]


def informative(findings: Findings, rows: Sequence[Row]) -> list[str]:
    """The shown columns that say something: at least one value, and for flags at least one word."""
    present = [name for name in SHOWN if name in findings.columns]
    if not is_designed(findings):  # where weights are all there is, a note says so
        present = [name for name in present if name != "effective_nobs"]
    if any(name in present for name in BESIDE):  # one target for all areas, which a note names
        present.remove("reference_value")
    return [name for name in present if any(_says(name, row[name]) for row in rows)]


def _says(name: str, value: Any) -> bool:
    return bool(words(value)) if name == "flag" else value is not None and value == value


def column(findings: Findings, name: str, heading: str, rows: Sequence[Row]) -> Column:
    """One column with its cells written."""
    by = by_columns(findings)
    if name in by or name in ("unit", "section", "indicator", "group", "measure", "assumption", "period"):
        return Column(name, heading, False, [_label_cell(name, row, by) for row in rows], names_row=True)
    number = name in NUMBERS_IN_WORDS or (
        base_name(name) not in TEXTS and not any(isinstance(row[name], str) for row in rows)
    )
    return Column(name, heading, number, [cell(name, row) for row in rows], room=_room(name, findings))


def _room(name: str, findings: Findings) -> int:
    """Room for texts on several lines, in tables that would else have to leave them out."""
    if findings.kind == "pairs":
        return ROOM_OF_PAIRS.get(name, 0)
    return ROOM_OF_AGREEMENT if name == "verdict" and findings.kind == "agreement" else 0


def _label_cell(name: str, row: Row, by: Sequence[str]) -> str:
    value = row.get(name)
    if name in by and row.get("row_type") == "variation":
        spread = "Spread of areas" if any(map(is_area, by)) else "Spread"
        return spread if str(row.get("method")).startswith(SPREAD) else "Largest: seen, by chance"
    if name in by and value is None:
        return area_of(row, by) if is_all_areas(row, by) and name == next(filter(is_area, by), by[0]) else "all"
    return "[z]" if value is None else named(value)


def cell(name: str, row: Row) -> str:
    """One value as written in a table.

    >>> cell("value", {"value": 0.04}), cell("estimate", {"estimate": float("nan"), "row_type": "reference"})
    ('[low]', '[z]')
    """
    value, base = row.get(name), base_name(name)
    if name == "flag":
        return "; ".join(words(value)) or "none"
    if value is None or value != value:
        return "[z]" if base in _empty_for(row) | NUMBERS_IN_WORDS else "[x]"
    if isinstance(value, (bool, str)) or not isinstance(value, (int, float)):
        return clean(value)
    return _number(base, value, row) + (" [u]" if name in ("value", "estimate") and _small(row) else "")


def _empty_for(row: Row) -> frozenset[str]:
    """The columns that do not apply to a row: the reference and the groups not known are compared with nobody."""
    if "possible_low" in row:
        return EMPTY_FOR_AGREEMENT.get(row["measure"], frozenset({"verdict"}))
    if "learn" in row:
        return frozenset({"partner", "learn"})
    if "slope" in str(row.get("index")):
        return frozenset({"expected_by_chance"})
    if row.get("row_type") == "variation":
        return frozenset({"count", "nobs", "effective_nobs", "value", "reference_value", "verdict", "weight", *LIMITS,
                          *BESIDE})  # fmt: skip
    unknown = is_missing(row.get("group")) or _unknown_area(row)
    return NOT_COMPARED if row.get("row_type") == "reference" or unknown else frozenset()


def _unknown_area(row: Row) -> bool:
    """Whether a row of areas beside each other is of cases whose area is not known."""
    flag = row.get("flag")
    return any(name in row for name in BESIDE) and isinstance(flag, int) and Flag.MISSING_GROUP in Flag(flag)


def _small(row: Row) -> bool:
    flag = row.get("flag")
    return isinstance(flag, int) and bool(Flag(flag) & Flag.SMALL_BASE)


def _number(name: str, value: float, row: Row) -> str:
    if name in PVALUES:
        return "under 0.001" if value < 0.001 else f"{value:.3f}"
    if isinstance(value, int):
        return f"{value:,}"
    if value in (float("inf"), float("-inf")):
        return "infinite" if value > 0 else "-infinite"
    if row.get("unit_of_measure") in BARE and name in (*PERCENT, *LIMITS, *BESIDE):
        return times(value)
    if name in INDEX_VALUES and "expected_by_chance" in row:
        return unit_of(row).cell(value)
    if name in IN_UNIT or (name == "value" and row.get("row_type") == "variation"):
        return unit_of(row).cell(value, name in LIMITS or name in BOUNDS)
    if name in PERCENT or name in DIFFERENCES or name in BESIDE:
        return unit_of(row).value_cell(value)
    if name == "effective_nobs":
        return f"{value:,.0f}"
    text = f"{value:,.1f}"
    return "0.0" if text == "-0.0" else text


def shorthand_used(columns: Sequence[Column]) -> list[str]:
    """What the shorthand in these columns means, in its fixed order."""
    cells = {part for column in columns for text in column.cells for part in text.split() if part[0] == "["}
    return [f"{short} {meaning}" for short, meaning in SHORTHAND.items() if short in cells]
