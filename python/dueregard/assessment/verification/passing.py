"""The percent of indicators that a unit has to meet, as far as one number says it."""

from __future__ import annotations

from dueregard.assessment.frameworks import Framework

MINIMUM, SHARE_MET = "minimum", "share met"
CANNOT_TELL = "cannot tell"


def percent_needed(framework: Framework) -> float | None:
    """The percent met that reaches the level aimed at; None where it was not published or sections decide."""
    if framework.rule == MINIMUM:
        return 100.0
    return framework.aimed.percent if framework.rule == SHARE_MET else None


def level_words(framework: Framework) -> str:
    """What the level aimed at is called within a sentence."""
    return framework.aimed.words


def verdict(low: float, high: float, framework: Framework) -> str:
    """Whether a score between two limits reaches the level aimed at."""
    needed = percent_needed(framework)
    if needed is not None and low >= needed:
        return f"meets {level_words(framework)}"
    below = needed is not None and high < needed
    return f"does not meet {level_words(framework)}" if below else CANNOT_TELL
