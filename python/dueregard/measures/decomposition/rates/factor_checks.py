"""What cannot be a factor whose levels are crossed, and what a reader has to know of those that are."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE
from dueregard.measures.category_checks import (
    FEWEST_ROWS,
    MOST_LEVELS,
    MOSTLY,
    many_note,
    non_answer_note,
    numbers_among,
    refuse_own_answers,
)
from dueregard.measures.grouped import answer_positions
from dueregard.missing import is_missing
from dueregard.records import whole_tables
from dueregard.records.columns import NotGroupsError
from dueregard.records.number_columns import numbers_of
from dueregard.tallies import Tally

BAND = "put them into bands such as '16-34', or use Oaxaca-Blinder (dr.oaxaca_blinder), which takes numbers"


@contextmanager
def readable(data: Any, factors: Sequence[str]) -> Iterator[None]:
    """Within this, a factor that has no levels, such as one of numbers, is refused with what can be done about it."""
    try:
        yield
    except NotGroupsError as error:
        words = _words(data, error) if error.column in factors else None
        if words is None:
            raise
        raise TypeError(f"factors: {error.column!r} {words}") from None


def _words(data: Any, error: NotGroupsError) -> str | None:
    if error.kind == "M":
        return "holds dates or times: turn them into periods such as '2024-03'"
    if error.kind != "f":
        return None
    table, _ = whole_tables.table_of(data, [error.column], None)
    numbers = np.unique(numbers_of("factors", error.column, table[error.column]))
    stated = numbers[~np.isnan(numbers)]
    if not len(stated):
        return "has no answer in any row"
    if len(stated) <= MOST_LEVELS and (stated == np.floor(stated)).all():
        return "holds whole numbers as floats: convert them to integers, in pandas with .astype('Int64')"
    return f"has {len(stated):,} different numbers: {BAND}"


def check_factors(
    tally: Tally, factors: Sequence[str], *, group: str, outcome: str, positive: Any, exclude: Any
) -> None:  # fmt: skip
    """Refuse factors with a level for nearly everybody, and those that are another column under another name."""
    for name in factors:
        _check_levels(name, *_stated(tally, name))
        if _is_same(tally, name, group):
            raise ValueError(
                f"factors: {name!r} divides people as the group {group!r} does, so that nobody has a counterpart; "
                "leave it out"
            )
        if _tells(tally, name, outcome, positive, exclude):
            raise ValueError(
                f"factors: {name!r} tells without exception who has the outcome {outcome!r}, so that nothing is left "
                "to compare; leave it out"
            )
    for first, second in combinations(factors, 2):
        if _is_same(tally, first, second):
            raise ValueError(f"factors: {second!r} divides people as {first!r} does; leave one of them out")


def factor_notes(tally: Tally, factors: Sequence[str]) -> list[str]:
    """That few people are at each level, and that a known non-answer is a level."""
    found = []
    for name in factors:
        levels, people = _stated(tally, name)
        if people < FEWEST_ROWS * len(levels):
            found += many_note(name, len(levels), people)
        found += non_answer_note(name, levels, "missing=")
    return found


def _stated(tally: Tally, name: str) -> tuple[list[Any], int]:
    """The levels that people state, and how many people do."""
    margin = tally.margin(name)
    people = {label: int(n) for label, n in zip(margin.labels[name], margin.counts, strict=True)}
    stated = {label: n for label, n in people.items() if n and not is_missing(label)}
    return list(stated), sum(stated.values())


def _check_levels(name: str, levels: Sequence[Any], people: int) -> None:
    if not levels:
        raise ValueError(f"factors: {name!r} has no answer in any row")
    refuse_own_answers("factors", name, levels, people)
    numbers = numbers_among(levels)
    if len(numbers) > MOST_LEVELS and len(numbers) >= MOSTLY * len(levels) and people < FEWEST_ROWS * len(levels):
        each = people / len(levels)
        raise ValueError(f"factors: {name!r} has {len(numbers):,} different numbers, {each:.1f} people each: {BAND}")


def _is_same(tally: Tally, first: str, second: str) -> bool:
    """Whether two columns divide people alike, under whatever labels; into two groups at least."""
    there = tally.margin(first, second).counts > 0
    rows, columns = there.sum(axis=1), there.sum(axis=0)
    return bool(there.sum() > 1 and rows.max() == 1 and columns.max() == 1)


def _tells(tally: Tally, name: str, outcome: str, positive: Any, exclude: Any) -> bool:
    """Whether everybody at each level has the property, or nobody: of so few people it may be so by chance."""
    margin = tally.margin(name, outcome)
    positives, kept = answer_positions(outcome, margin.labels[outcome], positive=positive, exclude=exclude)
    with_it = _people(margin.counts, positives)
    without = _people(margin.counts, [i for i in kept if i not in positives])
    both = (with_it > 0) & (without > 0)
    return bool(with_it.sum() + without.sum() >= SMALL_BASE and with_it.any() and without.any() and not both.any())


def _people(counts: NDArray[np.int64], places: Sequence[int]) -> NDArray[np.int64]:
    return np.asarray(counts[:, list(places)].sum(axis=1))
