"""The rows of events over what they happened in: rates or shares, each group's beside the reference's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import FEW_EVENTS, SMALL_BASE, Flag
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile
from dueregard.inference.references import Reference
from dueregard.inference.two_groups.contrasts import Contrast
from dueregard.inference.two_groups.families import Family, against_all, against_one
from dueregard.inference.two_groups.rate_contrasts import RateContrast
from dueregard.measures.comparison_rows import Columns, block_columns, each, flat, only_where, stacked
from dueregard.measures.rates.bases import Basis
from dueregard.measures.rates.empty_groups import none_of_many
from dueregard.measures.rates.encounters import Clustering
from dueregard.measures.rates.matched import Matched, Together
from dueregard.measures.rates.periods import MONTH
from dueregard.measures.rates.pools import Pool
from dueregard.measures.rates.rate_gaps import rate_gaps
from dueregard.measures.rates.unknown_events import bounds_columns
from dueregard.measures.thresholds import Threshold
from dueregard.measures.variation_rows import as_columns, variation_of
from dueregard.measures.verdicts import Rule
from dueregard.missing import is_missing

LEAST = 1e-6
"""A variance below this part of chance is none: groups that move together in every cluster leave rounding behind."""


@dataclass(frozen=True)
class RateQuestion:
    """What is asked of events and their pool. ``position`` is that of the reference group, if it is one."""

    name: str
    basis: Basis
    per: float
    method: str
    adjust: str
    characteristic: str
    by: tuple[str, ...]
    reference: Any
    position: int | None
    rules: tuple[Rule, ...]
    period: str | None
    chance: bool
    practical: Threshold | None
    higher_is_better: bool | None
    about: dict[str, Any]
    """Columns that are the same in every row: the population's date, the mappings, the months."""
    scale: float = 1.0
    verdict_unit: str = "points"
    monthly_name: str | None = None
    """What is measured where a by column holds months: each row is then of one, whatever the period of them all."""

    @property
    def reference_text(self) -> Any:
        return self.reference.value if isinstance(self.reference, Reference) else self.reference


@dataclass(frozen=True)
class RateSides:
    """Groups and what they are compared with; see `compared.Compared`. ``spread`` is the design effect."""

    own: Matched
    shown: Matched
    against: Matched
    part: Floats
    comparable: NDArray[np.bool_]
    spread: Floats

    @property
    def usable(self) -> NDArray[np.bool_]:
        sides = (self.own, self.against)
        return np.asarray(self.comparable & np.all([side.recorded & (side.exposure > 0) for side in sides], axis=0))

    def contrast(self, question: RateQuestion, measure: str = "ratio") -> Contrast:
        """One comparison for each area and group, in that order; counts are divided by the design effect."""
        method = question.method
        if measure == "difference" and method not in question.basis.difference_methods:
            method = "score"
        arrays = (self.own.events, self.own.size, self.against.events, self.against.size)
        samples = [np.where(self.usable, a / self.spread, 0.0).reshape(-1) for a in arrays]
        count1, size1, count2, size2 = samples
        made = RateContrast if question.basis.is_rate else Contrast
        return made(count1, size1, count2, size2, self.part.reshape(-1), measure, method)

    def family(self, question: RateQuestion) -> Family:
        """How the comparisons are adjusted together."""
        if question.adjust != "maximum":
            return Family(question.adjust)
        sizes = np.nan_to_num(self.own.exposure)
        if question.position is None:
            return Family(question.adjust, against_all(sizes, self.comparable))
        return Family(question.adjust, against_one(sizes, question.position, self.comparable))

    def of_areas(self, keep: NDArray[np.bool_]) -> "RateSides":
        """Some of the areas."""
        arrays: dict[str, Any] = {name: getattr(self, name)[keep] for name in ("part", "comparable", "spread")}
        sides = {name: getattr(self, name).of_areas(keep) for name in ("own", "shown", "against")}
        return replace(self, **sides, **arrays)


def sides_of(own: Matched, question: RateQuestion, clustering: Clustering | None) -> RateSides:
    """Each group with what it is compared with."""
    overall = question.reference is Reference.OVERALL
    against = own.opposite(question.position)
    shown = own.opposite(None, own=True) if overall else against
    part = np.zeros(own.exposure.shape)
    if overall:
        part = 1 - np.divide(against.exposure, shown.exposure, out=np.zeros_like(part), where=shown.exposure > 0)
    others = np.arange(len(own.groups)) != question.position
    comparable = np.broadcast_to(own.known_group & others & own.recorded, part.shape)
    spread = _design_effect(own, against, question, clustering)
    return RateSides(own, shown, against, part, comparable, spread)


