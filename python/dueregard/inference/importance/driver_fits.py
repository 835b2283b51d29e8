"""Regressions on controls and then on drivers, and all that is said of each driver from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.importance.correlations import Correlations
from dueregard.inference.importance.lmg import lmg
from dueregard.inference.importance.players import Columns, Players
from dueregard.inference.importance.relative_weights import relative_weights
from dueregard.inference.importance.sweeps import swept


class RelativeImportance(NamedTuple):
    """Parts of the variance of the outcome, from 0 to 1: p drivers in the last place, k columns of coefficients.

    ``lmg``, ``pratt`` and ``johnson`` each sum to ``r_squared - control_r_squared``; ``first`` and ``last`` do not.
    """

    r_squared: Floats
    control_r_squared: Floats
    lmg: Floats
    first: Floats
    last: Floats
    pratt: Floats
    johnson: Floats
    coefficient: Floats
    standardised: Floats


class DriverFits:
    """Of n sets of the same columns: ``made`` says which columns, in this ``order``, are made of those before."""

    def __init__(self, found: Correlations, players: Players) -> None:
        held, mine = players.controls, sorted(players.columns)
        self.order = [*held, *mine]
        self.players, self.floors, self.spread = players, found.floors, found.spread
        self.beyond, by_controls, made_first = swept(found.products, found.floors, held)
        self.all, by_drivers, made_later = swept(self.beyond, found.floors, mine)
        self.made: NDArray[np.bool_] = np.column_stack([made_first, made_later])
        self.control_r_squared = by_controls.sum(axis=1)
        self.r_squared = self.control_r_squared + by_drivers.sum(axis=1)

    def importance(self, threads: int | None) -> RelativeImportance:
        standardised, spread, outcome = self._standardised(), self.spread[:, :-1], self.spread[:, -1:]
        pratt = standardised * self.beyond[:, :-1, -1]
        return RelativeImportance(
            r_squared=self.r_squared,
            control_r_squared=self.control_r_squared,
            lmg=lmg(self.beyond, self.floors, self.players, threads),
            first=self._per_driver(lambda group: self._gains(group)),
            last=self._per_driver(lambda group: self._gains([*self._others(group), *group])[:, -len(group) :]),
            pratt=self._per_driver(lambda group: pratt[:, group]),
            johnson=self._johnson(),
            coefficient=standardised * np.divide(outcome, spread, out=np.full_like(spread, np.nan), where=spread > 0),
            standardised=standardised,
        )

    def _standardised(self) -> Floats:
        """Coefficients of correlations; a column that is made of others has none."""
        found = self.all[:, :-1, -1].copy()
        found[:, self.order] = np.where(self.made, np.nan, found[:, self.order])
        return found

    def _gains(self, columns: Sequence[int]) -> Floats:
        """What each column adds when they come in this order, after the controls."""
        places = np.array([*columns, self.beyond.shape[-1] - 1])
        products = self.beyond[:, places[:, np.newaxis], places]
        return swept(products, self.floors[:, places], range(len(columns)))[1]

    def _johnson(self) -> Floats:
        columns = [*self.players.columns, self.beyond.shape[-1] - 1]
        weights = relative_weights(self.beyond[:, np.array(columns)[:, np.newaxis], columns])
        starts = np.cumsum([0, *map(len, self.players.groups[:-1])])
        return np.asarray(np.add.reduceat(weights, starts, axis=1))

    def _others(self, group: Columns) -> list[int]:
        return [column for column in self.players.columns if column not in group]

    def _per_driver(self, parts_of: Callable[[Columns], Floats]) -> Floats:
        return np.column_stack([parts_of(group).sum(axis=1) for group in self.players.groups])
