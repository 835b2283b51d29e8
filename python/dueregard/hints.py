"""Hints of error messages."""

from collections.abc import Sequence


def did_you_mean(name: object, known: Sequence[object], closeness: float = 0.6) -> str:
    """A hint for an error message: the known name that is closest, if any is close (1: the same but for its case).

    >>> did_you_mean("Sothwark", ["Lambeth", "Southwark"])
    " (did you mean 'Southwark'?)"
    """
    import difflib

    texts = [str(item) for item in known]
    folded = {text.casefold(): item for text, item in zip(reversed(texts), reversed(known), strict=True)}
    close = difflib.get_close_matches(str(name).casefold(), list(folded), n=1, cutoff=closeness)
    return f" (did you mean {folded[close[0]]!r}?)" if close else ""
