"""One published claim: which kind it is, the figures it is made of, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dueregard.audits.outcomes import Outcome, Place
from dueregard.audits.printed import Printed, blank, printed
from dueregard.hints import did_you_mean

FIGURE, ROUNDED, TEXT, DATE = "figure", "rounded figure", "text", "date"
FIGURES, ROUNDED_FIGURES, TEXTS = "figures", "rounded figures", "texts"
BETWEEN = ";"
"""What separates the figures or the words of a list in one cell."""


@dataclass(frozen=True)
class Term:
    """One part of a claim: what it holds, and whether it may be blank."""

    holds: str = FIGURE
    needed: bool = True


@dataclass(frozen=True)
class Kind:
    """A kind of claim: its name, its terms, how it is checked, and what is added to a claim without it.

    Of the terms in `one_of`, one may be left blank: it is what follows from the others.
    """

    name: str
    terms: Mapping[str, Term]
    check: Callable[[Claim], Outcome]
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """The terms of a claim as read; a term that was blank is not among them."""

    kind: Kind
    terms: Mapping[str, Any]
    place: Place = field(default_factory=Place)
    labels: Mapping[str, str | None] = field(default_factory=dict)
    rounding: str = "either"
    against: str = ""
    """The name of the source it is held against, and that source."""
    source: Any = None

    def figure(self, name: str) -> Printed:
        """A term that is a figure."""
        value = self.terms[name]
        assert isinstance(value, Printed)
        return value

    def figures(self, name: str) -> tuple[Printed, ...]:
        """A term that is a list of figures."""
        return tuple(self.terms[name])


def read_terms(kind: Kind, cells: Mapping[str, Any], decimals: int | None, rounding: str) -> dict[str, Any]:
    """The terms of a kind from the cells of a row; blank ones are left out.

    Raises
    ------
    ValueError
        If a term that is needed is blank, more than one is of those of which one may be, a term is none of the kind's,
        or a cell does not hold what the term does.
    """
    extra = [name for name in cells if name not in kind.terms and not blank(cells[name])]
    if extra:
        hint = did_you_mean(extra[0], [*kind.terms])
        raise ValueError(f"a claim of {kind.name!r} takes {', '.join(kind.terms)}, not {extra[0]!r}{hint}")
    given = [name for name in kind.terms if not blank(cells.get(name))]
    missing = [n for n, term in kind.terms.items() if n not in given and term.needed and n not in kind.one_of]
    missing += [name for name in kind.one_of if name not in given][1:]
    if missing:
        raise ValueError(f"a claim of {kind.name!r} needs {missing[0]!r}, which is blank")
    return {name: _term(name, kind.terms[name].holds, cells[name], decimals, rounding) for name in given}


def _term(name: str, holds: str, cell: Any, decimals: int | None, rounding: str) -> Any:
    try:
        if holds in (FIGURE, ROUNDED):
            return _figure(cell, holds == ROUNDED, decimals, rounding)
        if holds in (FIGURES, ROUNDED_FIGURES):
            return tuple(_figure(part, holds == ROUNDED_FIGURES, decimals, rounding) for part in _parts(cell))
        if holds == TEXTS:
            return tuple(str(part) for part in _parts(cell))
        return _date(cell) if holds == DATE else str(cell).strip()
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def _figure(cell: Any, rounds: bool, decimals: int | None, rounding: str) -> Printed:
    """Figures of the percentages have the decimals of the claim; counts beside them have not."""
    return printed(cell, rounds=rounds, decimals=decimals if rounds else None, rounding=rounding)


def _parts(cell: Any) -> list[Any]:
    """The parts of a list: of one cell, separated by semicolons, or as a list."""
    if isinstance(cell, str):
        return [part.strip() for part in cell.split(BETWEEN) if part.strip()]
    return list(cell) if isinstance(cell, (list, tuple)) else [cell]


def _date(cell: Any) -> date:
    if hasattr(cell, "date"):  # a date with a time of day
        cell = cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(str(cell).strip())
    except ValueError:
        raise ValueError(f"{cell!r} is not a date such as 2007-04-27") from None
