"""How far from random unknown groups would have to be to change a verdict, in numbers and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.unknowns.allotments import DOWN, UP, Strata
from dueregard.measures.unknowns.unknown_rules import Firmness

NOTHING_UNKNOWN = "no case is of unknown group"


@dataclass(frozen=True)
class Tips:
    """For each comparison: at what odds its conclusion changes, and which share of the unknown would then be where.

    ``odds`` and ``threshold_odds`` are NaN where nothing changes it. ``share`` is the part of the unknown events that
    would be in the group named in ``words``, ``stated_share`` the part of the stated ones that is; both are NaN for
    proportions, where cases with and without the outcome go different ways.
    """

    odds: Floats
    share: Floats
    stated_share: Floats
    words: list[str]
    threshold_odds: Floats
    threshold_words: list[str]


def tips_of(strata: Strata, firm: Firmness, groups: Sequence[Any], reference: Any, against_rest: bool) -> Tips:
    """The tipping points of each comparison; what holds under every allotment has none."""
    unknown = strata.unknown.sum(axis=0) > 0
    events = strata.exposure1 is not None
    direction = np.where(firm.holds, 0, firm.direction)
    share, stated = _shares(strata, firm.odds, direction)
    at_threshold, stated_there = _shares(strata, firm.matters_odds, firm.matters_direction)
    other = "another group" if against_rest else str(reference)
    words, threshold_words = [], []
    for i, group in enumerate(groups):
        sides = (str(group), other)
        tip = _words(direction[i], firm.odds[i], share[i], stated[i], sides, events)
        words.append((tip or _never(int(firm.conclusion[i]), bool(firm.holds[i]), sides, events))
                     if unknown[i] else NOTHING_UNKNOWN)  # fmt: skip
        there = _words(firm.matters_direction[i], firm.matters_odds[i], at_threshold[i], stated_there[i], sides, events)
        threshold_words.append((there or "under no odds") if unknown[i] else NOTHING_UNKNOWN)
    return Tips(
        odds=np.where(direction == 0, np.nan, firm.odds),
        share=share,
        stated_share=stated,
        words=words,
        threshold_odds=np.where(firm.matters_direction == 0, np.nan, firm.matters_odds),
        threshold_words=threshold_words,
    )


def _shares(strata: Strata, odds: Floats, direction: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """The shares of the favoured group among unknown events at these odds, and among stated ones."""
    if strata.exposure1 is None:
        nothing = np.full(odds.shape, np.nan)
        return nothing, nothing
    own, reference, other = (cells.sum(axis=0) for cells in (strata.own, strata.reference, strata.other))
    favoured = np.where(direction == UP, own, np.where(direction == DOWN, reference, np.nan))
    everyone = own + reference + other
    with np.errstate(invalid="ignore", divide="ignore"):
        weighted = np.where(direction == 0, np.nan, odds) * favoured
        return np.asarray(weighted / (weighted + everyone - favoured)), np.asarray(favoured / everyone)


def _words(direction: Any, odds: Any, share: Any, stated: Any, sides: tuple[str, str], events: bool) -> str:
    """What would have to be so for the change, or nothing where no odds bring it about."""
    if direction == 0:
        return ""
    times = f"{odds:,.1f} times" if odds < 100 else f"{odds:,.0f} times"
    there = sides[0] if direction == UP else sides[1]
    if events and share > 0:
        parts = f"{100 * share:.0f}% of the unknown were {there} ({100 * stated:.0f}% of the stated are)"
        return f"if {parts}: odds {times} as high"
    if events:  # of nobody stated no odds make any number, but the interval widens with them
        return f"if the odds of being unknown were {times} as high for {there}"
    first, second = sides if direction == UP else sides[::-1]
    return f"if the odds of being unknown were {times} as high for {first} with the outcome and {second} without it"


def _never(conclusion: int, holds: bool, sides: tuple[str, str], events: bool) -> str:
    """That no odds change the conclusion, or that odds cannot say it: a group with no stated case stays without any."""
    if not holds:
        return "under some allotments, but no odds can say so where no case is stated"
    if events and conclusion:
        return f"not even if every unknown case were {sides[1] if conclusion > 0 else sides[0]}"
    return "whatever the unknown groups are"
