"""How a report names the units that were assessed, and lists a few of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dueregard.publish.report.pages.parts import joined

if TYPE_CHECKING:
    from dueregard.assessment import Assessment

FEW = 6


def units_word(assessment: Assessment) -> str:
    """What all units are: "boroughs" where they are of one kind, otherwise "units"."""
    kinds = {str(kind) for kind in assessment.kinds}
    return f"{kinds.pop()}s" if len(kinds) == 1 else "units"


def number_of(count: int, many: str) -> str:
    """A number of things that end in s, one of them without it.

    >>> number_of(1, "boroughs"), number_of(3, "boroughs")
    ('1 borough', '3 boroughs')
    """
    return f"{count:,} {many.removesuffix('s') if count == 1 else many}"


def a_few(names: Iterable[object], most: int = FEW) -> str:
    """The first names of a list, and how many more there are.

    >>> a_few(["Bexley", "Brent", "Sutton"], most=2)
    'Bexley, Brent and 1 more'
    """
    listed: Sequence[str] = [str(name) for name in names]
    more = len(listed) - most
    return joined(listed) if more <= 0 else joined([*listed[:most], f"{more:,} more"])
