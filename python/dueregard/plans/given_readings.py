"""Readings that are given beside the file of a plan: findings, a frame, columns, rows, or a file of them."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.findings import Findings
from dueregard.plans.figures import KEYS
from dueregard.plans.given_rows import given_row
from dueregard.plans.reading_files import rows_of_file
from dueregard.records.toml_files import TomlTable

COLUMNS = ("measure", "period", "area", *KEYS)


def rows_of_readings(readings: Any) -> list[TomlTable]:
    """The readings as rows; of findings those of groups, with the counts they have, or value and standard error.

    Raises
    ------
    TypeError
        If they are neither findings, a frame, columns, rows nor a path.
    """
    if isinstance(readings, (str, os.PathLike)):
        return rows_of_file(readings)
    return [given_row("readings", number, row) for number, row in enumerate(_tidied(_rows(readings)))]


def _rows(readings: Any) -> list[Mapping[str, Any]]:
    if isinstance(readings, Findings):
        areas = _area_column(readings)
        return [_of_findings(row, areas) for row in readings.rows() if row["row_type"] in ("group", None)]
    if isinstance(readings, Sequence) and not isinstance(readings, (str, bytes)):
        for number, row in enumerate(readings, 1):
            if not isinstance(row, Mapping):
                raise TypeError(f"readings, row {number}: {row!r} is not a dict of a reading")
        return list(readings)
    from dueregard.records import frames, plain_tables

    if not isinstance(readings, Mapping) and not frames.is_frame(readings):
        raise TypeError(f"readings: {type(readings).__name__} is neither findings, a frame, columns, rows nor a path")
    if isinstance(readings, Mapping):
        there: Sequence[str] = list(readings)
    else:
        import narwhals as nw

        there = nw.from_native(frames.native(readings)).collect_schema().names()
    columns = plain_tables.read(readings, list(there)).columns
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _area_column(findings: Findings) -> str:
    """The column of areas: the only by column, or one of that name."""
    if len(findings.by) > 1:
        raise ValueError(f"readings: findings by {' and '.join(findings.by)} have no single column of areas")
    return findings.by[0] if findings.by else "area"


def _of_findings(row: Mapping[str, Any], area: str) -> dict[str, Any]:
    """Counts, over exposure where there is one; of weighted or widened rows, whose counts do not give the figure, and
    of rows without counts the difference or value and its standard error."""
    counts = {key: row[key] for key in KEYS[:4] if row[key] is not None}
    for key, over in (("nobs", "exposure"), ("reference_nobs", "reference_exposure")):
        if _there(row.get(over)):
            counts[key] = row[over]
    adjusted = any(_there(row.get(name)) for name in ("effective_nobs", "design_effect"))
    bare = {"value": row["estimate"] if _there(row["estimate"]) else row["value"], "se": row["se"]}
    figure = bare if adjusted or "count" not in counts else counts
    return {"measure": row["measure"], "period": row["period"], "area": row.get(area), **figure}


def _tidied(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Without what is missing; whole numbers that a frame holds as floats are whole again."""
    return [{key: _whole(key, value) for key, value in row.items() if _there(value)} for row in rows]


def _there(value: Any) -> bool:
    return value is not None and value == value and value != ""


def _whole(key: str, value: Any) -> Any:
    counts = key in ("count", "nobs", "reference_count", "reference_nobs")
    return int(value) if counts and isinstance(value, float) and value.is_integer() else value
