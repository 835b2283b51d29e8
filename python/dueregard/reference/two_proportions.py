"""Two groups, what is asked of them and the answer, in plain numbers."""

from math import erfc, inf, nan, sqrt
from statistics import NormalDist
from typing import NamedTuple


class Table(NamedTuple):
    """x of n in each group."""

    x1: float
    n1: float
    x2: float
    n2: float

    @property
    def y1(self) -> float:
        return self.n1 - self.x1

    @property
    def y2(self) -> float:
        return self.n2 - self.x2

    def estimate(self, measure: str) -> float:
        if measure == "difference":
            return self.x1 / self.n1 - self.x2 / self.n2
        if measure == "ratio":
            return quotient(self.x1 * self.n2, self.x2 * self.n1)
        return quotient(self.x1 * self.y2, self.y1 * self.x2)


def quotient(above: float, below: float) -> float:
    """NaN for 0/0."""
    if below == 0:
        return nan if above == 0 else inf
    return above / below


def exchanged(table: Table) -> Table:
    return Table(table.x2, table.n2, table.x1, table.n1)


class Question(NamedTuple):
    measure: str
    null: float
    confidence_level: float
    alternative: str

    @property
    def tail(self) -> float:
        """The probability beyond each limit."""
        return (1 - self.confidence_level) / (2 if self.alternative == "two-sided" else 1)

    @property
    def z(self) -> float:
        return -NormalDist().inv_cdf(self.tail)

    @property
    def ends(self) -> tuple[float, float]:
        """The range of the measure."""
        return (-1.0, 1.0) if self.measure == "difference" else (0.0, inf)


class Comparison(NamedTuple):
    estimate: float
    low: float
    high: float
    statistic: float
    pvalue: float


def pvalue(z: float, alternative: str) -> float:
    """Of a statistic that is standard normal if the null value is true."""
    if alternative == "two-sided":
        return erfc(abs(z) / sqrt(2))
    return erfc((z if alternative == "greater" else -z) / sqrt(2)) / 2
