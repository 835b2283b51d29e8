"""Stages judged together: p-values and verdicts that allow for the comparisons of every stage at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.two_groups.contrasts import Answer
from dueregard.inference.two_groups.families import Family
from dueregard.measures.comparison_rows import Columns, block_columns
from dueregard.measures.rates.matched import Matched
from dueregard.measures.rates.rate_rows import RateQuestion, sides_of
from dueregard.measures.verdicts import Comparisons

JUDGED = ("adjusted_pvalue", "verdict", "method", "simultaneous_low", "simultaneous_high")
"""What depends on how many comparisons there are."""


@dataclass(frozen=True)
class Several:
    """Comparisons of several kinds, one after another along the last axis; as many of each as ``sizes`` say."""

    parts: tuple[Comparisons, ...]
    sizes: tuple[int, ...]

    @property
    def method(self) -> str:
        return self.parts[0].method

    def compare(self, confidence_level: float) -> Answer:
        found = [part.compare(confidence_level) for part in self.parts]
        return Answer(*(np.concatenate(rows, axis=-1) for rows in zip(*found, strict=True)))

    def times(self, multiple: Floats) -> "Several":
        every = np.broadcast_to(multiple, (*multiple.shape[:-1], sum(self.sizes)))
        each = np.split(every, np.cumsum(self.sizes)[:-1], axis=-1)
        return Several(tuple(part.times(own) for part, own in zip(self.parts, each, strict=True)), self.sizes)


def judge_together(parts: Sequence[Columns], sides: Sequence[Matched], questions: Sequence[RateQuestion]) -> None:
    """Put into the rows of each stage what the comparisons of all stages together make of them.

    ``parts`` are columns of as many rows as ``sides`` have areas and groups, times the confidence levels.
    """
    first = questions[0]
    contrasts = tuple(sides_of(side, each, None).contrast(each) for side, each in zip(sides, questions, strict=True))
    block = block_columns({}, Several(contrasts, tuple(side.count.size for side in sides)), Family(first.adjust), first)
    start = 0
    for part, side in zip(parts, sides, strict=True):
        n_rows = side.count.size * len(first.rules)
        part |= {name: block[name][start : start + n_rows] for name in JUDGED if name in block}
        start += n_rows


def pieces(columns: Columns, total: Matched, areas: Matched | None, n_levels: int) -> tuple[Columns, Columns, Columns]:
    """The rows for all areas together, those on variation, and those of areas."""
    length = len(columns["measure"])
    first = total.count.size * n_levels
    last = length - (0 if areas is None else areas.count.size * n_levels)

    def rows(start: int, stop: int) -> dict[str, list[Any]]:
        return {name: values[start:stop] for name, values in columns.items()}

    return rows(0, first), rows(first, last), rows(last, length)
