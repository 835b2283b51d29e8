"""Whether two properties together come to more or less than their differences added up."""

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.intervals import wilson
from dueregard.inference.reaches import Reach


def interaction_contrast(share: Floats, size: Floats) -> Reach:
    """Share with both, less what neither, and the differences that each makes alone, add up to; along one axis.

    ``share`` and ``size`` (which may be an effective number of cases) have the shape (4, n): of cases with both
    properties, with the first alone, with the second alone, and with neither. The contrast is p11 - p10 - p01 + p00,
    0 where differences of shares add up (Rothman, K. J., Greenland, S. and Walker, A. M. (1980), American Journal of
    Epidemiology 112: 467-470). Its limits recover variances from the Wilson limits of the four shares (Zou, G. Y. and
    Donner, A. (2008), Statistics in Medicine 27: 1693-1702), as Newcombe's do for a difference of two. NaN where one of
    the four has no cases.
    """
    signs = np.array([1.0, -1.0, -1.0, 1.0])[:, np.newaxis]
    known = (size > 0).all(axis=0)
    held, sizes = np.where(known, share, 0.5), np.where(known, size, 1.0)
    estimate = (signs * held).sum(axis=0)

    def limits(z: Floats) -> tuple[Floats, Floats]:
        low, high = wilson(held, sizes, np.asarray(z)[..., np.newaxis, :] if np.ndim(z) else z)
        down, up = held - low, high - held
        below = np.where(signs > 0, down, up)
        above = np.where(signs > 0, up, down)
        return (
            estimate - np.sqrt(np.square(below).sum(axis=-2)),
            estimate + np.sqrt(np.square(above).sum(axis=-2)),
        )

    return Reach(np.where(known, estimate, np.nan), limits, 0.0, "MOVER of Wilson limits")
