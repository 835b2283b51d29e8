"""Columns of a table as the terms of a model: numbers, scales of answers as numbers, or the levels of a category."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs import cell_codes
from dueregard.hints import did_you_mean
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.measures.grouped import position
from dueregard.missing import NOT_STATED, check_mapping, is_missing, is_null, resolve
from dueregard.records.number_columns import numbers_of
from dueregard.records.rows import Keep

BEST = 100.0
"""What the best answer of a scale scores; the worst has 0."""


@dataclass(frozen=True, eq=False)
class ModelColumn:
    """One column of a model.

    ``levels`` are None for numbers, whose ``values`` are floats with NaN where there is none; of a category they are
    the labels that somebody has, and ``values`` the position of each row's, -1 where it states none. ``scored`` says
    whether the numbers are scores of answers.
    """

    name: str
    levels: list[Any] | None
    values: NDArray[Any]
    scored: bool = False

    @property
    def is_stated(self) -> NDArray[np.bool_]:
        """Which rows have a number or a level."""
        return np.asarray(~np.isnan(self.values) if self.levels is None else self.values >= 0)

    @cached_property
    def columns(self) -> Floats:
        """One column of numbers, or an indicator for each level; shape (rows, 1 or levels). NaN where not stated."""
        if self.levels is None:
            return np.asarray(self.values[:, np.newaxis], np.float64)
        found = np.asarray(self.values[:, np.newaxis] == np.arange(len(self.levels)), np.float64)
        found[self.values < 0] = np.nan
        return found


def model_column(
    argument: str,
    name: str,
    column: Any,
    keep: Keep = None,
    *,
    scores: Any = None,
    labels: Sequence[Any] | None = None,
    missing: Mapping[Any, str] | None = None,
    exclude: Sequence[Any] = (),
) -> ModelColumn:
    """Read one column.

    Parameters
    ----------
    argument, name : str
        What messages call it.
    column : array, list or series
    keep : array of bool, optional
        Only the levels of these rows are levels.
    scores : sequence of labels or dict of label to number, optional
        Makes answers numbers: labels from worst to best are 0 to 100 in equal steps. Every answer that somebody gave
        must be there, unless it is missing or excluded.
    labels : sequence, optional
        Makes whole numbers the positions of these labels, so that they are a category.
    missing : dict, optional
        Labels, or numbers, that stand for a kind of missing.
    exclude : sequence of labels
        Answers, or numbers such as 99, that are left out as if they had not been given.
    """
    mapping = check_mapping(missing)
    if scores is None and labels is None and has_numbers(column):
        return ModelColumn(name, None, _numbers(argument, name, column, [*mapping, *exclude]))
    found, codes = _codes(name, column, keep, labels, mapping | dict.fromkeys(exclude, NOT_STATED))
    if scores is not None:
        score = _scores(name, scores, found, np.unique(codes[codes >= 0]))
        return ModelColumn(name, None, np.append(score, np.nan)[codes], scored=True)
    met = np.bincount(codes[codes >= 0], minlength=len(found)) > 0
    known = [i for i, label in enumerate(found) if met[i] and not is_missing(label)]
    place = np.full(len(found) + 1, -1, np.int32)  # the last is that of rows left out, whose code is -1
    place[known] = np.arange(len(known))
    return ModelColumn(name, [found[i] for i in known], place[codes])


def _numbers(argument: str, name: str, column: Any, left_out: Sequence[Any]) -> Floats:
    numbers = numbers_of(argument, name, column)
    endless = np.isinf(numbers)
    if endless.any():
        row = int(endless.argmax())
        raise ValueError(f"{argument}: {numbers[row]:g} at row {row} of {name!r} is infinite")
    unstated = [label for label in left_out if isinstance(label, Real) and not isinstance(label, bool)]
    return np.where(np.isin(numbers, np.array(unstated, np.float64)), np.nan, numbers) if unstated else numbers


def _codes(
    name: str, column: Any, keep: Keep, labels: Sequence[Any] | None, mapping: Mapping[Any, str]
) -> tuple[list[Any], NDArray[np.int32]]:
    """The labels of a column, or the kinds of missing they stand for, and which each row has; -1 for rows left out."""
    given = None if labels is None else {name: labels}
    tally, codes = cell_codes.coded({name: column}, None, None, keep, labels=given, missing=None, threads=None)
    return [resolve(label, mapping) for label in tally.labels[name]], codes


def _scores(name: str, scores: Any, labels: Sequence[Any], given: NDArray[Any]) -> Floats:
    """The score of each label; NaN for those that are missing. ``given`` are the labels somebody has, by position."""
    points = _points(name, scores)
    found = np.full(len(labels), np.nan)
    for label, point in points.items():
        if not np.isfinite(point):
            raise ValueError(f"scores: {point} for {label!r} of {name!r} is not a finite number")
        if label in labels:
            found[position("scores", label, labels, name)] = point
    for i in given:
        if np.isnan(found[i]) and not is_missing(labels[i]):
            hint = did_you_mean(labels[i], [label for label in points if label not in labels])
            raise ValueError(
                f"scores: {labels[i]!r} is an answer to {name!r} but has no score{hint}; give it one, or leave it out "
                "with exclude="
            )
    return found


def _points(name: str, scores: Any) -> dict[Any, float]:
    """The score of each label: as given, or 0 to 100 in equal steps."""
    if isinstance(scores, Mapping):
        return {label: checked.number(f"scores of {name!r}", point) for label, point in scores.items()}
    if isinstance(scores, str) or not isinstance(scores, Sequence) or len(scores) < 2:
        raise ValueError(f"scores: {name!r} needs at least two labels, from worst to best, not {scores!r}")
    if len(set(scores)) < len(scores):
        twice = next(label for i, label in enumerate(scores) if label in scores[:i])
        raise ValueError(f"scores: {twice!r} of {name!r} is there twice")
    return {label: BEST * i / (len(scores) - 1) for i, label in enumerate(scores)}


def has_numbers(column: Any) -> bool:
    """Whether a column holds numbers, with or without gaps, and not labels or truths."""
    if hasattr(column, "to_pylist") or hasattr(column, "to_list"):
        return _is_number_series(column)
    array = np.asarray(column)
    if array.dtype.kind == "O":
        stated = [each for each in array.reshape(-1).tolist() if not is_null(each)]
        return bool(stated) and all(isinstance(each, Real) and not isinstance(each, bool) for each in stated)
    return array.dtype.kind in "iuf"


def _is_number_series(column: Any) -> bool:
    import narwhals as nw

    series: Any = nw.from_native(column, series_only=True, pass_through=True)
    if isinstance(series, nw.Series):
        return bool(series.dtype.is_numeric())
    return has_numbers(np.array(series.to_pylist() if hasattr(series, "to_pylist") else series.to_list(), object))


def refuse_dates(argument: str, name: str, column: Any) -> None:
    """Refuse dates and times, of which a model makes nothing by itself."""
    if _holds_dates(column):
        raise TypeError(
            f"{argument}: {name!r} holds dates or times: turn them into periods such as '2024-03', or into numbers "
            "such as days since the first"
        )


def _holds_dates(column: Any) -> bool:
    import narwhals as nw

    series: Any = nw.from_native(column, series_only=True, pass_through=True)
    if isinstance(series, nw.Series) and series.dtype != nw.Object:
        return bool(series.dtype.is_temporal())
    values = column.to_pylist() if hasattr(column, "to_pylist") else column
    array = np.asarray(values)
    if array.dtype.kind != "O":
        return array.dtype.kind in "mM"
    first = next((each for each in array.reshape(-1).tolist() if not is_null(each)), None)
    return isinstance(first, dt.date | dt.time | dt.timedelta)
