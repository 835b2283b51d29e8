"""The rows of standardised ratios: the crude one first, then each method beside it."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import FEW_EVENTS, SMALL_BASE, Flag
from dueregard.inference.checked import Floats
from dueregard.inference.families import Family
from dueregard.inference.standard_contrasts import StandardisedContrast, StratifiedContrast
from dueregard.inference.standardised import weighted
from dueregard.inference.stratified_rate_scores import homogeneity
from dueregard.inference.stratified_rates import Strata, sums
from dueregard.measures.comparison_rows import Columns, block_columns, each, flat, only_where, stacked
from dueregard.measures.encounters import Clustering
from dueregard.measures.matched import Matched, Together
from dueregard.measures.pools import Pool
from dueregard.measures.rate_rows import RateQuestion, RateSides, rate_columns, sides_of
from dueregard.measures.standards import Standard

METHOD_NAMES = {"mantel-haenszel": "Mantel-Haenszel", "direct": "direct", "indirect": "indirect"}
"""Methods as the measure of a row names them."""

Contrasts = StratifiedContrast | StandardisedContrast


@dataclass(frozen=True)
class Block:
    """Groups beside the reference over the strata that both have, by one method. Arrays of groups by strata."""

    sides: RateSides
    strata: Strata
    method: str
    standard: Standard
    clustered: bool

    def contrast(self, measure: str = "ratio") -> Contrasts:
        """One comparison for each group."""
        if self.method == "mantel-haenszel":
            return StratifiedContrast(self.strata, measure)
        weight = self.strata.exposure1 if self.method == "indirect" else self.standard.weight
        return StandardisedContrast(self.strata, weight, measure)

    @property
    def standard_words(self) -> str:
        return {
            "mantel-haenszel": "weights of Mantel and Haenszel",
            "direct": self.standard.words,
            "indirect": "each group as it is made up itself",
        }[self.method]

    @property
    def compared(self) -> NDArray[np.bool_]:
        """Which groups are compared at all."""
        return np.asarray(self.sides.comparable.any(axis=0))


def standardised_columns(
    matched: Together,
    pool: Pool,
    question: RateQuestion,
    methods: tuple[str, ...],
    standard: Standard,
    clustering: tuple[Clustering, Clustering | None] | None,
) -> Columns:
    """All rows of the findings, as columns: the crude ratios, then those of each method."""
    crude = rate_columns(replace(matched, areas=None), pool, replace(question, by=()), clustering)
    parts = [crude]
    for method in methods:
        block = block_of(matched, question, method, standard, clustering)
        part = _part(block, pool, question)
        if matched.left_out:
            part["flag"] = [flag | Flag.AREAS_LEFT_OUT for flag in part["flag"]]
        parts.append(part)
    return stacked(parts)


def block_of(
    matched: Together,
    question: RateQuestion,
    method: str,
    standard: Standard,
    clustering: tuple[Clustering, Clustering | None] | None,
) -> Block:
    """The strata of each group. All of a group's numbers are divided by the design effect of its crude ratio."""
    assert matched.areas is not None
    spread = sides_of(matched.total, question, None if clustering is None else clustering[0]).spread
    sides = sides_of(matched.areas, question, None)
    usable = sides.usable & matched.areas.known_area[:, np.newaxis]
    arrays = (sides.own.count, sides.own.exposure, sides.against.count, sides.against.exposure)
    strata = Strata(*(np.ascontiguousarray(np.where(usable, a / spread, 0.0).T) for a in arrays))
    return Block(sides, strata, method, standard, clustering is not None)


def _part(block: Block, pool: Pool, question: RateQuestion) -> Columns:
    """The rows of one method, one for each group and confidence level. Those of a level are one family."""
    contrast = block.contrast()
    fixed = _fixed_columns(block, contrast, pool, question)
    fixed["flag"] = _flags(block, pool, question)
    part = block_columns(fixed, contrast, Family(question.adjust), question)
    return part | _differences(block, question)


def _differences(block: Block, question: RateQuestion) -> Columns:
    """The difference beside the ratio, in the units of the rates, with limits at each level."""
    found = [block.contrast("difference").compare(rule.confidence_level) for rule in question.rules]
    columns = {"difference": each(flat(question.per * found[0].estimate), len(found))}
    if question.chance:
        for name in ("low", "high"):
            rows = (flat(question.per * getattr(each_level, name)) for each_level in found)
            columns[f"difference_{name}"] = [value for row in zip(*rows, strict=True) for value in row]
    return columns


def _fixed_columns(block: Block, contrast: Contrasts, pool: Pool, question: RateQuestion) -> Columns:
    """What the confidence level has no part in."""
    own, against = block.sides.own, block.sides.against
    n_groups, per = len(own.groups), question.per
    here = _in_use(block)
    named = block.compared
    value, reference = contrast.rates
    part: Columns = {
        "measure": [f"{question.name}, standardised by {by_words(question)} ({METHOD_NAMES[block.method]})"] * n_groups,
        "characteristic": [question.characteristic] * n_groups,
        "group": list(own.groups),
        "period": [question.period] * n_groups,
        "row_type": ["reference" if i == question.position else "group" for i in range(n_groups)],
        "count": only_where(np.asarray(own.recorded.any(axis=0)), flat(_summed(own.count, here).astype(np.int64))),
        "value": flat(per * np.where(named, value, _alone(block))),
        "reference": [question.reference_text] * n_groups,
        "reference_count": only_where(named, flat(_summed(against.count, here).astype(np.int64))),
        "reference_value": flat(per * np.where(named, reference, np.nan)),
        "unit_of_measure": [question.basis.unit] * n_groups,
        "basis": [question.basis.name] * n_groups,
        "per": [per] * n_groups,
        "exposure": flat(_summed(own.exposure, here)),
        "reference_exposure": flat(np.where(named, _summed(against.exposure, here), np.nan)),
        "standard": [block.standard_words] * n_groups,
        **{name: [value] * n_groups for name, value in question.about.items()},
    }
    if pool.whole:
        part["nobs"] = _whole(part["exposure"])
        part["reference_nobs"] = only_where(named, _whole(part["reference_exposure"]))
    return part | _same(block, question)


