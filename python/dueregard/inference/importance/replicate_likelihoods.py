"""Log-likelihoods of logits in replicates of a sample, without fitting them again."""

from collections.abc import Callable, Sequence

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.importance.subset_fits import SubsetFit
from dueregard.inference.regression.patterns import Patterns
from dueregard.inference.surveys.estimates import divided


class ReplicateLikelihoods:
    """The largest log-likelihoods of fits in each of R replicates, to second order in the change of weights.

    With other weights the log-likelihood at the sample's own coefficients is the sum of what rows contribute, exactly;
    the replicate's own coefficients add half of g'J^-1 g, with g the sum of the rows' scores by the new weights and J
    the information of the sample. That part is never negative: it is why shares of explained variance are too high in
    small samples, higher yet in their replicates, and not spread evenly, none of which a first-order score knows of.

    Parameters
    ----------
    found : Patterns
        Of the whole fit.
    sums : function
        Takes columns of the rows, shape (n, c), to their weighted sums in each replicate, (R, c).
    """

    def __init__(self, found: Patterns, sums: Callable[[Floats], Floats]) -> None:
        self.found, self.sums = found, sums

    def of(self, fits: Sequence[SubsetFit]) -> Floats:
        """Of each fit, ``(R, s)``."""
        columns = [np.column_stack([fit.rows, fit.gains]) for fit in fits]
        ends = np.cumsum([each.shape[1] for each in columns])
        totals = self.sums(self.found.to_rows(np.hstack(columns)))
        parts = np.split(totals, ends[:-1], axis=1)
        return np.column_stack([part[:, 0] + np.square(part[:, 1:]).sum(axis=1) for part in parts])

    def null(self) -> Floats:
        """With thresholds alone, exactly, ``(R,)``."""
        from scipy.special import xlogy

        levels = (self.found.y[:, np.newaxis] == np.arange(self.found.y.max() + 1)).astype(np.float64)
        mass = self.sums(self.found.to_rows(levels))
        return np.asarray(xlogy(mass, divided(mass, mass.sum(axis=1, keepdims=True))).sum(axis=1))

    def mcfadden(self, logliks: Floats) -> Floats:
        """1 - loglik / null_loglik, ``(R, s)``; NaN in a replicate in which all answers are of one level."""
        return np.asarray(1 - divided(logliks, self.null()[:, np.newaxis]))
