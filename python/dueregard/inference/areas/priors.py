"""The two distributions of areas' true values that are fitted: a beta of proportions and a gamma of rates.

Each has a mean and a strength: how many cases (of a rate, events) the distribution itself counts for. Areas have
counts x of sizes n; the arrays of a prior have the shape (..., areas), so that many priors are tried at once. The place
of a mean is its logit or logarithm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from dueregard.inference.checked import Floats


class Prior(Protocol):
    """A family of distributions, with the areas that one of it is fitted to."""

    @property
    def count(self) -> Floats: ...

    @property
    def size(self) -> Floats: ...

    def mean(self, place: Floats) -> Floats:
        """The mean at a place."""
        ...

    def place_score(self, place: Floats, strength: Floats) -> Floats:
        """The slope of the log-likelihood in the place: above 0 below the best place, below 0 above it."""
        ...

    def strength_score(self, place: Floats, strength: Floats) -> Floats:
        """The slope of the log-likelihood in the strength."""
        ...

    def log_likelihood(self, place: Floats, strength: Floats) -> Floats:
        """Up to a constant that does not depend on the prior, and is the same without any variation."""
        ...

    def without_variation(self) -> float:
        """The log-likelihood if all areas have the pooled value."""
        ...

    def weight(self, place: Floats, strength: Floats) -> Floats:
        """The share of each area's own figure in its estimate."""
        ...

    def spread(self, place: Floats, strength: Floats) -> float:
        """The standard deviation of the areas' true values."""
        ...

    def posterior(self, place: Floats, strength: Floats) -> tuple[Floats, Floats]:
        """The two parameters of each area's distribution, given its count."""
        ...

    def moments(self, first: Floats, second: Floats) -> tuple[Floats, Floats]:
        """Mean and variance of a distribution with these parameters."""
        ...

    def quantiles(self, mean: Floats, variance: Floats, tail: float) -> tuple[Floats, Floats]:
        """The lower and upper quantile of the distribution of the family that has this mean and variance."""
        ...


@dataclass(frozen=True)
class BetaPrior:
    """Proportions: the strength is a + b, the cases that the prior counts for."""

    count: Floats
    size: Floats

    def mean(self, place: Floats) -> Floats:
        from scipy.special import expit

        return np.asarray(expit(place))

    def _parameters(self, place: Floats, strength: Floats) -> tuple[Floats, Floats]:
        mean, rest = self.mean(place), self.mean(-place)
        return (mean * strength)[..., np.newaxis], (rest * strength)[..., np.newaxis]

    def place_score(self, place: Floats, strength: Floats) -> Floats:
        a, b = self._parameters(place, strength)
        slope = rise(a, self.count) - rise(b, self.size - self.count)
        return np.asarray(slope.sum(axis=-1) * strength * self.mean(place) * self.mean(-place))

    def strength_score(self, place: Floats, strength: Floats) -> Floats:
        a, b = self._parameters(place, strength)
        own = self.mean(place)[..., np.newaxis] * rise(a, self.count)
        other = self.mean(-place)[..., np.newaxis] * rise(b, self.size - self.count)
        return np.asarray((own + other - rise(a + b, self.size)).sum(axis=-1))

    def log_likelihood(self, place: Floats, strength: Floats) -> Floats:
        from scipy.special import betaln

        a, b = self._parameters(place, strength)
        return np.asarray((betaln(a + self.count, b + self.size - self.count) - betaln(a, b)).sum(axis=-1))

    def without_variation(self) -> float:
        from scipy.special import xlogy

        x, n = self.count.sum(), self.size.sum()
        return float(xlogy(x, x / n) + xlogy(n - x, (n - x) / n))

    def weight(self, place: Floats, strength: Floats) -> Floats:
        return np.asarray(self.size / (self.size + strength))

    def spread(self, place: Floats, strength: Floats) -> float:
        return float(np.sqrt(self.mean(place) * self.mean(-place) / (strength + 1)))

    def posterior(self, place: Floats, strength: Floats) -> tuple[Floats, Floats]:
        a, b = self._parameters(place, strength)
        return np.asarray(a + self.count), np.asarray(b + self.size - self.count)

    def moments(self, first: Floats, second: Floats) -> tuple[Floats, Floats]:
        whole = first + second
        mean = np.asarray(first / whole)
        return mean, np.asarray(mean * (second / whole) / (whole + 1))

    def quantiles(self, mean: Floats, variance: Floats, tail: float) -> tuple[Floats, Floats]:
        from scipy.special import betaincinv

        strength = mean * (1 - mean) / variance - 1
        a, b = mean * strength, (1 - mean) * strength
        return np.asarray(betaincinv(a, b, tail)), np.asarray(1 - betaincinv(b, a, tail))


