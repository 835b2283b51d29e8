"""The compiled module. Each function has a plain-Python twin in ``dueregard.reference``."""

import numpy as np
from numpy.typing import NDArray

def byte_sum(codes: NDArray[np.uint8]) -> int: ...
