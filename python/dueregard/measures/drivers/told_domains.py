"""Which domains have a model: enough cases, an outcome that varies, and drivers that can be told apart."""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.importance.collinear import made_of
from dueregard.inference.importance.correlations import correlations
from dueregard.inference.importance.players import Players


@dataclass(frozen=True, eq=False)
class Told:
    """What cross-products of each domain tell.

    ``usable`` models (domains,); ``varies`` and ``is_raised`` (domains, drivers): whether a driver varies, and whether
    each of its columns says something of its own; ``kept`` (domains, columns): those that do.
    """

    usable: NDArray[np.bool_]
    varies: NDArray[np.bool_]
    is_raised: NDArray[np.bool_]
    kept: NDArray[np.bool_]
    flag: NDArray[np.int64]

    def of(self, domains: slice) -> "Told":
        """Some of the domains."""
        return Told(*(getattr(self, each.name)[domains] for each in fields(Told)))

    def but(self, fitted: NDArray[np.bool_]) -> "Told":
        """With the models alone that could be fitted."""
        flag = self.flag | np.where(self.usable & ~fitted, int(Flag.NOT_FITTED), 0)
        return replace(
            self,
            usable=self.usable & fitted,
            varies=self.varies & fitted[:, np.newaxis],
            is_raised=self.is_raised & fitted[:, np.newaxis],
            flag=flag,
        )


def told(cross: Floats, nobs: NDArray[np.int64], weighing: NDArray[np.int64], players: Players) -> Told:
    """Which domains have more cases than coefficients, an outcome that varies, and drivers that can be told apart.

    ``nobs`` are complete rows of each, ``weighing`` those of them that weigh anything. A level that nobody has there
    makes a category's columns a sum of one another: that is no matter of the driver's share, as they come together.
    """
    n, owner = len(cross), {column: i for i, group in enumerate(players.groups) for column in group}
    kept = np.ones((n, cross.shape[1] - 2), np.bool_)
    apart, spread = np.ones(n, np.bool_), correlations(cross).spread[:, -1] > 0
    for domain in np.flatnonzero(weighing > 0):
        made = made_of(cross[domain], players.controls)
        kept[domain, list(made)] = False
        whose = [{owner.get(each) for each in (column, *others)} for column, others in made.items()]
        apart[domain] = all(len(each) == 1 for each in whose)
    enough = weighing > kept.sum(axis=1) + 1
    usable = enough & apart & spread
    flag = np.where(nobs == 0, int(Flag.NO_CASES), np.where(enough & spread, 0, int(Flag.NOT_FITTED)))
    flag = np.where((nobs > 0) & (weighing == 0), int(Flag.ZERO_WEIGHT), flag)
    flag |= np.where(enough & ~apart, int(Flag.COLLINEAR), 0)
    some, every = (
        np.column_stack([of(kept[:, list(group)], axis=1) for group in players.groups]) for of in (np.any, np.all)
    )
    within = usable[:, np.newaxis]
    return Told(usable, some & within, every & within, kept, flag)