def _same(block: Block, question: RateQuestion) -> Columns:
    """How many strata a ratio rests on, and whether it is the same in all of them."""
    from scipy.special import chdtrc

    statistic, df = homogeneity(block.strata, "ratio", sums(block.strata, "ratio"))
    pvalues = flat(chdtrc(df, statistic))
    used = (block.strata.weight > 0).sum(axis=-1)
    return {
        "strata": only_where(block.compared, flat(used)),
        "homogeneity_statistic": flat(statistic),
        "homogeneity_df": flat(df),
        "homogeneity_pvalue": pvalues,
        "homogeneity_verdict": [_homogeneity_words(pvalue, question) for pvalue in pvalues],
    }


def _homogeneity_words(pvalue: float, question: RateQuestion) -> str | None:
    """Whether one ratio tells of all strata."""
    if pvalue != pvalue or not question.chance:
        return None
    divided = by_words(question)
    if pvalue < 1 - question.rules[0].confidence_level:
        return f"differs by {divided}: one ratio can mislead"
    return f"no difference by {divided} beyond chance"


def by_words(question: RateQuestion) -> str:
    """The columns that divide the population: "borough", "borough and age"."""
    return " and ".join(question.by)


def _in_use(block: Block) -> NDArray[np.bool_]:
    """Strata by groups: those in which a group is compared, or of groups that are not compared all known ones."""
    known = block.sides.own.known_area[:, np.newaxis]
    return np.asarray(known & np.where(block.compared, block.sides.usable, True))


def _summed(values: Any, here: Any) -> Floats:
    """Over the strata in use; NaN where nothing is known of any."""
    known = here & ~np.isnan(values)
    total = np.where(known, values, 0).sum(axis=0)
    return np.where(known.any(axis=0) | (~here).all(axis=0), total, np.nan)


def _alone(block: Block) -> Floats:
    """The rates of groups that are not compared: in the standard, or as they are."""
    own = block.sides.own
    here = own.known_area[:, np.newaxis] & own.recorded & (own.exposure > 0)
    count, exposure = (np.where(here, a, 0.0).T for a in (own.count, own.exposure))
    standard = np.broadcast_to(block.standard.weight, exposure.shape)
    if block.method != "direct":
        standard = np.where(exposure.any(axis=1, keepdims=True), exposure, 1.0)
    return np.asarray(weighted(count, exposure, standard, count).rate)


def _whole(values: list[Any]) -> list[int | None]:
    return [None if value != value else round(value) for value in values]


def _present(side: Matched) -> NDArray[np.bool_]:
    """Groups by strata: where there is somebody to whom an event could have happened."""
    return np.asarray((side.known_area[:, np.newaxis] & side.recorded & (side.exposure > 0)).T)


def _left_out(block: Block) -> NDArray[np.bool_]:
    """Groups by strata: those that would count, and do not since one of the two sides has nobody there."""
    own, unused = block.sides.own, ~(block.strata.weight > 0)
    first, second = _present(own), _present(block.sides.against)
    if block.method == "indirect":
        return first & unused
    if block.method == "mantel-haenszel":
        return (first | second) & unused
    return unused & (block.standard.weight > 0) & own.recorded.any(axis=1)


def _flags(block: Block, pool: Pool, question: RateQuestion) -> list[Flag]:
    """What there is to know about each row."""
    own, against, named = block.sides.own, block.sides.against, block.compared
    here, referred = (_present(side).any(axis=1) for side in (own, against))
    events1, events2 = (_summed(side.count, _in_use(block)) for side in (own, against))
    estimate = block.contrast().compare(question.rules[0].confidence_level).estimate
    bits = {
        Flag.NO_POPULATION: own.recorded.any(axis=0) & own.known_group & ~here,
        Flag.NOT_RECORDED: ~own.recorded.any(axis=0),
        Flag.FEW_EVENTS: here & (events1 < FEW_EVENTS),
        Flag.NO_REFERENCE: named & ~referred,
        Flag.SMALL_REFERENCE: named & referred & (events2 < SMALL_BASE),
        Flag.STRATA_LEFT_OUT: named & _left_out(block).any(axis=1),
        Flag.MISSING_GROUP: ~own.known_group,
        Flag.UNDEFINED: named & here & referred & np.isnan(estimate),
        Flag.BY_ENCOUNTER: np.full(named.shape, block.clustered),
        Flag.ESTIMATED_POPULATION: np.full(named.shape, pool.squared_errors is not None),
        Flag.FULL_COUNT: np.full(named.shape, not question.chance),
    }
    total = sum(np.where(on, int(flag), 0) for flag, on in bits.items())
    return [Flag(int(bit)) for bit in np.asarray(total)]
