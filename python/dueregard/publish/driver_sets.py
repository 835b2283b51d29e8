"""Key drivers as sentences, tables and charts read them: sets of one place and group, which would do most.

A driver is told from none where the interval of its gain leaves out 0; the gains of a full count are known. It has room
where its level is below the best there is, as far as that is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.flags import Flag
from dueregard.missing import is_missing
from dueregard.publish.levels import statements
from dueregard.publish.readings import Row, area_of, by_columns, known, named, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

NAN = float("nan")
EXPLAINED = ("explained", "explained_low", "explained_high")
NONE = 0.005
"""A gain of a full count that is smaller is none: it is written with two decimals at most."""
FULL = 0.05
"""A level so near to the best is at it: both are written with one decimal at most."""


@dataclass(frozen=True)
class DriverSet:
    """The drivers of one place and group, and the row of all of them together."""

    area: str
    group: str
    whole: Row
    """The row of all drivers together; of findings that lack it, as some drivers were chosen, what they share."""
    drivers: Sequence[Row]

    @property
    def name(self) -> str:
        """What tells it from the other sets."""
        return ", ".join(text for text in (self.area, self.group) if text)

    @property
    def is_whole(self) -> bool:
        """Whether these are all drivers, and not some that were chosen."""
        return bool(self.whole["row_type"] == "overall")

    @property
    def has_shares(self) -> bool:
        """Whether any share is known."""
        return any(known(row["value"]) for row in self.drivers)


def driver_sets(findings: Findings) -> list[DriverSet]:
    """The sets in the order of the findings; people of no known group are none."""
    by, found = by_columns(findings), dict[tuple[object, ...], list[Row]]()
    for row, *_ in statements(rows_of(findings, "overall", "driver")):
        if row["group"] is None or not is_missing(row["group"]):
            found.setdefault((*(row[name] for name in by), row["group"]), []).append(row)
    return [_set(rows, by) for rows in found.values()]


def _set(rows: Sequence[Row], by: Sequence[str]) -> DriverSet:
    whole = next((row for row in rows if row["row_type"] == "overall"), {**rows[0], **dict.fromkeys(EXPLAINED, NAN)})
    drivers = [row for row in rows if row["row_type"] == "driver"]
    group = "" if whole["group"] is None else named(whole["group"])
    return DriverSet(area_of(whole, by) if by else "", group, whole, drivers)


def is_told(row: Mapping[str, Any], of: str = "gain") -> bool:
    """Whether an interval leaves out 0, or a gain of a full count is another number.

    >>> is_told({"gain_low": 0.2, "gain_high": 1.4}), is_told({"gain_low": -0.2, "gain_high": 1.4})
    (True, False)
    """
    if of == "gain" and is_full_count(row):
        return known(row["gain"]) and bool(abs(row["gain"]) >= NONE)
    low, high = (row.get(name) for name in (("low", "high") if of == "estimate" else (f"{of}_low", f"{of}_high")))
    return known(low) and known(high) and bool(low > 0 or high < 0)


def is_full_count(row: Mapping[str, Any]) -> bool:
    """Whether everybody was asked, so that nothing is left to chance."""
    flag = row.get("flag")
    return isinstance(flag, int) and Flag.FULL_COUNT in Flag(flag)


def has_room(row: Row) -> bool:
    """Whether a driver can still improve."""
    best = row.get("best")
    return not (known(best) and known(row["performance"]) and row["performance"] >= best - FULL)


def helps(row: Row, higher_is_better: bool | None) -> bool:
    """Whether more of a driver, or less of one whose best level is not known, goes with a better outcome."""
    if not (is_told(row) and has_room(row)):
        return False
    return not known(row.get("best")) or (row["gain"] > 0) == (higher_is_better is not False)


def foremost(drivers: Sequence[Row], higher_is_better: bool | None, most: int = 2) -> list[Row]:
    """Those that would do most, of the drivers whose gain is told from none and that have room to improve: by gain
    where these are of one scale, else by share, since so much more of one is not so much more of another."""
    helping = [row for row in drivers if helps(row, higher_is_better)]
    if not are_of_one_scale(drivers):
        return by_share(helping)[:most]
    return sorted(helping, key=lambda row: -abs(row["gain"]))[:most]


def are_of_one_scale(drivers: Sequence[Row]) -> bool:
    """Whether all gains are for so much more of the same scale, as those of which the same is the best level are.

    >>> are_of_one_scale([{"gain": 1.9, "best": 100.0}, {"gain": 0.4, "best": 100.0}])
    True
    >>> are_of_one_scale([{"gain": 1.9, "best": 100.0}, {"gain": 0.4, "best": NAN}])  # pounds, or years
    False
    """
    best = [row.get("best") for row in drivers if known(row["gain"])]
    return len(best) < 2 or (all(map(known, best)) and len(set(best)) == 1)


def by_share(drivers: Sequence[Row]) -> list[Row]:
    """The drivers with a share, the largest first."""
    return sorted((row for row in drivers if known(row["value"])), key=lambda row: -row["value"])


def any_rank(row: Mapping[str, Any], drivers: Sequence[Mapping[str, Any]]) -> bool:
    """Whether chance lets a driver stand at any place."""
    n = sum(known(each["value"]) for each in drivers)
    return n > 1 and row.get("rank_low") == 1 and row.get("rank_high") == n
