"""Each group's gap in each area taken apart by regression, with the precision of every part."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.measures.decomposition.gap_samples import EVERYWHERE, GapSample
from dueregard.measures.decomposition.part_limits import Precision, precisions
from dueregard.measures.decomposition.part_rows import Block, Part
from dueregard.measures.decomposition.regression_questions import RegressionQuestion
from dueregard.measures.decomposition.regression_rows import WITH_CONSTANT, WantedRow, summed, wanted_rows
from dueregard.measures.decomposition.sample_levels import beside, group_flags, levels_of, spread


class Apart(NamedTuple):
    """A gap taken apart: ``parts`` (number of parts, p + 2), by the constant, each column, and in total; and what each
    row of the group and of the reference changes them by, (rows, number of parts, p + 2), for one unit of its weight.
    """

    parts: Floats
    group: Floats
    reference: Floats


Method = Callable[[GapSample, int, int, RegressionQuestion], Apart | str]
"""Takes apart the gap of a group in an area, or says why it cannot."""


class Told(NamedTuple):
    """The rows of one gap with their limits, and why there are none below the gap."""

    precision: Precision
    why: str | None


def blocks_of(sample: GapSample, question: RegressionQuestion, method: Method) -> list[Block]:
    """All areas together first, then each area; in each the groups in their order, the reference among them.

    Raises
    ------
    ValueError
        If a gap cannot be taken apart for all areas together. In an area its rows say so.
    """
    rows = wanted_rows(sample.terms, question.parts, question.detailed)
    found: dict[tuple[int, int], Told] = {}
    for group in sample.compared:
        for areas in sample.families:
            found |= _compared(sample, question, method, rows, areas, group)
    return [
        _block(sample, question, rows, area, group, found.get((area, group)))
        for area in sample.blocks
        for group in range(len(sample.groups))
    ]


def _compared(
    sample: GapSample,
    question: RegressionQuestion,
    method: Method,
    rows: Sequence[WantedRow],
    areas: list[int],
    group: int,
) -> dict[tuple[int, int], Told]:
    """One group against the reference, in all areas together or in each."""
    value = np.full((len(areas), 1 + len(rows)), np.nan)
    score = np.zeros((len(sample.y), 1 + len(rows)))
    why: list[str | None] = [None] * len(areas)
    for i, area in enumerate(areas):
        found = method(sample, area, group, question)
        if isinstance(found, str):
            if area == EVERYWHERE:
                raise ValueError(f"factors: {found}")
            why[i] = found
            _only_the_gap(sample, area, group, value[i], score)
            continue
        value[i] = summed(found.parts, rows)
        for side, changes in ((group, found.group), (sample.reference, found.reference)):
            score[sample.members(area, side)] = np.nan_to_num(summed(changes, rows))  # of what has no value itself
    told = precisions(
        sample.estimates(areas, group, value, score), question.level, len(areas), full_count=sample.is_full_count
    )
    return {(area, group): Told(told[i], why[i]) for i, area in enumerate(areas)}


def _only_the_gap(sample: GapSample, area: int, group: int, value: Floats, score: Floats) -> None:
    """The difference of the means, where a model cannot be fitted; NaN if one of the two has nobody."""
    sides = [levels_of(sample, area, side).outcome for side in (group, sample.reference)]
    value[0] = sides[0] - sides[1]
    for sign, side, mean in ((1, group, sides[0]), (-1, sample.reference, sides[1])):
        members = sample.members(area, side)
        if np.isfinite(value[0]):
            score[members, 0] = sign * (sample.y[members] - mean) / sample.crossed(area, side)[0, 0]


def _block(
    sample: GapSample,
    question: RegressionQuestion,
    rows: Sequence[WantedRow],
    area: int,
    group: int,
    told: Told | None,
) -> Block:
    """The rows of one group in one area."""
    is_reference = group == sample.reference
    own, other = levels_of(sample, area, group), levels_of(sample, area, sample.reference)
    if told is None:
        parts = [Part("gap", np.nan, value=own.outcome, reference_value=np.nan if is_reference else other.outcome)]
    else:
        parts = [_part(question, row, i, told, beside(row, own, other)) for i, row in enumerate([None, *rows])]
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
    )


def _part(question: RegressionQuestion, row: WantedRow | None, i: int, told: Told, more: dict[str, Any]) -> Part:
    """The gap itself, or one row below it."""
    flag = int(told.precision.flag[i]) | (int(Flag.NOT_FITTED) if told.why and row else 0)
    if question.draws_orders and row and row.factor is not None:
        flag |= int(Flag.SAMPLED_ORDERS)
    if row is None:
        return Part(part="gap", flag=flag, **told.precision.of(i), **more)
    return Part(
        part=question.part_names[row.part],
        factor=row.factor,
        level=row.level,
        remains=row.factor is None and row.part == WITH_CONSTANT,
        flag=flag,
        **told.precision.of(i),
        **more,
    )
