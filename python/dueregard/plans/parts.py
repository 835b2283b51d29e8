"""Shares of the answers that a measure counts, such as very and fairly satisfied, as one share of the measure."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.inference.intervals import normal_quantile, wilson

PERCENT = "percent"


def together(found: Findings) -> Findings:
    """Shares of answers in a whole as one share in each area, with Wilson's interval; other findings as they are.

    The measure says what is counted, so the answers are no groups any more. Counts and shares add up. With weights the
    interval is that of the effective number of cases, as in `dueregard.share`.
    """
    rows = list(found.rows())
    if not rows or not all(map(_is_answer, rows)):
        return found
    cells: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        cells.setdefault(tuple(row[name] for name in found.by), []).append(row)
    joined = [_joined(parts) for parts in cells.values()]
    return found.with_columns({name: [row[name] for row in joined] for name in found.columns})


def _is_answer(row: Mapping[str, Any]) -> bool:
    """Whether a row is the share of an answer, compared with nothing."""
    return row["unit_of_measure"] == PERCENT and row["group"] is not None and row["reference"] is None


def _joined(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    first = parts[0]
    if len(parts) == 1:
        return first | {"group": None}
    value = math.fsum(row["value"] for row in parts)
    low = high = math.nan
    if not math.isnan(first["low"]):
        size = first.get("effective_nobs") or first["nobs"]
        share = np.array([min(value / 100, 1.0)])
        ends = wilson(share, np.array([float(size)]), normal_quantile(first["confidence_level"]))
        low, high = (100 * float(end[0]) for end in ends)
    counted = sum(row["count"] or 0 for row in parts)
    flag = (first["flag"] & ~Flag.EMPTY_GROUP) | (Flag.EMPTY_GROUP if counted == 0 else Flag(0))
    return first | {"group": None, "count": counted, "value": value, "low": low, "high": high, "flag": flag}
