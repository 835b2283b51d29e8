"""Tables of groups by answers, as what is resampled."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats

LARGEST_TOTAL = 2**31 - 1
"""The most people a table may hold: then products of two totals are exact in 64 bits."""


NOTHING = Flag(0)


@dataclass(frozen=True)
class AnswerTable:
    """Counts of groups x answers; the answers' labels where there are any; what was left out of a tally."""

    counts: NDArray[np.int64]
    labels: list[Any] | None = None
    left_out: Flag = NOTHING

    @property
    def totals(self) -> NDArray[np.int64]:
        """People in each group."""
        return np.asarray(self.counts.sum(axis=1))

    def flag(self) -> Flag:
        """What to know about the groups; of two groups the second is the reference."""
        totals = self.totals.tolist()
        if len(totals) == 2:
            return self.left_out | _of_size(totals[0], Flag.NO_CASES, Flag.SMALL_BASE) | _of_reference(totals[1])
        empty = Flag.NO_CASES if len(totals) == 1 else Flag.EMPTY_GROUP
        return self.left_out | _of_size(min(totals), empty, Flag.SMALL_BASE)

    def positions(self, positive: Any) -> list[int]:
        """The answers that `positive` names: labels of a tally, otherwise positions."""
        named = list(positive) if isinstance(positive, list | tuple | set | frozenset | np.ndarray) else [positive]
        found = [self._position(answer) for answer in named]
        if not found:
            raise ValueError("positive: names no answer")
        if len(set(found)) < len(found):
            raise ValueError(f"positive: {positive!r} names an answer twice")
        return found

    def _position(self, answer: Any) -> int:
        n = self.counts.shape[1]
        if self.labels is not None:
            for i, label in enumerate(self.labels):
                if label == answer and isinstance(label, bool | np.bool_) == isinstance(answer, bool | np.bool_):
                    return i
            raise ValueError(f"positive: {answer!r} is not one of the answers {', '.join(map(repr, self.labels))}")
        if isinstance(answer, bool | np.bool_) or not isinstance(answer, int | np.integer):
            raise TypeError(f"positive: {answer!r} is not the position of an answer")
        if not 0 <= answer < n:
            raise ValueError(f"positive: {answer} is not a position from 0 to {n - 1}")
        return int(answer)

    def scores(self, values: Any) -> Floats:
        """The score of each answer: `values` in the order of the answers, or by label."""
        if isinstance(values, Mapping):
            values = self._scores_by_label(values)
        scores = checked.finite_numbers("values", values)
        if scores.shape != (self.counts.shape[1],):
            raise ValueError(
                f"values: shape {scores.shape} is not one score for each of {self.counts.shape[1]} answers"
            )
        return scores

    def _scores_by_label(self, values: Mapping[Any, Any]) -> list[Any]:
        labels = self.labels if self.labels is not None else list(range(self.counts.shape[1]))
        if unscored := [label for label in labels if label not in values]:
            raise ValueError(f"values: no score for the answer {unscored[0]!r}")
        if unknown := [label for label in values if label not in labels]:
            raise ValueError(f"values: {unknown[0]!r} is not one of the answers {', '.join(map(repr, labels))}")
        return [values[label] for label in labels]


def _of_size(total: int, empty: Flag, small: Flag) -> Flag:
    return empty if total == 0 else small if total < SMALL_BASE else NOTHING


def _of_reference(total: int) -> Flag:
    return _of_size(total, Flag.NO_REFERENCE, Flag.SMALL_REFERENCE)


def of_array(counts: Any) -> AnswerTable:
    """Counts of shape (groups, answers), or (answers,) for one group."""
    array = checked.whole_numbers("counts", counts)
    if array.ndim not in (1, 2):
        raise ValueError(f"counts: shape {array.shape} is neither (answers,) nor (groups, answers)")
    return AnswerTable(np.atleast_2d(array).astype(np.int64))


def checked_size(table: AnswerTable) -> AnswerTable:
    """The table, refused where it has no cells or too many people."""
    if table.counts.size == 0:
        raise ValueError(f"counts: shape {table.counts.shape} has no cells")
    if table.counts.sum(dtype=np.float64) > LARGEST_TOTAL:
        raise ValueError("counts: more than 2**31 - 1 people cannot be resampled")
    return table
