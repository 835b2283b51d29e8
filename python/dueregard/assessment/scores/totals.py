"""Numbers of indicators met, answered and assessable, and the percentages they make."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag

METHOD = "full count: assessable indicators met; low and high are the range that missing answers leave"


class Totals(NamedTuple):
    """Numbers of indicators, arrays of one shape."""

    met: NDArray[np.int64]
    answered: NDArray[np.int64]
    assessable: NDArray[np.int64]

    @property
    def missing(self) -> NDArray[np.int64]:
        """Assessable indicators without an answer."""
        return self.assessable - self.answered

    def flat(self) -> "Totals":
        """The same numbers in one row, the last axis running fastest."""
        return Totals(*(count.ravel() for count in self))

    def percent(self, count: NDArray[np.int64]) -> NDArray[np.float64]:
        """Percent of the assessable indicators; NaN where there are none."""
        size = np.where(self.assessable > 0, self.assessable, np.nan)
        return 100 * count / size

    def columns(self) -> dict[str, list[Any]]:
        """Columns of the findings; a missing answer counts as not met in ``value`` and ``low``, as met in ``high``."""
        value = self.percent(self.met)
        n = len(value)
        return {
            "row_type": ["group"] * n,
            "count": self.met.tolist(),
            "nobs": self.assessable.tolist(),
            "outcome_missing": self.missing.tolist(),
            "value": value.tolist(),
            "unit_of_measure": ["percent"] * n,
            "low": value.tolist(),
            "high": self.percent(self.met + self.missing).tolist(),
            "flag": [_flag(size, gone) for size, gone in zip(self.assessable, self.missing, strict=True)],
            "method": [METHOD] * n,
            "answered": self.answered.tolist(),
            "note": [_note(size, gone) for size, gone in zip(self.assessable, self.missing, strict=True)],
        }


def _flag(assessable: int, gone: int) -> Flag:
    flag = Flag.FULL_COUNT
    if assessable == 0:
        flag |= Flag.NO_CASES
    return flag | Flag.MISSING_ANSWERS if gone else flag


def _note(assessable: int, gone: int) -> str | None:
    if assessable == 0:
        return "nothing to assess"
    if gone == 0:
        return None
    return f"{gone} answer{'' if gone == 1 else 's'} missing"
