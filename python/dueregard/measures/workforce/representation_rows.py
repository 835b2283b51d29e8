"""The rows of a workforce held against a population: shares, their ratio and their points."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.checked import Floats
from dueregard.inference.staff.share_contrasts import ShareContrast
from dueregard.inference.two_groups.contrasts import Contrast
from dueregard.inference.two_groups.families import Family
from dueregard.measures.comparison_rows import Columns, block_columns, each, flat, only_where, percent, stacked
from dueregard.measures.gaps.gap_rows import UNITS
from dueregard.measures.grouped import Grouped
from dueregard.measures.survey_columns import survey_columns, survey_flags
from dueregard.measures.thresholds import Threshold
from dueregard.measures.verdicts import Rule
from dueregard.measures.workforce.serving import Served

THE_POPULATION = "population"
THE_WORKFORCE = "whole workforce"


@dataclass(frozen=True)
class RepresentationQuestion:
    """What is asked of a workforce and the people it serves."""

    name: str
    measure: str
    method: str
    adjust: str
    characteristic: str
    by: tuple[str, ...]
    rules: tuple[Rule, ...]
    period: str | None
    chance: bool
    practical: Threshold | None
    higher_is_better: bool | None
    verdict_unit: str = "points"

    @property
    def scale(self) -> float:
        return 100.0 if self.measure == "difference" else 1.0


def representation_columns(served: Sequence[Served], question: RepresentationQuestion) -> Columns:
    """All rows of the findings, as columns: all staff together, then each area."""
    return stacked([_part(each, question) for each in served])


def _part(served: Served, question: RepresentationQuestion) -> Columns:
    """The rows of some areas, one for each confidence level. Those of a level are one family."""
    contrast = _contrast(served, question, question.measure)
    fixed = _fixed_columns(served, question)
    fixed["flag"] = _flags(served, question, contrast)
    part = block_columns(fixed, contrast, Family(question.adjust), question)
    return part | (_points(served, question) if question.measure == "ratio" else {})


def _contrast(served: Served, question: RepresentationQuestion, measure: str) -> ShareContrast | Contrast:
    """One comparison for each area and group, in that order; NaN for groups that are not compared."""
    staff = served.staff
    if served.people is None:
        return _within(staff, served.whole, measure)
    against, below, above = (values.reshape(-1) for values in served.people.shares)
    compared = np.where(staff.known_group, staff.share, np.nan).reshape(-1)
    size = np.where(np.isnan(compared), 0.0, staff.size_at(question.rules[0].confidence_level).reshape(-1))
    return ShareContrast(compared, size, against, below, above, measure, question.method)


def _within(staff: Grouped, whole: Grouped | None, measure: str) -> Contrast:
    """Each level against all others, said for the whole of which it is a part."""
    assert whole is not None
    names = ("count", "weight_count", "weight", "squares")
    rest = {name: np.maximum(getattr(whole, name) - getattr(staff, name), 0) for name in names}
    others = staff._with(**rest, nobs=whole.nobs - staff.nobs)
    usable = staff.known_group & (staff.size > 0) & (others.size > 0)
    arrays = (staff.cases, staff.size, others.cases, others.size)
    count1, nobs1, count2, nobs2 = (np.where(usable, values, 0.0).reshape(-1) for values in arrays)
    part = np.divide(staff.weight, whole.weight, out=np.zeros(staff.weight.shape), where=whole.weight > 0)
    return Contrast(count1, nobs1, count2, nobs2, part.reshape(-1), measure, "score")


def _points(served: Served, question: RepresentationQuestion) -> Columns:
    """The difference beside the ratio, in percentage points, with limits at each level; its p is that of the ratio."""
    contrast = _contrast(served, question, "difference")
    found = [contrast.compare(rule.confidence_level) for rule in question.rules]
    columns = {"difference": each(percent(found[0].estimate), len(found))}
    if question.chance:
        for name, limits in (("difference_low", [f.low for f in found]), ("difference_high", [f.high for f in found])):
            columns[name] = [value for row in zip(*map(percent, limits), strict=True) for value in row]
    return columns


def _fixed_columns(served: Served, question: RepresentationQuestion) -> Columns:
    """What the confidence level has no part in."""
    staff = served.staff
    n_areas, n_groups = staff.nobs.shape
    n_rows = n_areas * n_groups
    asked = staff.nobs + staff.outcome_missing
    declared = np.divide(staff.nobs, asked, out=np.full(asked.shape, np.nan), where=asked > 0)
    within = served.people is None
    part: Columns = {
        "measure": [question.name] * n_rows,
        "characteristic": [question.characteristic] * n_rows,
        "group": staff.groups * n_areas,
        **{name: [area[i] for area in staff.areas for _ in staff.groups] for i, name in enumerate(question.by)},
        "period": [question.period] * n_rows,
        "row_type": ["reference" if within and staff is served.whole else "group"] * n_rows,
        "count": flat(staff.count),
        "nobs": flat(staff.nobs),
        "outcome_missing": flat(staff.outcome_missing),
        "value": percent(np.where(staff.known_group, staff.share, np.nan)),
        "reference": [THE_WORKFORCE if within else THE_POPULATION] * n_rows,
        **_against(served),
        "unit_of_measure": [UNITS[question.measure]] * n_rows,
        "declaration_rate": percent(declared),
    }
    part |= {name: [value] * n_rows for name, value in served.about.items()}
    if staff.weighted:
        size = np.where(staff.size > 0, staff.size, np.nan)
        part |= {"effective_nobs": flat(size), "design_effect": flat(staff.nobs / size)} | survey_columns(staff)
    return part


def _against(served: Served) -> Columns:
    """The share that each group's is held against, and the numbers of people behind it."""
    staff = served.staff
    known = np.broadcast_to(staff.known_group, staff.nobs.shape)
    if served.people is None:
        whole = served.whole
        assert whole is not None
        count, nobs, share = (np.broadcast_to(a, known.shape) for a in (whole.count, whole.nobs, whole.share))
        shown = known & (staff is not whole)
        there = shown
    else:
        people, share = served.people.count, served.people.shares[0]
        shown = known & ~np.isnan(people)
        count = np.where(shown, people, 0).astype(np.int64)
        nobs = np.broadcast_to(np.nansum(people, axis=-1, keepdims=True), known.shape).astype(np.int64)
        there = shown
    return {
        "reference_count": only_where(there.reshape(-1), flat(count)),
        "reference_nobs": only_where(there.reshape(-1), flat(nobs)),
        "reference_value": percent(np.where(shown, share, np.nan)),
    }


