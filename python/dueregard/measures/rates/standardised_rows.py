"""The rows of standardised ratios: the crude one first, then each method beside it."""

from dataclasses import replace
from typing import Any

import numpy as np

from dueregard.flags import FEW_EVENTS, SMALL_BASE, Flag
from dueregard.inference.strata.stratified_rate_scores import homogeneity
from dueregard.inference.strata.stratified_rates import sums
from dueregard.inference.two_groups.families import Family
from dueregard.measures.comparison_rows import Columns, block_columns, each, flat, only_where, stacked
from dueregard.measures.rates.encounters import Clustering
from dueregard.measures.rates.matched import Together
from dueregard.measures.rates.pools import Pool
from dueregard.measures.rates.rate_rows import RateQuestion, rate_columns
from dueregard.measures.rates.standardised_blocks import (
    METHOD_NAMES,
    Block,
    Contrasts,
    alone,
    block_of,
    by_words,
    in_use,
    left_out,
    present,
    summed,
)
from dueregard.measures.rates.standards import Standard


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
    here = in_use(block)
    named = block.compared
    value, reference = contrast.rates
    part: Columns = {
        "measure": [f"{question.name}, standardised by {by_words(question)} ({METHOD_NAMES[block.method]})"] * n_groups,
        "characteristic": [question.characteristic] * n_groups,
        "group": list(own.groups),
        "period": [question.period] * n_groups,
        "row_type": ["reference" if i == question.position else "group" for i in range(n_groups)],
        "count": only_where(np.asarray(own.recorded.any(axis=0)), flat(summed(own.count, here).astype(np.int64))),
        "value": flat(per * np.where(named, value, alone(block))),
        "reference": [question.reference_text] * n_groups,
        "reference_count": only_where(named, flat(summed(against.count, here).astype(np.int64))),
        "reference_value": flat(per * np.where(named, reference, np.nan)),
        "unit_of_measure": [question.basis.unit] * n_groups,
        "basis": [question.basis.name] * n_groups,
        "per": [per] * n_groups,
        "exposure": flat(summed(own.exposure, here)),
        "reference_exposure": flat(np.where(named, summed(against.exposure, here), np.nan)),
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


def _whole(values: list[Any]) -> list[int | None]:
    return [None if value != value else round(value) for value in values]


def _flags(block: Block, pool: Pool, question: RateQuestion) -> list[Flag]:
    """What there is to know about each row."""
    own, against, named = block.sides.own, block.sides.against, block.compared
    here, referred = (present(side).any(axis=1) for side in (own, against))
    events1, events2 = (summed(side.count, in_use(block)) for side in (own, against))
    estimate = block.contrast().compare(question.rules[0].confidence_level).estimate
    bits = {
        Flag.NO_POPULATION: own.recorded.any(axis=0) & own.known_group & ~here,
        Flag.NOT_RECORDED: ~own.recorded.any(axis=0),
        Flag.FEW_EVENTS: here & (events1 < FEW_EVENTS),
        Flag.NO_REFERENCE: named & ~referred,
        Flag.SMALL_REFERENCE: named & referred & (events2 < SMALL_BASE),
        Flag.STRATA_LEFT_OUT: named & left_out(block).any(axis=1),
        Flag.MISSING_GROUP: ~own.known_group,
        Flag.UNDEFINED: named & here & referred & np.isnan(estimate),
        Flag.BY_ENCOUNTER: np.full(named.shape, block.clustered),
        Flag.ESTIMATED_POPULATION: np.full(named.shape, pool.squared_errors is not None),
        Flag.FULL_COUNT: np.full(named.shape, not question.chance),
    }
    total = sum(np.where(on, int(flag), 0) for flag, on in bits.items())
    return [Flag(int(bit)) for bit in np.asarray(total)]
