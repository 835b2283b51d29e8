"""Claims in words and lists: fractions, comparisons, changes, what a list holds, dates, one thing printed twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import nan

from dueregard.audits.claims import DATE, FIGURE, FIGURES, ROUNDED, TEXT, TEXTS, Claim, Kind, Term
from dueregard.audits.outcomes import CANNOT_TELL, CONSISTENT, DERIVABLE, INCONSISTENT, ROUNDING, Outcome
from dueregard.audits.printed import ABOVE, BELOW, FROM, UP_TO, Printed, printed, shown, span
from dueregard.audits.ranges import Range, exactly
from dueregard.audits.relations import POINTS, with_sign
from dueregard.hints import did_you_mean

FRACTIONS = {
    "a tenth": Fraction(1, 10), "one-tenth": Fraction(1, 10), "a fifth": Fraction(1, 5), "one-fifth": Fraction(1, 5),
    "a quarter": Fraction(1, 4), "one-quarter": Fraction(1, 4), "a third": Fraction(1, 3), "one-third": Fraction(1, 3),
    "half": Fraction(1, 2), "two-thirds": Fraction(2, 3), "three-quarters": Fraction(3, 4),
}  # fmt: skip
DAYS_OF = {"day": Fraction(1), "week": Fraction(7), "month": Fraction(36525, 1200), "year": Fraction(36525, 100)}
UPWARDS = ("risen", "rose", "increased", "improved", "up", "grown", "higher")
DOWNWARDS = ("fallen", "fell", "decreased", "reduced", "down", "lower")
STATIC = ("static", "unchanged", "flat", "the same")


def check_words(claim: Claim) -> Outcome:
    """Whether a fraction in words is the printed percentage, or at least the nearest of the common fractions."""
    words, percent = str(claim.terms["words"]).casefold(), claim.figure("percent")
    named = next((name for name in sorted(FRACTIONS, key=len, reverse=True) if _says(words, name)), None)
    if named is None:
        raise ValueError(f"words: {words!r} holds none of the fractions {', '.join(FRACTIONS)}")
    value = 100 * FRACTIONS[named]
    nearest = min(FRACTIONS.values(), key=lambda each: (abs(100 * each - percent.value), each))
    verdict = _words_verdict(words, percent, value, nearest == FRACTIONS[named])
    note = f"{words} is {shown(value)}%, beside {with_sign(percent)} printed"
    note += ": an approximate word" if verdict == ROUNDING else ""
    return Outcome("fraction in words", verdict, note, value, percent.value, *percent.range[:2], "percent")


def _says(words: str, name: str) -> bool:
    return re.search(rf"\b{name.replace('-', '[- ]')}\b", words) is not None


def _words_verdict(words: str, percent: Printed, value: Fraction, is_nearest: bool) -> str:
    beyond = next((how for how in (*ABOVE, *BELOW) if words.startswith(f"{how} ")), None)
    if beyond in ABOVE:
        return CONSISTENT if percent.range.high > value else INCONSISTENT
    if beyond in BELOW:
        return CONSISTENT if percent.range.low < value else INCONSISTENT
    if percent.range.holds(value):
        return CONSISTENT
    return ROUNDING if is_nearest else INCONSISTENT


def check_change(claim: Claim) -> Outcome:
    """Whether a change is larger than rounding alone can make it, and goes where the words say."""
    before, after = claim.figure("before"), claim.figure("after")
    value, allowed = after.value - before.value, after.range.minus(before.range)
    unit, sign = (POINTS, " points") if after.percent else ("count", "")
    about = f"from {before.text} to {after.text} is {shown(value)}{sign}"
    about += "" if allowed.low == allowed.high else f" ({span(allowed)})"
    said = str(claim.terms.get("words", "")).casefold()
    if not said:
        verdict, why = (ROUNDING, ": rounding alone may make it") if allowed.holds(0) else (DERIVABLE, "")
    elif (direction := _direction(said)) == 0:
        verdict, why = (CONSISTENT, "") if allowed.holds(0) else (INCONSISTENT, f", not {said!r}")
    elif allowed.holds(0):
        verdict, why = ROUNDING, f": rounding alone may make it, so {said!r} is not shown"
    else:
        right = value * direction > 0
        verdict, why = (CONSISTENT, ", more than rounding alone") if right else (INCONSISTENT, f", not {said!r}")
    return Outcome("change", verdict, about + why, value, nan, *allowed[:2], unit)


def _direction(said: str) -> int:
    first = said.split()[0]
    for words, sign in ((UPWARDS, 1), (DOWNWARDS, -1), (STATIC, 0)):
        if first in words or said in words:
            return sign
    raise ValueError(f"words: {said!r} is none of {', '.join((*UPWARDS, *DOWNWARDS, *STATIC))}")


_HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "at least": lambda a, b: a >= b,
    "more than": lambda a, b: a > b,
    "at most": lambda a, b: a <= b,
    "less than": lambda a, b: a < b,
}


def _how(claim: Claim) -> str:
    said = str(claim.terms["how"]).casefold()
    for name, words in (("at least", FROM), ("more than", ABOVE), ("at most", UP_TO), ("less than", BELOW)):
        if said in words:
            return name
    raise ValueError(f"how: {said!r} is none of {', '.join(_HOLDS)}{did_you_mean(said, [*_HOLDS])}")


def check_compare(claim: Claim) -> Outcome:
    """Whether a figure is at least, more than, at most or less than another, such as a target."""
    first, second, how = claim.figure("first"), claim.figure("second"), _how(claim)
    verdict = _compare_verdict(first, second, how)
    is_ = "is" if _HOLDS[how](first.value, second.value) else "is not"
    note = f"{first.text} {is_} {how} {second.text}"
    note += "; rounding decides it" if verdict == ROUNDING else ""
    unit = "percent" if first.percent else "count"
    return Outcome("comparison", verdict, note, first.value, second.value, *first.range[:2], unit)


def _compare_verdict(first: Printed, second: Printed, how: str) -> str:
    if _HOLDS[how](first.value, second.value):
        return CONSISTENT
    gap = first.range.minus(second.range)
    wanted = Range(Fraction(0), float("inf"), how == "at least", False)
    if how in ("at most", "less than"):
        wanted = Range(float("-inf"), Fraction(0), False, how == "at most")
    return ROUNDING if (first.unit or second.unit) and gap.meets(wanted) else INCONSISTENT


def check_meeting(claim: Claim) -> Outcome:
    """Whether as many of the parts meet a limit as is said."""
    parts, limit, how, number = claim.figures("parts"), claim.figure("limit"), _how(claim), claim.figure("number")
    exact = replace(limit, range=exactly(limit.value))  # a limit was set, not rounded
    verdicts = [_compare_verdict(part, exact, how) for part in parts]
    met, perhaps = verdicts.count(CONSISTENT), verdicts.count(ROUNDING)
    holds = number.range.holds(met)
    close = number.range.meets(Range(Fraction(met), Fraction(met + perhaps)))
    verdict = CONSISTENT if holds else ROUNDING if close else INCONSISTENT
    note = f"{met} of {len(parts)} are {how} {limit.text}, {number.text} printed"
    return Outcome("number that meet a limit", verdict, note, met, number.value, met, met + perhaps, "count")


def check_list(claim: Claim) -> Outcome:
    """Whether a list names all that belongs to it, each once, and nothing else, in any order."""
    named, expected = list(claim.terms["named"]), list(claim.terms["expected"])
    note, same = list_note(named, expected)
    verdict = CONSISTENT if same else INCONSISTENT
    return Outcome("list", verdict, note, len(expected), len(named), unit="count")


def list_note(named: list[str], expected: list[str]) -> tuple[str, bool]:
    """What a list names that does not belong or more than once and what it leaves out, and whether it is right.

    >>> list_note(["1", "2"], ["2", "3"])
    ('1, 2 published; names 1, which does not belong; leaves out 3', False)
    """
    times = Counter(named)
    extra = [name for name in times if name not in expected]
    again = [name for name in times if times[name] > 1 and times[name] > expected.count(name)]
    left_out = [name for name in expected if name not in times]
    note = f"{', '.join(named) or 'none'} published"
    note += f"; names {', '.join(extra)}, which does not belong" if extra else ""
    note += f"; names {', '.join(again)} more than once" if again else ""
    note += f"; leaves out {', '.join(left_out)}" if left_out else ""
    return note, not (extra or again or left_out)


def check_number_of(claim: Claim) -> Outcome:
    """Whether a list holds as many as are announced; what is named twice is one."""
    number = claim.figure("number")
    if "named" not in claim.terms:
        note = f"{number.text} announced, and the list is not given"
        return Outcome("number listed", CANNOT_TELL, note, nan, number.value, unit="count")
    named = {" ".join(name.casefold().split()): name for name in claim.terms["named"]}
    times = Counter(" ".join(name.casefold().split()) for name in claim.terms["named"])
    n = len(named)
    verdict = CONSISTENT if number.range.holds(n) else INCONSISTENT
    note = f"{number.text} announced, {n} listed"
    again = [named[name] for name in times if times[name] > 1]
    note += f", {', '.join(again)} more than once" if again else ""
    return Outcome("number listed", verdict, note, n, number.value, n, n, "count")


def check_same(claim: Claim) -> Outcome:
    """Whether one thing that is printed several times is printed alike: figures may be, texts must be the same."""
    said = list(claim.terms["printed"])
    try:
        ranges = [printed(text).range for text in said]
    except ValueError:
        verdict = CONSISTENT if len({text.casefold() for text in said}) == 1 else INCONSISTENT
    else:
        alike = all(one.meets(other) for i, one in enumerate(ranges) for other in ranges[i + 1 :])
        verdict = CONSISTENT if alike else INCONSISTENT
    note = f"printed as {' and as '.join(repr(text) for text in dict.fromkeys(said))}"
    note += "" if verdict == CONSISTENT else ", of one thing"
    return Outcome("printed more than once", verdict, note)


def check_dates(claim: Claim) -> Outcome:
    """Whether a time between two dates is as long as is said: rounded, or in completed months or years."""
    start, end = claim.terms["start"], claim.terms["end"]
    number, unit = duration(str(claim.terms["duration"]))
    if end < start:
        raise ValueError(f"end: {end} is before the start, {start}")
    value = (end - start).days / DAYS_OF[unit]
    completed = _completed(start, end, unit)
    close = number.range.holds(value) or abs(value - number.value) <= Fraction(1, 2)
    verdict = CONSISTENT if close else ROUNDING if number.range.holds(completed) else INCONSISTENT
    length = shown(value, 1)
    note = f"{start} to {end} is {length} {unit}{'' if length == '1' else 's'}, printed as {number.text}"
    note += ", the number that were complete" if verdict == ROUNDING else ""
    return Outcome("time between dates", verdict, note, value, number.value, unit=f"{unit}s")


def duration(said: str) -> tuple[Printed, str]:
    """A length of time in words, such as "six months" or "7 weeks".

    >>> duration("six months")[0].value, duration("7 weeks")[1]
    (Fraction(6, 1), 'week')
    """
    number, _, unit = said.strip().rpartition(" ")
    unit = unit.casefold().removesuffix("s")
    if unit not in DAYS_OF or not number:
        raise ValueError(f"duration: {said!r} is not such as 'six months'; the units are {', '.join(DAYS_OF)}")
    return printed(number), unit


def _completed(start: date, end: date, unit: str) -> int:
    """Whole units that have gone by: of months and years by the calendar."""
    if unit in ("day", "week"):
        return (end - start).days // int(DAYS_OF[unit])
    months = 12 * (end.year - start.year) + end.month - start.month - (end.day < start.day)
    return months if unit == "month" else months // 12


HOW = Term(TEXT)
KINDS = (
    Kind("words", {"words": Term(TEXT), "percent": Term(ROUNDED)}, check_words),
    Kind("change", {"before": Term(), "after": Term(), "words": Term(TEXT, needed=False)}, check_change),
    Kind("compare", {"first": Term(FIGURE), "how": HOW, "second": Term(FIGURE)}, check_compare),
    Kind("meeting", {"parts": Term(FIGURES), "how": HOW, "limit": Term(FIGURE), "number": Term(FIGURE)}, check_meeting),
    Kind("list", {"named": Term(TEXTS), "expected": Term(TEXTS)}, check_list),
    Kind("number of", {"number": Term(), "named": Term(TEXTS, needed=False)}, check_number_of),
    Kind("same", {"printed": Term(TEXTS)}, check_same),
    Kind("dates", {"start": Term(DATE), "end": Term(DATE), "duration": Term(TEXT)}, check_dates),
)
