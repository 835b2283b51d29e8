"""Hints of error messages."""

from collections.abc import Sequence

OPPOSITES = ("dis", "un", "in", "im", "ir", "non", "not", "never", "no")
"""What makes a word, or an answer, say the contrary: as its beginning, or as a word of its own."""


def did_you_mean(name: object, known: Sequence[object], closeness: float = 0.6) -> str:
    """A hint for an error message: the known name that is closest, if any is close (1: the same but for its case).

    One that says the contrary is never meant.

    >>> did_you_mean("Sothwark", ["Lambeth", "Southwark"])
    " (did you mean 'Southwark'?)"
    >>> did_you_mean("Agree strongly", ["Disagree strongly", "Neither"])
    ''
    """
    import difflib

    texts = [str(item) for item in known]
    folded = {text.casefold(): item for text, item in zip(reversed(texts), reversed(known), strict=True)}
    sought = str(name).casefold()
    for close in difflib.get_close_matches(sought, list(folded), n=3, cutoff=closeness):
        if not says_the_contrary(sought, close):
            return f" (did you mean {folded[close]!r}?)"
    return ""


def says_the_contrary(text: str, other: str) -> bool:
    """Whether of two texts in lower case one only negates the other.

    >>> says_the_contrary("satisfied", "dissatisfied"), says_the_contrary("disagre", "disagree")
    (True, False)
    """
    first, second = sorted((text, other), key=len)
    return any(_closer(first, plain, second) for plain in _without_negation(second))


def _without_negation(text: str) -> list[str]:
    """A text without each word, or beginning of a word, that negates it."""
    words = text.replace("-", " ").split()
    found = []
    for i, word in enumerate(words):
        for negation in OPPOSITES:
            if word.startswith(negation):
                rest = [word[len(negation) :]] if len(word) > len(negation) else []
                found.append(" ".join([*words[:i], *rest, *words[i + 1 :]]))
    return [text for text in found if text]


def _closer(text: str, plain: str, negated: str) -> bool:
    """Whether a text is closer to another without its negation than with it."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, text, plain).ratio() > SequenceMatcher(None, text, negated).ratio()
