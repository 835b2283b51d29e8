"""Strengths and weaknesses: indicators that most units meet, and those that few do, with the exceptions by name."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.assessment.answers import NOT_ASSESSABLE
from dueregard.assessment.scores.answer_counts import AnswerCounts
from dueregard.assessment.scores.groupings import By
from dueregard.assessment.scores.score_rows import score_columns
from dueregard.assessment.scores.threshold_rows import verdict as against
from dueregard.flags import Flag

STRENGTH, WEAKNESS, NEITHER, CANNOT_TELL = "strength", "weakness", "neither", "cannot tell"


def strength_columns(counts: AnswerCounts, by: By, level: str, strong: float, weak: float) -> dict[str, list[Any]]:
    """Columns of the findings: one row an indicator (and area), with who does not meet it.

    Raises
    ------
    ValueError
        When strong and weak are not percents in that order.
    """
    if not 0 <= weak <= strong <= 100:
        raise ValueError(f"strong: {strong} and weak: {weak} are not percents, strong the higher")
    columns = score_columns(counts, by, level)
    units, indicators = counts.groups(by, level)
    places = [(group, int(one[0])) for group in units.members for one in indicators.members]
    columns["measure"] = ["units meeting the indicator"] * len(places)
    columns["verdict"] = [
        _verdict(low, high, strong, weak) for low, high in zip(columns["low"], columns["high"], strict=True)
    ]
    met, states = counts.scale.meets(level)[counts.codes], counts.scale.states[counts.codes]
    short = ~met & (states != NOT_ASSESSABLE)
    columns["exceptions"] = [_named(counts, group[short[group, i]]) for group, i in places]
    columns["met_by"] = [_named(counts, group[met[group, i]]) for group, i in places]
    texts = np.array([indicator.text for indicator in counts.framework.indicators])
    columns["text"] = [str(texts[i]) for _, i in places]
    columns |= {"strong": [float(strong)] * len(places), "weak": [float(weak)] * len(places)}
    columns["flag"] = [flag | Flag.FULL_COUNT for flag in columns["flag"]]
    return columns


def _named(counts: AnswerCounts, units: NDArray[np.int64]) -> str | None:
    return ", ".join(counts.responses.units[unit] for unit in units.tolist()) or None


def _verdict(low: float, high: float, strong: float, weak: float) -> str:
    """By the range that missing answers leave: a strength for certain, a weakness for certain, or neither."""
    at_strong, at_weak = against(low, high, strong), against(low, high, weak)
    if at_strong == "met":
        return STRENGTH
    if at_weak == "not met":
        return WEAKNESS
    return NEITHER if at_strong == "not met" and at_weak == "met" else CANNOT_TELL
