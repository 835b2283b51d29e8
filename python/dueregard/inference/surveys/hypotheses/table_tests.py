"""Whether the answers of groups differ at all: tests of tables of a survey, Rao and Scott's and Wald's."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.hypotheses.weighted_tables import WeightedTable
from dueregard.inference.surveys.ratios import totals_of
from dueregard.inference.surveys.scores import Scores

ROUNDING = 1e-12
"""A variance below this part of a simple random sample's is rounding: what the design fixes does not vary."""

METHODS = ("rao-scott", "chi-square", "wald", "adjusted-wald")


@dataclass(frozen=True)
class TableTests:
    """One test for each area; NaN with a flag where there is no table, or no variance to go by.

    ``statistic`` is an F with ``degrees`` and ``denominator_degrees``; for "chi-square" Pearson's statistic, whose
    p-value is that of it over the mean design effect.
    """

    statistic: Floats
    degrees: Floats
    denominator_degrees: Floats
    pvalue: Floats
    nobs: NDArray[np.int64]
    flag: NDArray[np.int64]


def table_tests(cells: ClusterTotals, shape: tuple[int, int, int], method: str = "rao-scott") -> TableTests:
    """Test of no association in the table of each area.

    Parameters
    ----------
    cells : ClusterTotals
        Its domains are the cells, (area, row, column) in C order.
    shape : (areas, rows, columns)
    method : {"rao-scott", "chi-square", "wald", "adjusted-wald"}
        "rao-scott": Pearson's statistic over the sum of the generalised design effects, an F with Satterthwaite's
        degrees of freedom. "chi-square": the same with their mean alone. "wald": the departures of cells from
        independence by their covariance, "adjusted-wald" with fewer degrees of freedom for the number of them.

    Notes
    -----
    Rao and Scott (1981), Journal of the American Statistical Association 76: 221-230, and (1984), Annals of Statistics
    12: 46-60; Thomas and Rao (1987), JASA 82: 630-636; Koch, Freeman and Freeman (1975), International Statistical
    Review 43: 59-78. They are R's ``svychisq`` with "F", "Chisq", "Wald" and "adjWald". The degrees of freedom of the
    design are those of the area. Rows and columns of an area without anybody are no part of its table.
    """
    checked.one_of("method", method, METHODS)
    n_areas, n_rows, n_columns = shape
    size = n_rows * n_columns
    if cells.n_domains != n_areas * size:
        raise ValueError(f"cells: {cells.n_domains} domains for tables of shape {shape}")
    areas = np.repeat(np.arange(n_areas), size)
    every = totals_of(cells, 0)
    whole = totals_of(cells, 0, (areas, np.arange(cells.n_domains), n_areas))
    degrees = whole.degrees_of_freedom
    tables = zip(every.value.reshape(shape), whole.nobs, degrees, strict=True)
    drawn = [WeightedTable.of(sums, int(n), float(nu)) for sums, n, nu in tables]
    pearson = method in ("rao-scott", "chi-square")
    matrices = _contrast_covariances(_compared(every, areas, shares=pearson), drawn, areas, pearson)
    pairs = zip(drawn, matrices, strict=True)
    found = np.array([_TESTS[method](*pair) if pair[0].usable else _NONE for pair in pairs], np.float64).reshape(-1, 4)
    reasons = [each.reason if np.isnan(p) else Flag(0) for each, p in zip(drawn, found[:, 3], strict=True)]
    flag = whole.flag | np.array(reasons, np.int64)
    return TableTests(found[:, 0], found[:, 1], found[:, 2], found[:, 3], whole.nobs, flag)


def _compared(every: Estimates, areas: NDArray[np.int64], *, shares: bool) -> Estimates:
    """The cells as the test compares them: in replicates shares are what varies, not what is linear in sums."""
    if not shares or isinstance(every.sampled, Scores) or not len(areas):
        return every
    n, n_areas = len(areas), int(areas[-1]) + 1
    wholes = every.combined(np.r_[np.arange(n), n + areas], np.tile(np.arange(n), 2), 1.0, n + n_areas)
    return wholes.quotients(np.arange(n), n + areas)


def _contrast_covariances(
    cells: Estimates, tables: list[WeightedTable], areas: NDArray[np.int64], log_odds: bool
) -> list[Floats]:
    """For each area the covariance under the design of contrasts of its cells."""
    covariance, linear = cells.covariance(areas), isinstance(cells.sampled, Scores)
    return [
        _contrasted(covariance.matrix(i)[1], each, log_odds, linear) if each.usable else np.zeros((0, 0))
        for i, each in enumerate(tables)
    ]


def _contrasted(covariance: Floats, table: WeightedTable, log_odds: bool, linear: bool) -> Floats:
    """The covariance of an area's contrasts from that of its cells."""
    by_cell = table.log_odds_by_cell() if log_odds else table.departures_by_cell()
    if log_odds and linear:
        by_cell = by_cell @ table.shares_by_cell()
    return np.asarray(by_cell @ covariance[np.ix_(table.kept, table.kept)] @ by_cell.T)


_NONE = (np.nan, np.nan, np.nan, np.nan)
_Found = tuple[float, float, float, float]


def _rao_scott(table: WeightedTable, covariance: Floats) -> _Found:
    from scipy.special import fdtrc

    effects = _solved(table.simple_covariance(), covariance)
    total = float(np.trace(effects))
    if not total > ROUNDING:
        return _NONE
    degrees = total**2 / float(np.trace(effects @ effects))
    statistic = table.pearson() / total
    return statistic, degrees, degrees * table.degrees, float(fdtrc(degrees, degrees * table.degrees, statistic))


def _chi_square(table: WeightedTable, covariance: Floats) -> _Found:
    from scipy.special import chdtrc

    effects = _solved(table.simple_covariance(), covariance)
    mean = float(np.trace(effects)) / len(effects)
    if not mean > ROUNDING:
        return _NONE
    statistic = table.pearson()
    return statistic, float(len(effects)), np.nan, float(chdtrc(len(effects), statistic / mean))


def _wald(table: WeightedTable, covariance: Floats, adjusted: bool = False) -> _Found:
    from scipy.special import fdtrc

    departures = table.departures()
    n, nu = len(departures), table.degrees
    below = nu - n + 1 if adjusted else nu
    quadratic = float(departures @ _solved(covariance, departures))
    nothing = float(np.trace(covariance)) <= ROUNDING * table.sums.sum() ** 2 / table.nobs
    if nothing or not quadratic >= 0 or below < 1:
        return _NONE
    statistic = quadratic / n * (below / nu)
    return statistic, float(n), below, float(fdtrc(n, below, statistic))


def _adjusted_wald(table: WeightedTable, covariance: Floats) -> _Found:
    return _wald(table, covariance, adjusted=True)


_TESTS = {"rao-scott": _rao_scott, "chi-square": _chi_square, "wald": _wald, "adjusted-wald": _adjusted_wald}


def _solved(matrix: Floats, right: Floats) -> Any:
    """The solution of linear equations; NaN where there is none, as where clusters are fewer than contrasts."""
    if not np.isfinite(matrix).all() or np.linalg.matrix_rank(matrix) < len(matrix):
        return np.full(right.shape, np.nan)
    return np.linalg.solve(matrix, right)
