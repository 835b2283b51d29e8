"""Where figures to be ranked come from: records, a table with a row an area, published percentages, or findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.findings import Findings
from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.areas.uncertain_values import UncertainValues, independent
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.inference.two_groups.variation import chance_rate
from dueregard.measures.areas.area_counts import AreaCounts
from dueregard.measures.areas.ranked_figures import RankedFigures, Scale, scale_of
from dueregard.measures.areas.surveyed_areas import survey_correlation, survey_precision, together
from dueregard.measures.grouped import by_names
from dueregard.missing import is_missing, resolve
from dueregard.records import native_of, numerals, plain_tables, provenance_of

NOT_RANKED = ("funnel", "ranks", "shrinkage")
"""Findings whose limits are of something else than the area's own figure, or that are ranks already."""

CHANGES = {"change": "change in ", "gap change": "change of the gap in "}
"""What the ``measure`` of ranks begins with, where it is not the figures that are ranked but how they changed."""

COPIED = (
    "measure", "characteristic", "group", "period", "count", "nobs", "outcome_missing", "value", "reference",
    "reference_count", "reference_nobs", "reference_value", "estimate", "se", "unit_of_measure", "confidence_level",
    "low", "high",
)  # fmt: skip
"""Columns of findings that a row of ranks keeps."""

PERCENT = Scale("percent", 100.0)


def of_counts(areas: AreaCounts, level: float) -> RankedFigures:
    """Proportions of areas; the chance in each is judged as that of the row on variation is."""
    if areas.measure != "proportion":
        raise ValueError("nobs: ranks are of proportions; for rates pass the findings of dr.proportionality")
    value, z = areas.values, normal_quantile(level)
    if areas.survey is None:
        size, (low, high) = areas.size, wilson(value, areas.size, z)
    else:
        size, low, high = survey_precision(areas.survey, z)
    columns = areas.row_columns() | {
        "confidence_level": [level] * len(value),
        "low": (100 * low).tolist(),
        "high": (100 * high).tolist(),
    }
    return RankedFigures(
        areas.name, None, areas.by, areas.areas, [None] * len(value), _units(areas, value, size),
        PERCENT, columns, areas.flags(), areas.period, areas.provenance, areas.native, areas.notes, size=size,
    )  # fmt: skip


def _units(areas: AreaCounts, value: Floats, size: Floats) -> UncertainValues:
    """The shares with their errors, which are NaN where an area cannot be compared."""
    used, error = areas.used, np.full(len(value), np.nan)
    error[used] = np.sqrt(chance_rate(value[used], size[used])[1])
    if areas.survey is None:
        return independent(value, error)
    return together(value, error, survey_correlation(areas.survey))


def of_percentages(
    data: Any,
    *,
    by: str | Sequence[str],
    percent: str,
    nobs: Any,
    where: Any,
    name: str | None,
    period: str | None,
    missing: Mapping[Any, str],
    level: float,
) -> RankedFigures:
    """Published percentages, with numbers of cases in a column, one number for all areas, or without them."""
    counted = isinstance(nobs, str)
    names = by_names(by, {"percent": percent} | ({"nobs": nobs} if counted else {}))
    table = plain_tables.read(data, [*names, percent, *([nobs] if counted else [])])
    kept = _kept(where, table.n_rows)
    areas = [tuple(resolve(table.columns[name][row], missing) for name in names) for row in kept]
    for row, area in zip(kept, areas, strict=True):
        if areas.count(area) > 1:
            raise ValueError(f"percent: {_words(area)} is there more than once, as {table.at(row)}; choose with where=")
    share = np.array([_percentage(table, percent, row) for row in kept]) / 100
    size = np.array([_cases(table, nobs, row) for row in kept])
    known = np.array([not any(map(is_missing, area)) for area in areas]) & ~np.isnan(share) & (size > 0)
    error, (low, high) = np.full(len(kept), np.nan), wilson(share, size, normal_quantile(level))
    error[known] = np.sqrt(chance_rate(share[known], size[known])[1])
    flags = {
        Flag.NO_CASES: np.isnan(share) | (size == 0),
        Flag.SMALL_BASE: (size > 0) & (size < SMALL_BASE),
        Flag.MISSING_GROUP: [any(map(is_missing, area)) for area in areas],
    }
    measure = name or _question(data, kept) or percent
    columns = {
        "measure": [measure] * len(kept),
        **{column: [area[i] for area in areas] for i, column in enumerate(names)},
        "period": [period] * len(kept),
        "nobs": [None if np.isnan(n) else int(n) for n in size],
        "value": (100 * share).tolist(),
        "unit_of_measure": ["percent"] * len(kept),
        "confidence_level": np.where(np.isnan(size), np.nan, level).tolist(),
        "low": (100 * low).tolist(),
        "high": (100 * high).tolist(),
    }
    return RankedFigures(
        measure, None, names, areas, [None] * len(kept), independent(share, error), PERCENT, columns,
        _flags(flags), period, provenance_of(data), native_of(data),
        (*getattr(data, "notes", ()), *_said(nobs)), size=size,
    )  # fmt: skip


def _flags(reasons: Mapping[Flag, Any]) -> NDArray[np.int64]:
    """The bits of each row."""
    bits = [np.where(on, np.int64(flag), np.int64(0)) for flag, on in reasons.items()]
    return np.asarray(np.bitwise_or.reduce(bits), np.int64)


