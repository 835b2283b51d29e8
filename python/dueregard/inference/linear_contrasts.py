"""Sums of several shares, each with a factor, such as what a change of a gap is made of."""

from collections.abc import Callable

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.intervals import wilson
from dueregard.inference.reaches import Reach

METHODS = ("mover", "wald")
METHOD_WORDS = {"mover": "MOVER of Wilson limits", "wald": "Wald"}


def linear_contrast(
    coefficient: Floats,
    share: Floats,
    size: Floats,
    *,
    method: str = "mover",
    error: Floats | None = None,
    further: Callable[[Floats], Floats] | None = None,
) -> Reach:
    """Sums of coefficients times independent shares, along one axis; 0 is no difference.

    ``coefficient``, ``share`` and ``size`` (which may be an effective number of cases) have the shape (shares, n).
    Shares with a coefficient of 0 have no part. NaN where a share with another one has no cases, or a coefficient is
    NaN.

    "mover" recovers variances from the Wilson limits of each share: the lower limit of the sum is its estimate less
    the root of the sum of the squares of c d, where d is how far each share's lower limit lies from it (of shares with
    a negative coefficient: the upper one). It is finite and has a width at every count, and with two shares and
    coefficients 1 and -1 it is Newcombe's interval. Zou, G. Y. and Donner, A. (2008), Statistics in Medicine 27:
    1693-1702.

    "wald" reaches so many standard errors: ``error`` (n,), or that of `contrast_error`. Where it is 0, as all shares
    are 0 or 1, it knows nothing: limits NaN.

    ``further`` says how many times as far as a normal's limits of z standard errors reach, since a variance is itself
    uncertain, as `student.stretch` does.
    """
    used = coefficient != 0
    known = np.where(used, (size > 0) & np.isfinite(coefficient), True).all(axis=0) & used.any(axis=0)
    factor = np.where(known & used, coefficient, 0.0)
    held, sizes = np.where(used & known, share, 0.5), np.where(used & known, size, 1.0)
    estimate = np.where(known, (factor * held).sum(axis=0), np.nan)

    def by_wilson(z: Floats) -> tuple[Floats, Floats]:
        times = 1.0 if further is None else np.asarray(further(np.asarray(z)))[..., np.newaxis, :]
        reach = np.asarray(z)[..., np.newaxis, :] if np.ndim(z) else z
        low, high = wilson(held, sizes / np.square(times), reach)
        down, up = held - low, high - held
        below, above = (factor * np.where((factor > 0) == lower, down, up) for lower in (True, False))
        return estimate - _length(below), estimate + _length(above)

    def by_error(z: Floats) -> tuple[Floats, Floats]:
        each = contrast_error(factor, held, sizes) if error is None else error
        distance = z * (1.0 if further is None else further(np.asarray(z))) * np.where(each > 0, each, np.nan)
        return estimate - distance, estimate + distance

    return Reach(estimate, by_wilson if method == "mover" else by_error, 0.0, METHOD_WORDS[method])


def contrast_error(coefficient: Floats, share: Floats, size: Floats) -> Floats:
    """Standard errors of such sums, from p (1 - p) / n of each share: 0 where all of them are 0 or 1."""
    spread = np.divide(share * (1 - share), size, out=np.full(size.shape, np.nan), where=size > 0)
    return _length(np.where(coefficient == 0, 0.0, coefficient * np.sqrt(spread)))


def _length(distance: Floats) -> Floats:
    """Root of the sum of squares over the shares (the last axis but one)."""
    return np.asarray(np.sqrt(np.square(distance).sum(axis=-2)))
