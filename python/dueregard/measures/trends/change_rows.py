"""The rows of a change between two windows: all areas together, how areas vary, then each area."""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.two_groups.families import Family
from dueregard.inference.two_groups.variation import LARGEST
from dueregard.measures.comparison_rows import Columns, block_columns, each, flat, only_where, percent, stacked
from dueregard.measures.gaps.compared import Question
from dueregard.measures.gaps.gap_rows import weighting
from dueregard.measures.row_flags import row_flags
from dueregard.measures.survey_columns import survey_flags
from dueregard.measures.trends.breaks import break_columns
from dueregard.measures.trends.change_pieces import Changes, Changing
from dueregard.measures.trends.changed_counts import Counted
from dueregard.measures.trends.survey_changes import of_groups
from dueregard.measures.trends.window_pairs import WindowPair
from dueregard.measures.trends.window_rows import without_values
from dueregard.measures.variation_rows import as_columns, variation_of

UNIT = "percentage points"
LARGEST_CHANGE = "largest change expected if areas did not differ"
SHARES = ("share_after", "reference_share_after", "share_before", "reference_share_before")
"""The columns of the four shares of a change of gaps."""


def change_columns(found: Counted, pair: WindowPair, question: Question, *, gap: bool) -> Columns:
    """All rows of the findings, as columns."""
    question = replace(question, period=pair.after.words)
    parts = [_pooled_part(found, pair, question, gap=gap)]
    if question.by:
        changing = found.changing(question, gap=gap)
        if question.chance:
            parts.append(_variation(changing, question, list(parts[0])))
        parts.append(_part(changing, changing.changes(question.method), pair, question))
    columns = stacked(parts)
    if pair.flag:
        columns = _not_compared(columns, pair)
    n_rows = len(columns["row_type"])
    return columns | break_columns(pair.after.breaks, [pair.after.months[1]] * n_rows)


def _not_compared(columns: Columns, pair: WindowPair) -> Columns:
    """The rows of windows between which there is no change to be had; those that are whole keep their values."""
    sides = {"value": pair.after, "reference_value": pair.before}
    sides |= {name: pair.after if name.endswith("after") else pair.before for name in SHARES if name in columns}
    whole = {name for name, window in sides.items() if not window.flag}
    kept = without_values(columns, also=SHARES, but=whole)
    return kept | {"flag": [flag | pair.flag for flag in kept["flag"]]}


def _pooled_part(found: Counted, pair: WindowPair, question: Question, *, gap: bool) -> Columns:
    """The rows for all areas together."""
    changing = found.summed().changing(question, gap=gap)
    if question.pool == "cases" or not question.by:
        return _part(changing, changing.changes(question.method), pair, question)
    areas = found.changing(question, gap=gap)
    used = areas.known & found.after.known_area[:, np.newaxis]
    part = _part(changing, areas.means(used, question.method), pair, question)
    n_levels = len(question.rules)
    means = dict(zip(("reference_value", "value"), areas.values, strict=True)) | (_shares(areas) if gap else {})
    for name, values in means.items():
        part[name] = each(percent(_column_means(values, used)), n_levels)
    left_out = np.any(areas.comparable & ~used & found.after.known_area[:, np.newaxis], axis=0)
    part["flag"] = [
        flag | Flag.AREAS_LEFT_OUT if out else flag
        for flag, out in zip(part["flag"], each(flat(left_out), n_levels), strict=True)
    ]
    part["method"] = [f"{text}; mean of areas" for text in part["method"]]
    return part


def _column_means(values: Floats, used: NDArray[np.bool_]) -> Floats:
    total = np.where(used, values, 0.0).sum(axis=0)
    nothing = np.full(total.shape, np.nan)
    return np.asarray(np.divide(total, used.sum(axis=0), out=nothing, where=used.any(axis=0)))


def _part(changing: Changing, changes: Changes, pair: WindowPair, question: Question) -> Columns:
    fixed = _fixed_columns(changing, changes.error, pair, question)
    valued = np.isfinite(changing.values).all(axis=0).reshape(-1) & changing.comparable.reshape(-1)
    undefined = valued & np.isnan(changes.reach.estimate)
    unsure = valued & np.isnan(changes.error) & ~undefined
    more = np.where(undefined, int(Flag.UNDEFINED), 0) | np.where(unsure, int(_without_error(changing, question)), 0)
    fixed["flag"] = [flag | Flag(int(also)) for flag, also in zip(fixed["flag"], more, strict=True)]
    return block_columns(fixed, changes.reach, Family(question.adjust), question)