def _question(data: Any, kept: Sequence[int]) -> str | None:
    """The one question that the rows are about, in a table of published figures (`dueregard.read_perceptions`)."""
    if not isinstance(data, Mapping) or "measure" not in data:
        return None
    asked = {data["measure"][row] for row in kept}
    return str(asked.pop()) if len(asked) == 1 else None


def _said(nobs: Any) -> list[str]:
    """A number of cases that is in no table is the caller's word."""
    if nobs is None or isinstance(nobs, str):
        return []
    return [f"Intervals are as if each figure came from {nobs:,} cases, drawn at random: so it was said, not published"]


def _kept(where: Any, n_rows: int) -> list[int]:
    """The rows chosen."""
    if where is None:
        return list(range(n_rows))
    mask = np.asarray(where)
    if mask.dtype != bool or mask.shape != (n_rows,):
        raise ValueError(f"where: an array of {n_rows:,} True or False is expected, one for each row of the table")
    if not mask.any():
        raise ValueError("there are no rows where `where` is true")
    return np.flatnonzero(mask).tolist()


def _percentage(table: plain_tables.PlainTable, percent: str, row: int) -> float:
    """A figure from 0 to 100; NaN where there is none."""
    cell = table.columns[percent][row]
    value = numerals.number(cell)
    if value == "is blank":
        return np.nan
    if isinstance(value, str) or not 0 <= value <= 100:
        raise ValueError(f"percent: {cell!r} {table.at(row)} is not a percentage from 0 to 100")
    return float(value)


def _cases(table: plain_tables.PlainTable, nobs: Any, row: int) -> float:
    """How many cases a figure is from; NaN where that is not known."""
    if not isinstance(nobs, str):
        return np.nan if nobs is None else float(nobs)
    cell = table.columns[nobs][row]
    value = numerals.number(cell)
    wrong = numerals.refusal(value, whole=True)
    if wrong == "is blank":
        return np.nan
    if wrong:
        raise ValueError(f"nobs: {cell!r} {table.at(row)} {wrong}")
    return float(value)


def of_findings(findings: Findings, group: Any) -> RankedFigures:
    """The rows of areas of findings: of each group, the figure that ``low`` and ``high`` are the limits of."""
    if findings.kind in NOT_RANKED:
        raise ValueError(f"findings: of the kind {findings.kind!r}, whose limits are not those of an area's own figure")
    if not findings.by:
        raise ValueError("findings: there are no areas in them; make them with by=")
    rows = _rows_of(findings, group)
    compared = any(not np.isnan(row["estimate"]) for row in rows)
    scale = scale_of(str(rows[0]["unit_of_measure"]))
    shown = np.array([row["estimate" if compared else "value"] for row in rows])
    rows = [row | {"measure": f"{CHANGES.get(findings.kind, '')}{row['measure']}"} for row in rows]
    return RankedFigures(
        rows[0]["measure"],
        rows[0]["characteristic"],
        findings.by,
        [tuple(row[name] for name in findings.by) for row in rows],
        [row["group"] for row in rows],
        UncertainValues(scale.compared(shown), _errors(rows, scale), np.empty((len(rows), 0))),
        scale,
        {name: [row[name] for row in rows] for name in (*COPIED, *findings.by)},
        np.array([int(row["flag"]) for row in rows], np.int64),
        rows[0]["period"],
        findings.provenance,
        findings.native,
        findings.notes,
        findings.higher_is_better,
    )


def _rows_of(findings: Findings, group: Any) -> list[dict[str, Any]]:
    """One row for each area and group, at the first confidence level."""
    rows = [
        row for row in findings.rows() if row["row_type"] == "group" and any(row[n] is not None for n in findings.by)
    ]
    if group is not None:
        names = list(dict.fromkeys(row["group"] for row in rows))
        rows = [row for row in rows if row["group"] == group]
        if not rows:
            raise ValueError(f"group: {group!r} is not in the findings; their groups are {', '.join(map(repr, names))}")
    if not rows:
        raise ValueError("findings: there is no row of an area in them")
    first: dict[Any, dict[str, Any]] = {}
    for row in rows:
        key = (row["group"], *(row[name] for name in findings.by))
        other = first.setdefault(key, row)
        if other is not row and other["confidence_level"] == row["confidence_level"]:
            raise ValueError(f"findings: {_words(key[1:])} is there twice; choose one period or measure with filter()")
    return list(first.values())


def _errors(rows: Sequence[dict[str, Any]], scale: Scale) -> Floats:
    """Standard errors on the scale of comparison: as they are given, or from how far apart the limits are."""
    level = np.array([row["confidence_level"] for row in rows])
    low, high, se = (np.array([row[name] for row in rows]) for name in ("low", "high", "se"))
    width = scale.compared(high) - scale.compared(low)
    with np.errstate(invalid="ignore"):
        quantile = np.array([np.nan if np.isnan(one) else normal_quantile(float(one)) for one in level])
        found = width / (2 * quantile)
    given = np.full(len(rows), np.nan) if scale.logarithmic else se / scale.factor
    error = np.where(np.isnan(given), found, given)
    return np.where(error > 0, error, np.nan)  # no width says nothing of chance


def _words(area: Sequence[Any]) -> str:
    return ", ".join(map(repr, area))


def read_nobs(nobs: Any) -> Any:
    """The name of a column, one number for all areas, or None."""
    return nobs if nobs is None or isinstance(nobs, str) else checked.at_least_one("nobs", nobs)
