"""The sum of an array of bytes: as little as can be done with each of them."""

import numpy as np
from numpy.typing import NDArray


def byte_sum(codes: NDArray[np.uint8]) -> int:
    return sum(codes.tolist())
