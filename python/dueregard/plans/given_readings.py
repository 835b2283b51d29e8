"""Readings that are given beside the file of a plan: findings, a frame, columns or rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.findings import Findings
from dueregard.plans.figures import KEYS
from dueregard.records.toml_files import TomlTable, TomlText

COLUMNS = ("measure", "period", "area", *KEYS)


def rows_of_readings(readings: Any) -> list[TomlTable]:
    """The readings as rows; of findings those of groups, with the counts they have, or value and standard error.

    Raises
    ------
    TypeError
        If they are neither findings, a frame, columns nor rows.
    """
    file = TomlText("readings", "")
    return [TomlTable(file, (number,), row) for number, row in enumerate(_tidied(_rows(readings)))]


def _rows(readings: Any) -> list[Mapping[str, Any]]:
    if isinstance(readings, Findings):
        return [_of_findings(row) for row in readings.rows() if row["row_type"] in ("group", None)]
    if isinstance(readings, Sequence) and not isinstance(readings, (str, bytes)):
        for row in readings:
            if not isinstance(row, Mapping):
                raise TypeError(f"readings: {row!r} is not a dict of a reading")
        return list(readings)
    from dueregard.records import frames, plain_tables

    if not isinstance(readings, Mapping) and not frames.is_frame(readings):
        raise TypeError(f"readings: {type(readings).__name__} is neither findings, a frame, columns nor rows")
    if isinstance(readings, Mapping):
        there: Sequence[str] = list(readings)
    else:
        import narwhals as nw

        there = nw.from_native(frames.native(readings)).collect_schema().names()
    columns = plain_tables.read(readings, list(there)).columns
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _of_findings(row: Mapping[str, Any]) -> dict[str, Any]:
    """Counts where the row has them, otherwise its value; a column ``area`` where it has one."""
    counts = {key: row[key] for key in KEYS[:4] if row[key] is not None}
    figure = counts or {"value": row["value"], "se": row["se"]}
    return {"measure": row["measure"], "period": row["period"], "area": row.get("area"), **figure}


def _tidied(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Without what is missing; whole numbers that a frame holds as floats are whole again."""
    return [{key: _whole(key, value) for key, value in row.items() if _there(value)} for row in rows]


def _there(value: Any) -> bool:
    return value is not None and value == value and value != ""


def _whole(key: str, value: Any) -> Any:
    counts = key in ("count", "nobs", "reference_count", "reference_nobs")
    return int(value) if counts and isinstance(value, float) and value.is_integer() else value
