"""Which areas have changed, once all are allowed for: those that have, those that only seem to, and the rest."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from dueregard.measures.verdicts import CLEAR, NO_DIFFERENCE
from dueregard.missing import is_missing
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import area_of, known
from dueregard.publish.sentences.assessments.parts import in_words, listing
from dueregard.publish.sentences.movements import few_people, movement_of
from dueregard.publish.sentences.window_words import why_no_window
from dueregard.publish.sentences.wording import Row, percent_level, reference_of
from dueregard.publish.units.amounts import unit_of
from dueregard.publish.units.area_units import areas_word

Rows = Sequence[Row]
NOTHING = "there is nothing to compare in one of the windows"
ADJUSTED = " comparisons"
"""What methods end with where p-values are adjusted."""


def area_changes(
    areas: Sequence[Rows], by: Sequence[str], tell: Callable[[Rows], str], *, alike: bool = False
) -> list[str]:
    """What is said of the areas of one group, each with a row for every level; ``tell`` gives the words of one, and
    ``alike`` says that areas are not shown to have changed differently."""
    if not areas or why_no_window(areas[0][0]):  # said of everybody
        return []
    places = [rows for rows in areas if not any(is_missing(rows[0][name]) for name in by)]
    compared = [rows for rows in places if known(rows[0]["estimate"])]
    shown = [rows for rows in compared if not few_people(rows[0])]
    clear = [rows for rows in shown if _verdict(rows).startswith(CLEAR)]
    seeming = [rows for rows in shown if rows not in clear and _alone(rows) and _adjusted(rows)]
    rest = [rows for rows in shown if rows not in clear and rows not in seeming]
    said = _headline(clear, compared, by, alike) if any(_verdict(rows) for rows in compared) else []
    said += [tell(rows) for rows in clear]
    return said + _seeming(seeming, compared, by) + _rest(rest, compared, by) + _untold(areas, compared, shown, by)


def _untold(areas: Sequence[Rows], compared: Sequence[Rows], shown: Sequence[Rows], by: Sequence[str]) -> list[str]:
    """Areas of which no change is given, and why."""
    said = _named([rows for rows in compared if rows not in shown], by, "there are too few people to describe")
    left = [rows for rows in areas if rows not in compared]
    said += _named([rows for rows in left if rows[0]["nobs"]], by, NOTHING)
    return said + _named([rows for rows in left if not rows[0]["nobs"]], by, "there are no cases to compare")


def _verdict(rows: Rows) -> str:
    return str(rows[0]["verdict"] or "")


def _alone(rows: Rows) -> bool:
    """Whether the interval of an area by itself leaves out that nothing changed."""
    return unit_of(rows[0]).excludes_neutral(rows[0])


def _adjusted(rows: Rows) -> bool:
    return ADJUSTED in str(rows[0]["method"])


def _names(areas: Sequence[Rows], by: Sequence[str]) -> str:
    return listing([area_of(dict(rows[0]), by) for rows in areas])


def _several(areas: Sequence[Rows], by: Sequence[str]) -> str:
    """So many areas: "two boroughs"."""
    word = areas_word(by)
    return f"{in_words(len(areas))} {word.removesuffix('s') if len(areas) < 2 else word}"


def _headline(clear: Sequence[Rows], compared: Sequence[Rows], by: Sequence[str], alike: bool) -> list[str]:
    """In how many areas there was a change, and which."""
    n, what = len(compared), _subject(compared[0][0])
    allowing = f"Allowing for {n:,} comparisons" if _adjusted(compared[0]) else f"With each of {n:,} taken by itself"
    where = _several(clear, by)
    named = f": {_names(clear, by)}" if clear else ""
    more = " That does not show that it changed more there than elsewhere." if clear and alike and n > 1 else ""
    return [f"{allowing}, {what} is shown to have changed in {where}{named}.{more}"]


def _subject(row: Row) -> str:
    return "the gap" if "share_after" in row else spoken(row["measure"])


def _seeming(areas: Sequence[Rows], compared: Sequence[Rows], by: Sequence[str]) -> list[str]:
    """Areas that look changed by their own interval, but not once all are allowed for."""
    if not areas:
        return []
    n, level = len(compared), areas[0][0]["confidence_level"]
    each = listing([f"{area_of(dict(rows[0]), by)} ({_brief(rows[0])})" for rows in areas])
    what = _subject(areas[0][0])
    return [
        f"In {each} {what} looks changed when taken by itself, but not once all {n:,} comparisons are allowed for: "
        f"{_expected(n * (1 - level))} of {n:,} would by chance even if nothing had changed anywhere."
    ]


def _brief(row: Row) -> str:
    movement = movement_of(row, _decimals(row))
    size = plain(row["estimate"], movement.decimals)
    side = movement.side(row["estimate"])
    against = f" against {reference_of(row)}" if side in ("down", "up") else ""
    return f"{size} points {side}{against}, {percent_level(row)} interval {movement.span(row)}"


def _decimals(row: Row) -> int:
    return decimals_for(row["nobs"], row["reference_nobs"])


def _expected(number: float) -> str:
    """About how many, in words.

    >>> _expected(1.6), _expected(0.4), _expected(3.0)
    ('one or two', 'perhaps one', 'about three')
    """
    low, high = math.floor(number + 1e-9), math.ceil(number - 1e-9)
    if low == 0:
        return "perhaps one"
    return f"about {in_words(low)}" if low == high else f"{in_words(low)} or {in_words(high)}"


def _rest(areas: Sequence[Rows], compared: Sequence[Rows], by: Sequence[str]) -> list[str]:
    """Areas in which no change is shown, which is not to say that there was none."""
    if not areas or not any(_verdict(rows) for rows in areas):
        return []
    few = [rows for rows in areas if _verdict(rows) != NO_DIFFERENCE]
    every = f"both {areas_word(by)}" if len(areas) == 2 else f"all {_several(areas, by)}"
    where = every if len(areas) == len(compared) else f"the other {_several(areas, by)}"
    where = where.replace(" one ", " ").removeprefix("all ") if len(areas) == 1 else where
    said = f"In {where} a change is not shown"
    if not few:
        return [f"{said}; if there was one, it is too small to matter."]
    where = "; " if len(few) == len(areas) else f"; in {in_words(len(few))} of them "
    wide = "the interval is" if len(few) == 1 else "intervals are"
    return [f"{said}{where}{wide} too wide to say that there was none."]


def _named(areas: Sequence[Rows], by: Sequence[str], why: str) -> list[str]:
    """Areas of which no change is given, and cases of no known area."""
    return [f"Of {_names(areas, by)} no change can be given: {why}."] if areas else []
