"""How much the areas of findings vary beyond chance, as a scorecard says it before it shows any."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from dueregard.findings import Findings
from dueregard.plans.area_variation import NOT_SHOWN, VARIES, rows_of_areas
from dueregard.plans.figures import Figure
from dueregard.plans.measures import LOGARITHMIC, PERCENT, POINTS, Measure
from dueregard.plans.precision import scaled, variances

FACTOR = "factor"


def variation_of_findings(name: str, found: Findings, by: str, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows on variation that findings have of their own, of each group that is shown; or of shares with counts,
    and of what has standard errors, those that follow from these. None where nothing says what chance does."""
    groups = list(dict.fromkeys(row["group"] for row in rows))
    own = [row for row in found.rows() if row["row_type"] == "variation" and row["group"] in groups]
    if own:
        return [_own(name, by, row) for row in own]
    return [made for group in groups for made in _made(name, by, group, [row for row in rows if row["group"] == group])]


def _own(name: str, by: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row as the measure made it, with what its spread comes to."""
    neutral = 1.0 if row["unit_of_measure"] == FACTOR else 0.0
    verdict = None if math.isnan(row["low"]) else VARIES if row["low"] > neutral else NOT_SHOWN
    kept = ("group", "row_type", "period", "value", "estimate", "low", "high", "confidence_level", "pvalue",
            "unit_of_measure", "flag", "method", "reference")  # fmt: skip
    return {key: row[key] for key in kept} | {
        "measure": name, "measure_id": name, "verdict": verdict, "varies": "gap", by: None,
    }  # fmt: skip


def _made(name: str, by: str, group: Any, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    areas = [row for row in rows if row.get(by) is not None]
    if len(areas) < 2:
        return []
    unit = _unit(areas)
    measure = Measure(name, "", name, unit)
    figures = [_figure(row, unit) for row in areas]
    if not all(figures):
        return []
    known = [figure for figure in figures if figure is not None]
    value = np.array([scaled(measure, figure.value_of(measure)) for figure in known])
    made = rows_of_areas(measure, value, variances(measure, known), areas[0]["confidence_level"], group)
    return [row | {"objective": None, "period": areas[0]["period"], by: None} for row in made]


def _unit(rows: Sequence[dict[str, Any]]) -> str:
    """The unit of a measure that has such rows."""
    if rows[0]["unit_of_measure"] in LOGARITHMIC:
        return str(rows[0]["unit_of_measure"])
    return PERCENT if rows[0]["measured_in"] == PERCENT else POINTS


def _figure(row: dict[str, Any], unit: str) -> Figure | None:
    """Its counts, of a share that nothing widens; otherwise its value with the standard error, where it has one."""
    if unit == PERCENT and row["counted"]:
        return Figure(count=row["count"], nobs=row["nobs"])
    if math.isnan(row["se"]):
        return None
    return Figure(value=row["value"], se=row["se"])
