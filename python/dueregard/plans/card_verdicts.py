"""What a scorecard says of each measure, and the shape that stands for it: never a colour alone.

Of a measure with a target it is whether that is met or in reach. Where no target was set it is what can be said: how
the measure changed. The two have other words and other shapes: those of changes are circles with something in them.
"""

from collections.abc import Collection, Sequence

from dueregard.plans.changes import CANNOT_TELL as NOT_KNOWN
from dueregard.plans.changes import HIGHER, IMPROVED, LOWER, UNCHANGED, WORSENED
from dueregard.plans.changes import TOO_FEW as CHANGE_UNCLEAR
from dueregard.plans.courses import (
    CANNOT_TELL,
    MET,
    NO_READING,
    NO_TARGET,
    NOT_MET,
    OFF_COURSE,
    ON_COURSE,
    TOO_FEW_READINGS,
)  # fmt: skip
from dueregard.plans.found_rows import TOO_FEW, YET
from dueregard.plans.progress_rows import NO_BASELINE

CHANGES = {
    IMPROVED: IMPROVED, WORSENED: WORSENED, HIGHER: HIGHER, LOWER: LOWER, UNCHANGED: UNCHANGED,
    CHANGE_UNCLEAR: "too few to tell if it changed", NOT_KNOWN: "whether it changed cannot be told",
    NO_BASELINE: "only one reading", NO_READING: NO_READING,
}  # fmt: skip
"""What a change comes to, as a scorecard says it of a measure without a target."""

SYMBOLS = {
    MET: "●", ON_COURSE: "▲", YET: "△", OFF_COURSE: "▼", NOT_MET: "■",
    CANNOT_TELL: "◇", TOO_FEW: "◇", TOO_FEW_READINGS: "◇", NO_TARGET: "○", NO_READING: "○",
    IMPROVED: "⊕", WORSENED: "⊖", HIGHER: "↑", LOWER: "↓", UNCHANGED: "⊜",
    CHANGES[CHANGE_UNCLEAR]: "◌", CHANGES[NOT_KNOWN]: "◌", CHANGES[NO_BASELINE]: "⊙",
}  # fmt: skip
"""A shape for each verdict, so that none hangs on a colour."""


def said_of(course: str, change: str) -> str:
    """The verdict of a measure from its course and its change.

    >>> said_of("off course", "improved"), said_of("no target was set", "too few to tell")
    ('off course', 'too few to tell if it changed')
    """
    return CHANGES[change] if course == NO_TARGET else course


def key_of(verdicts: Collection[str]) -> list[str]:
    """What the shapes that are used mean, as one note; none where there are no verdicts."""
    shapes = {symbol: [word for word in SYMBOLS if SYMBOLS[word] == symbol] for symbol in SYMBOLS.values()}
    key = [
        f"{shape} {' or '.join(word for word in words if word in verdicts)}"
        for shape, words in shapes.items()
        if not set(words).isdisjoint(verdicts)
    ]
    return ["; ".join(key)] if key else []


def without_target(aimed: Sequence[bool]) -> list[str]:
    """How many measures have no target, as one note, so that not every row has to say it."""
    none, of = sum(not each for each in aimed), len(aimed)
    if not none:
        return []
    which = (
        "the measure" if of == 1 else f"any of the {of:,} measures" if none == of else f"{none:,} of {of:,} measures"
    )
    return [f"No target was set for {which}: of these it is said how they changed"]
