"""Labels that are known to stand for no answer, whatever column they are in."""

import re
from collections.abc import Sequence
from typing import Any

from dueregard.hints import did_you_mean
from dueregard.missing import is_missing

_WORDS = frozenset(
    {
        "don't know", "dont know", "do not know", "dk", "not sure", "unsure", "no opinion", "can't say", "cannot say",
        "refused", "refusal", "declined", "declined to answer", "prefer not to say", "prefer not to answer",
        "would rather not say", "rather not say", "no answer", "no response", "non-response", "not answered",
        "not stated", "not given", "not known", "unknown", "missing", "blank", "n/a", "na", "not applicable",
        "not asked", "not recorded", "not provided", "not collected",
    }
)  # fmt: skip
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")


def is_non_answer(label: Any) -> bool:
    """Whether a label is known to stand for no answer, in whatever case and with whatever beside it in brackets.

    A kind of missing is none of these: it is no level of anything already.

    >>> [is_non_answer(label) for label in ("Don\N{RIGHT SINGLE QUOTATION MARK}t know", "Refused (DNRO)", "None")]
    [True, True, False]
    """
    if not isinstance(label, str) or is_missing(label):
        return False
    plain = _BRACKETS.sub(" ", label.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")).casefold()
    return " ".join(plain.split()).strip(".-/ ") in _WORDS


def is_absent_non_answer(label: Any, answers: Sequence[Any]) -> bool:
    """Whether a known non-answer is simply not among the answers, rather than written otherwise there.

    >>> is_absent_non_answer("Don't know", ["Good", "Poor"]), is_absent_non_answer("Dont know", ["Good", "Don't know"])
    (True, False)
    """
    return is_non_answer(label) and label not in answers and not did_you_mean(label, answers)
