"""Estimates of several units, and how much chance there is in each and between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.random_keys import Key

NOISE = 1e-10
"""Eigenvalues of a covariance this far below 0, relative to the largest, are what rounding makes of 0."""


@dataclass(frozen=True, eq=False)
class Draws:
    """How often errors are drawn, from which key, and in how many threads at most."""

    n: int
    key: Key
    threads: int | None = None


@dataclass(frozen=True, eq=False)
class UncertainValues:
    """Values with normal errors: a part of each unit's own, and factors that units share.

    The covariance is diag(own^2) + shared shared^T; arrays of shape (n,), (n,) and (n, factors).
    """

    value: Floats
    own: Floats
    shared: Floats

    def __len__(self) -> int:
        return len(self.value)

    @property
    def variance(self) -> Floats:
        """Of each value."""
        return np.asarray(np.square(self.own) + np.square(self.shared).sum(axis=1))

    @cached_property
    def difference_errors(self) -> Floats:
        """The standard error of every difference, an array of shape (n, n) with a diagonal of 0."""
        own = np.square(self.own)
        variance = own[:, np.newaxis] + own
        np.fill_diagonal(variance, 0.0)
        for factor in self.shared.T:
            variance += np.square(factor[:, np.newaxis] - factor)
        return np.asarray(np.sqrt(variance))

    def turned(self) -> UncertainValues:
        """The same with the other sign, so that what was lowest is highest."""
        return UncertainValues(0.0 - self.value, self.own, self.shared)

    def without_value(self) -> UncertainValues:
        """The errors alone, around 0."""
        return UncertainValues(np.zeros(len(self)), self.own, self.shared)

    def of(self, keep: Any) -> UncertainValues:
        """Some of the units."""
        return UncertainValues(self.value[keep], self.own[keep], self.shared[keep])


def independent(value: Floats, se: Floats) -> UncertainValues:
    """Units that were sampled apart."""
    return UncertainValues(value, se, np.empty((len(value), 0)))


def read(estimate: Any, se: Any, covariance: Any) -> UncertainValues:
    """The arguments of a public function: estimates, and either standard errors or a covariance."""
    value = checked.finite_numbers("estimate", estimate)
    value = checked.finite_numbers("estimate", estimate)
    if value.ndim != 1:
        raise ValueError(f"estimate: an array of shape {value.shape}, where one value a unit is expected")
    if not len(value):
        raise ValueError("estimate: there is none")
    if (se is None) == (covariance is None):
        raise TypeError("se, covariance: pass one of the two")
    if se is not None:
        errors = checked.finite_numbers("se", se)
        checked.refuse_first("se", errors, errors < 0, "is negative")
        if errors.shape != value.shape:
            raise ValueError(f"se: of shape {errors.shape}, where there are {len(value)} estimates")
        return independent(value, errors)
    return correlated(value, checked.finite_numbers("covariance", covariance))


def correlated(value: Floats, covariance: Floats) -> UncertainValues:
    """Units with a covariance, which may be singular, as that of parts of one whole is."""
    if covariance.shape != (len(value), len(value)):
        raise ValueError(f"covariance: of shape {covariance.shape}, where there are {len(value)} estimates")
    largest = float(np.abs(covariance).max(initial=0.0))
    if np.abs(covariance - covariance.T).max(initial=0.0) > NOISE * largest:
        raise ValueError("covariance: is not symmetric")
    if not np.any(covariance - np.diag(np.diag(covariance))) and (np.diag(covariance) >= 0).all():
        return independent(value, np.sqrt(np.diag(covariance)))
    roots, vectors = np.linalg.eigh((covariance + covariance.T) / 2)
    if roots.min() < -NOISE * len(value) * largest:
        raise ValueError(f"covariance: has the eigenvalue {roots.min():g}, so that it is none of any estimates")
    kept = roots > NOISE * len(value) * largest
    return UncertainValues(value, np.zeros(len(value)), vectors[:, kept] * np.sqrt(roots[kept]))
