"""What a comparison comes to: a difference, none that matters, or too few to tell."""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.two_groups.comparisons import NO_EFFECT
from dueregard.inference.two_groups.contrasts import Answer, Contrast
from dueregard.inference.two_groups.families import Family

HIGHER, LOWER = "higher", "lower"
NO_DIFFERENCE = "no difference that matters"
TOO_FEW = "too few to tell"
CLEAR = (HIGHER, LOWER)
"""What the text of a verdict begins with when there is a difference."""
UNKNOWN, IS_HIGHER, IS_LOWER, SMALL_HIGHER, SMALL_LOWER, IS_SAME, CANNOT_TELL = range(7)

MULTIPLES = np.concatenate([np.arange(11, 100) / 10, np.arange(10.0, 100), np.arange(100.0, 1001, 10)])
"""The multiples of the present numbers that are tried: what a verdict can name, 1.1 to 1,000."""

BLOCK = 24
"""How many multiples are tried at a time; most rows are settled early."""

WHOLE_COUNTS_ONLY = ("fisher", "central", "mid-p", "chan-zhang", "agresti-min")
"""Methods that enumerate. What larger numbers would give is judged for them by the score method."""


class Comparisons(Protocol):
    """One family of comparisons that can be made at any level and for larger numbers, such as a `Contrast`."""

    @property
    def method(self) -> str: ...

    def compare(self, confidence_level: float) -> Answer: ...

    def times(self, multiple: Floats) -> "Comparisons": ...


@dataclass(frozen=True)
class Rule:
    """When a difference is one. The threshold is in percentage points, of a ratio the factor (above 1) that matters."""

    confidence_level: float
    threshold: float
    measure: str = "difference"

    def judge(self, contrast: Comparisons, family: Family) -> NDArray[np.int64]:
        """The verdict on each comparison of one family (the last axis)."""
        found = contrast.compare(self.confidence_level)
        null = NO_EFFECT[self.measure]
        higher = np.where(np.isnan(found.estimate), found.statistic > 0, found.estimate > null)
        inside = self._inside(found)
        small, large = np.where(higher, SMALL_HIGHER, SMALL_LOWER), np.where(higher, IS_HIGHER, IS_LOWER)
        clear, unclear = np.where(inside, small, large), np.where(inside, IS_SAME, CANNOT_TELL)
        verdict = np.where(family.below(found.pvalue, self.confidence_level), clear, unclear)
        return np.where(np.isnan(found.low), UNKNOWN, verdict).astype(np.int64)

    def _inside(self, found: Answer) -> NDArray[np.bool_]:
        """Whether the whole interval is nearer to no difference than what matters."""
        if self.measure == "difference":
            return np.asarray((100 * found.low > -self.threshold) & (100 * found.high < self.threshold))
        return np.asarray((found.low > 1 / self.threshold) & (found.high < self.threshold))

    def multiples_needed(self, contrast: Comparisons, family: Family, verdict: NDArray[np.int64]) -> Floats:
        """For each row too few to tell, the smallest multiple at which that changes; NaN elsewhere.

        The numbers of the whole family grow together, with every share unchanged. Infinite where even the largest
        multiple tried leaves the verdict as it is.
        """
        if isinstance(contrast, Contrast) and contrast.method in WHOLE_COUNTS_ONLY:
            contrast = replace(contrast, method="score")
        waiting = verdict == CANNOT_TELL
        needed = np.where(waiting, np.inf, np.nan)
        for start in range(0, len(MULTIPLES), BLOCK):
            if not waiting.any():
                break
            tried = MULTIPLES[start : start + BLOCK]
            settled = self.judge(contrast.times(tried), family) != CANNOT_TELL
            found = waiting & settled.any(axis=0)
            needed = np.where(found, tried[np.argmax(settled, axis=0)], needed)
            waiting &= ~found
        return needed

    def texts(self, contrast: Comparisons, family: Family) -> list[str | None]:
        """The verdicts on one family of comparisons, in words."""
        verdict = self.judge(contrast, family)
        needed = self.multiples_needed(contrast, family, verdict)
        return [self._text(int(kind), float(multiple)) for kind, multiple in zip(verdict, needed, strict=True)]

    def _text(self, kind: int, multiple: float) -> str | None:
        size = f"{self.threshold:g} points" if self.measure == "difference" else f"a factor of {self.threshold:g}"
        small = f" by less than {size}"
        if kind == CANNOT_TELL:
            return f"{TOO_FEW}: {multiple_words(multiple)} the present numbers needed"
        return {
            IS_HIGHER: HIGHER,
            IS_LOWER: LOWER,
            SMALL_HIGHER: HIGHER + small,
            SMALL_LOWER: LOWER + small,
            IS_SAME: NO_DIFFERENCE,
        }.get(kind)


def multiple_words(multiple: float) -> str:
    """A multiple as it is written: "1.4 times", "120 times", "more than 1,000 times"."""
    if np.isinf(multiple):
        return f"more than {MULTIPLES[-1]:,.0f} times"
    return f"{multiple:.1f} times" if multiple < 10 else f"{multiple:,.0f} times"
