"""The labels of a dimension: their order, and how two lists of them are joined.

Labels that came in an order of their own (categoricals) keep it, with their unused levels; all others are sorted.
Kinds of missing come last.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from dueregard import missing

Label = Any


def _sort_key(label: Label) -> tuple[str, Any]:
    # Numbers sort among themselves (False before True before 2), text after them.
    return ("", label) if isinstance(label, int | float) else (type(label).__name__, label)


def arrange(labels: Iterable[Label], *, ordered: bool) -> list[Label]:
    """Distinct labels in their final order, kinds of missing last."""
    distinct = list(dict.fromkeys(labels))
    stated = [label for label in distinct if not missing.is_missing(label)]
    unstated = [kind for kind in missing.KINDS if kind in distinct]
    return (stated if ordered else _sorted(stated)) + unstated


def _sorted(labels: list[Label]) -> list[Label]:
    return sorted(labels) if all(type(label) is str for label in labels) else sorted(labels, key=_sort_key)


def join(first: Sequence[Label], second: Sequence[Label], *, ordered: tuple[bool, bool], name: str) -> list[Label]:
    """The labels of two tallies' dimension ``name`` when the tallies are added.

    Of two ordered lists the longer wins if the other is a subsequence of it; two unordered lists give the sorted
    union; an ordered list keeps its order if it holds every label of an unordered one. Anything else is refused,
    because any order would be invented. So are booleans beside numbers: Python takes True for 1.
    """
    _refuse_booleans_beside_numbers([*first, *second], name)
    if not any(ordered):
        return arrange([*first, *second], ordered=False)
    stated = [[label for label in labels if not missing.is_missing(label)] for labels in (first, second)]
    keeper, other = (0, 1) if ordered[0] and (not ordered[1] or len(stated[0]) >= len(stated[1])) else (1, 0)
    fits = _is_subsequence(stated[other], stated[keeper]) if all(ordered) else set(stated[other]) <= set(stated[keeper])
    if not fits:
        raise ValueError(f"{name!r}: the labels {stated[other]} do not fit into the order {stated[keeper]}")
    unstated = [label for label in [*first, *second] if missing.is_missing(label)]
    return arrange([*stated[keeper], *unstated], ordered=True)


def _refuse_booleans_beside_numbers(labels: Sequence[Label], name: str) -> None:
    booleans = [label for label in labels if isinstance(label, bool)]
    numbers = [label for label in labels if isinstance(label, int | float) and not isinstance(label, bool)]
    if booleans and numbers:
        raise ValueError(f"{name!r}: the labels {booleans[0]} and {numbers[0]} are a boolean and a number")


def _is_subsequence(short: Sequence[Label], long: Sequence[Label]) -> bool:
    remaining = iter(long)
    return all(label in remaining for label in short)
