"""Who was asked and did not answer, beside the answers of those who did."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import labels
from dueregard.measures.grouped import tally_of
from dueregard.missing import NOT_APPLICABLE, is_missing
from dueregard.tallies import Tally

Counts = NDArray[np.int64]


def without_answer(answers: Tally, columns: Sequence[str], outcome: str | None, asked: Any) -> tuple[Tally, Counts]:
    """The tally with every group that was asked, and how many of each did not answer, by the columns in their order.

    Without ``asked`` these are the rows of the tally whose answer is missing. "Not applicable" is an answer; without an
    outcome everybody in the tally answered.
    """
    if asked is None:
        return answers, _numbers(answers, columns, outcome, answered=False)
    everybody = _everybody(asked, columns)
    joined = {name: _joined(answers, everybody, name) for name in columns}
    answers, everybody = _spread(answers, joined), _spread(everybody, joined)
    answered = _numbers(answers, columns, outcome, answered=True)
    over = np.argwhere(answered > everybody.counts)
    if len(over):
        first = tuple(over[0])
        names = ", ".join(f"{name} {joined[name][i]!r}" for name, i in zip(columns, first, strict=True))
        raise ValueError(
            f"asked: {everybody.counts[first]:,} people were asked where {names}, fewer than the "
            f"{answered[first]:,} who answered"
        )
    return answers, everybody.counts - answered


def _everybody(asked: Any, columns: Sequence[str]) -> Tally:
    """How many were asked."""
    options = dict.fromkeys(("weight", "where", "labels", "missing", "threads"))
    try:
        return tally_of(asked, columns, outcome=None, **options).margin(*columns)
    except (TypeError, ValueError) as error:
        raise type(error)(f"asked: {error}") from None


def _numbers(answers: Tally, columns: Sequence[str], outcome: str | None, *, answered: bool) -> Counts:
    """How many answered, or did not."""
    if outcome is None:
        everybody = answers.margin(*columns).counts
        return everybody if answered else np.zeros_like(everybody)
    margin = answers.margin(*columns, outcome)
    silent = np.array([is_missing(label) and label != NOT_APPLICABLE for label in margin.labels[outcome]], bool)
    return np.asarray(margin.counts[..., silent ^ answered].sum(axis=-1))


def _joined(first: Tally, second: Tally, name: str) -> list[Any]:
    ordered = (first.ordered.get(name, False), second.ordered.get(name, False))
    return labels.join(first.labels[name], second.labels[name], ordered=ordered, name=name)


def _spread(tally: Tally, joined: dict[str, list[Any]]) -> Tally:
    """The same counts on the axes of longer lists of labels."""
    places = {name: {label: i for i, label in enumerate(names)} for name, names in joined.items()}
    return tally.relabelled(
        {name: ([places[name][label] for label in tally.labels[name]], names) for name, names in joined.items()}
    )
