"""The hypotheses that are tested together so that a rank is known: one unit not above another, in either direction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.areas.uncertain_values import UncertainValues
from dueregard.inference.checked import Floats

SURE = 1e-7
"""Below this Bonferroni's bound on its p-value a difference is settled without draws."""


@dataclass(frozen=True, eq=False)
class Family:
    """Hypotheses that ``upper`` is not above ``lower``, by the statistic seen, the smallest first."""

    upper: NDArray[np.int32]
    lower: NDArray[np.int32]
    weight: Floats
    seen: Floats

    def __len__(self) -> int:
        return len(self.seen)

    def unsettled(self, outside: float) -> Family:
        """Those that draws are needed for: the largest statistics, at the end, may speak for themselves.

        What a test alone would not reject has a part in the largest only. It is there in both directions, and those are
        asked as one, which a weight below 0 says.
        """
        from scipy.special import ndtri

        alone = -ndtri(min(outside, 0.5))
        sure = self.seen >= -ndtri(SURE / max(1, len(self)))
        within = np.abs(self.seen) < alone
        kept = ~sure & (~within | (self.upper < self.lower))
        weight = np.where(within, -self.weight, self.weight)
        return Family(self.upper[kept], self.lower[kept], weight[kept], self.seen[kept])

    def pvalues(self, counts: NDArray[np.int64], n_draws: int, outside: float) -> Floats:
        """The adjusted p-value of each, from how often those that were unsettled were exceeded.

        Never below that of one with a larger statistic; 0 of those that are sure, and 1 of those that a test alone
        would not reject.
        """
        from scipy.special import ndtri

        alone, found = -ndtri(min(outside, 0.5)), np.ones(len(self))
        counted = self.seen >= alone
        found[self.seen >= -ndtri(SURE / max(1, len(self)))] = 0.0
        asked = self.unsettled(outside)
        found[counted & (found > 0)] = (1 + counts[asked.seen >= alone]) / (1 + n_draws)
        found[counted] = np.maximum.accumulate(found[counted][::-1])[::-1]
        return found


def families_of(units: UncertainValues) -> list[Family]:
    """One family for each unit, of its differences from all others, and at the end that of all differences."""
    error = units.difference_errors
    difference = units.value[:, np.newaxis] - units.value
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(error > 0, 1 / error, 0.0)
        seen = np.where(error > 0, difference / error, np.where(difference == 0, 0.0, np.copysign(np.inf, difference)))
    upper, lower = np.nonzero(~np.eye(len(units), dtype=bool))
    order = np.argsort(seen[upper, lower], kind="stable")
    upper, lower = upper[order], lower[order]
    all_together = Family(upper.astype(np.int32), lower.astype(np.int32), weight[upper, lower], seen[upper, lower])
    return [*(_about(all_together, unit) for unit in range(len(units))), all_together]


def _about(family: Family, unit: int) -> Family:
    """The hypotheses that have a part in one unit's rank."""
    own = (family.upper == unit) | (family.lower == unit)
    return Family(family.upper[own], family.lower[own], family.weight[own], family.seen[own])
