"""From rows to totals by cluster and domain."""

import numpy as np

from dueregard import _core
from dueregard.inference.surveys import pair_sums
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.clusters import Clusters, Codes, Floats

WEIGHT_EXPONENT = 500
"""Weights lie between 2**-500 and 2**500, so that their squares are floats too."""


def cluster_totals(
    cluster: Codes,
    domain: Codes,
    n_domains: int,
    weight: Floats,
    clusters: Clusters,
    *,
    values: Floats | None = None,
    products: bool = False,
    threads: int | None = None,
) -> ClusterTotals:
    """Add rows up by cluster and domain.

    Parameters
    ----------
    cluster : array of int32, shape (n,)
        The cluster of each row, from 0.
    domain : array of int32, shape (n,)
        The domain of each row, from 0; -1 for a row in none.
    n_domains : int
    weight : array of float64, shape (n,)
        Finite and not negative.
    clusters : Clusters
    values : array of float64, shape (n, k), optional
        Finite in every row that is in a domain.
    products : bool
        Whether to sum weight times value i times value j as well.
    threads : int, optional
        Number of threads; by default one per processor when there are rows enough. The result does not depend on it.

    Returns
    -------
    ClusterTotals
        The same bits whatever the order of the rows and the number of threads.

    Raises
    ------
    TypeError
        If an array is not of its type.
    IndexError
        If a cluster or domain is out of range, naming the first row.
    ValueError
        If lengths differ; a weight is negative, infinite or not a number, outside 2**-500 to 2**500, or less than a
        2**37th of the largest (give 0 instead); a value is not finite; or all weights are 0.

    Notes
    -----
    Sums of weights are exact and rounded once, as by `math.fsum`. Products are rounded to floats, then added exactly as
    far as they reach: with no product above 2**e, bits below 2**(e - 90) are rounded to the nearest, so that a product
    of at least a 2**37th of that is added as it is, and no row adds an error of more than 2**(e - 91).

    Memory goes with the number of pairs of a cluster and a domain that have rows, not with the number of rows.

    Examples
    --------
    >>> import numpy as np
    >>> from dueregard.inference.surveys.clusters import Clusters
    >>> clusters = Clusters(stratum=np.array([0, 0, 1], np.int32), fraction=np.zeros(2))
    >>> cluster, domain = np.array([2, 0, 0], np.int32), np.array([1, 0, 0], np.int32)
    >>> totals = cluster_totals(cluster, domain, 2, np.array([1.5, 2, 4]), clusters, values=np.ones((3, 1)))
    >>> totals.sums.tolist()
    [[6.0, 6.0], [1.5, 1.5]]
    """
    columns = _columns(cluster, domain, weight, values)
    terms = _terms(len(columns) - 1, products)
    exponents = [
        _weight_exponent(weight, domain),
        *(_value_exponent(column, domain, j) for j, column in enumerate(columns[1:])),
    ]
    _check_size(terms, exponents, len(weight))
    sizes = clusters.n_clusters, n_domains
    found = pair_sums.by_pair((cluster, domain), sizes, columns, terms, exponents, threads)
    return _totals(found, clusters, n_domains, len(columns), products)


def _columns(cluster: Codes, domain: Codes, weight: Floats, values: Floats | None) -> list[Floats]:
    """The weight and each value, all checked to be of the same length."""
    n = len(weight)
    values = np.empty((n, 0)) if values is None else values
    if values.ndim != 2 or values.dtype != np.float64:
        raise TypeError(f"values must be a float64 array of rows by values, not {values.dtype} of {values.shape}")
    for name, array in (("cluster", cluster), ("domain", domain), ("values", values)):
        if len(array) != n:
            raise ValueError(f"{name} has {len(array)} rows but weight has {n}")
    return [weight, *values.T]


def _terms(n_values: int, products: bool) -> list[pair_sums.Term]:
    """Weights, weighted values, squared weights, and weighted products of values; column 0 is the weight."""
    columns = range(1, n_values + 1)
    pairs = [(0, i, j) for i in columns for j in columns if i <= j] if products else []
    return [(0,), *((0, i) for i in columns), (0, 0), *pairs]


def _weight_exponent(weight: Floats, domain: Codes) -> int:
    """That of the weights which are added up; what rows outside every domain weigh has no part in it."""
    window = _core.weight_exponents(weight, "weight")
    if window is None:
        if len(weight):
            raise ValueError("weight: all are 0")
        return 0
    low, high = window
    if high > WEIGHT_EXPONENT or low + pair_sums.MANTISSA_BITS <= -WEIGHT_EXPONENT or high - low > pair_sums.UNIT_BITS:
        weight = np.where(domain >= 0, weight, 0.0)
        low, high = _core.weight_exponents(weight, "weight") or (0, 0)
    if high > WEIGHT_EXPONENT:
        _refuse_weight(weight, int(np.argmax(weight)), "above 2**500")
    if low + pair_sums.MANTISSA_BITS <= -WEIGHT_EXPONENT:
        _refuse_weight(weight, _smallest(weight), "below 2**-500")
    if high - low > pair_sums.UNIT_BITS:
        _refuse_weight(weight, _smallest(weight), f"nothing beside the largest, {weight.max():g}: give 0")
    return high


def _refuse_weight(weight: Floats, row: int, what: str) -> None:
    raise ValueError(f"weight: {weight[row]:g} at row {row} is {what}")


def _smallest(weight: Floats) -> int:
    """The row of the smallest weight that is not 0."""
    return int(np.argmin(np.where(weight > 0, weight, np.inf)))


def _value_exponent(column: Floats, domain: Codes, j: int) -> int:
    """The exponent of a value; where some are not finite, of the rows in a domain, in which all must be."""
    largest = max(column.max(initial=0.0), -column.min(initial=0.0))
    if not np.isfinite(largest):
        inside = domain >= 0
        for row in np.flatnonzero(inside & ~np.isfinite(column))[:1]:
            raise ValueError(f"values: {column[row]} at row {row} of column {j} is not finite")
        column = column[inside]
    return pair_sums.exponent(column)


def _check_size(terms: list[pair_sums.Term], exponents: list[int], n_rows: int) -> None:
    for term in terms:
        if not pair_sums.fits(term, exponents, n_rows):
            names = " times ".join(f"value {column - 1}" if column else "weight" for column in term)
            raise ValueError(f"values: sums of {names} may be above the largest float")


def _totals(found: pair_sums.Sums, clusters: Clusters, n_domains: int, n_sums: int, products: bool) -> ClusterTotals:
    cluster, domain, nobs, sums = found
    crossed = sums[n_sums + 1 :].T if products else None
    return ClusterTotals(clusters, n_domains, cluster, domain, nobs, sums[n_sums], sums[:n_sums].T, crossed)
