"""How many people state a characteristic, and how the others do not, by area and period."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.missing import NOT_APPLICABLE, NOT_COLLECTED, NOT_STATED, REFUSED, is_missing
from dueregard.tallies import Tally

Counts = NDArray[np.int64]

STATED = "stated"
STATES = (STATED, NOT_STATED, REFUSED, NOT_APPLICABLE, NOT_COLLECTED)
IN_BASE = (STATED, NOT_STATED, REFUSED)
"""What people can have done who were asked: those to whom a question does not apply, or was not put, are no part."""


@dataclass(frozen=True)
class Declared:
    """Counts of shape (areas, periods, states), the states being `STATES`. Without periods there is one, None."""

    characteristic: str
    areas: list[tuple[Any, ...]]
    periods: list[Any]
    count: Counts

    @property
    def base(self) -> Counts:
        return np.asarray(self.count[..., [STATES.index(state) for state in IN_BASE]].sum(axis=-1))

    @property
    def shown(self) -> list[str]:
        """The states that occur anywhere, those who stated it first."""
        return [state for i, state in enumerate(STATES) if state == STATED or self.count[..., i].any()]

    def of(self, state: str) -> Counts:
        return np.asarray(self.count[..., STATES.index(state)])

    def summed(self, n_by: int) -> "Declared":
        """All areas together, as one area."""
        return replace(self, areas=[(None,) * n_by], count=self.count.sum(axis=0, keepdims=True))


def declared(
    tally: Tally, characteristic: str, *, by: Sequence[str], time: str | None, refused: Sequence[str]
) -> Declared:
    """The tally as counts of those who stated the characteristic and of those who did not."""
    times = [] if time is None else [time]
    margin = tally.margin(*by, *times, characteristic)
    labels = margin.labels[characteristic]
    states = np.array([STATES.index(_state(label, refused)) for label in labels], np.intp)
    areas = list(product(*(margin.labels[name] for name in by)))
    periods: list[Any] = [None] if time is None else list(margin.labels[time])
    counts = margin.counts.reshape(len(areas), len(periods), len(labels))
    count = np.stack([counts[..., states == i].sum(axis=-1) for i in range(len(STATES))], axis=-1)
    return Declared(characteristic, areas, periods, count)


def _state(label: Any, refused: Sequence[str]) -> str:
    """Whether a label is an answer, or which kind of missing; to prefer not to say is to refuse."""
    if is_missing(label):
        return str(label)
    said = isinstance(label, str) and label.strip().casefold() in refused
    return REFUSED if said else STATED
