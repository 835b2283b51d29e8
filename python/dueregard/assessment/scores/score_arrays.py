"""`dueregard.score_answers`: arrays of one-byte answers in, arrays of scores and levels out."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.assessment.answers import MISSING, NOT_ASSESSABLE, STATED
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.frameworks.framework import WEAKEST_SECTION
from dueregard.assessment.scores.levels_reached import LevelGroups, level_groups, level_percent


@dataclass(frozen=True)
class AnswerScores:
    """What `score_answers` gives, each an array of the shape of the answers without its last axis.

    ``level_low``, ``level_high`` and ``evidence`` are numbers of levels, 0 for none. What the answers add up to at the
    level aimed at is worked out when it is first asked for: ``met``, ``answered`` and ``assessable`` are numbers of
    indicators; ``low`` and ``high`` the fraction of the assessable ones that is met, with missing answers not met and
    met, NaN where nothing is assessable.
    """

    level_low: NDArray[np.int8]
    level_high: NDArray[np.int8]
    evidence: NDArray[np.int8]
    counts: NDArray[np.int32] = field(repr=False)
    """(n_rows, n_groups, n_codes): answers of each code, by section and level of the indicators."""
    aimed: NDArray[np.bool_] = field(repr=False)
    """(n_groups,): which of them count towards the level aimed at."""
    meets: NDArray[np.bool_] = field(repr=False)
    """(n_codes,): which codes count as met at it."""

    def _sum(self, codes: NDArray[np.bool_] | slice) -> NDArray[np.int64]:
        total: NDArray[np.int64] = self.counts[:, self.aimed][..., codes].sum(axis=(1, 2), dtype=np.int64)
        return total.reshape(self.level_low.shape)

    @cached_property
    def met(self) -> NDArray[np.int64]:
        """Indicators met."""
        return self._sum(self.meets)

    @cached_property
    def answered(self) -> NDArray[np.int64]:
        """Indicators with an answer."""
        return self._sum(slice(0, -2))

    @cached_property
    def assessable(self) -> NDArray[np.int64]:
        """Indicators with an answer, or where one is missing."""
        return self._sum(slice(0, -1))

    @property
    def low(self) -> NDArray[np.float64]:
        """The fraction met, missing answers not met."""
        return self.met / np.where(self.assessable > 0, self.assessable, np.nan)

    @property
    def high(self) -> NDArray[np.float64]:
        """The fraction met, missing answers met."""
        most = self.met + self.assessable - self.answered
        return most / np.where(self.assessable > 0, self.assessable, np.nan)


def score_answers(answers: Any, framework: Framework, *, kind: str | None = None) -> AnswerScores:
    """Scores and levels of many units or rounds at once, without a table of them.

    Parameters
    ----------
    answers : array of uint8, shape (..., n_indicators)
        Positions in ``framework.answer_ids``, in the order of ``framework.indicator_ids``; then one more for a missing
        answer and two more for not applicable: with four answers 4 is missing and 5 not applicable.
    framework
        From `dueregard.frameworks`; every level needs a threshold.
    kind
        The kind of all units; the framework's own unless given. What it is exempt from is not read.

    Returns
    -------
    AnswerScores
        The levels reached, and scores at the level aimed at.

    Raises
    ------
    TypeError, ValueError
        When the answers are not uint8 or do not have one column for each indicator, a code is none (the message names
        its row and indicator, by position), a level has no threshold, or there is no such kind.

    Notes
    -----
    Counted in C on one thread: see ``benchmarks/results.md`` for 132 areas by 142 questions by 1,000 rounds.

    Examples
    --------
    >>> import numpy as np
    >>> import dueregard as dr
    >>> rounds = np.full((1000, 132, 142), 3, dtype=np.uint8)  # evidence of Level 3 everywhere
    >>> rounds[0, 0, 0] = 6  # missing
    >>> scores = dr.score_answers(rounds, dr.frameworks.equality_framework())
    >>> scores.level_low.shape, int(scores.level_low[0, 0]), int(scores.level_high[0, 0]), int(scores.level_low[1, 0])
    ((1000, 132), 0, 3, 3)
    """
    if not isinstance(framework, Framework):
        raise TypeError(f"framework: {framework!r} is not a Framework, such as dr.frameworks.esps() gives")
    codes = _checked(answers, framework)
    wanted = framework.kind if kind is None else kind
    if wanted not in framework.kinds:
        raise ValueError(f"kind: {kind!r} is not a kind of unit ({', '.join(framework.kinds)})")
    states = np.array([STATED] * len(framework.answers) + [MISSING, NOT_ASSESSABLE], dtype=np.uint8)
    rows, (keys, groups, _) = _grouped(codes, framework, wanted)
    counts = _core.count_answers(rows, groups, len(keys), len(states))
    meets = {level: np.array([*framework.meets(level), False, False]) for level in framework.level_ids}
    reached = _core.reached_levels(
        counts,
        np.array(list(meets.values()), dtype=np.uint8),
        np.array([[key in (None, level) for _, key in keys] for level in framework.level_ids], dtype=np.uint8),
        states,
        np.array([level_percent(framework, level) for level in framework.level_ids], dtype=np.float64),
        framework.rule == WEAKEST_SECTION,
    )
    low, high, evidence = (part.reshape(codes.shape[:-1]) for part in reached)
    aimed = np.array([key in (None, framework.aim) for _, key in keys])
    return AnswerScores(low, high, evidence, counts, aimed, meets[framework.aim])


def _checked(answers: Any, framework: Framework) -> NDArray[np.uint8]:
    codes = np.asarray(answers)
    if codes.dtype != np.uint8:
        raise TypeError(f"answers must be an array of uint8, not {codes.dtype}")
    n = len(framework.indicators)
    if codes.ndim == 0 or codes.shape[-1] != n:
        raise ValueError(f"answers: the last axis has {codes.shape[-1:] or 'no'} columns, not the {n} indicators")
    for level in framework.levels:
        if level.percent is None and framework.rule != "minimum":
            raise ValueError(f"framework: no threshold was published for {level.words}; give one with with_percent")
    return np.ascontiguousarray(codes)


def _grouped(codes: NDArray[np.uint8], framework: Framework, kind: str) -> tuple[NDArray[np.uint8], LevelGroups]:
    """One row a unit, and the group of each column; -1 where the kind is exempt."""
    grouped = level_groups(framework)
    rows = codes.reshape(-1, codes.shape[-1])
    rows = rows if grouped.columns is None else np.ascontiguousarray(rows[:, grouped.columns])
    exempt = np.array([i in framework.exempt.get(kind, frozenset()) for i in framework.indicator_ids])
    exempt = exempt if grouped.columns is None else exempt[grouped.columns]
    return rows, grouped._replace(groups=np.where(exempt, -1, grouped.groups).astype(np.int32))
