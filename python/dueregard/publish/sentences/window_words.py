"""Windows of months in sentences: which ones, what they share, and why there is nothing to say of some."""

from __future__ import annotations

from dueregard.flags import Flag
from dueregard.publish.days import month_of
from dueregard.publish.numbers import spoken
from dueregard.publish.sentences.chance_words import flag_of
from dueregard.publish.sentences.wording import Row

CHANGED = {
    "mode": "a change in how people are asked",
    "question": "a change of the question",
    "supplier": "a change of who asks",
    "sample": "a change of who is asked",
}
MISSING = "a month is missing from the data"
"""Why there is no figure for a window with such a month."""


def window_words(row: Row, end: str = "window_end") -> str:
    """A window by its length and its last month.

    >>> window_words({"months": 12, "window_end": "2011-03"}), window_words({"months": 1, "window_end": "2011-03"})
    ('the 12 months to March 2011', 'March 2011')
    """
    last = month_of(str(row[end]))
    return last if row["months"] == 1 else f"the {row['months']} months to {last}"


def break_of(row: Row) -> str:
    """Where the series breaks, and why: "January 2009: interviews by telephone"."""
    if row.get("break_date") is None:
        return "a break in the series"
    why = spoken(row["break_words"]) if row["break_words"] else CHANGED[row["break_cause"]]
    return f"{month_of(row['break_date'], last=False)}: {why}"


def why_no_window(row: Row) -> str:
    """Why a window, or a pair of them, has no figures; nothing where it has."""
    flag = flag_of(row)
    if Flag.BREAK_IN_SERIES in flag:
        return f"not compared across {break_of(row)}"
    return MISSING if Flag.MISSING_PERIOD in flag else ""


def shared_words(row: Row) -> str:
    """What two windows have in common."""
    shared = row["shared_months"]
    if not shared:
        return "The two share no months."
    months = "one month" if shared == 1 else f"{shared} months"
    return f"The two share {months}, which the interval allows for."
