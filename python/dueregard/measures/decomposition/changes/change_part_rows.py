"""The rows of the change of a gap: both gaps, the change, and its parts by side and factor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dueregard.flags import Flag
from dueregard.inference.decomposition.rates.gap_change_parts import AFTER, BEFORE, CHANGE, GROUP, ChangeName
from dueregard.inference.two_groups.contrasts import Answer
from dueregard.measures.decomposition.changes.change_precision import DecomposedChange
from dueregard.measures.decomposition.changes.changed_groups import IN_AFTER, IN_BEFORE, ChangedGroups, TwoTimes
from dueregard.measures.decomposition.everywhere import EVERYWHERE
from dueregard.measures.decomposition.part_rows import NAN, Block, Part
from dueregard.measures.decomposition.part_verdicts import Judged, Judging, verdicts
from dueregard.measures.decomposition.rates.crossed_groups import Cells
from dueregard.measures.decomposition.rates.decomposition_rows import rate_of
from dueregard.measures.decomposition.whole_gaps import WholeGaps

ENDS = {BEFORE: 1, AFTER: 0}
"""Which of a side's people, after and before, are behind a gap."""


@dataclass(frozen=True)
class Told:
    """What all rows of a change need: the groups, the times, how parts are judged, and what the reference is called."""

    changed: ChangedGroups
    times: TwoTimes
    judging: Judging
    reference: str
    ends: Mapping[str, WholeGaps]
    """The gaps at both times, as `dueregard.gap` has them."""


def change_blocks(
    told: Told, found: Sequence[DecomposedChange], flags: Mapping[tuple[int, int], int], place: int | None
) -> list[Block]:
    """A block for each area and group: compared groups with all parts, the reference and missing groups with shares."""
    judged = [Judged(each.pair.area, each.contrast, _totals(each)) for each in found]
    more = verdicts(judged, told.judging)
    by_place = {(each.pair.area, each.pair.group): (each, own) for each, own in zip(found, more, strict=True)}
    blocks = []
    for area in told.changed.areas:
        for i in range(len(told.changed.now.groups)):
            at, flag = by_place.get((area, i)), flags[area, i] | int(told.times.flag)
            if at is None:
                blocks.append(_alone(told, area, i, flag, is_reference=i == place))
            else:
                blocks.append(_compared(told, *at, flag | told.judging.also))
    return blocks


def _totals(one: DecomposedChange) -> dict[int, ChangeName]:
    """Parts of both sides together; the gaps themselves are those of `decompose_gap`."""
    return {
        k: name
        for k, name in enumerate(one.plan.names)
        if name.side is None and name.factor is None and name.part not in ENDS
    }


def _times(told: Told) -> dict[str, Any]:
    times = told.times
    ends = {"before_end": times.before.label, "window_end": times.after.label}
    return {"before": times.before.words, "after": times.after.words, **ends, "side": None}


def _alone(told: Told, area: int, group: int, flag: int, *, is_reference: bool) -> Block:
    """The reference, or people whose group is missing: their share at both times."""
    parts = []
    for name, pieces in ((BEFORE, IN_BEFORE), (AFTER, IN_AFTER)):
        cells = told.changed.cells(area, pieces, [group])
        also = {**_times(told), "count": int(cells.people[0].sum())}
        parts.append(Part(name, NAN, value=_shown(told, name, cells), nobs=cells.nobs, also=also))
    return _block(told, area, group, flag, parts, is_reference=is_reference, reference_nobs=None)


def _compared(told: Told, one: DecomposedChange, more: Mapping[int, Mapping[str, Any]], flag: int) -> Block:
    answer = one.contrast.compare(told.judging.rule.confidence_level)
    parts = [_part(told, one, name, k, answer, more.get(k, {})) for k, name in enumerate(one.plan.names)]
    for k, name in enumerate(one.plan.names):
        if name.part in ENDS and _is_told(told, name):
            parts[k] = parts[k].limited(told.ends[name.part][one.pair.area, one.pair.group])
    reference_nobs = one.sides[1][0].nobs
    return _block(told, one.pair.area, one.pair.group, flag, parts, reference_nobs=reference_nobs, one=one)


def _block(
    told: Told, area: int, group: int, flag: int, parts: Sequence[Part], *, reference_nobs: int | None,
    is_reference: bool = False, one: DecomposedChange | None = None,
) -> Block:  # fmt: skip
    now, judging = told.changed.now, told.judging
    missing = now.outcome_missing[:, group]
    said = judging.method if one is None or not judging.chance else f"{judging.method}; {one.contrast.method}"
    return Block(
        area=told.changed.area_labels(area),
        group=now.groups[group],
        nobs=told.changed.cells(area, IN_AFTER, [group]).nobs,
        outcome_missing=int(missing.sum() if area == EVERYWHERE else missing[area]),
        reference_nobs=reference_nobs,
        parts=parts,
        flag=flag,
        is_reference=is_reference,
        method="" if one is None else said,
        whole=0 if one is None else one.plan.names.index(ChangeName(CHANGE)),
    )


def _part(told: Told, one: DecomposedChange, name: ChangeName, k: int, answer: Answer, more: Mapping[str, Any]) -> Part:
    crossed = told.changed.crossed
    figures = {each: float(getattr(answer, each)[k]) for each in ("estimate", "low", "high", "pvalue")}
    figures["se"] = float(one.contrast.se[k])
    kept = _is_told(told, name)
    shown = {each: (figures[each] * (1 if each == "pvalue" else 100) if kept else NAN) for each in figures}
    side = (
        None if name.side is None else crossed.grouped.groups[one.pair.group] if name.side == GROUP else told.reference
    )
    level = None if name.factor is None or name.level is None else crossed.levels[name.factor][name.level]
    people, flag = _people(told, one, name)
    if kept and told.judging.chance:
        flag |= int(one.contrast.flag[k])
    return Part(
        part=name.part,
        estimate=shown["estimate"],
        se=shown["se"],
        low=shown["low"],
        high=shown["high"],
        pvalue=shown["pvalue"],
        factor=None if name.factor is None else crossed.factors[name.factor],
        level=level,
        flag=flag,
        also={**_times(told), "side": side, **people.pop("also", {}), **(more if kept else {})},
        **people,
    )


def _is_told(told: Told, name: ChangeName) -> bool:
    """Whether a part has a figure: of windows that cannot be compared none has but the gap of one that is whole."""
    window = {BEFORE: told.times.before, AFTER: told.times.after}.get(name.part)
    return not (told.times.flag if window is None else window.flag)


def _people(told: Told, one: DecomposedChange, name: ChangeName) -> tuple[dict[str, Any], int]:
    """Of the gaps the shares of both sides; of other parts, whether people have no counterpart at the other time."""
    if name.part in ENDS:
        own, against = (side[ENDS[name.part]] for side in one.sides)
        also = {"count": int(own.people[0].sum()), "reference_count": int(against.people[0].sum())}
        return {
            "value": _shown(told, name.part, own),
            "reference_value": _shown(told, name.part, against),
            "nobs": own.nobs,
            "reference_nobs": against.nobs,
            "also": also,
        }, 0
    lonely = any(one.lonely[side].any() for side in ((0, 1) if name.side is None else (name.side,)))
    return {}, int(Flag.EMPTY_CELL) if lonely else 0


def _shown(told: Told, part: str, cells: Cells) -> float:
    return 100 * rate_of(cells) if _is_told(told, ChangeName(part)) else NAN
