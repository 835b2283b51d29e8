"""Levels in plain English: where the organisation is and why, who is at which level, and what each needs next."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.assessment.scores.level_rows import NONE
from dueregard.assessment.scores.next_steps import POOLED
from dueregard.assessment.scores.threshold_rows import MET
from dueregard.publish.numbers import spoken
from dueregard.publish.sentences.assessments import parts
from dueregard.publish.sentences.wording import Row

MOST_INDICATORS = 20
"""More indicators than this are counted after the first ones."""


def level_sentences(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """The organisation, then the units by level, the evidence above it, and what missing answers leave open."""
    units = [row for row in rows if row["unit"] is not None]
    said = [_organisation(row, units) for row in rows if row["unit"] is None]
    judged = [row for row in units if row["level"] is not None]
    highest_first = sorted(judged, key=lambda row: -row["value"])
    said += [_at_level(some, judged) for some in parts.grouped(highest_first, ["value", "level"]).values()]
    said += _evidence(judged)
    said += [_open(row) for row in judged if row["level"] != row["highest_level"]]
    said += [f"{parts.capital(spoken(row['unit']))}: {spoken(row['note'])}." for row in units if row["level"] is None]
    return said


def at(level: object) -> str:
    """Where a unit is."""
    return "at no level yet" if level == NONE else f"at {spoken(level)}"


def _organisation(row: Row, units: Sequence[Row]) -> str:
    """The level of the organisation, and by which rule."""
    notes = [spoken(note) for note in str(row.get("note") or "").split("; ") if note]
    note = "".join(f" {parts.capital(note)}." for note in notes if not note.endswith("missing answers decide"))
    if row["level"] is None:
        return f"The organisation cannot be placed at a level.{note}"
    open_ = ""
    if row["level"] != row["highest_level"]:
        open_ = f"; it would be at {spoken(row['highest_level'])} if what is missing were met"
    return f"The organisation is {at(row['level'])}{_why(row, units)}{open_}.{note}"


def _why(row: Row, units: Sequence[Row]) -> str:
    kind = row.get("kind") or "unit"
    if not str(row["method"]).endswith("when every unit is at it"):
        many = parts.kind_of_units(2, kind)
        return f", because too few {many} are at one" if row["level"] == NONE else f", because enough {many} are"
    if row["level"] != NONE:
        return f", because every {spoken(kind)} is"
    none = sum(one["level"] == NONE for one in units)
    return f", because {parts.units(none, kind)} {parts.verb(none, 'is', 'are')} not" if none else ""


def _at_level(rows: Sequence[Row], judged: Sequence[Row]) -> str:
    """The units at one level, by name where they are few."""
    kind = parts.shared_kind(judged)
    if len(judged) == 1:
        return f"{parts.capital(spoken(rows[0]['unit']))} is {at(rows[0]['level'])}."
    many = parts.capital(parts.every(len(rows), kind)) if len(rows) == len(judged) else (
        f"{len(rows):,} of {parts.units(len(judged), kind)}"
    )  # fmt: skip
    named = len(rows) <= parts.MOST_NAMES and len(rows) < len(judged)
    who = f": {parts.listing([row['unit'] for row in rows])}" if named else ""
    return f"{many} {parts.verb(len(rows), 'is', 'are')} {at(rows[0]['level'])}{who}."


def _evidence(rows: Sequence[Row]) -> list[str]:
    """How many have evidence at a level they have not reached."""
    graded = [row for row in rows if "; " in row["levels"]]  # of a single level any answer that is met is evidence
    ahead = [row for row in graded if row["evidence"] not in (None, NONE, row["level"])]
    ahead.sort(key=lambda row: -str(row["levels"]).split("; ").index(str(row["evidence"])))
    kind, reached = parts.shared_kind(rows), {row["level"] for row in rows}
    return [
        f"{parts.units(len(some), kind)} {parts.verb(len(some), 'has', 'have')} isolated evidence at {spoken(level)}, "
        f"which {parts.verb(len(some), 'it has', 'they have') + ' not' if level in reached else 'none has'} reached."
        for (level,), some in parts.grouped(ahead, ["evidence"]).items()
    ]


def _open(row: Row) -> str:
    """That missing answers decide on the level of a unit."""
    verdict = (
        "" if row["verdict"] in (MET, "not met") else f"; whether it meets {spoken(row['reference'])} cannot be told"
    )
    higher = spoken(row["highest_level"])
    now = f"{parts.capital(spoken(row['unit']))} is {at(row['level'])}"
    return f"{now}, or at {higher} if what is missing were met{verdict}."


def next_step_sentences(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """What each unit needs, and how many need nothing."""
    needing = [row for row in rows if row["next_level"] is not None]
    done = [row for row in rows if row["next_level"] is None and row["level"] is not None]
    said = [_needs(row) for row in needing]
    said += [_done(some, rows) for some in parts.grouped(done, ["level"]).values()]
    nothing = [row for row in rows if row["level"] is None]
    return said + [f"{parts.capital(spoken(row['unit']))}: nothing to assess." for row in nothing]


def _needs(row: Row) -> str:
    unit, level = parts.capital(spoken(row["unit"])), spoken(row["next_level"])
    where = f"{unit} is {at(row['level'])} and needs "
    if not row["count"]:
        return f"{where}nothing more for {level}."
    of = f"{parts.indicators(row['count'])} for {level}"
    ids = parts.listing(str(row["indicators"]).split(), MOST_INDICATORS)
    if row["count"] == row["nobs"]:
        every = "the one not met or not answered" if row["nobs"] == 1 else "all that are not met or not answered"
        return f"{where}{of}, {every}: {ids}."
    among = f"{of}, of the {row['nobs']:,} not met or not answered"
    if not str(row["method"]).endswith(POOLED):
        return f"{where}{among}; the first in each section that needs any: {ids}."
    first = f"the first in order {parts.verb(row['count'], 'is', 'are')} {ids}"
    return f"{where}{among}: any {row['count']:,} of these {row['nobs']:,} would do; {first}."


def _done(rows: Sequence[Row], every: Sequence[Row]) -> str:
    """The units that are at the highest level there is to judge."""
    kind = parts.shared_kind(every)
    if rows[0]["level"] == NONE:
        return f"No level can be judged for {parts.listing([row['unit'] for row in rows], parts.MOST_NAMES)}."
    level = f"{spoken(rows[0]['level'])}, the highest level that can be judged"
    if len(rows) == len(every) > 1:
        return f"{parts.capital(parts.every(len(rows), kind))} are at {level}."
    named = len(rows) <= parts.MOST_NAMES
    who = parts.listing([row["unit"] for row in rows]) if named else parts.units(len(rows), kind)
    return f"{parts.capital(who)} {parts.verb(len(rows), 'is', 'are')} at {level}."
