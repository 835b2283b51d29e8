"""Practical thresholds: how large a difference or a ratio has to be before it matters, whatever chance says."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats

FOUR_FIFTHS = "four-fifths"
NAMED = {FOUR_FIFTHS: 0.8, "0.8-1.25": 0.8}
"""Thresholds of ratios that have a name, by their lower end."""


@dataclass(frozen=True)
class Threshold:
    """What matters: points of a difference, or of a ratio the factor above 1. With ``one_sided`` only one end counts.

    The four-fifths rule (Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4, 1978) looks at one side
    alone: whether a group has less than four fifths of the reference's share of what is wanted, or the reference less
    than four fifths of the group's share of what is not. The range 0.8 to 1.25 looks at both.
    """

    size: float
    measure: str = "difference"
    one_sided: bool = False

    @property
    def words(self) -> str:
        """As it is written in a row."""
        if self.measure == "difference":
            return f"{self.size:g} percentage points"
        return FOUR_FIFTHS if self.one_sided else f"{1 / self.size:.4g} to {self.size:.4g}"

    def verdicts(self, estimate: Floats, higher_is_better: bool | None) -> list[str | None]:
        """On which side of the threshold each estimate of a ratio lies; None where there is none."""
        return [self._verdict(float(each), higher_is_better) for each in np.asarray(estimate).reshape(-1)]

    def _verdict(self, ratio: float, higher_is_better: bool | None) -> str | None:
        if np.isnan(ratio):
            return None
        low, high = 1 / self.size, self.size
        if not self.one_sided:
            inside = f"within {self.words}"
            return f"below {low:.4g}" if ratio < low else f"above {high:.4g}" if ratio > high else inside
        if higher_is_better is False:
            return (
                f"above {high:.4g}: the reference has less than four fifths"
                if ratio > high
                else f"not above {high:.4g}"
            )
        return "below four fifths" if ratio < low else "not below four fifths"


def read_threshold(threshold: Any, measure: str = "difference") -> Threshold:
    """The threshold that an argument names: a number, or the name of one for ratios; the usual one for None."""
    if not isinstance(threshold, str) or (measure == "difference" and threshold not in NAMED):
        return Threshold(practical_threshold(threshold, measure), measure)
    if threshold not in NAMED:
        raise ValueError(f"threshold: {threshold!r} is neither a number nor one of {', '.join(map(repr, NAMED))}")
    if measure == "difference":
        raise ValueError(f"threshold: {threshold!r} is for ratios; a difference needs a number of percentage points")
    return Threshold(practical_threshold(NAMED[threshold], measure), measure, threshold == FOUR_FIFTHS)


def practical_threshold(threshold: float | None, measure: str = "difference") -> float:
    """The difference that matters: 5 percentage points, or a ratio of 0.8 to 1.25, unless another is given.

    Of a ratio the factor above 1 is returned, whichever of the two ends was named.
    """
    if threshold is None:
        return 5.0 if measure == "difference" else 1.25
    value = checked.number("threshold", threshold)
    if not 0 < value < np.inf:
        unit = " of percentage points" if measure == "difference" else ""
        raise ValueError(f"threshold: {threshold!r} is not a positive number{unit}")
    if measure == "difference":
        return value
    if value == 1:
        raise ValueError("threshold: a ratio of 1 is no difference at all")
    if not 0.5 <= value <= 2:
        raise ValueError(f"threshold: {threshold!r} is not a ratio from 0.5 to 2; points go with a difference")
    return max(value, 1 / value)
