"""The rows of a decomposition of rates: each group's gap, its parts, and their factors and levels."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dueregard.flags import Flag
from dueregard.inference.decomposition.rates.gap_parts import APART, GAP, RATES, PartName, alike
from dueregard.inference.two_groups.contrasts import Answer
from dueregard.measures.decomposition.everywhere import EVERYWHERE
from dueregard.measures.decomposition.part_rows import NAN, Block, Part, Sampled
from dueregard.measures.decomposition.part_verdicts import Judged, Judging, verdicts
from dueregard.measures.decomposition.rates.crossed_groups import Cells, CrossedGroups
from dueregard.measures.decomposition.rates.decomposed import Decomposed, share_within
from dueregard.measures.decomposition.whole_gaps import WholeGaps


def gap_blocks(
    crossed: CrossedGroups, found: Sequence[Decomposed], flags: Mapping[tuple[int, int], int], position: int | None,
    judging: Judging, whole: WholeGaps,
) -> list[Block]:  # fmt: skip
    """A block for each area and group: compared groups with all parts, the reference and missing groups with theirs."""
    more = verdicts([Judged(each.pair.area, each.contrast, _totals(each)) for each in found], judging)
    by_place = {(each.pair.area, each.pair.group): (each, own) for each, own in zip(found, more, strict=True)}
    blocks = []
    for area in crossed.areas:
        for i in range(len(crossed.grouped.groups)):
            at = by_place.get((area, i))
            flag = flags[area, i]
            if at is None:
                blocks.append(_alone(crossed, area, i, flag, is_reference=i == position))
            else:
                blocks.append(_compared(crossed, *at, flag | judging.also, judging, whole[area, i]))
    return blocks


def _totals(one: Decomposed) -> dict[int, PartName]:
    return {k: name for k, name in enumerate(one.plan.names) if name.factor is None and name.part != GAP}


def _alone(crossed: CrossedGroups, area: int, group: int, flag: int, *, is_reference: bool) -> Block:
    """The reference, or people whose group is missing: compared with nobody."""
    cells = crossed.cells(crossed.places(area), [group])
    part = Part(GAP, NAN, value=100 * rate_of(cells), also={"count": int(cells.people[0].sum())})
    return Block(
        area=crossed.area_labels(area),
        group=crossed.grouped.groups[group],
        nobs=cells.nobs,
        outcome_missing=_outcome_missing(crossed, area, group),
        reference_nobs=None,
        parts=[part],
        flag=flag,
        is_reference=is_reference,
    )


def _compared(
    crossed: CrossedGroups, one: Decomposed, more: Mapping[int, Mapping[str, Any]], flag: int, judging: Judging,
    whole: Mapping[str, Any],
) -> Block:  # fmt: skip
    pair = one.pair
    answer = one.contrast.compare(judging.rule.confidence_level)
    parts = [_part(crossed, one, k, answer, judging, more.get(k, {})) for k, name in enumerate(one.plan.names)]
    parts[0] = parts[0].told(whole)
    method = judging.method if not judging.chance else f"{judging.method}; {one.contrast.method}"
    return Block(
        area=crossed.area_labels(pair.area),
        group=crossed.grouped.groups[pair.group],
        nobs=pair.own.nobs,
        outcome_missing=_outcome_missing(crossed, pair.area, pair.group),
        reference_nobs=pair.against.nobs,
        parts=parts,
        flag=flag,
        method=method,
        sampled=_sampled(crossed, one) if pair.area != EVERYWHERE else None,
    )


def _sampled(crossed: CrossedGroups, one: Decomposed) -> Sampled | None:
    """How the parts vary, where those of areas do so together."""
    sampled = one.contrast.sampled
    return Sampled(sampled, 0, 100.0) if sampled is not None and crossed.areas_share_clusters else None


def _outcome_missing(crossed: CrossedGroups, area: int, group: int) -> int:
    missing = crossed.grouped.outcome_missing[:, group]
    return int(missing.sum() if area == EVERYWHERE else missing[area])


def _part(
    crossed: CrossedGroups, one: Decomposed, k: int, answer: Answer, judging: Judging, more: Mapping[str, Any]
) -> Part:
    name = one.plan.names[k]
    estimate, low, high, pvalue = (float(each[k]) for each in (answer.estimate, answer.low, answer.high, answer.pvalue))
    degrees = float(one.contrast.degrees_of_freedom[k])
    factor = None if name.factor is None else crossed.factors[name.factor]
    level = None if name.factor is None or name.level is None else crossed.levels[name.factor][name.level]
    shown, flag = _people(one, name)
    if judging.chance and name.part not in (GAP, APART) and not flag & Flag.NO_CASES:
        flag |= int(one.contrast.flag[k])
    also = {**shown.pop("also", {}), **more}
    if np.isfinite(degrees):
        also["degrees_of_freedom"] = degrees
    return Part(
        part=name.part,
        estimate=100 * estimate,
        se=100 * float(one.contrast.se[k]),
        low=100 * low,
        high=100 * high,
        pvalue=pvalue,
        factor=factor,
        level=level,
        remains=name == PartName(RATES),
        flag=flag,
        also=also,
        **shown,
    )


def _people(one: Decomposed, name: PartName) -> tuple[dict[str, Any], int]:
    """Who is behind a part: the rates of both sides, how many people, what share of each; and what is to know of it."""
    if name.level is not None and name.factor is not None:
        return _at_level(one, name.factor, name.level)
    lonely = int(Flag.EMPTY_CELL) if one.lonely.any() and one.pair.own.nobs and one.pair.against.nobs else 0
    if name.part == GAP:
        own, against = one.pair.own, one.pair.against
        people = own.nobs + one.pair.other.nobs
        also = {
            "count": int(own.people[0].sum()),
            "reference_count": int(against.people[0].sum()),
            "empty_percent": 100 * one.lonely_people / people if people else NAN,
        }
        return {"value": 100 * rate_of(own), "reference_value": 100 * rate_of(against), "also": also}, lonely
    if name == PartName(RATES):
        return _alike(one), lonely
    if name.part == APART:
        return _without_counterpart(one), lonely
    return {}, lonely


def _alike(one: Decomposed) -> dict[str, Any]:
    """The shares of both sides if their people were alike in all factors."""
    own, against = (side.counts(one.plan.sizes) for side in (one.pair.own, one.pair.against))
    shares = 100 * alike(own, against, one.plan)[0]
    return {"value": float(shares[0]), "reference_value": float(shares[1])}


def _without_counterpart(one: Decomposed) -> dict[str, Any]:
    whole = one.pair.own, one.pair.against
    own, against = (side.only(one.lonely) for side in whole)
    shares = [
        100 * _part_of(part.weight.sum(), side.weight.sum()) for part, side in zip((own, against), whole, strict=True)
    ]
    return {
        "value": 100 * rate_of(own),
        "reference_value": 100 * rate_of(against),
        "group_share": shares[0],
        "reference_share": shares[1],
        "nobs": own.nobs,
        "reference_nobs": against.nobs,
    }


def _at_level(one: Decomposed, j: int, level: int) -> tuple[dict[str, Any], int]:
    sizes, found = one.plan.sizes, []
    for side in (one.pair.own, one.pair.against):
        weight, positive = (share_within(each, sizes, j) for each in (side.weight.sum(axis=0), side.weight[0]))
        people = int(share_within(side.in_cells, sizes, j)[level])
        found.append((people, _part_of(weight[level], weight.sum()), _part_of(positive[level], weight[level])))
    (nobs, share, rate), (reference_nobs, reference_share, reference_rate) = found
    flag = int(Flag.EMPTY_CELL) if (nobs == 0) != (reference_nobs == 0) else 0
    if nobs == 0 and reference_nobs == 0:
        flag = int(Flag.NO_CASES)
    return {
        "value": 100 * rate,
        "reference_value": 100 * reference_rate,
        "group_share": 100 * share,
        "reference_share": 100 * reference_share,
        "nobs": nobs,
        "reference_nobs": reference_nobs,
    }, flag


def rate_of(cells: Cells) -> float:
    """The share of people with the property, by weight."""
    return _part_of(cells.weight[0].sum(), cells.weight.sum())


def _part_of(part: Any, whole: Any) -> float:
    return float(part / whole) if whole > 0 else NAN
