"""From findings to the figure of a reading: counts where they say all, a value and its error where they do not."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.findings import Findings
from dueregard.flags import words
from dueregard.inference.intervals import normal_quantile
from dueregard.plans.measures import LOGARITHMIC, RATE, RATE_RATIO

LEVEL, MET, NOT_MET = "level", "met", "not met"
"""The unit of findings about levels, which have a row for each unit assessed, and their verdicts."""

Row = Mapping[str, Any]


def figure_of(found: Findings, unit: str) -> dict[str, Any]:
    """The figure of a reading, as a plan has it.

    Rows of areas, of references and of variation are left out; what remains are parts of one whole, such as those
    very and those fairly satisfied, and their counts add up. Of levels it is the units that reached the one aimed at.
    Weighted shares, and searches that came several to an
    encounter, are a value with the standard error that allows for it.

    Raises
    ------
    ValueError
        If no row is left, the rows are not parts of one whole, or they have no value.
    """
    if LEVEL in found["unit_of_measure"]:
        return _units_met(found)
    rows = _whole(found)
    if not rows:
        raise ValueError("the findings have no row over all areas")
    first = rows[0]
    if first["unit_of_measure"] != unit:
        raise ValueError(f"the findings are in {first['unit_of_measure']}, the measure is in {unit}")
    if _widened(first):
        return _value(rows, unit)
    base = "exposure" if unit in (RATE, RATE_RATIO) else "nobs"
    figure = {"count": sum(row["count"] or 0 for row in rows), "nobs": _one(rows, base)}
    if unit != "percent":
        other = f"reference_{base}"
        figure |= {"reference_count": _reference_count(rows), "reference_nobs": _one(rows, other)}
    if not all(figure[key] for key in figure if key.endswith("nobs")):
        raise ValueError("; ".join(words(first["flag"])) or "there is nothing to divide by")
    return figure


def _whole(found: Findings) -> list[Row]:
    """The rows of groups over all areas."""
    rows = [row for row in found.rows() if row["row_type"] == "group"]
    over_all = {name for name in found.by if any(row[name] is None for row in rows)}
    return [row for row in rows if all(row[name] is None for name in over_all)]


def _units_met(found: Findings) -> dict[str, Any]:
    """How many units are at the level, of all that were assessed; the row of all together is no unit."""
    verdicts = [row["verdict"] for row in found.rows() if row["unit"] is not None]
    undecided = sum(verdict not in (MET, NOT_MET) for verdict in verdicts)
    if undecided or not verdicts:
        raise ValueError(f"missing answers decide for {undecided} units" if undecided else "no unit was assessed")
    return {"count": verdicts.count(MET), "nobs": len(verdicts)}


def _widened(row: Row) -> bool:
    """Whether the interval allows for more than counts say."""
    effect = row.get("design_effect")
    return effect is not None and not math.isnan(effect) and effect != 1


def _value(rows: Sequence[Row], unit: str) -> dict[str, Any]:
    """A weighted share with the error of as many cases as it is worth; or a ratio with that of its own interval."""
    if unit == "percent":
        value, cases = math.fsum(row["value"] for row in rows), _one(rows, "effective_nobs")
        error = math.sqrt(value * (100 - value) / cases) if cases else math.nan
        return _checked({"value": value, "se": error}, rows)
    if len(rows) > 1:
        raise ValueError("rows whose intervals allow for encounters or weights cannot be added up")
    (row,) = rows
    reach = 2 * normal_quantile(row["confidence_level"])
    if unit in LOGARITHMIC:
        width = math.log(row["high"] / row["low"]) if row["low"] > 0 and row["high"] < math.inf else math.nan
        return _checked({"value": row["estimate"], "se": row["estimate"] * width / reach}, rows)
    return _checked({"value": row["estimate"], "se": (row["high"] - row["low"]) / reach}, rows)


def _checked(figure: dict[str, Any], rows: Sequence[Row]) -> dict[str, Any]:
    if not all(math.isfinite(value) for value in figure.values()):
        raise ValueError("; ".join(words(rows[0]["flag"])) or "there is no finite value")
    return figure


def _reference_count(rows: Sequence[Row]) -> int:
    """Of several groups each against its own share of a population, the counts add up."""
    return sum(row["reference_count"] or 0 for row in rows)


def _one(rows: Sequence[Row], name: str) -> Any:
    values = {row[name] for row in rows}
    if len(values) > 1:
        raise ValueError(f"the rows are not parts of one whole: {name} is {' and '.join(map(str, sorted(values)))}")
    return values.pop()
