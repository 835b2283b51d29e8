"""Why a model gives no figure here, in the words of its flags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dueregard.flags import Flag

REASONS = Flag.COLLINEAR | Flag.ALL_ALIKE | Flag.NOT_FITTED


def reason(row: Mapping[str, Any] | None) -> str:
    """The words of the flags that say so; nothing where none does.

    >>> reason({"flag": Flag.ALL_ALIKE | Flag.MISSING_ANSWERS})
    'the same for everybody here, so that it explains nothing'
    >>> reason({"flag": Flag.MISSING_ANSWERS})
    ''
    """
    flag = None if row is None else row.get("flag")
    return "; ".join((Flag(flag) & REASONS).describe()) if isinstance(flag, int) else ""
