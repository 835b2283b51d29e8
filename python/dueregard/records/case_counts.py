"""Rows of a table of counts: each stands for as many cases as one of its columns says."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.records import weights
from dueregard.records.coded import Batch
from dueregard.records.columns import Interrupt
from dueregard.records.rows import Rows

# What the checks of weights say, and what it is of counts.
_WORDS = (
    ("weight ", "count "),
    ("give it a weight", "give it a number"),
    (weights.TOO_LARGE, "above 2**53, the largest count of one row"),
)


def check(count: Any, columns: Sequence[str], weight: Any) -> None:
    """Refuse what cannot be the column of counts."""
    if not isinstance(count, str):
        raise TypeError(f"count: {count!r} is not the name of a column")
    if weight is not None:
        raise ValueError("count and weight: a row stands for a number of cases or has a weight, not both")
    if count in columns:
        raise ValueError(f"count: {count!r} is already one of the columns to count by")


def column_of(data: Any) -> str | None:
    """The column of counts that a known table names by itself."""
    found = getattr(data, "count_column", None)
    return found if isinstance(found, str) else None


@dataclass(frozen=True)
class CountedRows:
    """Rows whose weights are counts: every one that is counted must be whole."""

    rows: Rows

    @property
    def n_rows(self) -> int:
        return self.rows.n_rows

    @property
    def first_row(self) -> int:
        return self.rows.first_row

    def code(self, start: int, stop: int, interrupt: Interrupt = None) -> Batch:
        """As `Rows.code`; refuses the first count that is no whole number."""
        batch = self.rows.code(start, stop, interrupt)
        if batch.weight is not None:
            bad = np.isfinite(batch.weight) & (batch.weight != np.floor(batch.weight))
            if bad.any():
                self._refuse(batch, int(bad.argmax()), start, stop)
        return batch

    def _refuse(self, batch: Batch, position: int, start: int, stop: int) -> None:
        assert batch.weight is not None
        kept = None if self.rows.keep is None else np.flatnonzero(self.rows.keep[start:stop])
        row = self.first_row + start + (position if kept is None else int(kept[position]))
        value = float(batch.weight[position])
        raise ValueError(f"count {batch.weight_name!r}: {value!r} at row {row} is not a whole number of cases")


@contextmanager
def said_of_counts(count: str | None) -> Iterator[None]:
    """Let messages about weights speak of the column of counts that they are about."""
    try:
        yield
    except (TypeError, ValueError) as error:
        if count is None or type(error) not in (TypeError, ValueError):
            raise
        message = str(error)
        for words, instead in _WORDS:
            message = message.replace(words, instead)
        raise type(error)(message) from None
