"""Whether something linked to the object of a search was found."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.missing import NOT_APPLICABLE, NOT_STATED, is_missing
from dueregard.tallies import Tally

Counts = NDArray[np.int64]

FOUND, NOT_FOUND = "found", "not found"


def finds_of(
    tally: Tally, outcome: str, linked: str | None, nothing: Sequence[Any], areas: Sequence[str] = ()
) -> Tally:
    """The tally with whether anything linked to the search was found in place of outcome and link.

    An area in which something was found and never linked does not record the link: there a search in which nothing
    was found says nothing either, or the find rate would be 0.
    """
    if tally.weighted and linked is not None:
        raise ValueError("events: a weighted tally has no number of searches with a find; count them without weight=")
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
    if linked is not None:
        silent = _silent(tally, outcome, linked, nothing, areas, rest)
        made[..., 2] += np.where(silent, made[..., 0], 0)
        made[..., 0] = np.where(silent, 0, made[..., 0])
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


def unlinked(
    tally: Tally, outcome: str, linked: str, nothing: Sequence[Any], areas: Sequence[str] = ()
) -> tuple[Counts, Counts]:
    """Searches of each area in which something was found, and those of them that do not say what it is linked to."""
    margin = tally.margin(*areas, linked, outcome)
    found = [i for i, label in enumerate(margin.labels[outcome]) if label not in nothing and not is_missing(label)]
    silent = [i for i, label in enumerate(margin.labels[linked]) if is_missing(label)]
    links = margin.counts[..., found].sum(axis=-1)
    return links.sum(axis=-1), links[..., silent].sum(axis=-1)


def is_recorded(tally: Tally, outcome: str, linked: str, nothing: Sequence[Any]) -> bool:
    """Whether the link is ever stated where something was found."""
    found, silent = unlinked(tally, outcome, linked, nothing)
    return bool(found > silent)


def silent_areas(
    tally: Tally, outcome: str, linked: str, nothing: Sequence[Any], areas: Sequence[str]
) -> list[tuple[Any, ...]]:
    """The areas in which something was found, and never said what it is linked to."""
    if not areas:
        return []
    found, silent = unlinked(tally, outcome, linked, nothing, areas)
    labels = [tally.labels[name] for name in areas]
    places = np.argwhere((found > 0) & (found == silent)).tolist()
    return [tuple(names[i] for names, i in zip(labels, place, strict=True)) for place in places]


def _silent(
    tally: Tally, outcome: str, linked: str, nothing: Sequence[Any], areas: Sequence[str], dims: Sequence[str]
) -> NDArray[np.bool_]:
    """Where the link is never stated, with one axis for each of the dimensions, all but those of areas of length 1."""
    inside = [name for name in dims if name in areas]
    found, silent = unlinked(tally, outcome, linked, nothing, inside)
    shape = [len(tally.labels[name]) if name in inside else 1 for name in dims]
    return np.asarray((found > 0) & (found == silent)).reshape(shape)