def _without_error(changing: Changing, question: Question) -> Flag:
    """What to know of a change without a standard error: Wald has no limits, MOVER those of months taken as apart."""
    if not question.chance:
        return Flag(0)
    if question.method == "wald":
        return Flag.NO_VARIANCE
    return Flag(0) if changing.after.grouped.survey is None else Flag.BORROWED_PRECISION


def _fixed_columns(changing: Changing, error: Floats, pair: WindowPair, question: Question) -> Columns:
    """What the confidence level has no part in."""
    before, after = changing.before, changing.after
    own, shape = after.grouped, after.grouped.nobs.shape
    n_rows = own.nobs.size
    values = [np.where(changing.comparable, each, np.nan) if changing.gap else each for each in changing.values]
    part: Columns = {
        "measure": [question.name] * n_rows,
        "characteristic": [question.characteristic] * n_rows,
        "group": own.groups * shape[0],
        **{name: [area[i] for area in own.areas for _ in own.groups] for i, name in enumerate(question.by)},
        "period": [question.period] * n_rows,
        "row_type": ["reference" if i == question.position else "group" for i in range(shape[1])] * shape[0],
        "count": flat(own.count),
        "nobs": flat(own.nobs),
        "outcome_missing": flat(own.outcome_missing),
        "value": percent(values[1]),
        "reference_value": percent(values[0]),
        "se": percent(error if question.chance else np.full(error.shape, np.nan)),
        "unit_of_measure": [UNIT] * n_rows,
        "flag": _flags(changing, question),
        "period_before": [pair.before.words] * n_rows,
        "window_end": [pair.after.label] * n_rows,
        "before_end": [pair.before.label] * n_rows,
        "months": [pair.after.n_months] * n_rows,
        "shared_months": [pair.shared_months] * n_rows,
    }
    if own.weighted:
        part |= weighting(own)
    if not changing.gap:
        earlier = before.grouped
        return part | {
            "reference": [pair.before.words] * n_rows,
            "reference_count": flat(earlier.count),
            "reference_nobs": flat(earlier.nobs),
        }
    return part | _arms(changing, question)


def _arms(changing: Changing, question: Question) -> Columns:
    """Of a gap both arms in both windows: how many cases they have, and their shares."""
    named = changing.comparable.reshape(-1)
    before, after = changing.before, changing.after
    references = of_groups(before.shown), of_groups(after.shown)
    return {
        "reference": [question.reference_text] * len(named),
        "reference_count": only_where(named, flat(references[1].count)),
        "reference_nobs": only_where(named, flat(references[1].nobs)),
        "count_before": flat(before.grouped.count),
        "nobs_before": flat(before.grouped.nobs),
        "reference_count_before": only_where(named, flat(references[0].count)),
        "reference_nobs_before": only_where(named, flat(references[0].nobs)),
        **{name: percent(values) for name, values in _shares(changing).items()},
    }


def _shares(changing: Changing) -> dict[str, Floats]:
    """The four shares of a change of gaps, by area and group."""
    before, after = changing.before, changing.after
    references = (np.where(changing.comparable, each.shown.share, np.nan) for each in (after, before))
    reference_after, reference_before = references
    values = (after.grouped.share, reference_after, before.grouped.share, reference_before)
    return dict(zip(SHARES, values, strict=True))


def _flags(changing: Changing, question: Question) -> list[Flag]:
    """What there is to know of either window, but that a group is empty only if it is in both."""
    compared = changing.comparable if changing.gap else np.zeros(changing.comparable.shape, bool)
    also = np.where(compared & question.is_chosen, np.int64(Flag.CHOSEN_FROM_DATA), np.int64(0))
    sides = [(each.grouped, each.against) for each in (changing.before, changing.after)]
    before, after = (
        row_flags(*side, compared, chance=question.chance, also=also | survey_flags(*side)) for side in sides
    )
    return [
        (one | other) & ~(Flag(0) if one & other & Flag.EMPTY_GROUP else Flag.EMPTY_GROUP)
        for one, other in zip(before, after, strict=True)
    ]


def _variation(changing: Changing, question: Question, names: list[str]) -> Columns:
    """How much the change of each group varies between areas, before any area is shown."""
    inside = changing.after.grouped.known_area
    rows: list[dict[str, Any]] = []
    for i, asked in enumerate(np.atleast_1d(changing.comparable.any(axis=0))):
        if asked:
            used = changing.known[inside, i]
            whole = np.zeros(inside.shape, bool)
            whole[np.flatnonzero(inside)[used]] = True
            changes = partial(changing.of_group, i, whole)
            rows += variation_of(changing.after.grouped.groups[i], used, question.rules, changes)
    said = [row | {"method": row["method"].replace(LARGEST, LARGEST_CHANGE)} for row in rows]
    return as_columns(said, question, UNIT, names)
