"""The levels of a category in a model: which are refused, and what a reader has to know of the others."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.measures.listed import listed
from dueregard.measures.model_columns import ModelColumn
from dueregard.measures.non_answers import is_non_answer
from dueregard.records.numerals import number
from dueregard.records.rows import Keep

MOST_NAMED = 3
"""As many levels as a message names."""
MOST_LEVELS = 20
"""Of a category, beyond which it takes up chance enough to be said."""
FEWEST_ROWS = 10
"""Rows a level on average, below which it is said too."""
MOST_NUMBERS = 10
"""Levels that are numbers as text, beyond which they can hardly be meant as categories."""
OWN_ANSWER = 0.8
"""Levels in proportion to rows, from which on nearly every row has one of its own."""
MOSTLY = 0.9
"""Of levels, from which on nearly all of them are numbers."""


def has_many_levels(n_levels: Any, n_rows: Any) -> Any:
    """Whether there are many levels, or few rows for them; arrays are told element by element.

    >>> has_many_levels(5, 216), has_many_levels(40, 20_000), has_many_levels(9, 60)
    (False, True, True)
    """
    return (n_levels > MOST_LEVELS) | ((n_levels > 1) & (n_rows < FEWEST_ROWS * n_levels))


def numbers_among(levels: Sequence[Any]) -> list[Any]:
    """Levels that are numbers, written as text or not."""
    return [level for level in levels if not isinstance(number(level), str)]


def refuse_own_answers(argument: str, name: str, levels: Sequence[Any], n_rows: int) -> None:
    """Refuse a column such as an identifier, in which nearly every row has an answer of its own."""
    if len(levels) <= MOST_LEVELS or len(levels) < OWN_ANSWER * n_rows:
        return
    numbers = numbers_among(levels)
    remedy = "convert it to numbers, or leave it out" if len(numbers) >= MOSTLY * len(levels) else "leave it out"
    raise ValueError(
        f"{argument}: {name!r} has a different answer in nearly every row ({len(levels):,} in {n_rows:,} rows), so "
        f"that people with the same one cannot be held together; {remedy}"
    )


def refuse_written_numbers(argument: str, name: str, levels: Sequence[Any]) -> None:
    """Refuse numbers that are text, each of which would be a category of its own."""
    numbers, others = numbers_among(levels), [level for level in levels if isinstance(number(level), str)]
    answers = len(numbers) + sum(not is_non_answer(level) for level in others)
    if len(numbers) <= MOST_NUMBERS or len(numbers) < MOSTLY * answers:
        return
    left_out = f", and leave out {_named(others)} with exclude= or missing=" if others else ""
    how_many = f"{len(numbers):,}" if others else "all"
    raise ValueError(
        f"{argument}: {name!r} has {len(levels):,} different answers, {how_many} of them numbers: convert it to "
        f"numbers{left_out} (or write words for them if they are codes)"
    )


def check_levels(argument: str, column: ModelColumn, keep: Keep = None, *, written: bool = True) -> None:
    """Refuse a column that nobody answered, an identifier, and, where ``written``, numbers that are text."""
    n_rows = int(np.count_nonzero(column.is_stated if keep is None else column.is_stated & keep))
    if not n_rows:
        raise ValueError(f"{argument}: {column.name!r} has no answer in any row")
    if column.levels is not None:
        refuse_own_answers(argument, column.name, column.levels, n_rows)
        if written:
            refuse_written_numbers(argument, column.name, column.levels)


def level_notes(column: ModelColumn, complete: NDArray[np.bool_]) -> list[str]:
    """What a reader has to know of a category in the complete rows."""
    if column.levels is None:
        return []
    people = np.bincount(column.values[complete & (column.values >= 0)], minlength=len(column.levels))
    met = [level for level, n in zip(column.levels, people, strict=True) if n]
    return [
        *_written_note(column.name, met),
        *many_note(column.name, len(met), int(people.sum())),
        *non_answer_note(column.name, met, "exclude=, missing="),
    ]


def _written_note(name: str, levels: Sequence[Any]) -> list[str]:
    if len(levels) < 3 or len(numbers_among(levels)) < len(levels):
        return []
    return [
        f"{name!r} is taken as a category, although its {len(levels)} answers are numbers: they are text, and have to "
        "be converted if they measure something."
    ]


def many_note(name: str, n_levels: int, n_rows: int) -> list[str]:
    """That a category takes up chance."""
    if not has_many_levels(n_levels, n_rows):
        return []
    return [
        f"{name!r} has {n_levels:,} levels, {n_rows / max(n_levels, 1):,.1f} complete rows a level: part of what it "
        "seems to explain is chance. Put levels together where they belong together."
    ]


def non_answer_note(name: str, levels: Sequence[Any], remedies: str) -> list[str]:
    """That a known non-answer is a level like any other; ``remedies`` are the arguments that leave it out."""
    found = [level for level in levels if is_non_answer(level)]
    if not found:
        return []
    are, it = (
        ("are levels", "are no answers, leave them") if len(found) > 1 else ("is a level", "is no answer, leave it")
    )
    which = "these" if len(found) > 1 else "that"
    return [f"{_named(found)} {are} of {name!r} like any other: if {which} {it} out ({remedies})."]


def _named(levels: Sequence[Any]) -> str:
    return listed([repr(level) for level in levels], MOST_NAMED)
