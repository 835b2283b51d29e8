"""What all rows of windows have: when they are of, what flags them, and no values where the window has none."""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from dueregard.flags import Flag
from dueregard.measures.comparison_rows import Columns
from dueregard.measures.trends.breaks import break_columns
from dueregard.measures.trends.windows import Window

ADDED = (
    "window_end", "months", "break_date", "break_cause", "break_words", "period_before", "before_end", "shared_months",
    "count_before", "nobs_before", "reference_count_before", "reference_nobs_before", "share_after",
    "reference_share_after", "share_before", "reference_share_before",
)  # fmt: skip
"""Columns of windows that other findings do not have."""

VALUES = frozenset(
    {"value", "reference_value", "estimate", "se", "low", "high", "pvalue", "adjusted_pvalue", "verdict",
     "simultaneous_low", "simultaneous_high", "practical_verdict", "effective_nobs", "design_effect",
     "degrees_of_freedom", "difference", "difference_low", "difference_high"}
)  # fmt: skip
"""What a window that is not whole does not have."""


def window_columns(columns: Columns, window: Window) -> Columns:
    """The rows of one window with when they are of; without values, and without variation, where it is not whole."""
    flag = window.flag
    if flag:
        columns = without_values(columns)
        columns["flag"] = [each | flag for each in columns["flag"]]
    n_rows = len(columns["row_type"])
    about: Columns = {"window_end": [window.label] * n_rows, "months": [window.n_months] * n_rows}
    return columns | about | break_columns(window.breaks, [window.months[1]] * n_rows)


def without_values(columns: Columns, *, also: Sequence[str] = (), but: Set[str] = frozenset()) -> Columns:
    """The rows without `VALUES` and what is named in ``also``, except for ``but``; those of variation are left out."""
    kept = [i for i, kind in enumerate(columns["row_type"]) if kind != "variation"]
    gone = VALUES.union(also) - but
    nothing = [float("nan")] * len(kept)  # findings take it for None where there should be a text
    return {name: nothing if name in gone else [values[i] for i in kept] for name, values in columns.items()}


def flagged_areas(columns: Columns, by: Sequence[str], flags: Mapping[tuple[Any, ...], Flag]) -> Columns:
    """The rows with the flags of their areas; rows of all areas together and of variation have none."""
    if not by or not any(flags.values()):
        return columns
    areas = zip(*(columns[name] for name in by), strict=True)
    marked = [
        flag if kind == "variation" else flag | flags.get(area, Flag(0))
        for flag, kind, area in zip(columns["flag"], columns["row_type"], areas, strict=True)
    ]
    return columns | {"flag": marked}
