"""Rounds and progress in plain English: what was crossed, which answers changed, and what would have come anyway."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.assessment.rounds.progress import CHOSEN
from dueregard.assessment.rounds.round_changes import ANSWERED, GAINED, LOST, MOVED, WITHDRAWN
from dueregard.publish.numbers import spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.assessments import parts
from dueregard.publish.sentences.assessments.threshold_sentences import line, meets
from dueregard.publish.sentences.wording import Row

MOST_INDICATORS = 20
CHANGED = {
    GAINED: "now meets {}",
    LOST: "no longer meets {}",
    MOVED: "gave another answer, as good, to {}",
    ANSWERED: "answered {} without meeting it",
    WITHDRAWN: "no longer answers {}",
}
CHANGED_SEVERAL = {**CHANGED, ANSWERED: "answered {} without meeting them"}

CROSSED_BY = {
    "gained": "it gained {}",
    "lost": "it lost {}",
    "answers_given": "it answered {}",
    "answers_withdrawn": "it no longer answers {}",
    "exempted": "exemptions changed: {}",
}


def crossing_sentences(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """The units that crossed a threshold the same way between the same rounds, by name, with both scores."""
    names = ["from_round", "to_round", *[name for name in by if name != "unit"], "reference_value", "verdict"]
    return [_crossing(some, by) for some in parts.grouped(rows, names).values()]


def _crossing(rows: Sequence[Row], by: Sequence[str]) -> str:
    row = rows[0]
    place = "".join(f" in {spoken(row[name])}" for name in by if name != "unit")
    when = f"From {spoken(row['from_round'])} to {spoken(row['to_round'])}"
    who = parts.units(len(rows), parts.shared_kind(rows))
    told = "cannot tell" in str(row["verdict"]).split(" to ")
    why = [f"; {_why(one)}" if told and _why(one) else "" for one in rows]
    named = parts.listing([f"{spoken(one['unit'])} ({_from_to(one)}{by})" for one, by in zip(rows, why, strict=True)])
    return f"{when}, {who} {_what(row, len(rows))}{place}: {named}."


def _what(row: Row, number: int) -> str:
    """What happened to so many units at a threshold."""
    held = line(row)
    before, _, after = str(row["verdict"]).partition(" to ")
    if after == "cannot tell":
        return f"{_was(row, before, number)} before, and now it cannot be told"
    if before == "cannot tell":
        below = f"{parts.verb(number, 'is', 'are')} below {held}"
        return f"{meets(row, number) if after == 'met' else below} now, which could not be told before"
    named = row["called"] is not None and not str(row["called"]).startswith("the ")  # a level is reached, not passed
    more = "" if row["reference_value"] == 100 or named else " or more"
    return f"rose to {held}{more}" if after == "met" else f"fell below {held}"


def _was(row: Row, verdict: str, number: int) -> str:
    """Where so many were at a threshold."""
    if verdict == "met" and row["called"] is not None:
        return f"met {line(row)}"
    be = parts.verb(number, "was", "were")
    more = "" if row["reference_value"] == 100 else " or more"
    return f"{be} at {line(row)}{more}" if verdict == "met" else f"{be} below {line(row)}"


def _why(row: Row) -> str:
    """Which answers changed, and how many are missing: never a guess."""
    said = [
        words.format(parts.numbered(str(row[name]).split(), MOST_INDICATORS))
        for name, words in CROSSED_BY.items()
        if row[name]
    ]
    missing = row["missing_before"], row["outcome_missing"]
    if any(missing):
        said.append(f"{parts.answers(missing[0])} missing before, {missing[1]:,} now")
    return "; ".join(said)


def _from_to(row: Row) -> str:
    ends = [parts.percent(row[name]) if known(row[name]) else "no score" for name in ("before", "value")]
    return " to ".join(ends)


def change_sentences(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """What changed for each unit from one round to the next."""
    groups = parts.grouped(rows, ["unit", "from_round", "to_round"])
    return [
        f"{parts.capital(spoken(unit))}, from {spoken(old)} to {spoken(new)}: {_changes(some)}."
        for (unit, old, new), some in groups.items()
    ]


def _changes(rows: Sequence[Row]) -> str:
    found = parts.grouped(rows, ["verdict"])
    said = []
    for verdict in CHANGED:
        ids = [row["indicator"] for row in found.get((verdict,), [])]
        words = CHANGED if len(ids) == 1 else CHANGED_SEVERAL
        said += [words[verdict].format(parts.numbered(ids, MOST_INDICATORS))] if ids else []
    return "; ".join(said)


def progress_sentences(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """How many rose and fell, then each unit, with what would have come without action."""
    compared = [row for row in rows if known(row["estimate"])]
    return [*(_overview(compared) if len(compared) > 1 else []), *map(_unit, rows)]


def _overview(rows: Sequence[Row]) -> list[str]:
    kind = parts.shared_kind(rows)
    words = {
        "risen": "{} rose",
        "fallen": "{} fell",
        "unchanged": "{} did not change",
        "cannot tell": "of {} it cannot be told",
    }
    counts = {said: sum(_kind(row) == word for row in rows) for word, said in words.items()}
    told = [said.format(f"{number:,}") for said, number in counts.items() if number]
    if counts[words["cannot tell"]] == len(rows):
        told = ["it can be told of none whether it rose"]
    when = f"From {spoken(rows[0]['from_round'])} to {spoken(rows[0]['to_round'])}"
    return [f"{when}, of {parts.units(len(rows), kind)} {parts.listing(told)}."]


def _kind(row: Row) -> str:
    return str(row["verdict"]).partition(",")[0]


def _unit(row: Row) -> str:
    """One unit: from where to where, by which indicators, and what to expect without action."""
    who = parts.capital(spoken(row["unit"]))
    if not known(row["estimate"]):
        why = spoken(row["note"]) if row["note"] else "nothing to assess in one of the two"
        return f"{who}: {why}, so no change can be given."
    ends = f"from {parts.percent(row['reference_value'])} to {parts.percent(row['value'])}"
    return " ".join([f"{who} {_moved(row, ends)}{_by_what(row)}.", *_without_action(row), *_open(row)])


def _moved(row: Row, ends: str) -> str:
    if row["estimate"] == 0:
        return f"stayed at {parts.percent(row['value'])}"
    return f"{'rose' if row['estimate'] > 0 else 'fell'} by {parts.points(row['estimate'])}, {ends}"


def _by_what(row: Row) -> str:
    texts = [
        f"{words} {parts.numbered(str(row[name]).split(), MOST_INDICATORS)}"
        for name, words in (("gained", "it gained"), ("lost", "it lost"))
        if row[name]
    ]
    return f"; {' and '.join(texts)}" if texts else ""


def _without_action(row: Row) -> list[str]:
    """Regression to the mean, in plain words: said to be so of units that were chosen, and of others if they were."""
    if not known(row["expected_rise"]):
        return [f"{parts.capital(spoken(row['note']))}."] if row["chosen"] and row["note"] else []
    if row["expected_rise"] <= 0:
        return []
    said = _of_the_change(row, parts.points(row["expected_rise"]))
    if row["chosen"] == CHOSEN:
        return [f"{said}, because it was chosen for a low score."]
    return [
        f"It began below {parts.percent(row['threshold'])}: if it was picked for that, {said[:1].lower()}{said[1:]}."
    ]


def _of_the_change(row: Row, rise: str) -> str:
    """How much of a change would have come anyway."""
    if row["estimate"] <= 0:
        return f"A rise of about {rise} would be expected without any action"
    if row["beyond_expected"] <= 0:
        return f"That is no more than the {rise} to expect without any action"
    of = f"of these {parts.points(row['estimate'])}" if parts.points(row["estimate"])[:2] != "1 " else "of this point"
    return f"About {rise.partition(' ')[0]} {of} would be expected without any action"


def _open(row: Row) -> list[str]:
    """What missing answers of both leave open."""
    if row["low"] == row["high"]:
        return []
    ends = f"{parts.signed(row['low'])} to {parts.signed(row['high'])}"
    told = "so whether it rose cannot be told" if row["verdict"] == "cannot tell" else "so the direction is certain"
    return [f"Missing answers leave the change anywhere from {ends} points, {told}."]
