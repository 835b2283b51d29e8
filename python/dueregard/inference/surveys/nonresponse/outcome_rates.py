"""Response, cooperation, contact and refusal rates of a survey, from how many cases came to what."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats

COMPLETE, PARTIAL, REFUSAL, NON_CONTACT, OTHER = "complete", "partial", "refusal", "non-contact", "other"
UNKNOWN, NOT_ELIGIBLE = "unknown eligibility", "not eligible"
NO_ANSWER = "no answer"
"""Eligible, and did not answer; nothing is known of why."""
DISPOSITIONS = (COMPLETE, PARTIAL, REFUSAL, NON_CONTACT, OTHER, NO_ANSWER, UNKNOWN, NOT_ELIGIBLE)
"""What a case can come to, in the order of the last axis of counts."""

ANSWERED = frozenset({COMPLETE, PARTIAL})
ELIGIBLE = ANSWERED | {REFUSAL, NON_CONTACT, OTHER, NO_ANSWER}
REACHED = ANSWERED | {REFUSAL, OTHER}
ALL, SOME, NONE = "all", "some", "none"
"""How many of the cases of unknown eligibility are in the base."""


class OutcomeRate(NamedTuple):
    """A rate: which cases are counted, of which, and how many of those whose eligibility is unknown are in the base."""

    words: str
    counted: frozenset[str]
    base: frozenset[str]
    unknown: str = NONE

    @property
    def looked_at(self) -> frozenset[str]:
        """What the cases came to that a rate looks at, also those of whom only a part is taken to be eligible."""
        return self.base if self.unknown == NONE else self.base | {UNKNOWN}

    @property
    def needs_causes(self) -> bool:
        """Whether it needs to be known why cases did not answer."""
        return self.base != ELIGIBLE or not self.counted <= ANSWERED


_FULL = frozenset({COMPLETE})
_ASKED = ANSWERED | {REFUSAL}
RATES = {
    "RR1": OutcomeRate("response rate", _FULL, ELIGIBLE, ALL),
    "RR2": OutcomeRate("response rate", ANSWERED, ELIGIBLE, ALL),
    "RR3": OutcomeRate("response rate", _FULL, ELIGIBLE, SOME),
    "RR4": OutcomeRate("response rate", ANSWERED, ELIGIBLE, SOME),
    "RR5": OutcomeRate("response rate", _FULL, ELIGIBLE),
    "RR6": OutcomeRate("response rate", ANSWERED, ELIGIBLE),
    "COOP1": OutcomeRate("cooperation rate", _FULL, REACHED),
    "COOP2": OutcomeRate("cooperation rate", ANSWERED, REACHED),
    "COOP3": OutcomeRate("cooperation rate", _FULL, _ASKED),
    "COOP4": OutcomeRate("cooperation rate", ANSWERED, _ASKED),
    "CON1": OutcomeRate("contact rate", REACHED, ELIGIBLE, ALL),
    "CON2": OutcomeRate("contact rate", REACHED, ELIGIBLE, SOME),
    "CON3": OutcomeRate("contact rate", REACHED, ELIGIBLE),
    "REF1": OutcomeRate("refusal rate", frozenset({REFUSAL}), ELIGIBLE, ALL),
    "REF2": OutcomeRate("refusal rate", frozenset({REFUSAL}), ELIGIBLE, SOME),
    "REF3": OutcomeRate("refusal rate", frozenset({REFUSAL}), ELIGIBLE),
}
"""American Association for Public Opinion Research, Standard Definitions (10th edition, 2023)."""


def share_eligible(counts: NDArray[np.int64]) -> float:
    """The share of eligible cases among all whose eligibility is known; 1 where none is known.

    Taken for those whose eligibility is not known it is the allotment in proportion of the Council of American Survey
    Research Organizations (1982), which Standard Definitions allow for *e*.

    >>> round(share_eligible(np.array([4, 2, 1, 1, 1, 0, 2, 1])), 3)
    0.9
    """
    totals = dict(zip(DISPOSITIONS, np.asarray(counts).reshape(-1, len(DISPOSITIONS)).sum(axis=0), strict=True))
    eligible = sum(int(totals[name]) for name in ELIGIBLE)
    known = eligible + int(totals[NOT_ELIGIBLE])
    return eligible / known if known else 1.0


def outcome_rate(counts: NDArray[np.int64], rate: str, eligible: float) -> tuple[NDArray[np.int64], Floats]:
    """How many cases are counted by a rate, and of how many.

    Parameters
    ----------
    counts : array of int, of shape (..., 8)
        Cases by disposition, in the order of `DISPOSITIONS`.
    rate : str
        A name in `RATES`.
    eligible : float
        The share taken to be eligible of those of whom it is not known, from 0 to 1 (*e*).

    Returns
    -------
    counted : array of int; base : array of float
        Of the shape of ``counts`` without its last axis. The base is not a whole number where part of those of unknown
        eligibility are in it.

    Examples
    --------
    >>> counted, base = outcome_rate(np.array([4, 2, 1, 1, 1, 0, 2, 1]), "RR3", 0.9)
    >>> int(counted), float(base)
    (4, 10.8)
    """
    asked = RATES[rate]

    def total(names: frozenset[str]) -> NDArray[np.int64]:
        return np.asarray(counts[..., [name in names for name in DISPOSITIONS]].sum(axis=-1))

    part = {ALL: 1.0, SOME: eligible, NONE: 0.0}[asked.unknown]
    return total(asked.counted), total(asked.base) + part * total(frozenset({UNKNOWN}))
