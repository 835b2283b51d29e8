"""Levels reached by units and by the organisation, by the compiled rule."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.assessment.answers import NOT_ASSESSABLE
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.frameworks.framework import EVERY_UNIT, MINIMUM, WEAKEST_SECTION
from dueregard.assessment.scores.answer_counts import AnswerCounts


class Reached(NamedTuple):
    """Numbers of levels, 0 for none, one for each unit.

    ``low`` counts missing answers as not met, ``high`` as met; ``evidence`` is the highest level at which any answer is
    met. ``assessable`` says whether there was anything to assess, ``judged`` how many levels, from the lowest, had
    anything for the unit to be assessed on.
    """

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    evidence: NDArray[np.int64]
    assessable: NDArray[np.bool_]
    judged: NDArray[np.int64]

    def is_open(self, n: int) -> NDArray[np.bool_]:
        """Of each unit, whether it stopped at one of n levels because there was nothing to assess it on."""
        stopped: NDArray[np.bool_] = (self.judged < n) & (self.low == self.judged)
        return stopped


def judged(counts: AnswerCounts) -> int:
    """How many levels, from the lowest, can be judged: each has a threshold, and somebody answered for it."""
    for n, level in enumerate(counts.framework.levels):
        if (level.percent is None and counts.framework.rule != MINIMUM) or not _is_answered(counts, level.id):
            return n
    return len(counts.framework.levels)


def _is_answered(counts: AnswerCounts, level: str) -> bool:
    if not counts.responses.by_indicator:
        return bool(counts.responses.counts[:, counts.scale.stated].any())
    asked = [counts.framework.is_asked(indicator, level) for indicator in counts.framework.indicators]
    return bool(counts.scale.stated[counts.codes[:, asked]].any())


def reached(counts: AnswerCounts) -> Reached:
    """The levels of each unit, of those that can be judged.

    Raises
    ------
    ValueError
        When the rule needs sections and the indicators are not known.
    """
    framework, scale = counts.framework, counts.scale
    levels = framework.levels[: judged(counts)]
    keys, grouped = _grouped(counts)
    assessable = grouped[..., scale.states != NOT_ASSESSABLE].sum(axis=(1, 2)) > 0
    if not levels:
        none = np.zeros(len(assessable), dtype=np.int64)
        return Reached(none, none, none, assessable, none)
    meets = np.array([scale.meets(level.id) for level in levels], dtype=np.uint8)
    asked = np.array([[key in (None, level.id) for _, key in keys] for level in levels], dtype=np.uint8)
    low, high, evidence = _core.reached_levels(
        grouped,
        meets,
        asked,
        scale.states,
        np.array([level_percent(framework, level.id) for level in levels], dtype=np.float64),
        framework.rule == WEAKEST_SECTION,
    )
    own = _with_anything(grouped, asked, scale.states)
    return Reached(low.astype(np.int64), high.astype(np.int64), evidence.astype(np.int64), assessable, own)


def _with_anything(
    grouped: NDArray[np.int32], asked: NDArray[np.uint8], states: NDArray[np.uint8]
) -> NDArray[np.int64]:
    """How many levels, from the lowest, there is anything to assess each unit on."""
    sizes = grouped[..., states != NOT_ASSESSABLE].sum(axis=2) @ asked.T.astype(np.int64)
    return np.cumprod(sizes > 0, axis=1).sum(axis=1)  # type: ignore[no-any-return]


def level_percent(framework: Framework, level: str) -> float:
    """The percent of assessable indicators that reaches a level."""
    percent = framework.level(level).percent
    return 100.0 if framework.rule == MINIMUM or percent is None else percent


def _grouped(counts: AnswerCounts) -> tuple[list[tuple[str | None, str | None]], NDArray[np.int32]]:
    """Counts of answers by section and level of the indicators, (n_units, n_groups, n_codes), and those groups."""
    framework = counts.framework
    if not counts.responses.by_indicator:
        if framework.rule == WEAKEST_SECTION:
            raise ValueError("levels: the rule holds for each section; these are counts by unit")
        return [(None, None)], np.ascontiguousarray(counts.responses.counts[:, None, :])
    grouped = level_groups(framework)
    codes = counts.codes if grouped.columns is None else np.ascontiguousarray(counts.codes[:, grouped.columns])
    return grouped.keys, _core.count_answers(codes, grouped.groups, len(grouped.keys), len(counts.scale.levels))


class LevelGroups(NamedTuple):
    """The groups that a level's rule looks at: (section, level), the level None where indicators count towards all.

    ``groups`` is the group of each indicator, or of each of ``columns`` where an indicator stands in several.
    """

    keys: list[tuple[str | None, str | None]]
    groups: NDArray[np.int32]
    columns: NDArray[np.int64] | None


def level_groups(framework: Framework) -> LevelGroups:
    """Where some indicators of a section belong to one level and others to all, each level has a group of both."""
    of_indicator = [(indicator.section, indicator.level) for indicator in framework.indicators]
    keys: list[tuple[str | None, str | None]] = list(dict.fromkeys(of_indicator))
    if len({level is None for _, level in keys}) == 1:
        return LevelGroups(keys, np.array([keys.index(key) for key in of_indicator], dtype=np.int32), None)
    pairs = [
        (i, (indicator.section, level))
        for level in framework.level_ids
        for i, indicator in enumerate(framework.indicators)
        if framework.is_asked(indicator, level)
    ]
    keys = list(dict.fromkeys(key for _, key in pairs))
    groups = np.array([keys.index(key) for _, key in pairs], dtype=np.int32)
    return LevelGroups(keys, groups, np.array([i for i, _ in pairs], dtype=np.int64))


def of_organisation(units: Reached, framework: Framework, n: int) -> tuple[int, int, int]:
    """The organisation's level: low, high and the highest with any evidence, of units whose level can be told."""
    told = units.assessable & ~units.is_open(n)
    low, high, evidence = (part[told] for part in units[:3])
    if len(low) == 0:
        return 0, 0, 0
    if framework.organisation == EVERY_UNIT:
        return int(low.min()), int(high.min()), int(evidence.max())
    return _by_share(low, framework), _by_share(high, framework), int(evidence.max())


def _by_share(levels: NDArray[np.int64], framework: Framework) -> int:
    """The highest level that the target's share of units has reached, and every level below."""
    for n, level in enumerate(framework.levels):
        target = level.targets[0].percent if level.targets else 100.0
        if 100.0 * int((levels > n).sum()) < target * len(levels):
            return n
    return len(framework.levels)
