"""Statistics as unions of domains, which may overlap: all areas together, everybody else, windows of months."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.surveys import pair_sums
from dueregard.inference.surveys.cluster_totals import ClusterTotals

Integers = NDArray[np.int64]
Members = tuple[Any, Any, int]
"""Which domains a statistic is the union of: pairs of statistic and domain, and the number of statistics."""


def unions(totals: ClusterTotals, members: Members | None) -> ClusterTotals:
    """The totals with the statistics of ``members`` in place of domains; without members, the totals as they are.

    A domain may be part of several statistics or of none. Sums are exact, as those of rows are (see `pair_sums`). Where
    replicates came with totals of their own, those are added up in the same way.
    """
    if members is None:
        return totals
    statistic, domain, n = _checked(members, totals.n_domains)
    pair, to = in_statistics(totals.domain, statistic, domain, totals.n_domains)
    columns = [column[pair] for column in _columns(totals)]
    n_clusters = totals.clusters.n_clusters if totals.calibration is None else len(totals.calibration.cluster)
    codes, terms = (totals.cluster[pair], to.astype(np.int32)), [(j,) for j in range(len(columns))]
    found = pair_sums.by_pair(codes, (n_clusters, n), columns, terms, [*map(pair_sums.exponent, columns)])
    cluster, to_statistic, _, sums = found
    n_sums = totals.sums.shape[1]
    return replace(
        totals,
        n_domains=n,
        cluster=cluster,
        domain=to_statistic,
        nobs=sums[0].astype(np.int64),
        squares=sums[1],
        sums=sums[2 : n_sums + 2].T,
        products=None if totals.products is None else sums[n_sums + 2 :].T,
        replicates=None if totals.replicates is None else totals.replicates.united(statistic, domain, n),
    )


def _columns(totals: ClusterTotals) -> list[NDArray[np.float64]]:
    """All that is added up."""
    products = [] if totals.products is None else list(totals.products.T)
    return [totals.nobs.astype(np.float64), totals.squares, *totals.sums.T, *products]


def placed(to: Any, n: int) -> Members:
    """Every domain in the one statistic of ``n`` that ``to`` says, or, where that is -1, in none."""
    places = np.asarray(to, np.int64)
    kept = np.flatnonzero(places != -1)
    return places[kept], kept, n


def each_alone(n: int) -> Members:
    """Every domain a statistic of its own."""
    return np.arange(n), np.arange(n), n


def together(*parts: Members) -> Members:
    """The statistics of several ``members``, one after another."""
    before = np.cumsum([0, *(n for _, _, n in parts)])
    statistic = np.concatenate([np.asarray(s, np.int64) + b for (s, _, _), b in zip(parts, before, strict=False)])
    return statistic, np.concatenate([np.asarray(d, np.int64) for _, d, _ in parts]), int(before[-1])


def in_statistics(
    of_pair: NDArray[Any], statistic: Integers, domain: Integers, n_domains: int
) -> tuple[Integers, Integers]:
    """The positions of pairs, each as often as its domain is part of a statistic, and those statistics."""
    by_domain = np.argsort(domain, kind="stable")
    number = np.bincount(domain, minlength=n_domains)
    first = np.cumsum(number) - number
    times = number[of_pair]
    pair = np.repeat(np.arange(len(of_pair)), times)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)
    return pair, statistic[by_domain[first[of_pair][pair] + within]]


def _checked(members: Members, n_domains: int) -> tuple[Integers, Integers, int]:
    statistic, domain = (np.asarray(each, np.int64) for each in members[:2])
    if statistic.shape != domain.shape or statistic.ndim != 1:
        raise ValueError(f"members: {statistic.shape} statistics for {domain.shape} domains")
    for name, each, n in (("statistic", statistic, members[2]), ("domain", domain, n_domains)):
        bad = (each < 0) | (each >= n)
        if bad.any():
            at = int(bad.argmax())
            raise ValueError(f"members: {name} {each[at]} at index {at} is not from 0 to {n - 1}")
    return statistic, domain, members[2]
