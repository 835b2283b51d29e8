"""Groups beside a target or a published figure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.references import Target
from dueregard.inference.two_groups.constant_contrasts import ConstantContrast, against_target
from dueregard.inference.two_groups.contrasts import Contrast


@dataclass(frozen=True)
class HeldAgainst:
    """One figure in the place of a reference group, the same for all areas and groups."""

    target: Target
    shape: tuple[int, ...]

    weighted = True
    survey = precision = None

    @property
    def share(self) -> Floats:
        return np.full(self.shape, self.target.share)

    @property
    def size(self) -> Floats:
        """The number of cases that the figure is worth: infinite for a constant."""
        return np.full(self.shape, self.target.nobs)

    nobs = size

    @property
    def cases(self) -> Floats:
        return np.full(self.shape, self.target.nobs * self.target.share if self.target.share else 0.0)

    def of_areas(self, keep: NDArray[np.bool_]) -> "HeldAgainst":
        """In some of the areas."""
        return HeldAgainst(self.target, (int(keep.sum()), *self.shape[1:]))

    def contrast(self, count: Floats, nobs: Floats, measure: str, method: str) -> Contrast | ConstantContrast:
        """Counts of groups compared with the figure, element by element."""
        return against_target(count, nobs, self.target, measure, method)
