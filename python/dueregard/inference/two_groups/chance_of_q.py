"""What Cochran's Q comes to by chance, where variances are estimated, or areas share clusters."""

from dataclasses import dataclass

import numpy as np

from dueregard.inference.checked import Floats

FEWEST_DEGREES = 8.0
"""Below this many degrees of freedom a variance may come out so small by chance that its area outweighs all others."""


@dataclass(frozen=True, eq=False)
class Errors:
    """How the variances of areas are known: their ``degrees_of_freedom`` (k,), and the ``covariance`` (k, k) of areas
    that share clusters; None where they share none.
    """

    degrees_of_freedom: Floats
    covariance: Floats | None = None


@dataclass(frozen=True)
class ChanceOfQ:
    """Q over ``mean`` goes like Fisher's F with ``first`` and ``second`` degrees of freedom, which may be infinite."""

    mean: float
    first: float
    second: float

    def upper(self, tail: float) -> float:
        """What Q is above with a chance of ``tail``."""
        from scipy.special import chdtri, fdtri

        if np.isinf(self.second):
            return float(chdtri(self.first, tail) / self.first * self.mean)
        return float(fdtri(self.first, self.second, 1 - tail) * self.mean)

    def pvalue(self, q: float) -> float:
        """The chance of a Q as large or larger."""
        from scipy.special import chdtrc, fdtrc

        if np.isinf(self.second):
            return float(chdtrc(self.first, q * self.first / self.mean))
        return float(fdtrc(self.first, self.second, q / self.mean))


def chance_of_q(variance: Floats, errors: Errors | None, between: float = 0.0) -> ChanceOfQ:
    """What Q, with weights 1 / (variance + between), comes to if areas vary by chance and by a variance of ``between``.

    Without ``errors`` it is chi-squared. Variances that are estimated give Q a larger mean and a longer tail: Welch, B.
    L. (1951), On the comparison of several mean values, Biometrika 38: 330-336, each with its degrees of freedom,
    which are more where ``between`` is most of the whole. Areas that share clusters do not vary by themselves: with P
    the matrix of Q and S their covariance, Q has the mean tr(PS) and as many degrees of freedom as give it its variance
    (Rao, J. N. K. and Scott, A. J. (1981), JASA 76: 221-230).
    """
    whole = variance + between
    mean = first = float(len(whole) - 1)
    if errors is None:
        return ChanceOfQ(mean, first, np.inf)
    weight = 1 / whole
    if errors.covariance is not None:
        spread = _deviations(weight) @ (errors.covariance + between * np.eye(len(whole)))
        mean = float(np.trace(spread))
        first = mean**2 / float((spread * spread.T).sum())
    degrees = errors.degrees_of_freedom * np.square(whole / variance)
    unsure = float((np.square(1 - weight / weight.sum()) / degrees).sum())
    k = len(whole)
    larger = 1 + 2 * (k - 2) / (k * k - 1) * unsure
    return ChanceOfQ(mean * larger, first, np.inf if unsure == 0 else (k * k - 1) / (3 * unsure))


def _deviations(weight: Floats) -> Floats:
    """The matrix of Q, a sum of weighted squares of deviations from the weighted mean."""
    return np.asarray(np.diag(weight) - np.outer(weight, weight) / weight.sum())
