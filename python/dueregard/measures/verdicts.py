"""What a comparison comes to: a difference, none that matters, or too few to tell."""

from collections.abc import Callable
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

WHOLE_COUNTS_ONLY = ("fisher", "central", "mid-p", "chan-zhang", "agresti-min")
"""Methods that enumerate. What larger numbers would give is judged for them by the score method."""


Places = NDArray[np.int64]
Held = Callable[[Places, Places, Places], NDArray[np.bool_]]
"""Whether something holds of each comparison at a place of its own, in a search that has come between two others."""


class Comparisons(Protocol):
    """One family of comparisons that can be made at any level and for larger numbers, such as a `Contrast`."""

    @property
    def method(self) -> str: ...

    def compare(self, confidence_level: float) -> Answer: ...

    def times(self, multiple: Floats) -> "Comparisons":
        """As if numbers were so many times as large; ``multiple`` broadcasts against the comparisons."""
        ...


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
        multiple tried leaves the verdict as it is. Intervals become narrower and p-values smaller with the multiple, so
        that what is settled at one is settled at all above it, and halving finds the first.
        """
        if isinstance(contrast, Contrast) and contrast.method in WHOLE_COUNTS_ONLY:
            contrast = replace(contrast, method="score")
        waiting = verdict == CANNOT_TELL
        first = np.zeros(len(verdict), np.int64)
        if waiting.any():
            clear = np.isin(verdict, (IS_HIGHER, IS_LOWER, SMALL_HIGHER, SMALL_LOWER))
            never = len(MULTIPLES)
            first = first_held(self._clear_at(contrast, family), 0 * first, np.where(clear, 0, never))
            first = first_held(self._inside_at(contrast), 0 * first, np.where(waiting, first, 0))
        return np.where(waiting, np.append(MULTIPLES, np.inf)[first], np.nan)

    def _clear_at(self, contrast: Comparisons, family: Family) -> Held:
        """Whether each comparison shows a difference at its own multiple, in a family that has the same one.

        Of the others of a family there is known enough: before they are searched any further, those whose search has
        come to lie below the multiple are clear there, and those above are not.
        """

        def clear_at(at: Places, low: Places, high: Places) -> NDArray[np.bool_]:
            own = self._grown(contrast, at).pvalue
            tried, row = np.unique(at[low < high], return_inverse=True)
            others = np.where(high <= tried[:, np.newaxis], 0.0, 1.0)
            family_at = np.where((low < high) & (at == tried[:, np.newaxis]), own, np.where(np.isnan(own), own, others))
            found = np.zeros(len(at), np.bool_)
            found[low < high] = family.below(family_at, self.confidence_level)[row, np.flatnonzero(low < high)]
            return found

        return clear_at

    def _inside_at(self, contrast: Comparisons) -> Held:
        return lambda at, low, high: self._inside(self._grown(contrast, at))

    def _grown(self, contrast: Comparisons, at: Places) -> Answer:
        return contrast.times(MULTIPLES[np.minimum(at, len(MULTIPLES) - 1)]).compare(self.confidence_level)

    def texts(self, contrast: Comparisons, family: Family) -> list[str | None]:
        """The verdicts on one family of comparisons, in words."""
        verdict = self.judge(contrast, family)
        needed = self.multiples_needed(contrast, family, verdict)
        return [self._text(int(kind), float(multiple)) for kind, multiple in zip(verdict, needed, strict=True)]

    def _text(self, kind: int, multiple: float) -> str | None:
        size = points_words(self.threshold) if self.measure == "difference" else f"a factor of {self.threshold:g}"
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


def first_held(holds: Held, low: Places, high: Places) -> Places:
    """The first place from ``low`` on at which each holds, for what then holds at all later ones; else ``high``."""
    while (todo := low < high).any():
        at = (low + high) // 2
        held = holds(at, low, high)
        low, high = np.where(todo & ~held, at + 1, low), np.where(todo & held, at, high)
    return high


def points_words(threshold: float) -> str:
    """A threshold as it is written: "1 point", "5 points"."""
    return "1 point" if threshold == 1 else f"{threshold:g} points"


def multiple_words(multiple: float) -> str:
    """A multiple as it is written: "1.4 times", "120 times", "more than 1,000 times"."""
    if np.isinf(multiple):
        return f"more than {MULTIPLES[-1]:,.0f} times"
    return f"{multiple:.1f} times" if multiple < 10 else f"{multiple:,.0f} times"
