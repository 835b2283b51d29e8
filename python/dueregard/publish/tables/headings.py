"""The headings of tables of findings: what a column holds, in which unit, at which confidence level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dueregard.publish.levels import at_level, levels_of, place_of
from dueregard.publish.readings import Row, clean, known, label
from dueregard.publish.units.amounts import Unit, unit_of
from dueregard.publish.units.area_units import heading_unit

COUNTS = {"count": "Number", "nobs": "Base", "outcome_missing": "Answer missing", "reference_nobs": "Reference base",
          "effective_nobs": "Effective base"}  # fmt: skip
PERCENT = {"value": "Value", "reference_value": "Reference value"}
LIMIT_WORDS = {
    "low": "Low",
    "high": "High",
    "simultaneous_low": "Simultaneous low",
    "simultaneous_high": "Simultaneous high",
    "control_low": "Control low",
    "control_high": "Control high",
}
PVALUES = {"pvalue": "p", "adjusted_pvalue": "Adjusted p"}
BOUNDS = {
    "bound_low": "Lowest possible",
    "bound_high": "Highest possible",
    "unknown_events": "Group not known",
    "unknown_percent": "Group not known (%)",
    "practical_verdict": "Practical threshold",
}
TEXTS = {"verdict": "Verdict", "flag": "Notes"}


def default_headings(columns: Sequence[str], rows: Sequence[Row]) -> dict[str, str]:
    """A heading for every column, with its unit."""
    units = _units(rows)
    percent = all(unit.percent for unit in units)
    compared = any(known(row.get("estimate")) for row in rows)
    heads = {name: label(name) for name in columns}
    heads |= COUNTS | PVALUES | TEXTS | BOUNDS
    sign = f" ({units[0].value_unit})" if len({unit.value_unit for unit in units}) == 1 and units[0].value_unit else ""
    sign = sign or (f" ({heading_unit(units[0].name)})" if len(units) == 1 and heading_unit(units[0].name) else "")
    heads |= {name: text + sign for name, text in PERCENT.items()}
    heads |= {"shrunken": "Shrunken" + sign, "weight": "Own weight (%)"}
    references = {clean(row["reference"]) for row in rows if row.get("reference")}
    if len(references) == 1:
        only = references.pop()
        heads |= {
            "reference_value": units[0].reference_heading(only) + sign,
            "reference_nobs": f"Base ({only})",
        }
    several = "Ratio" if all(unit.logarithmic for unit in units) else "Difference"
    heads["estimate"] = units[0].heading() if len(units) == 1 and (compared or percent) else several
    unit = (units[0].limit_heading() if len(units) == 1 and compared else "(%)") if percent else ""
    heads |= limit_headings(rows, unit, any(map(place_of, columns)))
    return heads if at_level("verdict", 1) in columns else heads | {"verdict": TEXTS["verdict"]}


def _units(rows: Iterable[Row]) -> list[Unit]:
    """The units of the rows; those of rows on variation only where there are no others."""
    rows = [row for row in rows if row.get("unit_of_measure")]
    shown = [row for row in rows if row.get("row_type") != "variation"] or rows
    named = {str(row["unit_of_measure"]): unit_of(row) for row in shown}
    return list({(type(unit), unit.name): unit for unit in named.values()}.values()) or [unit_of({})]


def limit_headings(rows: Sequence[Row], unit: str, side_by_side: bool) -> dict[str, str]:
    """Limits of an interval carry its level; without one, or where each row has its own, they are just limits."""
    groups = [row for row in rows if row.get("row_type") != "variation"]
    levels, asked = known_levels(groups), levels_of(groups)
    if not levels or len(levels) > (len(asked) if side_by_side else 1):
        return {name: f"{text} {unit}".strip() for name, text in LIMIT_WORDS.items()}
    heads = {
        at_level(name, place): f"{percent(level)} {text.lower()} {unit}".strip()
        for place, level in enumerate(asked)
        for name, text in LIMIT_WORDS.items()
    }
    if len(asked) > 1:
        heads |= {at_level("verdict", place): f"{percent(level)} verdict" for place, level in enumerate(asked)}
    return heads


def known_levels(rows: Iterable[Row]) -> set[float]:
    """The confidence levels of the rows."""
    return {row["confidence_level"] for row in rows if known(row.get("confidence_level"))}


def percent(level: float) -> str:
    """A confidence level as a percentage."""
    return f"{100 * level:.10g}%"
