"""Places in an order, in words: "first", "first or second", "any place from first to fourth"."""

from __future__ import annotations

from dueregard.publish.sentences.rank_sentences import ordinal

ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def place_word(number: float) -> str:
    """One place.

    >>> place_word(1.0), place_word(12)
    ('first', '12th')
    """
    n = int(number)
    return ORDINALS[n] if n < len(ORDINALS) else ordinal(n)


def places_word(low: float, high: float, n: int) -> str:
    """The places from the first that is possible to the last, of n.

    >>> places_word(1, 2, 4), places_word(3, 3, 4), places_word(2, 4, 5), places_word(1, 4, 4)
    ('first or second', 'third', 'second to fourth', 'at any place')
    """
    if low == high:
        return place_word(low)
    if n > 2 and (low, high) == (1, n):
        return "at any place"
    return f"{place_word(low)} {'or' if high == low + 1 else 'to'} {place_word(high)}"
