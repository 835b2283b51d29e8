"""What a waterfall draws: where it starts, each step on the way, and what it ends at.

Of a gap it starts at the gap and takes off one part after another until what remains; of a change it starts at the gap
before and adds the parts until the gap after. Steps are never made to fit: parts that would not add up are not split.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts.few_sets import few_sets
from dueregard.publish.gap_change_sets import ChangeSet, change_part_name, change_sets
from dueregard.publish.gap_part_sets import PartSet, decimals_of, is_any, method_name, part_name, part_sets
from dueregard.publish.readings import Row, clean, known

if TYPE_CHECKING:
    from dueregard.findings import Findings

CLOSE = 1e-6
GAP, PART, REST = "gap", "part", "rest"


@dataclass(frozen=True)
class Step:
    """One bar, from where the one before it ended; those of gaps stand on no gap."""

    label: str
    kind: str
    start: float
    end: float
    estimate: float
    low: Any
    high: Any
    """Limits of the estimate."""
    way: float = 1.0
    """Whether it is added, or taken off."""
    decimals: int = 1

    @property
    def sure(self) -> bool:
        """Whether it is told from none, as far as there are limits."""
        return not (known(self.low) and known(self.high)) or bool(self.low > 0 or self.high < 0)

    @property
    def ends(self) -> tuple[float, float] | None:
        """Where the end of the bar could be."""
        if not (known(self.low) and known(self.high)):
            return None
        ends = sorted((self.start + self.way * self.low, self.start + self.way * self.high))
        return ends[0], ends[1]


@dataclass(frozen=True)
class Fall:
    """The steps of one gap."""

    area: str
    group: str
    row: Row
    steps: Sequence[Step]
    method: str = ""
    alike_enough: bool = True
    """Whether there are people enough with a counterpart to say what would remain."""

    @property
    def first(self) -> Step:
        return self.steps[0]

    @property
    def last(self) -> Step:
        return self.steps[-1]


def falls_of(findings: Findings) -> list[Fall]:
    """The waterfalls of findings; refused where no gap is known."""
    if findings.kind == "gap change parts":
        changes = [each for each in change_sets(findings) if known(each.change["estimate"])]
        found = [_of_change(each) for each in few_sets(changes)] if changes else []
    else:
        parts = [each for each in part_sets(findings) if known(each.gap["estimate"]) and each.rest is not None]
        found = [_of_gap(each) for each in few_sets([each for each in parts if _is_whole(each)])] if parts else []
    if not found:
        raise ValueError("findings: there is nothing to draw, no gap is known with what it is made of")
    return found


def n_falls(findings: Findings) -> int:
    """How many gaps there are that could be drawn."""
    return len(change_sets(findings) if findings.kind == "gap change parts" else part_sets(findings))


def _is_whole(each: PartSet) -> bool:
    """Whether every total is known."""
    totals = [each.explained, each.rest, *each.others]
    return all(row is not None and known(row["estimate"]) for row in totals)


def _split(total: Row | None, parts: Sequence[Row]) -> list[Row]:
    """The parts of a total if they add up to it, else the total."""
    whole = [] if total is None else [total]
    sizes = [row["estimate"] for row in parts]
    if total is None or not parts or not all(map(known, sizes)):
        return whole
    return list(parts) if math.isclose(sum(sizes), total["estimate"], rel_tol=CLOSE, abs_tol=CLOSE) else whole


def _of_gap(each: PartSet) -> Fall:
    """From the gap, part by part off it, to what remains."""
    at = each.gap["estimate"]
    steps = [_level("Gap", GAP, each.gap)]
    for row in [*_split(each.explained, each.factors), *filter(is_any, each.others)]:
        steps.append(_step(part_name(row), at, row, -1.0))
        at -= row["estimate"]
    assert each.rest is not None
    steps.append(_level("What remains", REST, each.rest))
    digits = decimals_of([each.gap, each.rest])
    steps = [replace(step, decimals=digits) for step in steps]
    return Fall(each.area, each.group, each.gap, steps, method_name(each.rest), alike_enough=each.is_alike_enough)


def _of_change(each: ChangeSet) -> Fall:
    """From the gap before, part by part onto it, to the gap after."""
    at = each.before["estimate"]
    steps = [_level(f"Gap, {clean(each.change['before'])}", GAP, each.before)]
    for total in each.totals:
        sides = [row for row in each.split if row["part"] == total["part"] and row.get("factor") is None]
        for row in _split(total, sides):
            steps.append(_step(change_part_name(row), at, row, 1.0))
            at += row["estimate"]
    steps.append(_level(f"Gap, {clean(each.change['after'])}", REST, each.after))
    digits, group = decimals_of([each.before, each.after]), str(each.change["group"])
    steps = [replace(step, decimals=digits) for step in steps]
    return Fall(each.area, group, each.change, steps, method_name(each.change))


def _level(label: str, kind: str, row: Row) -> Step:
    return Step(label, kind, 0.0, row["estimate"], row["estimate"], row["low"], row["high"])


def _step(label: str, start: float, row: Row, way: float) -> Step:
    size = row["estimate"]
    return Step(label, PART, start, start + way * size, size, row["low"], row["high"], way)
