"""Drivers in many areas: in how many of them more of a driver is shown to go with a better outcome, or with a worse."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.publish.driver_sets import DriverSet, is_full_count, is_told
from dueregard.publish.readings import known
from dueregard.publish.sentences.area_counts import FEW_AREAS, counted, of_areas
from dueregard.publish.sentences.assessments.parts import capital, listing
from dueregard.publish.sentences.driver_words import driver_of, outcome_of
from dueregard.publish.sentences.wording import Row, members_of, too_few

By = Sequence[str]


def driver_areas(sets: Sequence[DriverSet], by: By, better: bool | None) -> list[str]:
    """A sentence or two for each group; nothing where areas are so few that each can be told."""
    groups: dict[str, list[DriverSet]] = {}
    for each in sets:
        groups.setdefault(each.group, []).append(each)
    if max(map(len, groups.values()), default=0) <= FEW_AREAS:
        return []
    return [text for own in groups.values() for text in _of_group(own, by, better)]


def _of_group(sets: Sequence[DriverSet], by: By, better: bool | None) -> list[str]:
    row, total = sets[0].whole, of_areas(len(sets), by)
    start = f"For {members_of(row)}, {total}" if sets[0].group else capital(total)
    asked = [each for each in sets if each.has_shares and not too_few(None, each.whole["nobs"])]
    lost = counted([each.area for each in sets if each not in asked])
    rest = [f"{start}, no shares can be given in {lost}."] if len(asked) < len(sets) else []
    if not any(known(one["gain"]) for each in asked for one in each.drivers):
        return rest
    up, down = ("lower", "higher") if better is False else ("higher", "lower")
    (name, areas), *further = _areas_told(asked, up).items()
    goes = "goes" if is_full_count(row) else "is shown to go"
    shown = [f"more of {name} {goes} with {outcome_of(row)} being {up} in {counted(areas)}"]
    shown += [f"of {name} in {counted(areas)}" for name, areas in further]
    worse = [f"of {name} in {counted(areas)}" for name, areas in _areas_told(asked, down).items() if areas]
    against = f"; and with it being {down} {listing(worse)}" if worse else ""
    return [f"{start}, each judged by itself: {listing(shown)}{against}.", *rest]


def _areas_told(sets: Sequence[DriverSet], way: str) -> dict[str, list[str]]:
    """The areas in which the gain of each driver is told from none and goes that way."""
    found: dict[str, list[str]] = {driver_of(row): [] for each in sets for row in each.drivers}
    for each in sets:
        for row in each.drivers:
            if _goes(row, way):
                found[driver_of(row)].append(each.area)
    return found


def _goes(row: Row, way: str) -> bool:
    return known(row["gain"]) and is_told(row) and (row["gain"] > 0) == (way == "higher")
