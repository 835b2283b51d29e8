"""Bases of proportionality: what the denominator is, whether events are part of it, and how a row says so."""

from dataclasses import dataclass

from dueregard.inference.two_groups import comparisons, rates
from dueregard.units import RATE_RATIO


@dataclass(frozen=True)
class Basis:
    """What events are divided by."""

    name: str
    word: str
    """What it counts, in the plural: "residents"."""
    is_rate: bool
    """Rates of events, of which a person may have several; otherwise shares, of events that are part of the base."""

    @property
    def unit(self) -> str:
        return RATE_RATIO if self.is_rate else "ratio"

    @property
    def methods(self) -> tuple[str, ...]:
        """Methods of intervals and tests of a ratio on this basis."""
        return (rates.METHODS if self.is_rate else comparisons.METHODS)["ratio"]

    @property
    def difference_methods(self) -> tuple[str, ...]:
        """Those that differences have too."""
        return (rates.METHODS if self.is_rate else comparisons.METHODS)["difference"]


BASES = {
    basis.name: basis
    for basis in (
        Basis("residents", "residents", True),
        Basis("available-population", "people available", True),
        Basis("previous-stage", "people at the previous stage", False),
        Basis("same-cases", "cases", False),
        Basis("period-ratio", "cases of the same period", True),
        Basis("person-time", "person-years", True),
        Basis("eligible-pool", "people eligible", False),
    )
}
"""By name. On a "period-ratio" events may belong to cases of an earlier period: they are no part of the base."""

NEEDS_A_PERIOD = ("residents", "available-population", "period-ratio")
"""Rates of a stretch of time: the same people give twelve times as many events in a year as in a month."""


def basis_named(name: object) -> Basis:
    """The basis of that name."""
    if not isinstance(name, str) or name not in BASES:
        raise ValueError(f"basis: {name!r} is not one of {', '.join(map(repr, BASES))}")
    return BASES[name]
