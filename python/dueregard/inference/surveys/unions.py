"""Statistics as unions of domains, which may overlap: all areas together, everybody else, windows of months."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.surveys.cluster_totals import ClusterTotals

Integers = NDArray[np.int64]
Members = tuple[Any, Any, int]
"""Which domains a statistic is the union of: pairs of statistic and domain, and the number of statistics."""


def unions(totals: ClusterTotals, members: Members | None) -> ClusterTotals:
    """The totals with the statistics of ``members`` in place of domains; without members, the totals as they are.

    A domain may be part of several statistics or of none. Where replicates came with totals of their own, those are
    added up in the same way.
    """
    if members is None:
        return totals
    statistic, domain, n = _checked(members, totals.n_domains)
    pair, to = in_statistics(totals.domain, statistic, domain, totals.n_domains)
    key = totals.cluster[pair].astype(np.int64) * n + to
    order = np.argsort(key, kind="stable")
    key, pair = key[order], pair[order]
    starts = np.flatnonzero(np.diff(key, prepend=-1))

    def added(values: NDArray[Any]) -> NDArray[Any]:
        if values.ndim > 1:  # columns stay in one piece each
            return np.array([added(column) for column in values.T]).reshape(values.shape[1], len(starts)).T
        return np.add.reduceat(values[pair], starts) if len(starts) else values[:0]

    return replace(
        totals,
        n_domains=n,
        cluster=(key[starts] // n).astype(np.int32),
        domain=(key[starts] % n).astype(np.int32),
        nobs=added(totals.nobs),
        squares=added(totals.squares),
        sums=added(totals.sums),
        products=None if totals.products is None else added(totals.products),
        replicates=_added_replicates(totals, statistic, domain, n),
    )


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


def _added_replicates(totals: ClusterTotals, statistic: Integers, domain: Integers, n: int) -> Any:
    replicates = totals.replicates
    if replicates is None or replicates.totals is None:
        return replicates
    given = replicates.totals
    added = np.zeros((given.shape[0], n, given.shape[2]))
    for to, source in zip(statistic, domain, strict=True):
        added[:, to] += given[:, source]
    return replace(replicates, totals=added)
