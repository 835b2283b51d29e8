"""Figures of areas as they can be ranked: on a scale on which chance adds up, with what chance there is in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.areas.uncertain_values import UncertainValues
from dueregard.inference.checked import Floats
from dueregard.measures.comparison_rows import Columns
from dueregard.missing import is_missing
from dueregard.units import COUNT_OVER_COUNT, OBSERVED_OVER_EXPECTED, RATE_RATIO

RATIOS = ("ratio", "odds ratio", RATE_RATIO, OBSERVED_OVER_EXPECTED, COUNT_OVER_COUNT)
"""Units of figures that are looked at by their logarithms."""

BEYOND_ANY_RATIO = 20.0
"""The largest spread of logarithms that is looked for."""

BEYOND = 10.0
"""The largest spread that is looked for on other scales, as a multiple of how far apart the figures are."""


@dataclass(frozen=True)
class Scale:
    """How figures are shown, and how they are compared: as they are, or by their logarithms."""

    unit: str
    factor: float = 1.0
    logarithmic: bool = False

    @property
    def spread_unit(self) -> str:
        """What the distance of two figures is in."""
        if self.logarithmic:
            return "factor"
        return "percentage points" if self.unit == "percent" else self.unit

    def shown(self, distance: float) -> float:
        """A distance as it is reported."""
        return float(np.exp(distance)) if self.logarithmic else self.factor * distance

    def compared(self, shown: Floats) -> Floats:
        """Figures on the scale on which they are compared; NaN where they have no place on it."""
        if not self.logarithmic:
            return np.asarray(shown / self.factor)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.log(shown)
        return np.where(np.isfinite(found), found, np.nan)

    def most(self, value: Floats, variance: Floats) -> float:
        """More than figures can spread."""
        if self.logarithmic:
            return BEYOND_ANY_RATIO
        if self.factor == 100.0:
            return 1.0
        return BEYOND * float(np.ptp(value) + np.sqrt(variance.max()))


def scale_of(unit: str) -> Scale:
    """The scale of a unit of measure."""
    if unit in RATIOS:
        return Scale(unit, logarithmic=True)
    return Scale(unit, 100.0 if unit == "percent" or unit.startswith("percentage points") else 1.0)


@dataclass(frozen=True, eq=False)
class RankedFigures:
    """Figures of areas, a row each, in a fixed order.

    ``units`` are on the scale of comparison, NaN where there is no figure, with errors that are NaN where they are not
    known. ``groups`` are what rows are about besides the area: areas are ranked within each. ``columns`` are those of
    the findings, ``flags`` their flags.
    """

    name: Any
    characteristic: Any
    by: tuple[str, ...]
    areas: list[tuple[Any, ...]]
    groups: list[Any]
    units: UncertainValues
    scale: Scale
    columns: Columns
    flags: NDArray[np.int64]
    period: str | None = None
    provenance: str | None = None
    native: str | None = None
    notes: tuple[str, ...] = ()
    higher_is_better: bool | None = None
    size: Floats | None = None
    """Of shares, the number of cases that each is worth."""

    def __len__(self) -> int:
        return len(self.areas)

    @property
    def known(self) -> NDArray[np.bool_]:
        """Rows of known areas and groups."""
        named = [not any(map(is_missing, (*area, group))) for area, group in zip(self.areas, self.groups, strict=True)]
        return np.array(named, bool)

    @property
    def there(self) -> NDArray[np.bool_]:
        """Those of them that have a figure, with a place on the scale of comparison."""
        return self.known & ~np.isnan(self.units.value)

    @property
    def measured(self) -> NDArray[np.bool_]:
        """Those of them of which it is known how much is chance."""
        return self.there & ~np.isnan(self.units.variance)

    def chance_if_alike(self, rows: NDArray[np.int64]) -> Floats:
        """The variances of figures if their areas did not differ: of shares, that of the share of all together."""
        if self.size is None:
            return self.units.of(rows).variance
        size, share = self.size[rows], self.units.value[rows]
        overall = (float((share * size).sum()) + 0.5) / (float(size.sum()) + 1)
        return np.asarray(overall * (1 - overall) / size)
