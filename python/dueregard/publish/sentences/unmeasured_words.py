"""How strong something that was not measured would have to be to remove what remains of a gap, in plain English."""

from __future__ import annotations

from dueregard.publish.driver_sets import is_told
from dueregard.publish.numbers import plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.assessments.parts import capital
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
    needed = known(row.get("needed_effect")) or known(row.get("e_value"))
    if not is_told(row, "estimate"):
        who = f"for {group_of(row)} nothing" if again else "nothing"
        said = f"{capital(who)} unmeasured is needed to remove what remains: chance alone could."
        return said if needed else ""
    return _briefly(row) if again else _points(row) or _ratios(row)


def _briefly(row: Row) -> str:
    """Of a further group the number alone."""
    effect, value = row.get("needed_effect"), row.get("e_value")
    start = f"For {group_of(row)}, something of that kind"
    if known(effect) and unit_of(row).percent and abs(effect) > MOST:
        return f"{start} could not do that by itself, as no answer can be moved so far."
    if known(effect):
        size = points_of({**row, "estimate": effect}, decimals_of(row))
        return f"{start} would have to move {spoken(row['measure'])} by {size}."
    return f"{start} has an E-value of {plain(value, 2)}." if known(value) else ""


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
        "To remove what remains, something that was not measured would have to be "
        f"{plain(value, 2)} times as common in one of the groups and go with {plain(value, 2)} times the chance of the "
        "answer (E-value), beyond what was held equal"
    )
    if known(nearest) and nearest > 1:
        said += f"; {plain(nearest, 2)} times both ways would bring the interval to none"
    return f"{said}."
