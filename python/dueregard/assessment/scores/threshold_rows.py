"""Scores held against thresholds: met, not met, or decided by missing answers."""

from collections.abc import Sequence
from math import isnan
from numbers import Real
from typing import Any, cast

from dueregard.assessment.frameworks import Framework, Level
from dueregard.assessment.frameworks.framework import MINIMUM

MET, NOT_MET, CANNOT_TELL = "met", "not met", "cannot tell"


def percents_of(framework: Framework, level: Level, asked: Sequence[float] | float | None) -> list[float]:
    """The thresholds that scores are held against, lowest first: those asked for, else the framework's.

    Raises
    ------
    ValueError
        When one is outside 0 to 100, or none was published.
    """
    if asked is None:
        own = [] if level.percent is None else [level.percent]
        percents = sorted({*own, *framework.thresholds})
        if not percents:
            raise ValueError(f"percents: no threshold was published for {level.words}; give one")
        return percents
    percents = [float(asked)] if isinstance(asked, Real) else [float(percent) for percent in cast(Any, asked)]
    for percent in percents:
        if not 0 <= percent <= 100:
            raise ValueError(f"percents: {percent} is outside 0 to 100")
    return percents


def own_percent(framework: Framework, level: Level) -> float:
    """The percent of indicators that a level itself asks for.

    Raises
    ------
    ValueError
        When none was published.
    """
    if framework.rule == MINIMUM:
        return 100.0
    if level.percent is None:
        raise ValueError(f"percent: no threshold was published for {level.words}; give one")
    return level.percent


def threshold_columns(
    scores: dict[str, list[Any]], framework: Framework, level: Level, percents: Sequence[float]
) -> dict[str, list[Any]]:
    """The rows of the scores once for each threshold, with the verdict."""
    m = len(percents)
    columns = {name: [value for value in values for _ in range(m)] for name, values in scores.items()}
    n = len(scores["value"])
    columns["reference"] = [name_of(level, percent) for percent in percents] * n
    columns["called"] = [called(level, percent) for percent in percents] * n
    columns["reference_value"] = list(percents) * n
    columns["verdict"] = [
        verdict(low, high, percent)
        for low, high, percent in zip(columns["low"], columns["high"], columns["reference_value"], strict=True)
    ]
    return columns


def name_of(level: Level, percent: float) -> str:
    """A threshold as a label: the level that it is the threshold of, or its percent."""
    return level.label if percent == level.percent else f"{percent:g}%"


def called(level: Level, percent: float) -> str | None:
    """The level within a sentence, such as "the baseline", where the percent is its own."""
    return level.words if percent == level.percent else None


def verdict(low: float, high: float, percent: float) -> str:
    """Whether a score is at or above a threshold, whatever the missing answers would be."""
    if isnan(low):
        return CANNOT_TELL
    if low >= percent:
        return MET
    return NOT_MET if high < percent else CANNOT_TELL
