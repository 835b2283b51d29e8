"""Whether something linked to the object of a search was found."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from dueregard.missing import NOT_APPLICABLE, NOT_STATED, is_missing
from dueregard.tallies import Tally

FOUND, NOT_FOUND = "found", "not found"


def finds_of(tally: Tally, outcome: str, linked: str | None, nothing: Sequence[Any]) -> Tally:
    """The tally with whether anything linked to the search was found in place of outcome and link."""
    outcomes = tally.labels[outcome]
    empty = [i for i, label in enumerate(outcomes) if label in nothing]
    links: Sequence[Any] = [None] if linked is None else tally.labels[linked]
    rest = [each for each in tally.dims if each not in (outcome, linked)]
    counts = tally.margin(*rest, *([] if linked is None else [linked]), outcome).counts
    counts = counts.reshape(*counts.shape[: len(rest)], len(links), len(outcomes))
    order = [NOT_FOUND, FOUND, NOT_STATED, NOT_APPLICABLE]
    made = np.zeros((*counts.shape[: len(rest)], len(order)), np.int64)
    for i, link in enumerate(links):
        for j, label in enumerate(outcomes):
            made[..., order.index(_find(link, label, j in empty))] += counts[..., i, j]
    labels = {each: list(tally.labels[each]) for each in rest} | {"find": order}
    return Tally(made, labels, "find", dict(tally.ordered), tally.provenance, tally.native)


def _find(link: Any, outcome: Any, is_nothing: bool) -> str:
    """What a search came to: nothing found is known without the link."""
    if outcome == NOT_APPLICABLE:
        return NOT_APPLICABLE
    if is_nothing:
        return NOT_FOUND
    if link is None or is_missing(link) or is_missing(outcome):
        return NOT_STATED
    return FOUND if _is_true(link) else NOT_FOUND


def _is_true(link: Any) -> bool:
    text = str(link).strip().lower()
    if text not in ("true", "false"):
        raise ValueError(f"linked: {link!r} is neither True nor False")
    return text == "true"


def is_recorded(tally: Tally, outcome: str, linked: str, nothing: Sequence[Any]) -> bool:
    """Whether the link is ever stated where something was found."""
    margin = tally.margin(linked, outcome)
    stated = [i for i, label in enumerate(margin.labels[linked]) if not is_missing(label)]
    found = [i for i, label in enumerate(margin.labels[outcome]) if label not in nothing]
    return bool(margin.counts[np.ix_(stated, found)].sum())
