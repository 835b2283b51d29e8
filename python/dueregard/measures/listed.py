"""Names in a sentence."""

from collections.abc import Sequence


def listed(names: Sequence[str], most: int | None = None) -> str:
    """The first of several names, as they are to be written, and how many more there are.

    Examples
    --------
    >>> listed(["age", "faith", "income"])
    'age, faith and income'
    >>> listed(["age", "faith", "income", "tenure"], most=2)
    'age, faith and 2 more'
    """
    more = [] if most is None or len(names) <= most else [f"{len(names) - most:,} more"]
    *first, last = [*names[:most], *more]
    return f"{', '.join(first)} and {last}" if first else last
