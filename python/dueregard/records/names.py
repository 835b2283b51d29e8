"""Names of columns: looked up, and the nearest one suggested when there is none."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any


def require(wanted: Sequence[str], there: Sequence[str], where: str, hint: str = "") -> None:
    """Raise a ValueError for the first name that is not there, listing those that are."""
    for name in wanted:
        if name not in there:
            folded = {str(known).casefold(): known for known in reversed(there)}
            near = get_close_matches(str(name).casefold(), list(folded), 1, 0.6)
            said = f"; did you mean {folded[near[0]]!r}?" if near else "."
            raise ValueError(f"no column {name!r} in {where}{said} It has {_listed(there)}{hint}")


def find(name: str, data: Mapping[str, Any], role: str) -> Any:
    """The column that an argument names."""
    require([name], list(data), f"the data (asked for as {role})")
    return data[name]


def refuse_repeated(there: Sequence[Any], where: str) -> None:
    """Raise a ValueError if two columns have the same name."""
    for name in there:
        if list(there).count(name) > 1:
            raise ValueError(f"{where}: two columns are named {name!r}; rename one")


def _listed(there: Sequence[str]) -> str:
    shown = ", ".join(repr(name) for name in there[:20])
    return (shown + (f" and {len(there) - 20} more" if len(there) > 20 else "")) or "no columns"
