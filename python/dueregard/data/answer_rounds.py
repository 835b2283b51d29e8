"""The answers of the rounds before the last, worked out backwards from it.

Codes of answers are 0 to 3, lowest first, of which the upper two count as met; `MISSING` is an answer left out.
"""

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws

MISSING = 4
HIGHEST, LOWEST_MET = 3, 2
MOST_GAINED = 4  # indicators that further evidence made met, at most; one at least
MADE_BETTER = 0.1  # of the other answers: further evidence raised them without changing whether they are met
REVIEWED = (0.25, 0.2, 0.55)  # of the units: one answer raised, one lowered, none changed

Codes = NDArray[np.int64]


def rounds(rng: np.random.Generator, last: Codes) -> list[Codes]:
    """First answer, after further evidence, after review: each (units, indicators), the last one as given."""
    before = _before_review(rng, last)
    return [_before_evidence(rng, before), before, last]


def is_met(codes: Codes) -> NDArray[np.bool_]:
    """Which answers count as met."""
    return (codes >= LOWEST_MET) & (codes <= HIGHEST)


def _before_review(rng: np.random.Generator, last: Codes) -> Codes:
    """The review moved one answer of some units by one step; never of those that stand at exactly half."""
    raised, lowered = (last > 0) & (last <= HIGHEST), last < HIGHEST
    at_half = 2 * is_met(last).sum(axis=1) == last.shape[1]
    movable = np.flatnonzero(raised.any(axis=1) & lowered.any(axis=1) & ~at_half)
    turn = draws.dealt(rng, draws.allocate(len(movable), REVIEWED))
    before = last.copy()
    for kind, (step, can) in enumerate(((-1, raised), (1, lowered))):
        units = movable[turn == kind]
        before[units, np.argmax(rng.random(last.shape) * can, axis=1)[units]] += step
    return before


def _before_evidence(rng: np.random.Generator, later: Codes) -> Codes:
    """Further evidence only added: every unit gained at least one indicator."""
    met = is_met(later)
    gained = 1 + np.floor(MOST_GAINED * rng.random((len(later), 1)))
    turn = np.argsort(np.argsort(np.where(met, rng.random(later.shape), 2.0), axis=1, kind="stable"), axis=1)
    lost = met & (turn < gained)
    better = (rng.random(later.shape) < MADE_BETTER) & np.isin(later, (1, HIGHEST))
    return np.where(lost, np.floor(LOWEST_MET * rng.random(later.shape)), later - (better & ~lost)).astype(np.int64)
