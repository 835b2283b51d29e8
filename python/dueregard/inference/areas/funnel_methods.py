"""The ways to draw control limits around a target: each gives limits at a size, and how far out a count is.

What is beyond a limit and what is not, a count's deviate says too: above the upper limit of a level exactly when it is
above that level's normal quantile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from dueregard.inference.areas.funnel_scales import SCALES, Scale
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import wilson
from dueregard.inference.tail_chances import binomial_limits, binomial_tails, poisson_limits, poisson_tails

MID_P = "mid-p"
METHODS = {
    "proportion": (MID_P, "arcsine", "wilson"),
    "rate": (MID_P, "square-root", "log", "exact", "byar"),
    "ratio": (MID_P, "square-root", "log", "exact", "byar"),
    "count-ratio": (MID_P, "log"),
}
"""The methods of each measure; the first is taken unless another is named."""


class Method(Protocol):
    """One way to draw limits."""

    def limits(self, target: Floats, size: Floats, z: Floats) -> tuple[Floats, Floats]:
        """Limits of values that are z standard errors, or as improbable, from the target."""
        ...

    def deviate(self, count: Floats, size: Floats, target: Floats) -> Floats:
        """How many standard errors, or as improbable, a count is from the target."""
        ...


def method_of(measure: str, name: str, phi: float = 1.0, tau2: float = 0.0) -> Method:
    """The method of this name; only those on a scale can be widened."""
    if name in SCALES[measure]:
        return OnScale(SCALES[measure][name], phi, tau2)
    others: dict[str, Method] = {"wilson": Wilson(), "exact": Exact(), "byar": Byar()}
    mid_p: dict[str, Method] = {"proportion": MidPProportion(), "count-ratio": MidPCounts()}
    return mid_p.get(measure, MidPEvents()) if name == MID_P else others[name]


@dataclass(frozen=True)
class OnScale:
    """Normal limits on a scale of constant variance, widened for variation beyond chance where there is any."""

    scale: Scale
    phi: float = 1.0
    tau2: float = 0.0

    def error(self, size: Floats, target: Floats) -> Floats:
        """The standard error with its widening."""
        return np.asarray(np.sqrt(self.phi * np.square(self.scale.error(size, target)) + self.tau2))

    def limits(self, target: Floats, size: Floats, z: Floats) -> tuple[Floats, Floats]:
        middle, reach = self.scale.of_value(target), z * self.error(size, target)
        return self.scale.value(middle - reach), self.scale.value(middle + reach)

    def deviate(self, count: Floats, size: Floats, target: Floats) -> Floats:
        return self.scale.deviate(count, size, target, self.error(size, target))


class MidPProportion:
    """Binomial limits: beyond each lies less than half of 1 - level, half of the limit's own chance counted."""

    def limits(self, target: Floats, size: Floats, z: Floats) -> tuple[Floats, Floats]:
        low, high = binomial_limits(size, target, _beyond(z))
        return _over(low, size), _over(high, size)

    def deviate(self, count: Floats, size: Floats, target: Floats) -> Floats:
        return binomial_tails(count, size, target).z()


class MidPEvents:
    """The same for events, which are Poisson."""

    def limits(self, target: Floats, size: Floats, z: Floats) -> tuple[Floats, Floats]:
        low, high = poisson_limits(target * size, _beyond(z))
        return _over(low, size), _over(high, size)

    def deviate(self, count: Floats, size: Floats, target: Floats) -> Floats:
        return poisson_tails(count, target * size).z()


class MidPCounts:
    """The same for a ratio of two counts: given both together, the first is binomial."""

    def limits(self, target: Floats, size: Floats, z: Floats) -> tuple[Floats, Floats]:
        counts = binomial_limits(size, target / (1 + target), _beyond(z))
        low, high = (np.where(size > count, _over(count, size - count), np.inf) for count in counts)
        return low, high

    def deviate(self, count: Floats, size: Floats, target: Floats) -> Floats:
        return binomial_tails(count, size, target / (1 + target)).z()


class Wilson:
    """Wilson's interval of a sample that has exactly the target: a count is judged by its own standard error."""

    def limits(self, target: Floats, size: Floats, z: Floats) -> tuple[Floats, Floats]:
        return wilson(np.broadcast_arrays(target, size)[0], size, z)

    def deviate(self, count: Floats, size: Floats, target: Floats) -> Floats:
        share = _over(count, size)
        with np.errstate(divide="ignore", invalid="ignore"):
            away = (share - target) / np.sqrt(share * (1 - share) / size)
        return np.where(share == target, 0.0, away)


class Exact:
    """Garwood's interval of a count that is exactly what is expected."""

    def limits(self, target: Floats, size: Floats, z: Floats) -> tuple[Floats, Floats]:
        from scipy.special import gammainccinv, gammaincinv

        expected, tail = target * size, _beyond(z)
        low = np.where(expected > 0, gammaincinv(np.where(expected > 0, expected, 1.0), tail), 0.0)
        return _over(low, size), _over(gammainccinv(expected + 1, tail), size)

    def deviate(self, count: Floats, size: Floats, target: Floats) -> Floats:
        from scipy.special import gammainc, gammaincc, ndtri

        expected = target * size
        below = ndtri(np.where(expected > 0, gammainc(np.where(expected > 0, expected, 1.0), count), 1.0))
        return _outermost(below, -ndtri(gammaincc(expected + 1, count)))


class Byar:
    """Byar's approximation of the exact limits."""

    def limits(self, target: Floats, size: Floats, z: Floats) -> tuple[Floats, Floats]:
        expected = target * size
        with np.errstate(divide="ignore", invalid="ignore"):
            root = 1 - 1 / (9 * expected) - z / (3 * np.sqrt(expected))
        low = np.where(expected > 0, expected * np.maximum(root, 0) ** 3, 0.0)
        more = expected + 1
        high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
        return _over(low, size), _over(high, size)

    def deviate(self, count: Floats, size: Floats, target: Floats) -> Floats:
        expected = target * size
        more = expected + 1
        with np.errstate(divide="ignore", invalid="ignore"):
            below = 3 * np.sqrt(expected) * (np.cbrt(count / expected) - 1 + 1 / (9 * expected))
        above = 3 * np.sqrt(more) * (np.cbrt(count / more) - 1 + 1 / (9 * more))
        return _outermost(np.where(expected > 0, below, np.inf), above)


def _outermost(below: Floats, above: Floats) -> Floats:
    """The deviate from the nearer of two limits that part at the target: 0 between them."""
    return np.where(above > 0, above, np.where(below < 0, below, 0.0))


def _beyond(z: Floats) -> Floats:
    from scipy.special import ndtr

    return np.asarray(ndtr(-np.asarray(z)))


def _over(count: Floats, size: Floats) -> Floats:
    shape = np.broadcast(count, size).shape
    return np.asarray(np.divide(count, size, out=np.full(shape, np.nan), where=np.broadcast_to(size, shape) > 0))
