"""What the means of two groups would be if they were alike in what a regression holds equal."""

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.regression.common_coefficients import JOINT, share_of


def alike_means(
    coefficients: str | float, outcomes: tuple[float, float], weights: tuple[float, float], parts: Floats
) -> tuple[float, float]:
    """The means of the group and of the reference with one profile; they differ by the second of ``parts``.

    Slopes that are those of the reference say what the group would have with its profile, which is the group's, and the
    other way round; at slopes of one model of both the explained part is taken off both sides alike. Of three parts the
    second is at the reference's profile.
    """
    own, other = outcomes
    if len(parts) == 3:
        return other + float(parts[1]), other
    share = 0.5 if coefficients in JOINT else float(share_of(coefficients, *map(np.asarray, weights)))
    return own - share * float(parts[0]), other + (1 - share) * float(parts[0])
