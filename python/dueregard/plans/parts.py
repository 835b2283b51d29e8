"""Answers that count together, such as very and fairly satisfied: one row of findings instead of several."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.inference.intervals import normal_quantile, wilson

PERCENT = "percent"


def together(found: Findings) -> Findings:
    """Shares of several answers in one whole as one share, with Wilson's interval; other findings as they are.

    Counts and shares add up. With weights the interval is that of the effective number of cases, as in
    `dueregard.share`.
    """
    rows = list(found.rows())
    if len({row["group"] for row in rows}) < 2 or any(row["unit_of_measure"] != PERCENT for row in rows):
        return found
    cells: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        cells.setdefault(tuple(row[name] for name in found.by), []).append(row)
    joined = [_joined(parts) for parts in cells.values()]
    return Findings(
        {name: [row[name] for row in joined] for name in found.columns},
        by=found.by,
        provenance=found.provenance,
        native=found.native,
        title=found.title,
        higher_is_better=found.higher_is_better,
        threshold=found.threshold,
        notes=found.notes,
    )


def _joined(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    first = parts[0]
    value = math.fsum(row["value"] for row in parts)
    low = high = math.nan
    if not math.isnan(first["low"]):
        size = first.get("effective_nobs") or first["nobs"]
        share = np.array([min(value / 100, 1.0)])
        ends = wilson(share, np.array([float(size)]), normal_quantile(first["confidence_level"]))
        low, high = (100 * float(end[0]) for end in ends)
    *others, last = [str(row["group"]) for row in parts]
    names = f"{', '.join(others)} or {last}"
    counted = sum(row["count"] or 0 for row in parts)
    flag = (first["flag"] & ~Flag.EMPTY_GROUP) | (Flag.EMPTY_GROUP if counted == 0 else Flag(0))
    return first | {"group": names, "count": counted, "value": value, "low": low, "high": high, "flag": flag}
