"""The length of a window, and breaks of a series, as rules and commands write them."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dueregard.measures.trends.breaks import Break


def whole_or_words(window: Any) -> Any:
    """A whole number where it is one, however it is written, and otherwise words.

    >>> whole_or_words("12"), whole_or_words("12 months"), whole_or_words(None)
    (12, '12 months', None)
    """
    return int(window) if isinstance(window, str) and window.strip().isdecimal() else window


def breaks_of(texts: Any) -> "list[Break]":
    """Breaks such as "2010-04:mode:telephone to face-to-face", one or several.

    >>> [each.cause for each in breaks_of("2010-04:mode")]
    ['mode']
    """
    from dueregard.measures.trends.breaks import read_break

    return [read_break(text) for text in ([texts] if isinstance(texts, str) else list(texts or ()))]
