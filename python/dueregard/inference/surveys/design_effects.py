"""How much a design adds to a variance, and the number of cases of a simple random sample that would do as well."""

from typing import Any

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.estimates import divided
from dueregard.inference.surveys.unions import Members, unions


def element_variances(
    totals: ClusterTotals, *, numerator: int = 1, denominator: int = 0, members: Members | None = None
) -> Floats:
    """Variances between people of what a ratio leaves unexplained, y - ratio x; of a mean, of the values themselves.

    n / (n - 1) times the weighted mean square, NaN below two cases. The totals need products of their columns.
    """
    summed = unions(totals, members)
    nobs, sums = summed.domain_nobs.astype(np.float64), summed.domain_sums
    ratio = divided(sums[:, numerator], sums[:, denominator])
    squares = (
        _product(summed, numerator, numerator)
        - 2 * ratio * _product(summed, numerator, denominator)
        + np.square(ratio) * _product(summed, denominator, denominator)
    )
    return np.asarray(divided(nobs, nobs - 1) * np.maximum(divided(squares, sums[:, 0]), 0))


def proportion_variances(value: Floats, nobs: Any) -> Floats:
    """Variances between people of having a property or not."""
    cases = np.asarray(nobs, np.float64)
    return np.asarray(divided(cases, cases - 1) * value * (1 - value))


def design_effects(
    variance: Floats,
    element_variance: Floats,
    nobs: Any,
    *,
    scale: Any = 1.0,
    population: Any = np.inf,
) -> Floats:
    """The variance of the design over that of a simple random sample of as many cases (Kish 1965).

    Parameters
    ----------
    variance : array
        Of a mean, a total or a ratio.
    element_variance : array
        Between people (`element_variances`).
    nobs : array
    scale : array
        What one person's part is multiplied by: 1 for a mean, the sum of weights for a total, for a ratio the sum of
        weights over the sum of its denominator.
    population : array
        How many people there are: with it the simple random sample is one without replacement, as R's ``deff=TRUE`` has
        it with the sum of weights; without it with replacement (``deff="replace"``), which does not depend on what the
        weights are scaled to.

    Returns
    -------
    array
        NaN where the simple random sample has no variance, and where the population is not above its cases.
    """
    cases = np.asarray(nobs, np.float64)
    left = np.where(population > cases, 1 - divided(cases, np.asarray(population, np.float64)), np.nan)
    simple = np.square(scale) * divided(element_variance, cases) * left
    return divided(variance, np.where(simple > 0, simple, 0.0))


def effective_sizes(nobs: Any, design_effect: Floats) -> Floats:
    """The cases of a simple random sample with the same variance; NaN where that is not known."""
    return divided(np.asarray(nobs, np.float64), np.where(design_effect > 0, design_effect, 0.0))


def _product(totals: ClusterTotals, first: int, second: int) -> Floats:
    """Sums of weight times two columns, by domain; column 0 is 1 for everybody."""
    i, j = sorted((first, second))
    if i == 0:
        return np.asarray(totals.domain_sums[:, j])
    products = totals.domain_products
    if products is None:
        raise ValueError("totals: there are no products; sum with products=True")
    return np.asarray(products[:, (i - 1) * totals.n_values - (i - 1) * (i - 2) // 2 + j - i])
