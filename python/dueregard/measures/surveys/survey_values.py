"""The values of a statistic in every domain, with their precision."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs.designed import Designed
from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.design_effects import (
    design_effects,
    effective_sizes,
    element_variances,
    proportion_variances,
)
from dueregard.inference.surveys.estimates import Estimates, divided
from dueregard.inference.surveys.intervals.edge_intervals import share_limits, survey_shares
from dueregard.inference.surveys.intervals.limits import interval_flags, known_se, t_limits
from dueregard.inference.surveys.quantiles import Quantiles, quantiles
from dueregard.inference.surveys.ratios import ratios, shares, totals_of, with_answers
from dueregard.measures.grouped import answer_positions
from dueregard.measures.surveys.domains import Domains
from dueregard.measures.surveys.survey_questions import Question

METHOD_WORDS = {"wilson": "Wilson", "korn-graubard": "Korn-Graubard", "logit": "logit"}


@dataclass(frozen=True)
class SurveyValues:
    """Arrays of one shape: (domains,), or (domains, quantiles)."""

    value: Floats
    se: Floats
    low: Floats
    high: Floats
    nobs: NDArray[np.int64]
    effective_nobs: Floats
    design_effect: Floats
    degrees_of_freedom: Floats
    flag: NDArray[np.int64]
    method: str
    count: NDArray[np.int64] | None = None

    def full_count(self) -> "SurveyValues":
        """Values of everybody, which have no sampling error."""
        nothing = np.full(self.value.shape, np.nan)
        unsure = int(Flag.NO_VARIANCE | Flag.BORROWED_PRECISION | Flag.EFFECTIVE_SIZE | Flag.FEW_DEGREES)
        unsure |= int(Flag.ONE_CLUSTER | Flag.PRECISION_CAPPED)
        flag = self.flag & ~unsure | int(Flag.FULL_COUNT)
        lost = dict.fromkeys(("se", "low", "high", "effective_nobs", "design_effect"), nothing)
        return replace(self, **lost, flag=flag, method="full count")

    def times(self, factor: float) -> "SurveyValues":
        """Values in another unit, such as percent."""
        scaled = {name: factor * getattr(self, name) for name in ("value", "se", "low", "high")}
        return replace(self, **scaled)


def survey_values(read: Designed, domains: Domains, question: Question) -> SurveyValues:
    """What the question asks, in every domain."""
    found = _asked(read, domains, question)
    if read.cells.is_full_count:
        return found.full_count()
    how = f"{read.design.replicates} replicates" if read.design.replicates else "linearised"
    weighted = int(Flag.EFFECTIVE_SIZE) if read.tally.weighted else 0
    return replace(found, method=f"{found.method}; {how}", flag=found.flag | weighted)


def _asked(read: Designed, domains: Domains, question: Question) -> SurveyValues:
    if question.statistic == "quantile":
        return _quantiles(read, domains, question)
    if question.outcome is not None:
        return _answers(read, domains, question)
    return _numbers(read, domains, question)


def _numbers(read: Designed, domains: Domains, question: Question) -> SurveyValues:
    """Means, totals and ratios of numbers, and totals of people."""
    cells, members = read.cells, domains.members()
    if question.value is None:
        people = totals_of(cells, 0, members)
        return _by_t(people, np.full(len(domains), np.nan), question.level)
    if question.statistic == "total":
        found = totals_of(cells, 1, members)
        return _by_t(found, _effect(found, element_variances(cells, members=members), found.weight), question.level)
    if question.statistic == "mean":
        found = ratios(cells, members=members)
        return _by_t(found, _effect(found, element_variances(cells, members=members)), question.level)
    found = ratios(cells, denominator=2, members=members)
    spread = element_variances(cells, denominator=2, members=members)
    below = totals_of(cells, 2, members).value
    return _by_t(found, _effect(found, spread, divided(found.weight, below)), question.level)


def _answers(read: Designed, domains: Domains, question: Question) -> SurveyValues:
    """Proportions of people with an answer, and how many they are."""
    assert question.outcome is not None
    answers = read.tally.labels[question.outcome]
    positives, kept = answer_positions(question.outcome, answers, positive=question.positive, exclude=question.exclude)
    is_positive = np.isin(np.arange(read.cells.n_domains) % len(answers), positives)
    members = domains.members(kept)
    share = shares(read.cells, members, is_positive)
    count = domains.counts[:, positives].sum(axis=1)
    if question.statistic == "total":
        people = totals_of(with_answers(read.cells, is_positive), -1, members)
        effect = _effect(people, proportion_variances(share.value, share.nobs), people.weight)
        return replace(_by_t(people, effect, question.level), count=count)
    return replace(_proportions(share, question), count=count).times(100)


def _proportions(share: Estimates, question: Question) -> SurveyValues:
    sized = survey_shares(share.value, share.variance, share.nobs, share.kish, share.clusters, share.degrees_of_freedom)
    sized_as = sized.capped if question.method == "wilson" else sized
    effect = divided(share.nobs.astype(np.float64), sized_as.size)
    if question.method == "t":
        return _by_t(share, effect, question.level)
    low, high = share_limits(sized, method=question.method, confidence_level=question.level)
    return SurveyValues(
        value=share.value,
        se=known_se(share),
        low=low,
        high=high,
        nobs=share.nobs,
        effective_nobs=np.where(sized_as.size > 0, sized_as.size, np.nan),
        design_effect=effect,
        degrees_of_freedom=share.degrees_of_freedom,
        flag=share.flag | sized.flag,
        method=METHOD_WORDS[question.method],
    )


def _by_t(found: Estimates, effect: Floats, level: float) -> SurveyValues:
    low, high = t_limits(found, level)
    undefined = np.isnan(found.value) & (found.weight > 0)  # such as a ratio over a total of 0
    return SurveyValues(
        value=np.where(found.nobs > 0, found.value, np.nan),  # the total of nobody's numbers is not known to be 0
        se=known_se(found),
        low=low,
        high=high,
        nobs=found.nobs,
        effective_nobs=effective_sizes(found.nobs, effect),
        design_effect=effect,
        degrees_of_freedom=found.degrees_of_freedom,
        flag=found.flag | interval_flags(found) | np.where(undefined, int(Flag.UNDEFINED), 0),
        method="Student's t",
    )


def _effect(found: Estimates, spread: Floats, scale: Floats | float = 1.0) -> Floats:
    """The design effect against a simple random sample with replacement, where a variance is known at all."""
    effect = design_effects(found.variance, spread, found.nobs, scale=scale)
    return np.where(np.isnan(known_se(found)), np.nan, effect)


def _quantiles(read: Designed, domains: Domains, question: Question) -> SurveyValues:
    """Quantiles of everybody together and of every area, each from its own distribution."""
    rows = read.rows
    n_areas = len(domains) - 1
    parts = [(np.where(rows.cell >= 0, 0, -1).astype(np.int32), 1)] + ([(rows.cell, n_areas)] if n_areas else [])
    found = [
        quantiles(
            rows.values[:, 0],
            rows.weight,
            cell,
            n,
            np.array(question.quantiles),
            lambda below, cell=cell, n=n: read.summed(cell, n, below),  # type: ignore[misc]
            question.level,
        )
        for cell, n in parts
    ]
    return _stacked(found)


def _stacked(found: list[Quantiles]) -> SurveyValues:
    def of(name: str) -> NDArray[Any]:
        return np.vstack([getattr(each, name) for each in found])

    def of_below(name: str) -> NDArray[Any]:
        return np.vstack([getattr(each.below, name).reshape(each.value.shape) for each in found])

    nobs, effect = of_below("nobs"), of("design_effect")
    return SurveyValues(
        value=of("value"),
        se=of("se"),
        low=of("low"),
        high=of("high"),
        nobs=nobs,
        effective_nobs=effective_sizes(nobs, effect),
        design_effect=effect,
        degrees_of_freedom=of_below("degrees_of_freedom"),
        flag=of("flag"),
        method="Woodruff, Student's t",
    )
