"""Statistics of tables of groups by answers, one number for each of many tables."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.distributions.answer_tables import AnswerTable

Tables = NDArray[np.int64]
Statistic = Callable[[Tables], Floats]

OF_ONE_GROUP = ("share", "mean", "median")
OF_TWO_GROUPS = ("difference", "ratio", "mean difference", "median difference")
OF_SHARES = ("share", "difference", "ratio")


def choose(statistic: Any, table: AnswerTable, positive: Any, values: Any) -> Statistic:
    """The function that a name or a callable stands for, with its arguments checked."""
    if callable(statistic):
        _refuse_unused("positive", positive, "a function")
        _refuse_unused("values", values, "a function")
        return lambda tables: _called(statistic, tables)
    checked.one_of("statistic", statistic, OF_ONE_GROUP + OF_TWO_GROUPS)
    n_groups, wanted = len(table.counts), 1 if statistic in OF_ONE_GROUP else 2
    if n_groups != wanted:
        raise ValueError(
            f"statistic: {statistic!r} is of {wanted} group{'s' * (wanted - 1)}, and counts has {n_groups}"
        )
    if statistic in OF_SHARES:
        _refuse_unused("values", values, repr(statistic))
        of_group = _share(table, statistic, positive)
    else:
        _refuse_unused("positive", positive, repr(statistic))
        of_group = _average(table, statistic, values)
    return lambda tables: _compared(statistic, of_group(tables))


def _share(table: AnswerTable, statistic: str, positive: Any) -> Statistic:
    if positive is None:
        raise ValueError(f"positive: {statistic!r} needs the answers that count as positive")
    positions = table.positions(positive)
    return lambda tables: _divided(tables[..., positions].sum(axis=-1), tables.sum(axis=-1))


def _average(table: AnswerTable, statistic: str, values: Any) -> Statistic:
    if values is None:
        raise ValueError(f"values: {statistic!r} needs the score of each answer")
    scores = table.scores(values)
    return (lambda tables: _means(tables, scores)) if "mean" in statistic else (lambda tables: _medians(tables, scores))


def _compared(statistic: str, of_groups: Floats) -> Floats:
    if statistic in OF_ONE_GROUP:
        return of_groups[:, 0]
    first, second = of_groups[:, 0], of_groups[:, 1]
    return _divided(first, second) if statistic == "ratio" else first - second


def _divided(a: NDArray[Any], b: NDArray[Any]) -> Floats:
    """NaN for 0/0, infinity for anything else over 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(a / b, np.float64)


def _means(tables: Tables, scores: Floats) -> Floats:
    return _divided((tables * scores).sum(axis=-1), tables.sum(axis=-1))


def _medians(tables: Tables, scores: Floats) -> Floats:
    """The middle score, or the mean of the two in the middle; NaN where there is nobody."""
    order = np.argsort(scores, kind="stable")
    up_to = tables[..., order].cumsum(axis=-1)
    total = up_to[..., -1:]
    lower = (up_to < (total + 1) // 2).sum(axis=-1)  # answers before the person in the middle
    upper = np.minimum((up_to < total // 2 + 1).sum(axis=-1), len(scores) - 1)
    middle = (scores[order][np.minimum(lower, len(scores) - 1)] + scores[order][upper]) / 2
    return np.where(total[..., 0] > 0, middle, np.nan)


def _called(statistic: Callable[[Tables], Any], tables: Tables) -> Floats:
    found = np.asarray(statistic(tables))
    if found.dtype.kind not in "iuf":
        raise TypeError(f"statistic: gave {found.dtype} and not numbers")
    if found.shape != (len(tables),):
        raise ValueError(
            f"statistic: gave shape {found.shape} for tables of shape {tables.shape}; one number for each, "
            f"shape {(len(tables),)}, was expected"
        )
    return found.astype(np.float64)


def _refuse_unused(name: str, value: Any, by: str) -> None:
    if value is not None:
        raise ValueError(f"{name}: not used by {by}")
