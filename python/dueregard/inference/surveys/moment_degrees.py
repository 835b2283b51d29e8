"""How surely a variance is known: degrees of freedom from the scores that it is made of."""

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.replicates.replicate_values import ReplicateValues
from dueregard.inference.surveys.scores import Scores


def moment_degrees(sampled: Scores | ReplicateValues) -> Floats:
    """Those of a chi-squared that varies as much, to its size, as the sum of squared scores does.

    With m scores z that is 2 / (sum z^4 / (sum z^2)^2 - 1/m): about m where scores are normal, and fewer where a few
    of them are much of the whole, as those of slopes are (Satterthwaite, F. E. (1946), Biometrics Bulletin 2: 110-114).
    Infinite of replicates, of which the scores are not known.
    """
    if isinstance(sampled, ReplicateValues):
        return np.full(sampled.n, np.inf)
    squared = np.square(sampled.score)
    m, second, fourth = (
        np.bincount(sampled.statistic, weights, sampled.n) for weights in (None, squared, np.square(squared))
    )
    known = (m > 1) & (second > 0)
    varies = np.divide(fourth, np.square(second), out=np.full(sampled.n, np.nan), where=known)
    less = varies - np.divide(1.0, m, out=np.zeros(sampled.n), where=m > 0)
    return np.asarray(np.divide(2.0, less, out=np.full(sampled.n, np.inf), where=less > 0))
