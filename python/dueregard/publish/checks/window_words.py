"""The length of a window, as rules and commands write it."""

from typing import Any


def whole_or_words(window: Any) -> Any:
    """A whole number where it is one, however it is written, and otherwise words.

    >>> whole_or_words("12"), whole_or_words("12 months"), whole_or_words(None)
    (12, '12 months', None)
    """
    return int(window) if isinstance(window, str) and window.strip().isdecimal() else window
