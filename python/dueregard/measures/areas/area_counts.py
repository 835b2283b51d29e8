"""Areas side by side: a count and a size for each, and what the value of an area is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import FEW_EVENTS, SMALL_BASE, Flag
from dueregard.inference.areas.funnel_limits import values_of
from dueregard.inference.areas.overdispersion import overall
from dueregard.inference.checked import Floats
from dueregard.measures.grouped import Grouped
from dueregard.measures.survey_columns import survey_columns, survey_flags
from dueregard.missing import is_missing
from dueregard.units import COUNT_OVER_COUNT, OBSERVED_OVER_EXPECTED

Flags = NDArray[np.int64]


@dataclass(frozen=True)
class AreaCounts:
    """A count and a size for each area, in a fixed order.

    ``measure`` is that of `dueregard.funnel_limits`, ``count`` and ``size`` are what it takes: of weighted records
    effective numbers, of two counts the first and both together. ``cases`` is the size where it is a number of people
    or cases, unweighted; ``missing`` of them have no answer. ``recorded`` is False for areas that sent no records.
    """

    by: tuple[str, ...]
    areas: list[tuple[Any, ...]]
    measure: str
    name: str
    count: Floats
    size: Floats
    shown: list[int]
    """The counts as they are, unweighted."""
    cases: list[int] | None = None
    missing: list[int] | None = None
    weighted: bool = False
    """Whether sizes are effective numbers of cases."""
    survey: Grouped | None = None
    """The shares of areas of a survey with a design."""
    recorded: NDArray[np.bool_] | None = None
    estimated: bool = False
    """Whether sizes are themselves estimates."""
    per: float = 1.0
    period: str | None = None
    about: Mapping[str, Any] = field(default_factory=dict)
    """Columns that are the same in every row."""
    notes: tuple[str, ...] = ()
    provenance: str | None = None
    native: str | None = None

    @property
    def scale(self) -> float:
        """What fractions and rates per unit are multiplied by where they are shown."""
        return {"proportion": 100.0, "rate": self.per}.get(self.measure, 1.0)

    @property
    def unit(self) -> str:
        """The unit of the values as they are shown."""
        units = {
            "proportion": "percent",
            "rate": f"per {self.per:,.10g}",
            "ratio": OBSERVED_OVER_EXPECTED,
            "count-ratio": COUNT_OVER_COUNT,
        }
        return units[self.measure]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Areas that are no kind of missing."""
        return np.array([not any(map(is_missing, area)) for area in self.areas], bool)

    @property
    def used(self) -> NDArray[np.bool_]:
        """Areas that can be compared: known, recorded, and not empty."""
        recorded = np.ones(len(self.areas), bool) if self.recorded is None else self.recorded
        return self.known & recorded & (self.size > 0)

    @property
    def values(self) -> Floats:
        """The value of each area, as a fraction or per unit; NaN where there is none."""
        found = values_of(self.count, self.size, self.measure)
        return found if self.recorded is None else np.where(self.recorded, found, np.nan)

    def flags(self) -> Flags:
        """What there is to know of each area by itself."""
        fewest = self.size if self.cases is None else np.minimum(self.size, self.cases)
        bits = {
            Flag.NO_CASES: (self.size == 0) & (self.measure not in ("rate", "ratio")),
            Flag.NO_POPULATION: (self.size == 0) & (self.measure in ("rate", "ratio")),
            Flag.SMALL_BASE: self._whole & (self.size > 0) & (fewest < SMALL_BASE),
            Flag.FEW_EVENTS: ~self._whole & (self.size > 0) & (self.count < FEW_EVENTS),
            Flag.MISSING_ANSWERS: np.array(self.missing or [0] * len(self.areas)) > 0,
            Flag.MISSING_GROUP: ~self.known,
            Flag.EFFECTIVE_SIZE: np.full(len(self.areas), self._has_weights),
            Flag.ESTIMATED_POPULATION: np.full(len(self.areas), self.estimated),
            Flag.NOT_RECORDED: np.zeros(len(self.areas), bool) if self.recorded is None else ~self.recorded,
        }
        total = np.zeros(len(self.areas), np.int64)
        if self.survey is not None:
            total |= survey_flags(self.survey).reshape(-1)
        for flag, on in bits.items():
            total |= np.where(on, int(flag), 0)
        return total

    @property
    def _whole(self) -> NDArray[np.bool_]:
        return np.full(len(self.areas), self.measure in ("proportion", "count-ratio"))

    def row_columns(self) -> dict[str, list[Any]]:
        """What each area is and has, one entry an area."""
        n_areas = len(self.areas)
        recorded = [True] * n_areas if self.recorded is None else self.recorded.tolist()
        columns: dict[str, list[Any]] = {
            "measure": [self.name] * n_areas,
            **{name: [area[i] for area in self.areas] for i, name in enumerate(self.by)},
            "period": [self.period] * n_areas,
            "row_type": ["group"] * n_areas,
            "count": [count if seen else None for count, seen in zip(self.shown, recorded, strict=True)],
            "nobs": list(self.cases) if self.cases is not None else [None] * n_areas,
            "value": (self.scale * self.values).tolist(),
            "unit_of_measure": [self.unit] * n_areas,
            **{name: [value] * n_areas for name, value in self.about.items()},
        }
        if self.missing is not None:
            columns["outcome_missing"] = list(self.missing)
        if self.measure in ("rate", "ratio"):
            columns["exposure"] = self.size.tolist()
        if self.measure == "rate":
            columns["per"] = [self.per] * n_areas
        if self.weighted and self.cases is not None:
            columns["effective_nobs"] = np.where(self.size > 0, self.size, np.nan).tolist()
        if self.survey is not None:
            size = np.where(self.size > 0, self.size, np.nan)
            columns["design_effect"] = (self.survey.nobs.reshape(-1) / size).tolist()
            columns |= survey_columns(self.survey, shown=np.ones(self.survey.nobs.shape, np.bool_))
        return columns

    @property
    def overall(self) -> float:
        """The value of all areas that are used together: of a survey with a design that of the people it stands for."""
        used = self.used
        if self.survey is not None:
            counted, weight = (each.reshape(-1)[used].sum() for each in (self.survey.weight_count, self.survey.weight))
            return float(counted / weight) if used.any() else float("nan")
        return overall(self.count[used], self.size[used], self.measure) if used.any() else float("nan")

    @property
    def _has_weights(self) -> bool:
        return self.weighted if self.survey is None else self.survey.has_weights

    def total_columns(self) -> dict[str, Any]:
        """The row of all known areas together."""
        used = self.used
        count, size = self.count[used].sum(), self.size[used].sum()
        value = float(values_of(np.array(count), np.array(size), self.measure))
        if self.survey is not None:
            value = self.overall
        row: dict[str, Any] = {
            "measure": self.name,
            "period": self.period,
            "row_type": "reference",
            "count": _sum_of(self.shown, used),
            "nobs": None if self.cases is None else _sum_of(self.cases, used),
            "outcome_missing": None if self.missing is None else _sum_of(self.missing, used),
            "value": self.scale * value,
            "unit_of_measure": self.unit,
            "flag": Flag.EFFECTIVE_SIZE if self._has_weights else Flag(0),
            **self.about,
        }
        if self.measure in ("rate", "ratio"):
            row["exposure"] = float(size)
        return row | ({"per": self.per} if self.measure == "rate" else {})


def _sum_of(counts: list[int], used: NDArray[np.bool_]) -> int:
    return sum(count for count, here in zip(counts, used, strict=True) if here)
