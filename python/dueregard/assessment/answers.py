"""The scale of a framework, as the codes that responses are kept in."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import missing
from dueregard.assessment.frameworks import Framework
from dueregard.hints import did_you_mean

NOT_MET, MET = "not met", "met"
STATED, MISSING, NOT_ASSESSABLE = 0, 1, 2
"""The states of a code: an answer, one that is missing, and none that was asked for."""


def plain_text(value: Any) -> str:
    """A value as people write it: no space around it, and a whole number without decimals.

    >>> plain_text(3.0), plain_text(" Brent "), plain_text(True)
    ('3', 'Brent', 'True')
    """
    whole = isinstance(value, (float, np.floating)) and float(value).is_integer()
    return str(int(value) if whole else value).strip()


def folded(text: Any) -> str:
    """A word as it is compared: case and space make no difference.

    >>> folded("  Very   Satisfactory ")
    'very satisfactory'
    """
    return " ".join(plain_text(text).split()).casefold()


def words_of(framework: Framework, kinds_of_missing: Mapping[Any, str] | None = None) -> dict[str, str]:
    """Every word that stands for an answer or a kind of missing, and the id or kind it stands for."""
    words = {folded(text): kind for text, kind in (kinds_of_missing or {}).items() if isinstance(text, str)}
    words |= {kind: kind for kind in missing.KINDS}
    words |= {folded(answer.label): answer.id for answer in framework.answers}
    return words | {folded(answer.id): answer.id for answer in framework.answers}


class Scale:
    """Reads one answer at a time: an answer's id or label, met or not met, or a kind of missing.

    The answer to a framework whose answers are levels is never just met.
    """

    def __init__(self, framework: Framework, kinds_of_missing: Mapping[Any, str] | None = None) -> None:
        either = [] if framework.is_graded else [NOT_MET, MET]
        self.framework = framework
        self.levels = [*framework.answer_ids, *either, *missing.KINDS]
        self.met = self.meets(framework.aim)
        self.states = np.array([self._state(level) for level in self.levels], dtype=np.uint8)
        self.stated: NDArray[np.bool_] = self.states == STATED
        self.not_applicable = self.levels.index(missing.NOT_APPLICABLE)
        self.not_stated = self.levels.index(missing.NOT_STATED)
        self._mapping = missing.check_mapping(kinds_of_missing)
        self._labels = [answer.label for answer in framework.answers]
        self.words = words_of(framework, self._mapping) | {word: word for word in either}
        place = {level: i for i, level in enumerate(self.levels)}
        self._known = {word: place[level] for word, level in self.words.items()}
        self._met_or_not = {met: self.levels.index(word) for met, word in zip((False, True), either, strict=False)}

    def _state(self, level: str) -> int:
        if not missing.is_missing(level):
            return STATED
        return NOT_ASSESSABLE if level == missing.NOT_APPLICABLE else MISSING

    def meets(self, level: str) -> NDArray[np.bool_]:
        """Of each code, whether it counts as met at a level."""
        either = [] if self.framework.is_graded else [False, True]
        kinds = [False] * len(missing.KINDS)
        return np.array([*self.framework.meets(level), *either, *kinds], dtype=np.bool_)

    def level(self, value: Any, where: str) -> int:
        """The code of an answer; ``where`` goes into the error message."""
        answer = missing.resolve(value, self._mapping)
        if isinstance(answer, (bool, int, float, np.number, np.bool_)):
            answer = plain_text(answer)
        if isinstance(answer, str):
            return self._level_of_text(answer, where)
        raise ValueError(f"{where}: {value!r} is not an answer; {self._listed()}")

    def _level_of_text(self, answer: str, where: str) -> int:
        """By the framework's own words first: an answer may be called 1, or True, and not count as met."""
        word = folded(answer)
        if word == "":
            return self.not_stated
        if word in self._known:
            return self._known[word]
        if self._met_or_not and word in ("0", "1", "false", "true"):
            return self._met_or_not[word in ("1", "true")]
        hint = did_you_mean(answer, [*self._labels, *self.levels])
        raise ValueError(f"{where}: {answer!r} is not an answer{hint}; {self._listed()}")

    def reads(self, value: Any) -> bool:
        """Whether a value could be an answer."""
        try:
            self.level(value, "")
        except ValueError:
            return False
        return True

    def shown(self, code: int) -> str:
        """An answer as people read it."""
        answers = self.framework.answers
        return answers[code].label if code < len(answers) else self.levels[code]

    def _listed(self) -> str:
        either = f" (or {MET}, {NOT_MET})" if self._met_or_not else ""
        return f"the answers are {', '.join(self._labels)}{either}"
