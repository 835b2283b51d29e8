"""Several measures in one chart: what tells them apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

CRUDE = "crude"


def distinct_parts(measures: Sequence[str]) -> dict[str, str]:
    """What is left of each measure without the words that all begin and end with.

    >>> distinct_parts(["arrest rate of searches", "find rate of searches"])
    {'arrest rate of searches': 'arrest', 'find rate of searches': 'find'}
    >>> distinct_parts(["searches", "searches, standardised by borough (direct)"])["searches"]
    'crude'
    """
    several = list(dict.fromkeys(measures))
    if len(several) < 2:
        return {measure: measure for measure in several}
    words = [measure.replace(",", " ,").split(" ") for measure in several]
    start = _shared(words)
    rest = [each[start:] for each in words]
    end = _shared([each[::-1] for each in rest])
    kept = [" ".join(each[: len(each) - end]).replace(" ,", ",").strip(", ") for each in rest]
    standard = any(part.startswith("standardised") for part in kept)
    empty = CRUDE if standard else None
    return {measure: part or empty or measure for measure, part in zip(several, kept, strict=True)}


def _shared(lists: Sequence[Sequence[str]]) -> int:
    """How many words all begin with."""
    return sum(1 for _ in takewhile(lambda each: len(set(each)) == 1, zip(*lists, strict=False)))