def _design_effect(own: Matched, against: Matched, question: RateQuestion, clustering: Clustering | None) -> Floats:
    """How many times the variance of the logarithm of a ratio is what chance alone would give; at least 1.

    Events of one encounter come together, and a population may itself be an estimate. Groups of a sample who live in
    the same clusters move together, which may leave less than chance; and clusters may be too few to tell the variance.
    """
    chance = 1 / (own.events + 0.5) + 1 / (against.events + 0.5)
    extra = np.zeros(chance.shape) if clustering is None else clustering.extra(own, question.position)
    for side in (own, against):
        size = np.where(side.exposure > 0, side.exposure, np.inf)
        extra = extra + np.nan_to_num(side.squared_error) / np.square(size)
    if own.survey is None or against.survey is None:
        return np.maximum(1 + extra / chance, 1.0)
    extra = extra - 2 * own.survey.covariance(against.survey).reshape(chance.shape)
    further = own.survey.stretch(against.survey, normal_quantile(question.rules[0].confidence_level))
    left = np.where(1 + extra / chance > LEAST, 1 + extra / chance, 1.0)
    return left * np.square(further).reshape(chance.shape)


def rate_columns(
    matched: Together,
    pool: Pool,
    question: RateQuestion,
    clustering: tuple[Clustering, Clustering | None] | None = None,
) -> Columns:
    """All rows of the findings, as columns."""
    of_total, of_areas = clustering if clustering is not None else (None, None)
    total = _part(sides_of(matched.total, question, of_total), pool, question, of_total)
    if matched.left_out:
        total["flag"] = [flag | Flag.AREAS_LEFT_OUT for flag in total["flag"]]
    parts = [total]
    if matched.areas is not None:
        question = of_months(question, matched.areas)
        sides = sides_of(matched.areas, question, of_areas)
        if question.chance:
            parts.append(_variation(sides, question, list(total)))
        parts.append(_part(sides, pool, question, of_areas))
    return stacked(parts)


def of_months(question: RateQuestion, areas: Matched) -> RateQuestion:
    """The question of rows that are of one month each, where a by column holds nothing but months."""
    if question.monthly_name is None:
        return question
    for axis, _ in enumerate(question.by):
        labels = {area[axis] for area in areas.areas if not is_missing(area[axis])}
        if labels and all(isinstance(label, str) and re.fullmatch(MONTH, label) for label in labels):
            return replace(question, name=question.monthly_name, about={**question.about, "months": 1})
    return question


def _part(sides: RateSides, pool: Pool, question: RateQuestion, clustering: Clustering | None) -> Columns:
    """The group rows of some areas, one for each confidence level. Those of a level are one family."""
    fixed = _fixed_columns(sides, pool, question, clustering)
    contrast = sides.contrast(question)
    fixed["flag"] = _flags(sides, pool, question, clustering, contrast)
    part = block_columns(fixed, contrast, sides.family(question), question)
    return part | _differences(sides, question)


def _differences(sides: RateSides, question: RateQuestion) -> Columns:
    """The difference beside the ratio, in the units of the rates, with limits at each level."""
    scale = question.per if question.basis.is_rate else 100.0
    contrast = sides.contrast(question, "difference")
    found = [contrast.compare(rule.confidence_level) for rule in question.rules]
    columns = {"difference": each(flat(scale * found[0].estimate), len(found))}
    if question.chance:
        for name, rows in (("difference_low", [f.low for f in found]), ("difference_high", [f.high for f in found])):
            columns[name] = [value for row in zip(*(flat(scale * r) for r in rows), strict=True) for value in row]
    return columns


