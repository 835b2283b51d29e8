"""Gaps taken apart in many areas: in how many there is a gap, and in how many one would remain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from dueregard.publish.driver_sets import is_told
from dueregard.publish.gap_change_sets import ChangeSet
from dueregard.publish.gap_part_sets import PartSet
from dueregard.publish.numbers import spoken
from dueregard.publish.readings import Row, known
from dueregard.publish.sentences.area_counts import FEW_AREAS, counted, of_areas, ways
from dueregard.publish.sentences.assessments.parts import capital
from dueregard.publish.sentences.wording import group_of, reference_of, too_few
from dueregard.publish.units.amounts import unit_of

By = Sequence[str]
Part = tuple[str, Row]
"""A part of a gap in an area."""
PARTS = {"composition": "a change in who answered", "rates": "a change in rates among people who are alike"}
Each = TypeVar("Each", PartSet, ChangeSet)


def gap_areas(sets: Sequence[PartSet], by: By, held: str) -> list[str]:
    """Of each group in how many areas there is a gap, and in how many one would remain with groups alike in what is
    held equal; nothing of few areas."""
    return [_gaps(own, by, held) for own in _by_group(sets, [str(each.gap["group"]) for each in sets])]


def change_areas(sets: Sequence[ChangeSet], by: By) -> list[str]:
    """Of each group in how many areas a gap has moved, and what of it; nothing of few areas."""
    return [_changes(own, by) for own in _by_group(sets, [str(each.change["group"]) for each in sets])]


def _by_group(sets: Sequence[Each], groups: Sequence[str]) -> list[list[Each]]:
    """The sets of each group, where any has more areas than are told one by one."""
    found: dict[str, list[Each]] = {}
    for each, group in zip(sets, groups, strict=True):
        found.setdefault(group, []).append(each)
    return list(found.values()) if max(map(len, found.values()), default=0) > FEW_AREAS else []


def _gaps(sets: Sequence[PartSet], by: By, held: str) -> str:
    row, (asked, few) = sets[0].gap, _asked([(each.area, each.gap) for each in sets])
    alike_enough = [each for each in sets if each.area not in few and each.is_alike_enough]
    rests = [(each.area, each.rest) for each in alike_enough if each.rest is not None]
    alone = [area for area, _ in asked if all(each.area != area for each in alike_enough)]
    first = f"for {group_of(row)} {spoken(row['measure'])} is shown to be"
    alike = f"had the two groups been alike in {held}"
    than = f" than for {reference_of(row)}"
    said = f"{first} {_both_ways(asked, row, than)}; {alike}, it would be shown to be {_both_ways(rests, row)}"
    without = f" In {counted(alone)} too few people have a counterpart to say what would remain." if alone else ""
    return f"{_start(len(sets), by)}: {said}.{without}{_left_out(few)}"


def _start(n: int, by: By) -> str:
    return f"{capital(of_areas(n, by))}, each judged by itself"


def _asked(rows: Sequence[Part]) -> tuple[list[Part], list[str]]:
    """The areas of which something is said, and those with too few people or no figure."""
    few = [area for area, row in rows if not known(row["estimate"])
           or any(too_few(None, row[name]) for name in ("nobs", "reference_nobs"))]  # fmt: skip
    return [(area, row) for area, row in rows if area not in few], few


def _left_out(few: Sequence[str]) -> str:
    return f" In {counted(few)} nothing can be said, as too few people answered." if few else ""


def _both_ways(parts: Sequence[Part], row: Row, than: str = "") -> str:
    """In how many areas a part is told from none, on either side."""
    told, unit = [(area, one) for area, one in parts if is_told(one, "estimate")], unit_of(row)
    lower, higher = ([area for area, one in told if (one["estimate"] > 0) == up] for up in (False, True))
    return ways(f"{unit.side(-1.0)}{than}", unit.side(1.0), lower, higher)


def _changes(sets: Sequence[ChangeSet], by: By) -> str:
    row, (asked, few) = sets[0].change, _asked([(each.area, each.change) for each in sets])
    of = f"the gap of {group_of(row)} to {reference_of(row)} in {spoken(row['measure'])}"
    said = f"{of} is shown to have changed in {_told(asked)}"
    for part, what in PARTS.items():
        own = [(each.area, one) for each in sets if each.area not in few for one in each.totals if one["part"] == part]
        said += f"; what goes with {what} is shown in {_told(own)}" if own else ""
    return f"{_start(len(sets), by)}: {said}.{_left_out(few)}"


def _told(parts: Sequence[Part]) -> str:
    return counted([area for area, row in parts if is_told(row, "estimate")])
