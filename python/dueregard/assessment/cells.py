"""What each unit answered to each indicator, checked and counted."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dueregard.assessment.answers import Scale
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.responses import Responses
from dueregard.assessment.totals import Totals
from dueregard.missing import NOT_STATED


class Cells:
    """Counts by unit, indicator (where known) and level of answer.

    Raises
    ------
    ValueError
        When an exempt indicator is answered, an indicator is answered twice, or a unit has more answers than
        assessable indicators.
    """

    def __init__(self, counted: Responses, framework: Framework, scale: Scale) -> None:
        self._counts = counted.tally.counts
        self._units = counted.units
        self._kinds = counted.kinds
        self._by_indicator = counted.by_indicator
        self._framework = framework
        self._scale = scale
        self._check()

    def _check(self) -> None:
        stated = self._counts[..., self._scale.stated].sum(axis=-1)
        if not self._by_indicator:
            self._check_totals(stated)
            return
        for unit, indicator in np.argwhere(stated > ~self._exempt):
            name, identifier = self._units[unit], self._framework.indicator_ids[indicator]
            why = "answered, but exempt" if self._exempt[unit, indicator] else f"{stated[unit, indicator]} answers"
            raise ValueError(f"unit {name!r}, indicator {identifier!r}: {why}")

    def _check_totals(self, stated: NDArray[np.int64]) -> None:
        asked = (~self._exempt).sum(axis=1)
        given = stated + self._counts[..., self._scale.not_applicable]
        for unit in np.flatnonzero(given > asked):
            raise ValueError(
                f"unit {self._units[unit]!r}: {given[unit]} answers, but a {self._kinds[unit]} has "
                f"{asked[unit]} assessable indicators"
            )

    @cached_property
    def _exempt(self) -> NDArray[np.bool_]:
        """(n_units, n_indicators)"""
        left_out = [self._framework.exempt.get(kind, frozenset()) for kind in self._kinds]
        ids = self._framework.indicator_ids
        flags = [[identifier in exempt for identifier in ids] for exempt in left_out]
        return np.array(flags, dtype=np.bool_).reshape(len(left_out), len(ids))

    @cached_property
    def totals(self) -> Totals:
        """By unit and indicator; by unit (one column) when the indicators are not known."""
        counts = self._counts if self._by_indicator else self._counts[:, None, :]
        asked = (~self._exempt).astype(np.int64)
        asked = asked if self._by_indicator else asked.sum(axis=1, keepdims=True)
        assessable = np.maximum(asked - counts[..., self._scale.not_applicable], 0)
        answered = counts[..., self._scale.stated].sum(axis=-1)
        return Totals(counts[..., self._scale.met].sum(axis=-1), answered, assessable)

    def sums(self, axis: int, chosen: NDArray[np.bool_] | None = None) -> Totals:
        """Sums over units (axis 0) or indicators (axis 1), of the chosen indicators."""
        parts = [count if chosen is None else count[:, chosen] for count in self.totals]
        return Totals(*(part.sum(axis=axis) for part in parts))

    def answer(self, unit: int, indicator: int) -> str:
        """The answer in words; "not stated" where there is none."""
        level = np.flatnonzero(self._counts[unit, indicator])
        found = self._scale.levels[int(level[0])] if len(level) else NOT_STATED
        return {answer.id: answer.label for answer in self._framework.answers}.get(found, found)
