"""Whether two properties together come to more or less than their differences added up."""

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.linear_contrasts import linear_contrast
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
    return linear_contrast(np.broadcast_to(signs, share.shape), share, size)
