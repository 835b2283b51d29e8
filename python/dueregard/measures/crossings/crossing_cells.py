"""The crossings of a tally: its margins, from one characteristic at a time to the most that are crossed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.measures.crossings.crossed import ARRAYS, Crossing, changed, crossing
from dueregard.measures.grouped import Grouped, arrange
from dueregard.measures.survey_tallies import SurveyTally
from dueregard.missing import NOT_APPLICABLE, is_missing
from dueregard.tallies import Tally

Margin = tuple[tuple[str, ...], Tally]
"""The characteristics that are crossed, and the tally of them."""


@dataclass(frozen=True)
class Answers:
    """The outcome, which of its labels count, and which leave the denominator."""

    outcome: str
    positive: Any
    exclude: Any


def crossings_of(
    tally: Tally, names: tuple[str, ...], depth: int, answers: Answers | None, *, empty: bool, most: int
) -> list[Crossing]:
    """The crossings of up to ``depth`` characteristics, in order; refused as soon as there are too many rows."""
    outcome = () if answers is None else (answers.outcome,)
    tally = tally.margin(*names, *outcome)
    found: list[Crossing] = []
    n_rows = 0
    for chosen, margin in _margins(tally, (), names, depth, outcome):
        grid = margin.counts.shape[: len(chosen)]
        occupied = margin.counts.reshape(*grid, -1).any(axis=-1).reshape(-1)
        everyone = empty or len(chosen) == 1
        n_rows += len(occupied) if everyone else int(np.count_nonzero(occupied))
        if n_rows > most:
            raise ValueError(_too_many(n_rows, most, [len(tally.labels[name]) for name in names]))
        every = _counted(margin) if answers is None else _arranged(margin, chosen, answers)
        found.append(crossing(chosen, every, grid, occupied, everyone=everyone))
    return sorted(found, key=lambda each: (len(each.names), [names.index(name) for name in each.names]))


def _margins(
    tally: Tally, kept: tuple[str, ...], rest: tuple[str, ...], depth: int, outcome: tuple[str, ...]
) -> Iterator[Margin]:
    """The tallies of the characteristics kept and up to ``depth`` of the rest.

    Each comes from one that has fewer characteristics to sum, so that all together take hardly longer than the first.
    """
    if not rest or not depth:
        if kept:
            yield kept, tally.margin(*kept, *outcome)
        return
    first, others = rest[0], rest[1:]
    yield from _margins(tally, (*kept, first), others, depth - 1, outcome)
    if kept or others:
        yield from _margins(tally.margin(*kept, *others, *outcome), kept, others, depth, outcome)


def _too_many(n_rows: int, most: int, sizes: Sequence[int]) -> str:
    """What to do about too many rows. The rows of k characteristics are at most the sum of products of k sizes."""
    products = [1] + [0] * len(sizes)
    for size in sizes:
        products = [1, *(same + size * fewer for fewer, same in pairwise(products))]
    fits = [k for k in range(1, len(sizes) + 1) if sum(products[1 : k + 1]) <= most]
    less = f"cross at most {fits[-1]} at a time with depth={fits[-1]}, " if fits else ""
    return f"most_rows: {n_rows:,} rows or more are above {most:,}: name fewer characteristics, {less}or raise it"


def _arranged(margin: Tally, chosen: tuple[str, ...], answers: Answers) -> Grouped:
    """All combinations as the groups of a single area, with their outcomes."""
    asked: Any = {"outcome": answers.outcome, "positive": answers.positive, "exclude": answers.exclude}
    made = arrange(margin, **asked, group=chosen[-1], by=chosen[:-1])
    groups, known = _combinations(margin, chosen)
    arrays = {name: getattr(made, name).reshape(1, -1) for name in ARRAYS}
    return changed(made, by=(), areas=[()], groups=groups, known_group=known, known_area=np.ones(1, bool), **arrays)


def _combinations(margin: Tally, chosen: Sequence[str]) -> tuple[list[tuple[Any, ...]], NDArray[np.bool_]]:
    """All combinations, and which of them have no kind of missing in them."""
    groups = list(product(*(margin.labels[name] for name in chosen)))
    known = product(*([not is_missing(label) for label in margin.labels[name]] for name in chosen))
    return groups, np.array([all(flags) for flags in known], bool)


def _counted(margin: Tally) -> Grouped:
    """All combinations as the groups of a single area, each as a share of all that are known."""
    groups, known = _combinations(margin, margin.dims)
    asked = np.array([NOT_APPLICABLE not in labels for labels in groups], bool)
    counts = margin.counts.reshape(1, -1)
    sums = margin.sums.reshape(1, -1) if margin.weighted else counts.astype(np.float64)
    squares = margin.squares.reshape(1, -1) if margin.weighted else sums

    def whole(values: NDArray[Any], which: NDArray[np.bool_]) -> NDArray[Any]:
        return np.repeat(values[:, which].sum(axis=1, keepdims=True), len(groups), axis=1)

    return Grouped(
        by=(),
        areas=[()],
        groups=groups,
        known_group=known,
        known_area=np.ones(1, bool),
        count=counts,
        nobs=whole(counts, known),
        outcome_missing=whole(counts, asked & ~known),
        weight_count=sums,
        weight=whole(sums, known),
        squares=whole(squares, known),
        weighted=margin.weighted,
    ).of_survey(margin.combinations(np.flatnonzero(known)) if isinstance(margin, SurveyTally) else None)
