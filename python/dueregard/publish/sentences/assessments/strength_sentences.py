"""Strengths and what is unmet in plain English: indicators with the same exceptions are one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.assessment.scores.strengths import CANNOT_TELL, STRENGTH, WEAKNESS
from dueregard.missing import is_missing
from dueregard.publish.numbers import spoken
from dueregard.publish.sentences.assessments import parts
from dueregard.publish.sentences.wording import Row

MOST_EXCEPTIONS = 3
"""More units than this are counted rather than named as the ones that do not meet, or alone meet, an indicator."""
MOST_INDICATORS = 20


def strength_sentences(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """How many are strengths and weaknesses; then, of each area, who met what."""
    said = _summary(rows)
    places = [name for name in ("area", "kind") if name in by]
    for together in parts.grouped(rows, places).values():
        place = f"{', '.join(spoken(together[0][name]) for name in places)}: " if places else ""
        groups = parts.grouped(together, ["nobs", "count", "outcome_missing", "met_by", "exceptions"]).values()
        for some in groups:
            text = _group(some)
            said.append(f"{place}{text}" if place else parts.capital(text))
    return said


def _summary(rows: Sequence[Row]) -> list[str]:
    """How many indicators are strengths and weaknesses, and of how many it cannot be told."""
    asked = [row for row in rows if row["nobs"]]
    if len(asked) < 2:
        return []
    words = ((STRENGTH, "a strength", "strengths"), (WEAKNESS, "a weakness", "weaknesses"))
    counts = {word: [row for row in asked if row["verdict"] == word] for word, _, _ in words}
    told = [
        f"{len(counts[word]):,} {parts.verb(len(counts[word]), f'is {one}', f'are {many}')}{_which(counts[word])}"
        for word, one, many in words
        if counts[word]
    ]
    at = f"At {spoken(asked[0]['level'])}: " if asked[0].get("level") else ""
    every = next((many for word, _, many in words if len(counts[word]) == len(asked)), None)
    if every:
        return [parts.capital(f"{at}all {parts.indicators(len(asked))} are {every}. {_limits(rows)}")]
    unsure = sum(row["verdict"] == CANNOT_TELL for row in asked)
    if unsure == len(asked):
        return [parts.capital(f"{at}for all {parts.indicators(unsure)} missing answers decide.")]
    told += [f"for {unsure:,} missing answers decide"] if unsure else []
    if not told:
        told = ["none is a strength or a weakness"]
    return [parts.capital(f"{at}of {parts.indicators(len(asked))}, {parts.listing(told)}. {_limits(rows)}")]


def _limits(rows: Sequence[Row]) -> str:
    """From which percent of units an indicator is a strength, and below which a weakness."""
    many = parts.kind_of_units(2, parts.shared_kind(rows))
    strong, weak = parts.percent(rows[0]["strong"]), parts.percent(rows[0]["weak"])
    more = "all" if rows[0]["strong"] == 100 else f"{strong} or more of the"
    return f"A strength is met by {more} {many}, a weakness by under {weak}."


def _which(rows: Sequence[Row]) -> str:
    """The indicators by name, where they are few and each is one row."""
    ids = [row["indicator"] for row in rows]
    return f" ({', '.join(map(spoken, ids))})" if len(set(ids)) == len(ids) <= parts.MOST_NAMES else ""


def _group(rows: Sequence[Row]) -> str:
    """What indicators with the same units have in common."""
    row, ids = rows[0], parts.numbered([one["indicator"] for one in rows], MOST_INDICATORS)
    kind, nobs, count = row.get("kind"), row["nobs"], row["count"]
    noun = parts.kind_of_units(1, kind)
    if not nobs:
        return f"{ids} {parts.verb(len(rows), 'was', 'were')} not asked of any {noun}."
    if row["outcome_missing"] == nobs:
        return f"no {noun} answered {ids}."
    short = nobs - count
    who_not, who = parts.split(row["exceptions"], short), parts.split(row["met_by"], count)
    if not short:
        return f"{parts.every(nobs, kind)} met {ids}."
    if row["outcome_missing"]:
        return _counted(rows, ids)
    if not count:
        return f"no {noun} met {ids}."
    if who_not and short <= min(MOST_EXCEPTIONS, count):
        return f"all but {parts.listing(who_not)} met {ids}."
    if who and count <= MOST_EXCEPTIONS:
        return f"{ids} {parts.verb(len(rows), 'was', 'were')} met by {parts.listing(who)} alone."
    return _counted(rows, ids)


def _counted(rows: Sequence[Row], ids: str) -> str:
    """How many met indicators, where they are too many to name."""
    row = rows[0]
    each = "each " if len(rows) > 1 else ""
    of = f"{row['count'] or 'none'} of {parts.units(row['nobs'], row.get('kind'))} ({parts.percent(row['value'])})"
    silent = row["outcome_missing"]
    told = f"; {silent:,} did not answer" if silent else ""
    decided = ", which decides whether it is a strength or a weakness" if row["verdict"] == CANNOT_TELL else ""
    return f"{ids} {parts.verb(len(rows), 'was', 'were')} {each}met by {of}{told}{decided}."


def unmet_sentences(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """What each unit did not meet, and what it did not answer."""
    said = []
    for (unit,), mine in parts.grouped(rows, ["unit"]).items():
        unanswered = [row for row in mine if is_missing(row["answer"])]
        given = [row for row in mine if not is_missing(row["answer"])]
        texts = [f"did not meet {_by_section(given)}"] if given else []
        texts += [f"gave no answer to {_by_section(unanswered)}"] if unanswered else []
        said.append(f"{parts.capital(spoken(unit))} {'; it '.join(texts)}.")
    return said


def _by_section(rows: Sequence[Row]) -> str:
    """Indicators with their section."""
    groups = parts.grouped(rows, ["section"])
    return "; ".join(f"{_ids(some)} ({spoken(section)})" for (section,), some in groups.items())


def _ids(rows: Sequence[Row]) -> str:
    """Indicators by name, of many also how many."""
    return parts.numbered([row["indicator"] for row in rows], MOST_INDICATORS)


def answer_sentences(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """What each unit did and did not meet."""
    said = []
    for (unit,), mine in parts.grouped(rows, ["unit"]).items():
        verdicts = ("met", "not met", "missing")
        of = {verdict: [row["indicator"] for row in mine if row["verdict"] == verdict] for verdict in verdicts}
        asked = sum(map(len, of.values()))
        if not asked:
            said.append(f"{parts.capital(spoken(unit))}: nothing to assess.")
            continue
        text = f"{parts.capital(spoken(unit))} met {len(of['met']):,} of {parts.indicators(asked)}"
        text += f", not {parts.listing(of['not met'], MOST_INDICATORS)}" if of["not met"] else ""
        text += f"; no answer to {parts.listing(of['missing'], MOST_INDICATORS)}" if of["missing"] else ""
        said.append(f"{text}.")
    return said


def aside_sentences(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """Why each answer was set aside."""
    return [f"Set aside: {spoken(row['note'])}." for row in rows]