def _fixed_columns(sides: RateSides, pool: Pool, question: RateQuestion, clustering: Clustering | None) -> Columns:
    """What the confidence level has no part in."""
    own, shown, basis = sides.own, sides.shown, question.basis
    n_areas, n_groups = own.exposure.shape
    n_rows = n_areas * n_groups
    scale = question.per if basis.is_rate else 100.0
    named = sides.comparable.reshape(-1)
    types = ["reference" if i == question.position else "group" for i in range(n_groups)]
    part: Columns = {
        "measure": [question.name] * n_rows,
        "characteristic": [question.characteristic] * n_rows,
        "group": own.groups * n_areas,
        **{name: [area[i] for area in own.areas for _ in own.groups] for i, name in enumerate(question.by)},
        "period": [question.period] * n_rows,
        "row_type": types * n_areas,
        "count": only_where(own.recorded.reshape(-1), flat(own.count)),
        "nobs": _people(own.exposure, pool.whole),
        "value": flat(scale * own.rate),
        "reference": [question.reference_text] * n_rows,
        "reference_count": only_where(named, flat(shown.count)),
        "reference_nobs": only_where(named, _people(shown.exposure, pool.whole)),
        "reference_value": flat(np.where(sides.comparable, scale * shown.rate, np.nan)),
        "unit_of_measure": [basis.unit] * n_rows,
        "basis": [basis.name] * n_rows,
        "exposure": flat(own.exposure),
        "reference_exposure": flat(np.where(sides.comparable, shown.exposure, np.nan)),
    }
    part |= {name: [value] * n_rows for name, value in question.about.items()}
    if basis.is_rate:
        part["per"] = [question.per] * n_rows
    if clustering is not None or pool.squared_errors is not None:
        part["design_effect"] = flat(np.where(sides.usable, sides.spread, np.nan))
    if own.survey is not None:  # unknown people of a sample stand for several each: there are no bounds of counts
        weight = np.where(
            own.count > 0, own.survey.totals.weight.reshape(own.count.shape) / np.maximum(own.count, 1), 1.0
        )
        part["design_effect"] = flat(own.survey.worth_one.reshape(own.count.shape) / weight)
        part["degrees_of_freedom"] = flat(own.survey.totals.degrees_of_freedom)
        return part
    return part | (bounds_columns(own, sides.against, sides.part, sides.usable) if basis.is_rate else {})


def _people(exposure: Floats, whole: bool) -> list[int | None]:
    """Exposure as a number of people or cases, if it is one."""
    return [round(value) if whole and value == value else None for value in flat(exposure)]


def _flags(
    sides: RateSides, pool: Pool, question: RateQuestion, clustering: Clustering | None, contrast: Contrast
) -> list[Flag]:
    """What there is to know about each row."""
    own, against = sides.own, sides.against
    shape = own.exposure.shape
    here = own.recorded & (own.exposure > 0)
    estimate = contrast.compare(question.rules[0].confidence_level).estimate.reshape(shape)
    referred = against.recorded & (against.exposure > 0)
    bits = {
        Flag.NO_POPULATION: own.recorded & (own.exposure == 0),
        Flag.NOT_RECORDED: ~own.recorded,
        Flag.FEW_EVENTS: here & (own.count < FEW_EVENTS),
        Flag.NONE_OF_MANY: none_of_many(own) if question.basis.is_rate else np.zeros(shape, bool),
        Flag.SMALL_BASE: here & (own.exposure < SMALL_BASE) & pool.whole,
        Flag.NO_REFERENCE: sides.comparable & ~referred,
        Flag.SMALL_REFERENCE: sides.comparable & referred & (against.count < SMALL_BASE),
        Flag.MISSING_GROUP: np.broadcast_to(~own.known_group, shape),
        Flag.UNDEFINED: sides.usable & np.isnan(estimate),
        Flag.BY_ENCOUNTER: np.full(shape, clustering is not None),
        Flag.ESTIMATED_POPULATION: np.full(shape, pool.squared_errors is not None),
        Flag.FULL_COUNT: np.full(shape, not question.chance),
    }
    if own.survey is not None:
        bits = {flag: on for flag, on in bits.items() if flag is not Flag.NONE_OF_MANY}
    total = sum(np.where(on, int(flag), 0) for flag, on in bits.items())
    if own.survey is not None:
        total = np.asarray(total) | own.survey.flags().reshape(shape)
    return [Flag(int(bit)) for bit in np.asarray(total).reshape(-1)]


def _variation(sides: RateSides, question: RateQuestion, names: Sequence[str]) -> Columns:
    """How much the ratio of each group varies between areas, before any area is shown."""
    sides = sides.of_areas(sides.own.known_area)
    rows = []
    for i, known in enumerate(sides.own.known_group):
        if known and i != question.position and sides.own.recorded[:, i].any():
            gaps = partial(rate_gaps, sides, i, question.basis.is_rate)
            rows += variation_of(sides.own.groups[i], sides.usable[:, i], question.rules, gaps)
    rows = [{**row, **question.about, "basis": question.basis.name} for row in rows]
    return as_columns(rows, question, "factor", names)
