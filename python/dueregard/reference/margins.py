"""A table of counts with the totals over each axis, and over every combination of axes."""

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray


def cube(counts: NDArray[np.int64], shape: Sequence[int]) -> NDArray[np.int64]:
    """The counts with one more position on each axis, the last: the total over that axis.

    A cell belongs to ``2**n_axes`` margins, in each of which every axis is either at the cell's own position or at the
    total; it is added to all of them.
    """
    with_margins = np.zeros([n + 1 for n in shape], np.int64)
    for cell, position in enumerate(product(*map(range, shape))):
        for margin in product(*zip(position, shape, strict=True)):
            with_margins[margin] += counts[cell]
    return with_margins
