"""What a comparison comes to: a difference, none that matters, or too few to tell."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile
from dueregard.inference.multiplicity import adjusted
from dueregard.inference.newcombe import Difference, two_sided

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


@dataclass(frozen=True)
class Rule:
    """When a difference is one. The threshold is in percentage points."""

    confidence_level: float
    threshold: float
    adjust: str

    def judge(self, difference: Difference) -> NDArray[np.int64]:
        """The verdict on each difference of one family."""
        return np.asarray(self._judge(difference, difference.root(), np.ones(1))[0])

    def _judge(self, difference: Difference, root: Floats, multiples: Floats) -> NDArray[np.int64]:
        """The verdicts if all numbers were that many times as large: one family (the last axis) for each multiple.

        Wilson limits depend on z^2 / n alone. So numbers m times as large reach sqrt(m) times as many standard errors
        before they take in 0, and have at z the limits that the present ones have at z / sqrt(m).
        """
        scale = np.sqrt(multiples)[:, np.newaxis]
        low, high = difference.interval(normal_quantile(self.confidence_level) / scale)
        pvalue = adjusted(two_sided(root * scale), self.adjust)
        inside = (100 * low > -self.threshold) & (100 * high < self.threshold)
        higher = difference.estimate > 0
        small, large = np.where(higher, SMALL_HIGHER, SMALL_LOWER), np.where(higher, IS_HIGHER, IS_LOWER)
        clear, unclear = np.where(inside, small, large), np.where(inside, IS_SAME, CANNOT_TELL)
        verdict = np.where(pvalue < 1 - self.confidence_level, clear, unclear)
        return np.where(np.isnan(low), UNKNOWN, verdict).astype(np.int64)

    def multiples_needed(self, difference: Difference, verdict: NDArray[np.int64]) -> Floats:
        """For each row too few to tell, the smallest multiple at which that changes; NaN elsewhere.

        The numbers of the whole family grow together, with every share unchanged. Infinite where even the largest
        multiple tried leaves the verdict as it is.
        """
        waiting = verdict == CANNOT_TELL
        needed = np.where(waiting, np.inf, np.nan)
        root = difference.root()
        for start in range(0, len(MULTIPLES), BLOCK):
            if not waiting.any():
                break
            tried = MULTIPLES[start : start + BLOCK]
            settled = self._judge(difference, root, tried) != CANNOT_TELL
            found = waiting & settled.any(axis=0)
            needed = np.where(found, tried[np.argmax(settled, axis=0)], needed)
            waiting &= ~found
        return needed

    def texts(self, difference: Difference) -> list[str | None]:
        """The verdicts on one family of differences, in words."""
        verdict = self.judge(difference)
        needed = self.multiples_needed(difference, verdict)
        return [self._text(int(kind), float(multiple)) for kind, multiple in zip(verdict, needed, strict=True)]

    def _text(self, kind: int, multiple: float) -> str | None:
        small = f" by less than {self.threshold:g} points"
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
