"""How a share or a gap moves between two windows: up and down, or wider and narrower."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dueregard.publish.numbers import plain
from dueregard.publish.readings import known
from dueregard.publish.sentences.wording import Row, group_of, reference_of, too_few


@dataclass(frozen=True)
class Movement:
    """The words of one row: what moved, and what negative and positive changes are called."""

    moved: str
    down: str
    up: str
    decimals: int

    def side(self, value: float) -> str:
        return self.down if value < 0 else self.up

    def span(self, row: Row) -> str:
        """The limits of a change: "0.3 to 4.9 wider", the smaller end first where both are on one side."""
        low, high = row["low"], row["high"]
        if low < 0 < high:
            return f"{self._size(low)} {self.down} to {self._size(high)} {self.up}"
        first, last = (low, high) if high > 0 else (high, low)
        return f"{self._size(first)} to {self._size(last)} {self.side(last)}"

    def _size(self, value: float) -> str:
        return "any amount" if math.isinf(value) else plain(value, self.decimals)


def movement_of(row: Row, decimals: int) -> Movement:
    """How a change is told: of gaps that are on one side in both windows, and for all that chance allows, as wider and
    narrower; of others as that of the group against the reference."""
    down, up = sides_of(row)
    size = plain(row["estimate"], decimals)
    points = f"{size} percentage {'point' if float(size.replace(',', '')) == 1 else 'points'}"
    same = float(f"{row['estimate']:.{decimals}f}") == 0
    side = down if row["estimate"] < 0 else up
    if "share_after" not in row:
        return Movement("That is about the same" if same else f"That is {points} {side}", down, up, decimals)
    if same:
        return Movement("The gap is about the same", down, up, decimals)
    verb = {"wider": "widened", "narrower": "narrowed"}.get(side)
    against = f"Against {reference_of(row)}, {group_of(row)} moved {side} by {points}"
    return Movement(f"The gap {verb} by {points}" if verb else against, down, up, decimals)


def few_people(row: Row) -> bool:
    """Whether any side of a change, in either window, has too few people to describe."""
    sides = [(row["count"], row["nobs"]), (row["reference_count"], row["reference_nobs"])]
    sides += [(row[f"{of}count_before"], row[f"{of}nobs_before"]) for of in ("", "reference_") if "share_after" in row]
    return any(too_few(count, nobs) for count, nobs in sides)


def sides_of(row: Row) -> tuple[str, str]:
    """What a negative and a positive change are called.

    >>> gaps = {"share_after": 58.0, "reference_value": -6.5, "value": -9.1, "low": -4.9, "high": -0.3}
    >>> sides_of(gaps), sides_of(gaps | {"high": 20.0}), sides_of({"value": 60.0})
    (('wider', 'narrower'), ('down', 'up'), ('lower', 'higher'))
    """
    if "share_after" not in row:
        return "lower", "higher"
    before, after = row["reference_value"], row["value"]
    limits = [row[name] for name in ("low", "high") if known(row[name])]
    if before <= 0 and after <= 0 and all(before + limit <= 0 for limit in limits):
        return "wider", "narrower"
    if before >= 0 and after >= 0 and all(before + limit >= 0 for limit in limits):
        return "narrower", "wider"
    return "down", "up"
