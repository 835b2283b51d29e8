"""A table of groups by answers, in sums of weights: how far it is from independence, and by which cells."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats


@dataclass(frozen=True)
class WeightedTable:
    """One area's sums of weights with the rows and columns that have any, its cases, and the design's degrees."""

    sums: Floats
    kept: NDArray[np.int64]
    nobs: int
    degrees: float

    @classmethod
    def of(cls, sums: Floats, nobs: int, degrees: float) -> "WeightedTable":
        rows, columns = np.flatnonzero(sums.sum(axis=1) > 0), np.flatnonzero(sums.sum(axis=0) > 0)
        at = np.arange(sums.size).reshape(sums.shape)[np.ix_(rows, columns)]
        return cls(sums[np.ix_(rows, columns)], at.reshape(-1), nobs, degrees)

    @property
    def n_contrasts(self) -> int:
        n_rows, n_columns = self.sums.shape
        return int(max(n_rows - 1, 0) * max(n_columns - 1, 0))

    @property
    def reason(self) -> Flag:
        """Why there is no test, if there is none."""
        if not self.nobs:
            return Flag.NO_CASES
        if not self.n_contrasts:
            return Flag.UNDEFINED
        return Flag.NO_VARIANCE if self.degrees >= self.n_contrasts else Flag.FEW_DEGREES

    @property
    def usable(self) -> bool:
        return self.n_contrasts > 0 and self.degrees >= 1

    @property
    def expected(self) -> Floats:
        """Sums of weights if rows and columns had nothing to do with each other."""
        return np.asarray(np.outer(self.sums.sum(axis=1), self.sums.sum(axis=0)) / self.sums.sum())

    def departures(self) -> Floats:
        """What cells are above expectation; without the first row and column, which follow from the others."""
        return np.asarray((self.sums - self.expected)[1:, 1:].reshape(-1))

    def departures_by_cell(self) -> Floats:
        """Derivatives of the departures by the cells, (contrasts, cells)."""
        total = self.sums.sum()
        n_rows, n_columns = self.sums.shape
        rows = np.eye(n_rows) - (self.sums.sum(axis=1) / total)[:, np.newaxis]
        columns = np.eye(n_columns) - (self.sums.sum(axis=0) / total)[:, np.newaxis]
        return np.asarray(np.kron(rows[1:], columns[1:]))

    def shares_by_cell(self) -> Floats:
        """Derivatives of the shares of cells by their sums, (cells, cells)."""
        total = self.sums.sum()
        return np.asarray((np.eye(self.sums.size) - (self.sums / total).reshape(-1, 1)) / total)

    def log_odds_by_cell(self) -> Floats:
        """Derivatives of contrasts of logarithms by the shares of cells; a cell of 0 has no part."""
        n_rows, n_columns = self.sums.shape
        contrasts = np.kron(_contrasts(n_rows), _contrasts(n_columns))
        shares = (self.sums / self.sums.sum()).reshape(-1)
        return np.asarray(np.divide(contrasts, shares, out=np.zeros(contrasts.shape), where=shares > 0))

    def simple_covariance(self) -> Floats:
        """What the covariance of those contrasts is in a simple random sample of as many cases."""
        n_rows, n_columns = self.sums.shape
        contrasts = np.kron(_contrasts(n_rows), _contrasts(n_columns))
        return np.asarray(self.log_odds_by_cell() @ contrasts.T / self.nobs)

    def pearson(self) -> float:
        """Pearson's statistic of the table scaled to its cases."""
        expected = self.expected
        return float(self.nobs * (np.square(self.sums - expected) / expected).sum() / self.sums.sum())


def _contrasts(n: int) -> Floats:
    """Each of the later levels against the mean of all."""
    return np.eye(n)[1:] - 1 / n
