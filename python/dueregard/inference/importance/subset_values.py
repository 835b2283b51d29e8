"""McFadden's R squared of subsets of drivers, and what rows and replicates make of their Shapley averages."""

from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.importance.replicate_likelihoods import ReplicateLikelihoods
from dueregard.inference.importance.shapley_subsets import Subsets
from dueregard.inference.importance.subset_fits import SubsetFits

AT_ONCE = 32
"""Subsets whose rows' log-likelihoods are kept at a time."""


class Values(NamedTuple):
    """Values of subsets ``(s,)``, scores of shares by pattern ``(m, p)``, and shares by replicate ``(R, p)``."""

    value: Floats
    scores: Floats
    replicates: Floats | None


def subset_values(fits: SubsetFits, subsets: Subsets, replicated: ReplicateLikelihoods | None) -> Values:
    """The values of subsets, a block of them at a time."""
    found, null = fits.whole.patterns, fits.whole.null_loglik
    mass = np.bincount(found.y, found.weight)
    sums, logliks, replicates = np.zeros((len(found.y), subsets.coefficient.shape[1])), [], []
    for start in range(0, len(subsets.subset), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        block = [fits.fit(subset) for subset in subsets.subset[some].tolist()]
        rows = np.array([each.rows for each in block])
        logliks.append(rows @ found.weight)
        sums += rows.T @ subsets.coefficient[some]
        if replicated is not None:
            replicates.append(replicated.of(block))
    loglik, null_rows = np.concatenate(logliks), np.log(mass / mass.sum())[found.y]
    scores = np.outer(null_rows, loglik @ subsets.coefficient) / null**2 - sums / null
    in_replicates = None if replicated is None else replicated.mcfadden(np.hstack(replicates)) @ subsets.coefficient
    return Values(1 - loglik / null, scores, in_replicates)
