"""The log-likelihood of answers in order under the cumulative logit, with its first and second derivatives."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats

Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CumulativeLikelihood:
    """Rows of ``x`` (m, k) with levels ``y`` (m,) from 0 to ``n_levels`` - 1 and weights (m,).

    P(level <= j) = F(threshold_j - x'b), F(u) = 1 / (1 + exp(-u)): McCullagh, P. (1980), JRSS B 42: 109-142. With two
    levels it is the logit of level 1, whose intercept is minus the threshold.

    Parameters of a fit are one array: the k coefficients, then the thresholds.

    With u and l the thresholds above and below a row's level less x'b, and d = u - l,

        log p = log F(u) + log F(-l) + log(1 - exp(-d)),

    in which nothing cancels; the lowest level has no l, the highest no u, and neither has d. The sum is concave (Pratt,
    J. W. (1981), JASA 76: 103-106).
    """

    x: Floats
    y: Integers
    weight: Floats
    n_levels: int

    @property
    def k(self) -> int:
        return int(self.x.shape[1])

    def ends(self, parameters: Floats) -> tuple[Floats, Floats]:
        """u and l of each row; infinite where there is none."""
        eta = self.x @ parameters[: self.k]
        ends = np.concatenate([[-np.inf], parameters[self.k :], [np.inf]])
        return ends[self.y + 1] - eta, ends[self.y] - eta

    def rows(self, parameters: Floats) -> Floats:
        """The log-likelihood of each row, unweighted, ``(m,)``."""
        upper, lower = self.ends(parameters)
        gap = np.concatenate([[0.0], _log_gap(parameters[self.k :]), [0.0]])
        return np.asarray(gap[self.y] - np.logaddexp(0, -upper) - np.logaddexp(0, lower))

    def total(self, parameters: Floats) -> float:
        """The weighted sum; minus infinity where thresholds are out of order."""
        if (np.diff(parameters[self.k :]) <= 0).any():
            return -np.inf
        return float(self.weight @ self.rows(parameters))

    def row_scores(self, parameters: Floats) -> Floats:
        """The derivatives of each row's log-likelihood by the parameters, unweighted, ``(m, k + n_levels - 1)``."""
        upper, lower = self.ends(parameters)
        above, below = _logistic(-upper), _logistic(lower)
        more = np.concatenate([[0.0], _gap_slope(parameters[self.k :]), [0.0]])[self.y]
        by_threshold = np.zeros((len(self.y), self.n_levels + 1))
        row = np.arange(len(self.y))
        by_threshold[row, self.y + 1] = above + more
        by_threshold[row, self.y] -= below + more
        return np.hstack([(below - above)[:, np.newaxis] * self.x, by_threshold[:, 1:-1]])

    def derivatives(self, parameters: Floats) -> tuple[Floats, Floats]:
        """The gradient of the weighted sum, and minus its second derivatives."""
        k, y, n = self.k, self.y, self.n_levels + 1
        upper, lower = self.ends(parameters)
        above, below = _logistic(-upper), _logistic(lower)
        up, down = self.weight * above * (1 - above), self.weight * below * (1 - below)
        slope = _gap_slope(parameters[k:])
        mass = np.bincount(y, self.weight, self.n_levels)[1:-1]
        # Every sum over rows is one by a threshold: 0 and the last are the ends that are not there.
        first = np.bincount(y + 1, self.weight * above, n) - np.bincount(y, self.weight * below, n)
        gradient = np.concatenate([self.x.T @ (self.weight * (below - above)), first[1:-1]])
        gradient[k + 1 :] += mass * slope
        gradient[k:-1] -= mass * slope
        minus = np.zeros((len(parameters), len(parameters)))
        minus[:k, :k] = self.x.T @ ((up + down)[:, np.newaxis] * self.x)
        by_threshold = np.zeros((n, k))
        for j, column in enumerate(self.x.T):
            by_threshold[:, j] = np.bincount(y + 1, up * column, n) + np.bincount(y, down * column, n)
        minus[k:, :k], minus[:k, k:] = -by_threshold[1:-1], -by_threshold[1:-1].T
        bend = mass * slope * (1 + slope)
        diagonal = (np.bincount(y + 1, up, n) + np.bincount(y, down, n))[1:-1]
        minus[k:, k:] = (
            np.diag(diagonal + np.append(bend, 0) + np.append(0, bend)) - np.diag(bend, 1) - np.diag(bend, -1)
        )
        return gradient, minus


def _logistic(u: Floats) -> Floats:
    from scipy.special import expit

    return np.asarray(expit(u))


def _log_gap(thresholds: Floats) -> Floats:
    return np.asarray(np.log(-np.expm1(-np.diff(thresholds))))


def _gap_slope(thresholds: Floats) -> Floats:
    """The derivative of log(1 - exp(-d)) by d."""
    d = np.diff(thresholds)
    return np.asarray(np.exp(-d) / -np.expm1(-d))
