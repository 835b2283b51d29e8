"""Who has returned and who has not: the register of the units that were invited."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.returns import form
from dueregard.assessment.returns.read_rows import ReadReturn
from dueregard.assessment.returns.recipients import Recipient
from dueregard.findings import Findings
from dueregard.flags import Flag

ON_TIME, LATE = "returned on time", "returned late"
RETURNED, NO_DATE = "returned", "returned, date not given"
BLANK, ASIDE, ABSENT = "not filled in", "set aside", "not returned"
VERDICTS = (ON_TIME, LATE, RETURNED, NO_DATE, BLANK, ASIDE, ABSENT)
COUNTED = (ON_TIME, LATE, RETURNED, NO_DATE)
"""The verdicts that are a return."""

RATE, GIVEN = "response rate", "answers given"
METHOD = "full count of the units invited"


@dataclass(frozen=True)
class Entry:
    """One invited unit in one round."""

    who: Recipient
    round: str | None
    found: ReadReturn | None
    asked: int

    @property
    def due(self) -> dt.date | None:
        """When it was due: the unit's own date goes before that in its file."""
        return self.who.due or (self.found.due if self.found else None)

    @property
    def days_late(self) -> int | None:
        """Days after the date due; 0 when on time."""
        returned = self.found.returned if self.found else None
        return max((returned - self.due).days, 0) if returned and self.due else None

    @property
    def verdict(self) -> str:
        """What became of it."""
        if self.found is None:
            return ABSENT
        if self.found.fault:
            return ASIDE
        if self.found.is_blank:
            return BLANK
        if self.due is None:
            return RETURNED
        return NO_DATE if self.days_late is None else LATE if self.days_late else ON_TIME

    @property
    def note(self) -> str | None:
        """What else to know."""
        found = self.found
        if found is None:
            return None
        if found.fault:
            return found.fault
        said = [_number(self.days_late or 0, "day", "late"), _number(found.n_set_aside, "answer", "set aside")]
        said.append(_number(len(found.strays), "row", "set aside where none was expected"))
        if not found.is_blank:
            said.append(_number(self.asked - found.n_answers - found.n_set_aside, "indicator", "not answered"))
        return "; ".join(filter(None, said)) or None


def _number(n: int, noun: str, words: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'} {words}" if n > 0 else ""


def register(
    framework: Framework, read: Sequence[ReadReturn], expected: Sequence[Recipient] | None, provenance: str | None
) -> Findings:
    """The response rate, the numbers by verdict, and a row for each invited unit, round by round."""
    invited = [one for one in read if one.channel != form.OPEN and not one.unexpected]
    rows: list[dict[str, Any]] = []
    rounds = _rounds(invited)
    for round in rounds:
        entries = _entries(framework, [one for one in invited if _is_of(one, round, rounds)], expected, round)
        rows += _summary(entries, round, expected is not None, 0 if rows else _n_open(read))
        rows += [_entry_row(entry) for entry in entries]
    columns = {name: [row.get(name) for row in rows] for name in _NAMES}
    return Findings(columns, by=("unit",), title="Returns", provenance=provenance, kind="register")


_NAMES = (
    "measure", "unit", "kind", "area", "round", "row_type", "count", "nobs", "outcome_missing", "value",
    "unit_of_measure", "verdict", "flag", "method", "due", "returned", "days_late", "completed_by", "file", "note",
)  # fmt: skip


def _rounds(returns: Iterable[ReadReturn]) -> list[str | None]:
    """The rounds, in the order in which they are met; None where there is none.

    A return that is refused may not say of which round it is: that is no round of its own.
    """
    known = [one.round for one in returns if one.unit is not None and (one.round is not None or not one.fault)]
    return list(dict.fromkeys(known)) or [None]


def _is_of(one: ReadReturn, round: str | None, rounds: Sequence[str | None]) -> bool:
    """Whether a return is of a round; one that is refused and does not say is of any that its unit is not in."""
    return one.round == round or bool(one.fault and one.round is None and None not in rounds)


def _n_open(read: Iterable[ReadReturn]) -> int:
    """Open replies, of any round."""
    return sum(one.channel == form.OPEN and one.is_usable for one in read)


def _entries(
    framework: Framework, returns: Sequence[ReadReturn], expected: Sequence[Recipient] | None, round: str | None
) -> list[Entry]:
    """An entry for each unit expected; without them, for each unit that returned."""
    best: dict[str, ReadReturn] = {}
    for one in returns:
        if one.unit is not None and (one.unit not in best or best[one.unit].fault):
            best[one.unit] = one
    if expected is None:
        expected = [Recipient(unit, one.kind or framework.kind, one.area) for unit, one in best.items()]
    entries = []
    for who in expected:
        found = best.get(who.unit)
        kind = found.kind if found and found.kind in framework.kinds else who.kind
        entries.append(Entry(replace(who, kind=kind), round, found, len(framework.assessable(kind))))
    return entries


def _summary(entries: Sequence[Entry], round: str | None, known: bool, n_open: int) -> list[dict[str, Any]]:
    """The response rate, and the number of units of each verdict that occurs."""
    verdicts = [entry.verdict for entry in entries]
    count = sum(verdict in COUNTED for verdict in verdicts)
    note = None if known else "which units were invited is not known"
    kept_apart = f"{n_open} open {'reply' if n_open == 1 else 'replies'} kept apart" if n_open else None
    rate = _count_row(RATE, count, len(entries) if known else None, round)
    rate["note"] = "; ".join(filter(None, [note, kept_apart])) or None
    if not known:
        rate["flag"] |= Flag.NOT_RECORDED
    parts = [verdict for verdict in VERDICTS if verdict in verdicts]
    return [rate, *(_count_row(part, verdicts.count(part), len(entries) if known else None, round) for part in parts)]


def _count_row(measure: str, count: int, nobs: int | None, round: str | None) -> dict[str, Any]:
    flag = Flag.FULL_COUNT | (Flag.NO_CASES if nobs == 0 else Flag(0))
    value = 100 * count / nobs if nobs else float("nan")
    return {"measure": measure, "count": count, "nobs": nobs, "value": value, "round": round, "flag": flag} | _SAME


_SAME = {"row_type": "group", "unit_of_measure": "percent", "method": METHOD}


def _entry_row(entry: Entry) -> dict[str, Any]:
    """A unit: answers given of asked."""
    found = entry.found if entry.found and entry.found.is_usable else None
    given = found.n_answers if found and not found.is_blank else 0
    row = _count_row(GIVEN, given, entry.asked, entry.round)
    if entry.verdict not in COUNTED:
        row["value"], row["flag"] = float("nan"), row["flag"] | Flag.NOT_RECORDED
    elif given < entry.asked:
        row["flag"] |= Flag.MISSING_ANSWERS
    returned = entry.found.returned if entry.found else None
    return row | {
        "unit": entry.who.unit,
        "kind": entry.who.kind,
        "area": entry.who.area or (entry.found.area if entry.found else None),
        "outcome_missing": max(entry.asked - given, 0),
        "verdict": entry.verdict,
        "due": entry.due.isoformat() if entry.due else None,
        "returned": returned.isoformat() if returned else None,
        "days_late": entry.days_late,
        "completed_by": entry.found.completed_by if entry.found else None,
        "file": str(entry.found.path) if entry.found else None,
        "note": entry.note,
    }
