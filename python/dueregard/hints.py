"""Hints of error messages."""

from collections.abc import Sequence


def did_you_mean(name: object, known: Sequence[object]) -> str:
    """A hint for an error message: the known name that is closest, if any is close.

    >>> did_you_mean("Sothwark", ["Lambeth", "Southwark"])
    " (did you mean 'Southwark'?)"
    """
    import difflib

    texts = [str(item) for item in known]
    folded = {text.casefold(): item for text, item in zip(reversed(texts), reversed(known), strict=True)}
    close = difflib.get_close_matches(str(name).casefold(), list(folded), n=1)
    return f" (did you mean {folded[close[0]]!r}?)" if close else ""
