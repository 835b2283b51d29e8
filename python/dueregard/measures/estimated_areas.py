"""How much statistics of areas vary beyond chance whose standard errors are estimated in each area."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.two_groups.chance_of_q import FEWEST_DEGREES, Errors
from dueregard.inference.two_groups.variation import LARGEST
from dueregard.measures.variation_rows import variation_of
from dueregard.measures.verdicts import Rule

LARGEST_DISTANCE = "largest distance from the average expected if areas did not differ"
PERCENT = 100.0
FAR = 100.0
"""Between-area deviations of what has no end are looked for up to so many times the largest value."""


@dataclass(frozen=True)
class VariationWords:
    """What rows on variation have in common; see `variation_rows.Asked`."""

    name: str
    characteristic: str | None
    by: tuple[str, ...]
    period: str | None
    reference_text: Any = None


@dataclass(frozen=True, eq=False)
class AreaEstimates:
    """A statistic in areas, as it is shown, with standard errors and their degrees of freedom, arrays of (areas,).

    ``covariance`` gives that of some of the areas, by their places, where these share clusters. ``most`` is the largest
    size there can be, if there is one. Of statistics that need not be about nothing (``is_gap`` false) it is their
    distance from the average that is looked at.
    """

    value: Floats
    se: Floats
    degrees_of_freedom: Floats
    covariance: Callable[[NDArray[np.int64]], Floats] | None = None
    most: float | None = PERCENT
    is_gap: bool = True

    @property
    def usable(self) -> NDArray[np.bool_]:
        """Areas with a value, and a standard error that can be relied on."""
        told = np.isfinite(self.value) & (self.se > 0) & np.isfinite(self.se)
        return np.asarray(told & (self.degrees_of_freedom >= FEWEST_DEGREES))


@dataclass(frozen=True, eq=False)
class UsedAreas:
    """Those areas that are held against one another; see `variation_rows.Gaps`."""

    gap: Floats
    variance: Floats
    most: float

    def shown(self, value: float) -> float:
        return value


def variation_of_estimates(group: Any, found: AreaEstimates, confidence_level: float) -> list[dict[str, Any]]:
    """How much a statistic of a group varies between areas, and the largest to expect; see `variation_of`."""
    used = found.usable
    if used.sum() < 2:
        return _named(variation_of(group, used, [Rule(confidence_level, 0.0)], _nothing), found)
    value, variance = found.value[used], np.square(found.se[used])
    if not found.is_gap:
        value = value - (value / variance).sum() / (1 / variance).sum()
    most = FAR * float(max(np.abs(value).max(), np.sqrt(variance).max())) if found.most is None else found.most
    covariance = None if found.covariance is None else found.covariance(np.flatnonzero(used))
    errors = Errors(found.degrees_of_freedom[used], covariance)
    areas = UsedAreas(value, variance, most)
    return _named(variation_of(group, used, [Rule(confidence_level, 0.0)], lambda: areas, errors), found)


def _nothing() -> UsedAreas:
    raise AssertionError("too few areas")  # `variation_of` does not ask for them


def _named(rows: Sequence[dict[str, Any]], found: AreaEstimates) -> list[dict[str, Any]]:
    if not found.is_gap:
        return [row | {"method": row["method"].replace(LARGEST, LARGEST_DISTANCE)} for row in rows]
    return list(rows)


def share_clusters(totals: ClusterTotals, area: NDArray[np.int64]) -> bool:
    """Whether areas, of which each domain of ``totals`` is in one or (-1) in none, may vary together.

    They do where a cluster has people of two, and where weights are calibrated; replicates that were given may say so.
    """
    replicates = totals.replicates
    if totals.calibration is not None or (replicates is not None and replicates.totals is not None):
        return True
    of = area[totals.domain]
    pairs = np.unique(np.stack([totals.sampled_cluster, of])[:, of >= 0], axis=1)
    return bool(pairs.shape[1] > len(np.unique(pairs[0])))