@dataclass(frozen=True)
class GammaPrior:
    """Rates: the strength is the shape a, the events that the prior counts for."""

    count: Floats
    size: Floats

    def mean(self, place: Floats) -> Floats:
        return np.asarray(np.exp(place))

    def _expected(self, place: Floats) -> Floats:
        return self.mean(place)[..., np.newaxis] * self.size

    def place_score(self, place: Floats, strength: Floats) -> Floats:
        expected, a = self._expected(place), strength[..., np.newaxis]
        return np.asarray((a / (a + expected) * (self.count - expected)).sum(axis=-1))

    def strength_score(self, place: Floats, strength: Floats) -> Floats:
        expected, a = self._expected(place), strength[..., np.newaxis]
        steady = (expected - self.count) / (a + expected) - np.log1p(expected / a)
        return np.asarray((rise(a, self.count) + steady).sum(axis=-1))

    def log_likelihood(self, place: Floats, strength: Floats) -> Floats:
        from scipy.special import gammaln, xlogy

        expected, a = self._expected(place), strength[..., np.newaxis]
        grown = gammaln(a + self.count) - gammaln(a) - self.count * np.log(a)
        shrunk = xlogy(self.count, expected) - (a + self.count) * np.log1p(expected / a)
        return np.asarray((grown + shrunk).sum(axis=-1))

    def without_variation(self) -> float:
        from scipy.special import xlogy

        expected = self.count.sum() / self.size.sum() * self.size
        return float((xlogy(self.count, expected) - expected).sum())

    def weight(self, place: Floats, strength: Floats) -> Floats:
        return np.asarray(self.size / (self.size + strength / self.mean(place)))

    def spread(self, place: Floats, strength: Floats) -> float:
        return float(self.mean(place) / np.sqrt(strength))

    def posterior(self, place: Floats, strength: Floats) -> tuple[Floats, Floats]:
        a = strength[..., np.newaxis]
        return a + self.count, a / self.mean(place)[..., np.newaxis] + self.size

    def moments(self, first: Floats, second: Floats) -> tuple[Floats, Floats]:
        return np.asarray(first / second), np.asarray(first / np.square(second))

    def quantiles(self, mean: Floats, variance: Floats, tail: float) -> tuple[Floats, Floats]:
        from scipy.special import gammainccinv, gammaincinv

        shape, scale = np.square(mean) / variance, variance / mean
        return np.asarray(gammaincinv(shape, tail) * scale), np.asarray(gammainccinv(shape, tail) * scale)


def rise(start: Floats, steps: Floats) -> Floats:
    """digamma(start + steps) - digamma(start): of whole steps the sum of 1 / (start + j) for j below steps.

    Where the start is large the two are nearly the same, and their difference is taken from Stirling's series instead,
    whose leading terms are put together before anything cancels.
    """
    from scipy.special import digamma

    large = start > 1e4
    with np.errstate(divide="ignore", invalid="ignore"):
        end = start + steps
        series = np.log1p(steps / start) + steps / (2 * start * end) + steps * (start + end) / (12 * (start * end) ** 2)
    plain = digamma(np.where(large, 1.0, start) + steps) - digamma(np.where(large, 1.0, start))
    return np.where(large, series, plain)
