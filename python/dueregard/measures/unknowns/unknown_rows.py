"""The rows of comparisons with unknown groups: one for each assumption, and what is the same under all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.references import Reference
from dueregard.inference.two_groups.contrasts import Contrast
from dueregard.inference.two_groups.families import Family
from dueregard.measures.comparison_rows import Columns, block_columns, flat, only_where, percent
from dueregard.measures.thresholds import Threshold
from dueregard.measures.unknowns.tipping_words import Tips, tips_of
from dueregard.measures.unknowns.unknown_cells import Cells
from dueregard.measures.unknowns.unknown_flags import unknown_flags
from dueregard.measures.unknowns.unknown_rules import Firmness, Ruled, firmness, ruled
from dueregard.measures.verdicts import Rule
from dueregard.measures.workforce.representation_rows import THE_POPULATION


@dataclass(frozen=True)
class UnknownQuestion:
    """What is asked. ``position`` is that of the reference group, if it is one; ``per`` is None of proportions."""

    name: str
    measure: str
    method: str
    unit: str
    characteristic: str
    second: str | None
    by: tuple[str, ...]
    reference: Any
    position: int | None
    rule: Rule
    period: str | None
    chance: bool
    practical: Threshold
    higher_is_better: bool | None
    per: float | None
    about: dict[str, Any]
    """Columns that are the same in every row."""
    shares: bool = False
    """Whether values are shares of a whole: of the staff, and of the population."""
    adjust: str = "none"
    verdict_unit: str = "points"

    @property
    def rules(self) -> tuple[Rule, ...]:
        return (self.rule,)

    @property
    def scale(self) -> float:
        return 100.0 if self.measure == "difference" else 1.0

    @property
    def value_scale(self) -> float:
        """What values are multiplied by: they are in percent, or rates per so many."""
        return 100.0 if self.per is None else self.per

    @property
    def reference_text(self) -> Any:
        if self.shares:
            return THE_POPULATION
        return self.reference.value if isinstance(self.reference, Reference) else self.reference


def unknown_columns(cells: Cells, question: UnknownQuestion) -> Columns:
    """The rows of some areas: of each group one for every assumption, the reference and kinds of missing one each."""
    whole = question.reference is Reference.OVERALL
    strata = cells.strata(question.position, question.measure, question.method, whole=whole)
    rules = ruled(strata, second=question.second, against_rest=question.position is None)
    firm = firmness(strata, question.rule, chance=question.chance)
    tips = tips_of(strata, firm, cells.groups * len(cells.areas), question.reference_text, question.position is None)
    parts = [_columns(cells, rule, firm, tips, question) for rule in rules]
    return _interleaved(parts, _kept(cells, rules, question))


def _kept(cells: Cells, rules: Sequence[Ruled], question: UnknownQuestion) -> list[tuple[int, int]]:
    """Which rows are shown, as (rule, comparison): of what is not compared only the stated cases."""
    pairs = []
    for row in range(len(cells.areas) * len(cells.groups)):
        group = row % len(cells.groups)
        alone = group == question.position or not cells.known[group]
        pairs += [(rule, row) for rule in range(1 if alone else len(rules))]
    return pairs


def _interleaved(parts: Sequence[Columns], kept: Sequence[tuple[int, int]]) -> Columns:
    return {name: [parts[rule][name][row] for rule, row in kept] for name in parts[0]}


def _columns(cells: Cells, rule: Ruled, firm: Firmness, tips: Tips, question: UnknownQuestion) -> Columns:
    """Every comparison under one assumption."""
    compared = _compared(cells, question)
    fixed = _fixed(cells, rule, question, compared)
    made = block_columns(fixed, rule.contrast, Family("none"), question)
    if question.shares and question.chance:  # of a part in a whole that is known the two are the same
        made["method"] = ["Wilson score"] * len(compared)
    blank = ("estimate", "low", "high", "pvalue", "adjusted_pvalue", "verdict", "practical_verdict")
    for name in blank:
        nothing = None if name.endswith("verdict") else float("nan")
        made[name] = [value if on else nothing for value, on in zip(made[name], compared, strict=True)]
    return made | _firm_columns(firm, tips, question, compared)


def _compared(cells: Cells, question: UnknownQuestion) -> NDArray[np.bool_]:
    """Which rows are compared at all: neither the reference nor a kind of missing."""
    others = np.arange(len(cells.groups)) != question.position
    return np.tile(cells.known & others, len(cells.areas))


def _fixed(cells: Cells, rule: Ruled, question: UnknownQuestion, compared: NDArray[np.bool_]) -> Columns:
    """Who is compared with whom, and the two values under the assumption."""
    n_areas, n_groups = cells.count.shape[:2]
    n_rows = n_areas * n_groups
    contrast, events = rule.contrast, cells.exposure is not None
    own, against = _values(contrast, question)
    known = np.tile(cells.known, n_areas)
    count, nobs = cells.count[..., cells.positive].sum(axis=-1).reshape(-1), cells.count.sum(axis=-1).reshape(-1)
    lost, stated = (np.repeat(each.sum(axis=-1), n_groups) for each in (cells.unknown, cells.stated))
    columns: Columns = {
        "measure": [question.name] * n_rows,
        "characteristic": [question.characteristic] * n_rows,
        "group": cells.groups * n_areas,
        **{name: [area[i] for area in cells.areas for _ in cells.groups] for i, name in enumerate(question.by)},
        "period": [question.period] * n_rows,
        "row_type": ["reference" if i == question.position else "group" for i in range(n_groups)] * n_areas,
        "count": only_where(cells.recorded.reshape(-1), flat(count)),
        "nobs": flat(stated) if question.shares else [None] * n_rows if events else flat(nobs),
        "outcome_missing": [None] * n_rows if events else flat(cells.outcome_missing),
        "value": flat(question.value_scale * np.where(known, own, _value_alone(count, nobs, events))),
        "reference": [question.reference_text] * n_rows,
        "reference_value": flat(np.where(compared, question.value_scale * against, np.nan)),
        "unit_of_measure": [question.unit] * n_rows,
        "flag": unknown_flags(cells, contrast, compared, chance=question.chance, staff=question.shares),
        **{name: [value] * n_rows for name, value in question.about.items()},
        "assumption": [rule.assumption] * n_rows,
        "unknown_cases": flat(lost),
        "all_cases": flat(lost + stated),
        "unknown_percent": percent(_rate(lost, lost + stated)),
    }
    if cells.exposure is not None:
        columns |= {} if question.shares else {"per": [question.per] * n_rows}
        columns["exposure"] = flat(np.where(known, cells.exposure.reshape(-1), np.nan))
        columns["reference_exposure"] = flat(np.where(compared, _exposed(cells, question), np.nan))
    return columns


def _values(contrast: Contrast, question: UnknownQuestion) -> tuple[Floats, Floats]:
    """The two values under an assumption: of the group, and of what it is compared with."""
    counts, sizes = contrast.count1 + contrast.count2, contrast.nobs1 + contrast.nobs2
    if question.shares:
        return _rate(contrast.count1, counts), _rate(contrast.nobs1, sizes)
    if question.reference is Reference.OVERALL:
        return _rate(contrast.count1, contrast.nobs1), _rate(counts, sizes)
    return _rate(contrast.count1, contrast.nobs1), _rate(contrast.count2, contrast.nobs2)


def _value_alone(count: Any, nobs: Any, events: bool) -> Floats:
    """The share of people whose group is not known; their events have no rate, for nobody knows how many they are."""
    return np.full(count.shape, np.nan) if events else _rate(count, nobs)


def _exposed(cells: Cells, question: UnknownQuestion) -> Floats:
    strata = cells.strata(question.position, question.measure, question.method, whole=False)
    exposure1, exposure2 = strata.exposure1, strata.exposure2
    if exposure1 is None or exposure2 is None:
        return np.full(len(cells.areas) * len(cells.groups), np.nan)
    return np.asarray(exposure1 + exposure2 if question.reference is Reference.OVERALL else exposure2)


def _rate(count: Any, size: Any) -> Floats:
    return np.asarray(np.divide(count, size, out=np.full(np.shape(count), np.nan), where=np.asarray(size) > 0))


def _firm_columns(firm: Firmness, tips: Tips, question: UnknownQuestion, compared: NDArray[np.bool_]) -> Columns:
    """What is the same under every assumption: bounds, whether the verdict holds, and what would change it."""
    judged = compared & firm.defined
    ends = {
        "bound_low": firm.low,
        "bound_high": firm.high,
        "region_low": firm.region_low,
        "region_high": firm.region_high,
    }
    points = {
        "tipping_odds": tips.odds,
        "tipping_percent": 100 * tips.share,
        "stated_percent": 100 * tips.stated_share,
        "threshold_odds": tips.threshold_odds,
    }
    columns: Columns = {name: flat(np.where(compared, question.scale * end, np.nan)) for name, end in ends.items()}
    columns |= {name: flat(np.where(judged, values, np.nan)) for name, values in points.items()}
    for name, texts in (("tipping_point", tips.words), ("threshold_point", tips.threshold_words)):
        columns[name] = [text if on else None for text, on in zip(texts, judged, strict=True)]
    holds = [bool(held) if on else None for held, on in zip(firm.holds, judged, strict=True)]
    return columns | {"holds": holds}