def _flags(served: Served, question: RepresentationQuestion, contrast: ShareContrast | Contrast) -> list[Flag]:
    """What there is to know about each row."""
    staff, shape = served.staff, served.staff.nobs.shape
    known = np.broadcast_to(staff.known_group, shape)
    found = contrast.compare(question.rules[0].confidence_level)
    undefined = (np.isnan(found.estimate) & ~np.isnan(found.low)).reshape(shape)
    size = np.where(staff.weighted, staff.size, staff.nobs)
    bits: dict[Flag, Any] = {
        Flag.EMPTY_GROUP: staff.count == 0,
        Flag.NO_CASES: staff.nobs == 0,
        Flag.SMALL_BASE: (staff.nobs > 0) & (size < SMALL_BASE),
        Flag.MISSING_ANSWERS: staff.outcome_missing > 0,
        Flag.MISSING_GROUP: ~known,
        Flag.EFFECTIVE_SIZE: np.full(shape, staff.has_weights),
        Flag.ZERO_WEIGHT: (staff.nobs > 0) & (staff.size == 0),
        Flag.UNDEFINED: undefined & known,
        Flag.AREAS_LEFT_OUT: np.full(shape, served.areas_left_out),
        Flag.FULL_COUNT: np.full(shape, not question.chance),
    }
    if served.people is not None:
        bits |= _population_bits(served.people.shares, known)
    total = np.zeros(shape, np.int64) | survey_flags(staff)
    for flag, on in bits.items():
        total |= np.where(on, int(flag), 0)
    return [Flag(int(bit)) for bit in total.reshape(-1)]


def _population_bits(shares: tuple[Floats, Floats, Floats], known: Any) -> dict[Flag, Any]:
    share, below, above = shares
    return {
        Flag.NO_POPULATION: known & (np.isnan(share) | (share == 0)),
        Flag.ESTIMATED_POPULATION: known & ((below > 0) | (above > 0)),
    }
