"""Thresholds in plain English: who is at or above each, who is exactly at it, and whom missing answers decide for."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.assessment.scores.threshold_rows import CANNOT_TELL, MET, NOT_MET
from dueregard.publish.numbers import plain, spoken
from dueregard.publish.sentences.assessments import parts
from dueregard.publish.sentences.assessments.score_sentences import either
from dueregard.publish.sentences.wording import Row


def threshold_sentences(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """Of each section: the lowest threshold, the higher ones, and what cannot be told."""
    others = [name for name in by if name not in ("unit", "area", "kind")]
    said = []
    for together in parts.grouped(rows, others).values():
        place = f" in {spoken(together[0][others[-1]])}" if others else ""
        scored = [row for row in together if row["nobs"]]
        if not scored:
            said.append(f"Nothing could be assessed{place}.")
            continue
        percents = sorted({row["reference_value"] for row in scored})
        held = [[row for row in scored if row["reference_value"] == percent] for percent in percents]
        said += _one(held[0], by, place) if len(held[0]) == 1 else _lowest(held[0], by, place)
        said += _higher(held[1:], by, place)
        undecided = parts.grouped((row for row in scored if row["verdict"] == CANNOT_TELL), by)
        said += [_open(some, by, place) for some in undecided.values()]
    return said


def meets(row: Row, number: int) -> str:
    """What is said of so many that are at or above a threshold: meet the baseline of 50%, are at 80% or more."""
    held = parts.percent(row["reference_value"])
    if row["called"] is not None:
        return f"{parts.verb(number, 'meets', 'meet')} {line(row)}"
    return f"{parts.verb(number, 'is', 'are')} at {held}{'' if held == '100%' else ' or more'}"


def line(row: Row) -> str:
    """A threshold as a noun: the baseline of 50%, Level 5 (100%), 80%."""
    held = parts.percent(row["reference_value"])
    if row["called"] is None:
        return held
    called = spoken(row["called"])
    return f"{called} of {held}" if called.startswith("the ") else f"{called} ({held})"


def _name(row: Row, by: Sequence[str]) -> str:
    """What a row is about."""
    name = next((name for name in ("unit", "area", "kind") if name in by), None)
    return "the organisation" if name is None else spoken(row[name])


def _noun(rows: Sequence[Row], by: Sequence[str]) -> object:
    """The kind of what is at or above."""
    if "unit" in by:
        return parts.shared_kind(rows)
    return "area" if "area" in by else "kind"


def _one(rows: Sequence[Row], by: Sequence[str], place: str) -> list[str]:
    """A single unit against the lowest threshold."""
    row = rows[0]
    name = parts.capital(_name(row, by))
    if row["verdict"] == MET:
        exactly = ", exactly" if row["value"] == row["reference_value"] else ""
        return [f"{name} {meets(row, 1)}{place}{exactly}."]
    if row["verdict"] == CANNOT_TELL:
        return []
    short = (
        f"does not {meets(row, 2)}"
        if row["called"] is not None
        else f"is below {parts.percent(row['reference_value'])}"
    )
    return [f"{name} {short}{place}: it is at {parts.percent(row['value'])}."]


def _lowest(rows: Sequence[Row], by: Sequence[str], place: str) -> list[str]:
    """How many are at or above a threshold, who is exactly at it, and who is below."""
    met = [row for row in rows if row["verdict"] == MET]
    exact = [row for row in met if row["value"] == row["reference_value"]]
    head = f"{_how_many(rows, met, by)} {meets(rows[0], len(met) or 1)}{place}{_certainly(rows)}"
    if exact and len(exact) <= parts.MOST_NAMES:
        be = f"{parts.in_words(len(exact))} {parts.verb(len(exact), 'is', 'are')} exactly at it"
        head += f"; {be}: {parts.listing([_name(row, by) for row in exact])}"
    return [f"{head}.", *_below(rows, by, place)]


def _certainly(rows: Sequence[Row]) -> str:
    """Whether missing answers could make it more."""
    return " for certain" if any(row["verdict"] == CANNOT_TELL for row in rows) else ""


def _how_many(rows: Sequence[Row], met: Sequence[Row], by: Sequence[str]) -> str:
    noun = _noun(rows, by)
    if len(met) == len(rows):
        return f"{parts.capital(parts.every(len(rows), noun))} (100%)"
    if not met:
        return parts.capital(parts.none_of(len(rows), noun))
    return f"{len(met):,} of {parts.units(len(rows), noun)} ({parts.percent(100 * len(met) / len(rows))})"


def _below(rows: Sequence[Row], by: Sequence[str], place: str) -> list[str]:
    """Who is below, by name where they are few."""
    below = [row for row in rows if row["verdict"] == NOT_MET]
    if not 0 < len(below) <= parts.MOST_NAMES:
        return []
    named = [f"{_name(row, by)} ({plain(row['value'], 0)}%)" for row in below]
    return [f"Below it{place}: {parts.listing(named)}."]


def _higher(held: Sequence[Sequence[Row]], by: Sequence[str], place: str) -> list[str]:
    """How many are at the higher thresholds, of those at each the ones at the next, and the last by name."""
    said, last = "", list[Row]()
    for rows in held:
        met = [row for row in rows if row["verdict"] == MET]
        if not met:
            break
        phrase = meets(rows[0], len(met))
        if len(rows) == 1:
            said = f"{said} and {phrase}" if said else f"{parts.capital(_name(met[0], by))} {phrase}{place}"
        elif said:
            same = "all" if len(met) == len(last) else f"{len(met):,}"
            said += f", {same} of them {phrase.partition(' ')[2]}"
        else:
            said = f"{parts.units(len(met), _noun(rows, by))} {phrase}{place}"
        last = met
    if not said:
        return _none_at(held[0], by, place) if held else []
    named = len(last) <= parts.MOST_NAMES and len(held[0]) > 1
    return [f"{said}{': ' + parts.listing([_name(row, by) for row in last]) if named else ''}."]


def _none_at(rows: Sequence[Row], by: Sequence[str], place: str) -> list[str]:
    """That nobody is at the next threshold."""
    if len(rows) == 1:
        return []
    return [f"No {parts.kind_of_units(1, _noun(rows, by))} {meets(rows[0], 1)}{place}{_certainly(rows)}."]


def _open(rows: Sequence[Row], by: Sequence[str], place: str) -> str:
    """Of whom missing answers decide, and for which thresholds."""
    row = rows[0]
    held = " or ".join(meets(one, 1) for one in rows)
    now = "it answered nothing" if row["outcome_missing"] == row["nobs"] else f"it is at {either(row)}"
    return f"Whether {_name(row, by)} {held}{place} cannot be told: {now}."
