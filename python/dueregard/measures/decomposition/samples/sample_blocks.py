"""Each group's gap in each area taken apart, with the precision of every part."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

import numpy as np

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.replicates.replicate_values import ReplicateValues
from dueregard.measures.decomposition.everywhere import EVERYWHERE
from dueregard.measures.decomposition.part_rows import Block, Part, Sampled
from dueregard.measures.decomposition.samples.gap_samples import GapSample, Term
from dueregard.measures.decomposition.samples.part_limits import Precision, precisions
from dueregard.measures.decomposition.samples.sample_levels import beside, group_flags, levels_of, spread
from dueregard.measures.decomposition.samples.sample_verdicts import total_verdicts
from dueregard.measures.decomposition.samples.wanted_rows import WITH_CONSTANT, WantedRow, summed
from dueregard.measures.decomposition.whole_gaps import WholeGaps


class Apart(NamedTuple):
    """A gap taken apart: ``parts`` (number of parts, p + 2), by the constant, each column, and in total; and what each
    row of the group and of the reference changes them by, (rows, number of parts, p + 2), for one unit of its weight.
    """

    parts: Floats
    group: Floats
    reference: Floats
    flag: int = 0
    """What there is to know of the parts."""
    also: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    """More columns of the gap and of totals, by part and name."""
    alike: tuple[float, float] = (np.nan, np.nan)
    """What both means would be if the groups were alike in all factors."""
    replicates: Floats | None = None
    """The parts computed again in each replicate of the design, (R, number of parts, p + 2)."""


class Asked(Protocol):
    """What is asked."""

    @property
    def part_names(self) -> tuple[str, ...]: ...

    @property
    def level(self) -> float: ...

    @property
    def adjust(self) -> str: ...

    @property
    def threshold(self) -> float | None:
        """What matters, in points; None of numbers of which nobody said."""

    @property
    def draws_orders(self) -> bool: ...

    @property
    def words(self) -> str: ...

    def rows(self, terms: Sequence[Term]) -> list[WantedRow]: ...


ROUNDING = 1e-12
APART = "not comparable"
"""The part of people without counterpart, of whom there are no limits."""

Method = Callable[[GapSample, int, int], Apart | str]
"""Takes apart the gap of a group in an area, or says why it cannot."""


class Told(NamedTuple):
    """The rows of one gap with their limits, and why there are none below the gap."""

    precision: Precision
    found: Apart | str
    sampled: Sampled | None = None
    """Where areas share clusters."""


def blocks_of(sample: GapSample, question: Asked, method: Method, whole: WholeGaps | None = None) -> list[Block]:
    """All areas together first, then each area; in each the groups in their order, the reference among them.

    Gaps between shares have the intervals of ``whole``.

    Raises
    ------
    ValueError
        If a gap cannot be taken apart for all areas together. In an area its rows say so.
    """
    rows = question.rows(sample.terms)
    found: dict[tuple[int, int], Told] = {}
    for group in sample.compared:
        for areas in sample.families:
            found |= _compared(sample, question, method, rows, areas, group)
    judged = total_verdicts(
        {place: told.precision for place, told in found.items()},
        rows,
        question.level,
        question.adjust,
        question.threshold,
    )
    blocks = {
        at: _block(sample, question, rows, *at, found.get(at), judged.get(at, {}))
        for at in product(sample.blocks, range(len(sample.groups)))
    }
    return [block if whole is None or at not in found else _told(block, whole[at]) for at, block in blocks.items()]


def _told(block: Block, whole: Mapping[str, Any]) -> Block:
    """With the gap itself as it is told elsewhere."""
    gap, *rest = block.parts
    return replace(block, parts=[replace(gap, flag=0).told(whole), *rest])


def _compared(
    sample: GapSample,
    question: Asked,
    method: Method,
    rows: Sequence[WantedRow],
    areas: list[int],
    group: int,
) -> dict[tuple[int, int], Told]:
    """One group against the reference, in all areas together or in each."""
    value = np.full((len(areas), 1 + len(rows)), np.nan)
    score = np.zeros((len(sample.y), 1 + len(rows)))
    all_found = []
    for i, area in enumerate(areas):
        found = method(sample, area, group)
        all_found.append(found)
        if isinstance(found, str):
            if area == EVERYWHERE:
                raise ValueError(f"factors: {found}")
            _only_the_gap(sample, area, group, value[i], score)
            continue
        value[i] = summed(found.parts, rows)
        if sample.is_lone(area, group):
            continue
        for side, changes in ((group, found.group), (sample.reference, found.reference)):
            score[sample.members(area, side)] = np.nan_to_num(summed(changes, rows))  # of what has no value itself
    estimates = sample.estimates(areas, group, value, _without_rounding(score, sample))
    estimates = _again(estimates, all_found, rows)
    told = precisions(estimates, question.level, len(areas), full_count=sample.is_full_count)
    together = [
        Sampled(estimates.sampled, i * value.shape[1], 1.0) if sample.areas_share_clusters else None
        for i in range(len(areas))
    ]
    return {(area, group): Told(told[i], all_found[i], together[i]) for i, area in enumerate(areas)}


def _without_rounding(score: Floats, sample: GapSample) -> Floats:
    """Scores with 0 where all of a statistic are rounding beside the size of the outcome: then it does not vary."""
    spread = np.sqrt(np.square(sample.weight[:, np.newaxis] * score).sum(axis=0))
    return np.where(spread > ROUNDING * np.abs(sample.y).max(initial=0.0), score, 0.0)


def _again(estimates: Estimates, found: Sequence[Apart | str], rows: Sequence[WantedRow]) -> Estimates:
    """With the values that were computed again in each replicate in place of those by scores."""
    sampled = estimates.sampled
    if not isinstance(sampled, ReplicateValues):
        return estimates
    values = sampled.values.reshape(len(sampled.values), len(found), -1).copy()
    for i, each in enumerate(found):
        if not isinstance(each, str) and each.replicates is not None:
            values[:, i] = summed(each.replicates, rows)
    return replace(estimates, sampled=replace(sampled, values=values.reshape(len(values), -1)))


def _only_the_gap(sample: GapSample, area: int, group: int, value: Floats, score: Floats) -> None:
    """The difference of the means, where a model cannot be fitted; NaN if one of the two has nobody."""
    sides = [levels_of(sample, area, side).outcome for side in (group, sample.reference)]
    value[0] = sides[0] - sides[1]
    if sample.is_lone(area, group):
        return
    for sign, side, mean in ((1, group, sides[0]), (-1, sample.reference, sides[1])):
        members = sample.members(area, side)
        if np.isfinite(value[0]):
            score[members, 0] = sign * (sample.y[members] - mean) / sample.crossed(area, side)[0, 0]


def _block(
    sample: GapSample,
    question: Asked,
    rows: Sequence[WantedRow],
    area: int,
    group: int,
    told: Told | None,
    judged: Mapping[int, Mapping[str, Any]],
) -> Block:
    """The rows of one group in one area."""
    is_reference = group == sample.reference
    own, other = levels_of(sample, area, group), levels_of(sample, area, sample.reference)
    if told is None:
        parts = [Part("gap", np.nan, value=own.outcome, reference_value=np.nan if is_reference else other.outcome)]
    else:
        parts = [
            _part(question, row, i, told, beside(row, own, other), judged.get(i, {}))
            for i, row in enumerate([None, *rows])
        ]
    return Block(
        area=sample.area_labels(area),
        group=sample.groups[group],
        nobs=sample.nobs(area, group),
        outcome_missing=sample.outcome_missing(area, group),
        reference_nobs=None if is_reference else sample.nobs(area, sample.reference),
        parts=parts,
        flag=group_flags(sample, area, group),
        is_reference=is_reference,
        method=question.words,
        degrees_of_freedom=np.nan if told is None else told.precision.degrees_of_freedom,
        spread=spread(sample, area),
        sampled=None if told is None else told.sampled,
    )


def _part(
    question: Asked, row: WantedRow | None, i: int, told: Told, more: dict[str, Any], judged: Mapping[str, Any]
) -> Part:
    """The gap itself, or one row below it."""
    flag, found = int(told.precision.flag[i]), told.found
    if row is not None:
        flag |= int(Flag.NOT_FITTED) if isinstance(found, str) else found.flag
        flag |= int(Flag.SAMPLED_ORDERS) if question.draws_orders and row.factor else 0
    part, factor = ("gap", None) if row is None else (question.part_names[row.part], row.factor)
    if factor is not None and not isinstance(found, str) and np.isnan(told.precision.estimate[i]):
        flag |= int(Flag.UNDEFINED)
    if part == APART:
        flag &= ~int(Flag.NO_VARIANCE)
    remains = row is not None and factor is None and row.part == WITH_CONSTANT
    if remains and not isinstance(found, str):
        more = more | dict(zip(("value", "reference_value"), found.alike, strict=True))
    also = {} if isinstance(found, str) or factor is not None else found.also.get(part, {})
    return Part(
        part=part,
        factor=factor,
        level=None if row is None else row.level,
        remains=remains,
        flag=flag,
        **told.precision.of(i),
        **more | {"also": {**more.get("also", {}), **also, **judged}},
    )
