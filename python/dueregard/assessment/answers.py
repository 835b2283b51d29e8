"""The scale of a framework, as the levels that responses are counted in."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import missing
from dueregard.assessment.frameworks import Framework
from dueregard.findings import did_you_mean

NOT_MET, MET = "not met", "met"


class Scale:
    """Reads one answer at a time: an answer's id or label, met or not met, or a kind of missing."""

    def __init__(self, framework: Framework, kinds_of_missing: Mapping[Any, str] | None = None) -> None:
        self.levels = [*framework.answer_ids, NOT_MET, MET, *missing.KINDS]
        self.met: NDArray[np.bool_] = np.array(
            [*(answer.met for answer in framework.answers), False, True, *[False] * len(missing.KINDS)]
        )
        self.stated: NDArray[np.bool_] = np.array([not missing.is_missing(level) for level in self.levels])
        self.not_applicable = self.levels.index(missing.NOT_APPLICABLE)
        self._mapping = missing.check_mapping(kinds_of_missing)
        self._labels = [answer.label for answer in framework.answers]
        self._known: dict[Any, int] = {level.casefold(): i for i, level in enumerate(self.levels)}
        self._known |= {answer.label.casefold(): i for i, answer in enumerate(framework.answers)}
        self._met_or_not = {False: self.levels.index(NOT_MET), True: self.levels.index(MET)}

    def level(self, value: Any, where: str) -> int:
        """The level of an answer; ``where`` goes into the error message."""
        answer = missing.resolve(value, self._mapping)
        if isinstance(answer, str):
            return self._level_of_text(answer, where)
        if answer in (0, 1):
            return self._met_or_not[bool(answer)]
        raise ValueError(f"{where}: {value!r} is not an answer; {self._listed()}")

    def _level_of_text(self, answer: str, where: str) -> int:
        folded = answer.strip().casefold()
        if folded in ("0", "1", "false", "true"):
            return self._met_or_not[folded in ("1", "true")]
        if folded == "":
            return self.levels.index(missing.NOT_STATED)
        if folded not in self._known:
            hint = did_you_mean(answer, [*self._labels, *self.levels])
            raise ValueError(f"{where}: {answer!r} is not an answer{hint}; {self._listed()}")
        return self._known[folded]

    def reads(self, value: Any) -> bool:
        """Whether a value could be an answer."""
        try:
            self.level(value, "")
        except ValueError:
            return False
        return True

    def _listed(self) -> str:
        return f"the answers are {', '.join(self._labels)} (or met, not met)"
