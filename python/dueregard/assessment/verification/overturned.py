"""What a check overturned of one unit's answers, and how many of all its answers that may be."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.finite_populations.hypergeometric import number_limits


class Overturned(NamedTuple):
    """Answers of one unit, met or not met: all, those drawn, those without a result, those found to be otherwise."""

    total: int
    drawn: int
    unclear: int
    overturned: int

    @property
    def partly(self) -> bool:
        """Whether some were drawn and others not."""
        return 0 < self.drawn < self.total

    @property
    def expected(self) -> float:
        """How many of all would be otherwise at the share found; NaN where none was checked with a result."""
        if self.total == 0:
            return 0.0
        clear = self.drawn - self.unclear
        return self.total * self.overturned / clear if clear else float("nan")

    def limits(self, level: float) -> tuple[int, int]:
        """How many of all may be otherwise; a check without a result could have come out either way."""
        low, _ = number_limits(self.overturned, self.drawn, self.total, level)
        _, high = number_limits(self.overturned + self.unclear, self.drawn, self.total, level)
        return int(low), int(high)


class Unit(NamedTuple):
    """What a check found of one unit: of its answers met and not met, and where it had not answered."""

    met: Overturned
    not_met: Overturned
    missing: int
    found_met: int
    found_not_met: int

    @property
    def assessable(self) -> int:
        return self.met.total + self.not_met.total + self.missing

    @property
    def still_missing(self) -> int:
        return self.missing - self.found_met - self.found_not_met

    @property
    def drawn(self) -> int:
        return self.met.drawn + self.not_met.drawn + self.found_met + self.found_not_met

    @property
    def expected(self) -> float:
        """The number met at the shares found; answers not met stand where none of them was checked with a result."""
        won = self.not_met.expected
        return self.met.total - self.met.expected + (won if won == won else 0) + self.found_met

    def limits(self, level: float) -> tuple[int, int]:
        """The least and the greatest number met, the chance of error shared where both kinds were drawn from."""
        both = 2 if self.met.partly and self.not_met.partly else 1
        lost, won = (kind.limits(1 - (1 - level) / both) for kind in (self.met, self.not_met))
        known = self.met.total + self.found_met
        return known - lost[1] + won[0], known - lost[0] + won[1] + self.still_missing


def overturned(
    kind: NDArray[np.bool_], given: NDArray[np.bool_], stated: NDArray[np.bool_], otherwise: NDArray[np.bool_]
) -> Overturned:
    """The numbers of one kind of answers, from where they are, were checked, have a result, and were otherwise."""
    drawn = kind & given
    return Overturned(*(int(each.sum()) for each in (kind, drawn, drawn & ~stated, drawn & otherwise)))
