"""The rows of drivers compared: of each area and group, each driver against the reference's."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.decomposition.part_contrasts import PartContrast
from dueregard.inference.references import Reference
from dueregard.inference.two_groups.families import Family
from dueregard.measures.comparison_rows import Columns, block_columns, flat, stacked
from dueregard.measures.drivers.driver_columns import DriverColumns
from dueregard.measures.drivers.driver_differences import Differences, differences
from dueregard.measures.drivers.driver_domains import DriverDomains
from dueregard.measures.drivers.driver_models import DriverModels
from dueregard.measures.drivers.driver_questions import DriverQuestion
from dueregard.measures.drivers.driver_rows import base_flags, level_flags, survey_degrees
from dueregard.measures.drivers.driver_variation import difference_variation, group_variation
from dueregard.measures.thresholds import Threshold
from dueregard.measures.verdicts import Rule


@dataclass(frozen=True)
class Judgement:
    """How differences are judged; see `comparison_rows.Judged`. They are kept over 100, as shares are."""

    rules: tuple[Rule, ...]
    adjust: str
    chance: bool
    higher_is_better: bool | None
    scale: float = 100.0
    verdict_unit: str = "points"
    practical: Threshold | None = None


@dataclass(frozen=True, eq=False)
class Pairs:
    """Domains that are compared, ``own`` with the one at its place in ``against``."""

    own: NDArray[np.int64]
    against: NDArray[np.int64]
    reference: str

    def first(self, n: int) -> tuple["Pairs", "Pairs"]:
        """The first so many, and the others."""
        cut = self.own[:n], self.against[:n]
        return Pairs(*cut, self.reference), Pairs(self.own[n:], self.against[n:], self.reference)


def pairs_of(domains: DriverDomains, reference: Reference | int, label: str) -> tuple[Pairs, Pairs]:
    """Each group with its reference, in all areas together, and in each area.

    ``reference`` is the place of a group; or everybody, or all others, who stand beside the groups of an area.
    """
    own = domains.n_groups - domains.n_beside
    group = np.array([i for i in range(own) if i != reference], np.int64)
    against = (
        np.full(len(group), reference)
        if isinstance(reference, int)
        else own + (group if reference is Reference.REST else 0 * group)
    )
    starts = np.arange(0, len(domains.groups), domains.n_groups)[:, np.newaxis]
    every = Pairs((starts + group).reshape(-1), (starts + against).reshape(-1), label)
    return every.first(len(group))


def compared_columns(
    models: DriverModels,
    domains: DriverDomains,
    columns: DriverColumns,
    asked: DriverQuestion,
    judged: Judgement,
    measure: str,
    reference: Reference | int,
    label: str,
) -> Columns:
    """The rows of all areas together, which are one family, then those of each area.

    Before rows of areas stands how differences vary between them; and before groups that are held against the others,
    how their gains do. Shares have no such rows, see `driver_variation`.
    """
    together, each = pairs_of(domains, reference, label)
    shown = models, domains, columns, asked
    parts = [_family(together, *shown, judged, measure)[0]]
    varies = measure == "gain" and judged.chance
    if varies and isinstance(reference, Reference):
        parts.insert(0, group_variation(*shown, list(parts[0])))
    if len(each.own):
        rows, found = _family(each, *shown, judged, measure)
        if varies:
            parts.append(difference_variation(found, each, *shown, list(rows)))
        parts.append(rows)
    return stacked(parts)


def _family(
    pairs: Pairs, models: DriverModels, domains: DriverDomains, columns: DriverColumns, asked: DriverQuestion,
    judged: Judgement, measure: str,
) -> tuple[Columns, Differences]:  # fmt: skip
    """The rows of pairs that are judged together, and their differences."""
    found = differences(models, pairs.own, pairs.against, measure)
    known = domains.known[pairs.own][:, np.newaxis]
    told = replace(found, estimate=np.where(known, found.estimate, np.nan))
    contrast = PartContrast(
        told.estimate.reshape(-1) / 100, told.se.reshape(-1) / 100, told.degrees_of_freedom.reshape(-1)
    )
    fixed = _fixed(told, pairs, models, domains, columns, asked, measure)
    return block_columns(fixed, contrast, Family(judged.adjust), judged), told


def _fixed(
    found: Differences,
    pairs: Pairs,
    models: DriverModels,
    domains: DriverDomains,
    columns: DriverColumns,
    asked: DriverQuestion,
    measure: str,
) -> Columns:
    """What is the same at every confidence level."""
    n, p = found.estimate.shape
    levels = level_flags(domains, columns)
    flags = _flags(found, pairs, models, domains) | levels[pairs.own] | levels[pairs.against]

    def each(values: Any) -> list[Any]:
        return [value for value in values for _ in range(p)]

    return {
        "measure": [asked.measure] * n * p,
        "characteristic": [asked.group] * n * p,
        "group": each(domains.groups[i] for i in pairs.own),
        **{name: each(domains.areas[j][i] for j in pairs.own) for i, name in enumerate(asked.by)},
        "period": [asked.period] * n * p,
        "row_type": ["group"] * n * p,
        "nobs": each(domains.nobs[pairs.own].tolist()),
        "outcome_missing": each(domains.incomplete[pairs.own].tolist()),
        "value": flat(found.value),
        "reference": [pairs.reference] * n * p,
        "reference_nobs": each(domains.nobs[pairs.against].tolist()),
        "reference_value": flat(found.reference_value),
        "se": flat(found.se),
        "unit_of_measure": ["percentage points" if measure == "share" else asked.unit_of_gain] * n * p,
        "flag": [Flag(int(bits)) for bits in flags.reshape(-1)],
        **survey_degrees(flat(found.degrees_of_freedom), domains),
        "driver": columns.drivers * n,
        "compares": [measure] * n * p,
        "points": [asked.points] * n * p,
        "gain_unit": [asked.gain_unit] * n * p,
        "best": columns.best.tolist() * n,
    }


def _flags(found: Differences, pairs: Pairs, models: DriverModels, domains: DriverDomains) -> NDArray[np.int64]:
    """What there is to know of each comparison: of the group, and why there is none."""
    own = (base_flags(domains)[:, 0] | models.flag)[pairs.own][:, np.newaxis] | models.driver_flag[pairs.own]
    against = models.flag[pairs.against][:, np.newaxis] | models.driver_flag[pairs.against]
    nobs = domains.nobs[pairs.against][:, np.newaxis]
    reasons = {
        Flag.NO_REFERENCE: nobs == 0,
        Flag.SMALL_REFERENCE: (nobs > 0) & (nobs < SMALL_BASE),
    }
    total = own | against & ~int(Flag.NO_CASES)
    for flag, on in reasons.items():
        total = total | np.where(on, int(flag), 0)
    return np.broadcast_to(total, found.estimate.shape)
