"""The classes of those asked to a survey, with how many of each responded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.measures.grouped import Grouped
from dueregard.measures.surveys.nonresponse.asked import without_answer
from dueregard.measures.surveys.nonresponse.dispositions import cases_of
from dueregard.missing import is_missing
from dueregard.tallies import Tally

ANSWERED = "RR2"
"""The rate whose cases are respondents, whole or in part, of all who are or may be eligible."""


@dataclass(frozen=True)
class Classes:
    """Classes in which anybody was asked; ``parent`` is what they have in common but for the last column."""

    names: list[str]
    parent: NDArray[np.int64]
    respondents: NDArray[np.int64]
    asked: NDArray[np.int64]

    def grouped(self) -> Grouped:
        """Each class as a group, for comparing its response with that of others."""
        count, nobs = self.respondents[np.newaxis], self.asked[np.newaxis]
        found = Grouped.of_counts(list(self.names), count, nobs, np.zeros_like(count))
        return replace(found, known_group=np.ones(len(self.names), bool))  # not to have been stated is a class too


def classes_of(tally: Tally, columns: Sequence[str], responded: str | None, asked: Any) -> Classes:
    """The classes of a tally of everybody asked, or of respondents beside everybody who was."""
    if responded is not None:
        grouped = cases_of(tally, responded, None, columns, None).grouped(ANSWERED, 1.0)
        return _classes(tally, columns, grouped.count.reshape(-1), grouped.nobs.reshape(-1))
    if tally.weighted:
        raise ValueError("data: classes are of people; count without weight=")
    spread, silent = without_answer(tally, columns, None, asked)
    numbers = spread.margin(*columns).counts.reshape(-1)
    return _classes(spread, columns, numbers, numbers + silent.reshape(-1))


def _classes(tally: Tally, columns: Sequence[str], respondents: Any, asked: Any) -> Classes:
    labels = list(product(*(tally.labels[name] for name in columns)))
    there = np.flatnonzero(asked > 0)
    last = len(tally.labels[columns[-1]])
    return Classes(
        names=[", ".join(map(_named, columns, labels[i])) for i in there],
        parent=there // last,
        respondents=respondents[there],
        asked=asked[there],
    )


def _named(column: str, label: Any) -> str:
    """A label; of a kind of missing with what is missing, since such people are a class like any other."""
    return f"{column} {label}" if is_missing(label) else str(label)
