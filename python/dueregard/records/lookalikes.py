"""Labels that look alike are kept apart, and said."""

import unicodedata
import warnings
from collections.abc import Sequence
from typing import Any


def warn_about_lookalikes(name: str, labels: Sequence[Any]) -> None:
    """Warn when labels of column ``name`` differ only by case, spaces or how accents are written.

    They are counted apart: whether "white British" is "White British" is for whoever knows the data to say.

    Parameters
    ----------
    name : str
        The column, for the message.
    labels : sequence
        Its labels; those that are not text are passed over.

    Examples
    --------
    >>> warn_about_lookalikes("ethnicity", ["Asian", "Black"])
    """
    texts = [label for label in labels if isinstance(label, str)]
    folded = [_folded(text) for text in texts]
    if len(set(folded)) == len(folded):
        return
    groups: dict[str, list[str]] = {}
    for form, text in zip(folded, texts, strict=True):
        groups.setdefault(form, []).append(text)
    alike = [group for group in groups.values() if len(group) > 1]
    if alike:
        listed = "; ".join(" and ".join(map(repr, group)) for group in alike[:5])
        more = f" and {len(alike) - 5} more" if len(alike) > 5 else ""
        warnings.warn(
            f"column {name!r}: these labels look alike and are counted apart: {listed}{more}",
            UserWarning,
            stacklevel=3,
        )


def _folded(label: str) -> str:
    if label.isascii():
        return " ".join(label.casefold().split())
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", label).casefold()).split())
