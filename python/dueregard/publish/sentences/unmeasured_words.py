"""How strong something that was not measured would have to be to remove what remains of a gap, in plain English."""

from __future__ import annotations

from dueregard.publish.driver_sets import is_told
from dueregard.publish.numbers import plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.part_words import decimals_of, points_of
from dueregard.publish.sentences.wording import Row, group_of
from dueregard.publish.units.amounts import unit_of

MOST = 100.0
"""No percentage can be moved by more points than this."""


def unmeasured(row: Row | None, *, again: bool = False) -> str:
    """What an unmeasured factor would need, if anything needs to be removed; in short where it has been said what these
    figures are."""
    if row is None or not known(row["estimate"]):
        return ""
    if not is_told(row, "estimate"):
        known_any = known(row.get("needed_effect")) or known(row.get("e_value"))
        return "Nothing unmeasured is needed to remove what remains: chance alone could." if known_any else ""
    return _briefly(row) if again else " ".join(filter(None, (_points(row), _ratios(row))))


def _briefly(row: Row) -> str:
    """Of a further group the numbers alone."""
    effect, value, nearest = (row.get(name) for name in ("needed_effect", "e_value", "e_value_low"))
    said = []
    if known(effect):
        far = unit_of(row).percent and abs(effect) > MOST
        size = points_of({**row, "estimate": effect}, decimals_of(row))
        move = f"would have to move {spoken(row['measure'])} by {size}"
        said.append("could not do that by itself, as no answer can be moved so far" if far else move)
    if known(value):
        limit = f", {plain(nearest, 2)} for the limit" if known(nearest) and nearest > 1 else ""
        said.append(f"its E-value is {plain(value, 2)}{limit}")
    return f"For {group_of(row)}, something of that kind {'; '.join(said)}." if known(effect) else ""


def _points(row: Row) -> str:
    """By how much a factor of a given imbalance would have to move the outcome."""
    effect, imbalance = row.get("needed_effect"), row.get("imbalance")
    if not (known(effect) and known(imbalance)):
        return ""
    start = f"Something that was not measured and is {plain(imbalance, 0)} points more common in one of the groups"
    if unit_of(row).percent and abs(effect) > MOST:
        return f"{start} could not remove what remains by itself: no answer can be moved so far."
    size = points_of({**row, "estimate": effect}, decimals_of(row))
    return f"{start} would remove what remains if it moved {spoken(row['measure'])} by {size}."


def _ratios(row: Row) -> str:
    """The E-value: of what is estimated, then of the limit nearest to none."""
    value, nearest = row.get("e_value"), row.get("e_value_low")
    if not known(value):
        return ""
    said = (
        f"As a ratio (E-value), it would have to be {plain(value, 2)} times as common in one of the groups and go with "
        f"{plain(value, 2)} times the chance of the answer, beyond what was held equal"
    )
    if known(nearest) and nearest > 1:
        said += f"; {plain(nearest, 2)} times both ways would bring the interval to none"
    return f"{said}."
