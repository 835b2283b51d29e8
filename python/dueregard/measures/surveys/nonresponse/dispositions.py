"""What the cases of a survey came to, read from labels: codes of Standard Definitions, words, or True and False."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.exact_sums import regrouped
from dueregard.hints import did_you_mean
from dueregard.inference.surveys.nonresponse import outcome_rates as outcomes
from dueregard.measures.grouped import Grouped, arrange
from dueregard.measures.survey_tallies import SurveyTally
from dueregard.missing import is_missing
from dueregard.tallies import Tally

Counts = NDArray[np.int64]

WORDS = {
    **{name: name for name in outcomes.DISPOSITIONS},
    "interview": outcomes.COMPLETE,
    "refused": outcomes.REFUSAL,
    "break-off": outcomes.REFUSAL,
    "noncontact": outcomes.NON_CONTACT,
    "unknown": outcomes.UNKNOWN,
    "ineligible": outcomes.NOT_ELIGIBLE,
}
CODES = {
    "11": outcomes.COMPLETE,
    "12": outcomes.PARTIAL,
    "21": outcomes.REFUSAL,
    "22": outcomes.NON_CONTACT,
    "23": outcomes.OTHER,
    "29": outcomes.OTHER,
    "3": outcomes.UNKNOWN,
    "4": outcomes.NOT_ELIGIBLE,
}
"""The leading digits of the codes of Standard Definitions, the point left out: 2.11 and 211 are a refusal."""


@dataclass(frozen=True)
class Cases:
    """Cases by area, group and what they came to; ``silent`` are those of which nothing is said.

    Of a sample with a design, ``sample`` has the same cases by cluster: the last of its dimensions are `DISPOSITIONS`.
    """

    by: tuple[str, ...]
    areas: list[tuple[Any, ...]]
    groups: list[Any]
    counts: Counts
    silent: Counts
    sample: SurveyTally | None = None

    @property
    def share_eligible(self) -> float:
        """The share of all cases whose eligibility is known that are eligible."""
        return outcomes.share_eligible(self.counts)

    def grouped(self, rate: str, eligible: float) -> Grouped:
        """The cases that a rate counts among those that it looks at, for comparing groups."""
        if self.sample is not None:
            return self._sampled(outcomes.RATES[rate])
        counted, base = outcomes.outcome_rate(self.counts, rate, eligible)
        looked_at = outcomes.outcome_rate(self.counts, rate, 1.0)[1].astype(np.int64)
        return Grouped.of_counts(
            self.groups, counted, looked_at, self.silent, by=self.by, areas=self.areas, base=base
        )  # fmt: skip

    def _sampled(self, rate: outcomes.OutcomeRate) -> Grouped:
        """The same of a sample; what each case weighs is how many people it was drawn for."""
        assert self.sample is not None
        *dims, column = self.sample.dims
        group = None if len(dims) == len(self.by) else dims[-1]
        left_out = [name for name in outcomes.DISPOSITIONS if name not in rate.looked_at]
        found = arrange(
            self.sample, outcome=column, positive=sorted(rate.counted), exclude=left_out, group=group, by=self.by
        )  # fmt: skip
        return replace(found, outcome_missing=self.silent)


def cases_of(tally: Tally, column: str, codes: Mapping[Any, str] | None, by: Sequence[str], group: str | None) -> Cases:
    """The cases of a tally by area, group (one without a label where there is none) and disposition.

    A case without a disposition is one whose eligibility is not known.
    """
    if tally.weighted and not isinstance(tally, SurveyTally):
        raise ValueError("data: rates of response are of cases; count without weight=")
    margin = tally.margin(*by, *([] if group is None else [group]), column)
    labels, groups = margin.labels[column], [None] if group is None else margin.labels[group]
    _check_codes(codes, labels, column)
    areas = list(product(*(margin.labels[name] for name in by)))
    found = margin.counts.reshape(len(areas), len(groups), len(labels))
    place = [outcomes.DISPOSITIONS.index(disposition_of(label, codes or {}, column)) for label in labels]
    silent = np.array([is_missing(label) for label in labels], bool)
    counts = regrouped(found, 2, np.array(place, np.intp), len(outcomes.DISPOSITIONS))
    sample = None
    if isinstance(margin, SurveyTally):
        sample = margin.relabelled({column: (place, list(outcomes.DISPOSITIONS))})
    return Cases(tuple(by), areas, groups, counts, found[..., silent].sum(axis=-1), sample)


def disposition_of(label: Any, codes: Mapping[Any, str], column: str) -> str:
    """What one label says that a case came to.

    >>> disposition_of("2.11", {}, "outcome"), disposition_of(211, {}, "outcome")
    ('refusal', 'refusal')
    >>> disposition_of("Left", {"Left": "not eligible"}, "outcome"), disposition_of(False, {}, "responded")
    ('not eligible', 'no answer')
    """
    if label in codes:
        return codes[label]
    if isinstance(label, (bool, np.bool_)):
        return outcomes.COMPLETE if label else outcomes.NO_ANSWER
    if is_missing(label):
        return outcomes.UNKNOWN
    text = str(label).strip().casefold()
    if text in WORDS:
        return WORDS[text]
    digits = text.replace(".", "", 1)
    found = next((name for start, name in CODES.items() if digits.isdigit() and digits.startswith(start)), None)
    if found is None:
        hint = did_you_mean(label, list(WORDS))
        raise ValueError(
            f"disposition: {label!r} in {column!r} is neither a code of Standard Definitions, such as 2.11, nor one of "
            f"{', '.join(map(repr, outcomes.DISPOSITIONS))}{hint}; say what it is with codes={{{label!r}: ...}}"
        )
    return found


def _check_codes(codes: Mapping[Any, str] | None, labels: Sequence[Any], column: str) -> None:
    if codes is not None and not isinstance(codes, Mapping):
        raise TypeError(f"codes: {codes!r} is not a dict of labels to what they stand for")
    for label, name in (codes or {}).items():
        if name not in outcomes.DISPOSITIONS:
            hint = did_you_mean(name, outcomes.DISPOSITIONS)
            known = ", ".join(map(repr, outcomes.DISPOSITIONS))
            raise ValueError(f"codes: {label!r} stands for {name!r}{hint}; it has to be one of {known}")
        if label not in labels:
            raise ValueError(f"codes: {label!r} is not a label of {column!r}{did_you_mean(label, labels)}")
