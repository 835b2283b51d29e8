"""The scales on which areas of all sizes are compared with a target: where a value stands, and its standard error.

On each scale the standard error depends on the size and the target alone, so that a limit is a function of the size.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dueregard.inference.checked import Floats

HALF = 0.5
"""Stands for a count of none where a logarithm is taken."""


@dataclass(frozen=True)
class Scale:
    """One scale: positions of counts out of sizes and of values, and back."""

    of_counts: Callable[[Floats, Floats], Floats]
    of_value: Callable[[Floats], Floats]
    value: Callable[[Floats], Floats]
    """The value at a position; what is beyond the end of the values is that end."""
    error: Callable[[Floats, Floats], Floats]
    """Standard error at a size, if the value is the target."""
    takes_none: bool = True
    """Whether a count of none has a position of its own."""

    def deviate(self, count: Floats, size: Floats, target: Floats, error: Floats) -> Floats:
        """How many of these errors a count is from the target; a count of none is never above it."""
        away = (self.of_counts(count, size) - self.of_value(target)) / error
        return np.where(count == 0, np.minimum(away, 0), away)


def _over(count: Floats, size: Floats) -> Floats:
    nothing = np.full(np.broadcast(count, size).shape, np.nan)
    return np.asarray(np.divide(count, size, out=nothing, where=np.asarray(size) > 0))


def _arcsine(value: Floats) -> Floats:
    return np.asarray(np.arcsin(np.sqrt(value)))


def _log(value: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(value))


def _exp(position: Floats) -> Floats:
    with np.errstate(over="ignore"):  # of next to nothing expected no number is too many
        return np.asarray(np.exp(position))


def _inverse_root(size: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        return np.asarray(1 / np.sqrt(size))


def _counts_error(size: Floats, target: Floats) -> Floats:
    """Of the logarithm of a ratio of counts that are ``size`` together: p (1 - p) = target / (1 + target)^2."""
    return (1 + target) * _inverse_root(target * size)


ARCSINE = Scale(
    of_counts=lambda count, size: _arcsine(_over(count, size)),
    of_value=_arcsine,
    value=lambda position: np.sin(np.clip(position, 0, np.pi / 2)) ** 2,
    error=lambda size, target: _inverse_root(size) / 2,
)
SQUARE_ROOT = Scale(
    of_counts=lambda count, size: np.sqrt(_over(count, size)),
    of_value=lambda value: np.asarray(np.sqrt(value)),
    value=lambda position: np.maximum(position, 0) ** 2,
    error=lambda size, target: _inverse_root(size) / 2,
)
LOG = Scale(
    of_counts=lambda count, size: _log(_over(np.where(count == 0, HALF, count), size)),
    of_value=_log,
    value=_exp,
    error=lambda size, target: _inverse_root(target * size),
    takes_none=False,
)
LOG_OF_COUNTS = Scale(
    of_counts=lambda count, size: _log((count + HALF) / np.where(size > 0, size - count + HALF, np.nan)),
    of_value=_log,
    value=_exp,
    error=_counts_error,
)

SCALES = {
    "proportion": {"arcsine": ARCSINE},
    "rate": {"square-root": SQUARE_ROOT, "log": LOG},
    "ratio": {"square-root": SQUARE_ROOT, "log": LOG},
    "count-ratio": {"log": LOG_OF_COUNTS},
}
"""The scales of each measure; the first is taken unless another is named."""
