"""What drivers explain in every replicate of a survey."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.importance.explained_shares import MOST_EXACT, changes_over_orders, explained_shares
from dueregard.inference.importance.players import Players
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.cross_products import cross_products, cross_products_by_replicate
from dueregard.inference.surveys.replicates import replicate_designs
from dueregard.inference.surveys.replicates.replicate_values import ReplicateValues
from dueregard.inference.surveys.replicates.replicates import Replicates

MOST_NUMBERS = 1 << 23
"""Of cross-products of replicates that are held at once: 64 megabytes."""


@dataclass(frozen=True, eq=False)
class ShareReplicates:
    """``explained`` (R, domains, drivers): what each driver explains of the outcome's variance in each replicate."""

    replicates: Replicates
    explained: Floats

    @property
    def is_bootstrap(self) -> bool:
        """Whether replicates are samples drawn again, whose spread is that of what is computed from them."""
        return self.replicates.kind == "bootstrap" and self.replicates.multipliers is not None

    def of_shares(self, full: Floats) -> ReplicateValues:
        """Shares of what is explained, all of domain 0 first; ``full`` are those of the sample."""
        again = shares_of(self.explained)
        again = np.where(np.isnan(again), full, again)
        return ReplicateValues(self.replicates, again.reshape(len(again), -1), full.reshape(-1))


def shares_of(explained: Floats) -> Floats:
    """Each driver's part of what all explain together, along the last axis; NaN where nothing is explained."""
    total = explained.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(explained, total, out=np.full(explained.shape, np.nan), where=total > 0))


def drawn_again(totals: ClusterTotals, n_replicates: int, rng: Any) -> ClusterTotals:
    """The totals with replicates: those of the design, or else a bootstrap of its clusters where there is one.

    Calibrated weights are not calibrated again in a bootstrap, so that its spread is rather too large than too small.
    """
    if totals.replicates is not None or totals.is_full_count:
        return totals
    clusters = totals.clusters
    if clusters.n_clusters < 2 or not (clusters.factor > 0).any():
        return totals
    made = replicate_designs.make("bootstrap", clusters, n_replicates, rng=rng)
    return replace(totals, cluster=totals.sampled_cluster, calibration=None, replicates=made)


def share_replicates(
    totals: ClusterTotals, players: Players, explained: Floats, threads: int | None = None
) -> ShareReplicates | None:
    """Every driver of every domain in every replicate; None without replicates.

    ``explained`` (domains, drivers) is what drivers explain in the sample. Domains where that is NaN stay so.
    """
    if totals.replicates is None:
        return None
    found = np.full((totals.replicates.n, *explained.shape), np.nan)
    whole = cross_products(totals)
    at_once = max(1, MOST_NUMBERS // (totals.replicates.n * whole[0].size))
    for first in range(0, len(whole), at_once):
        some = range(first, min(first + at_once, len(whole)))
        cross = cross_products_by_replicate(_only(totals, some))
        for place, domain in enumerate(some):
            if np.isnan(explained[domain]).any():
                continue
            if len(players.groups) <= MOST_EXACT:
                found[:, domain] = explained_shares(cross[:, place], players, threads)
            else:
                change = changes_over_orders(cross[:, place], whole[domain], players)
                found[:, domain] = np.maximum(explained[domain] + change, 0.0)
    return ShareReplicates(totals.replicates, found)


def _only(totals: ClusterTotals, domains: range) -> ClusterTotals:
    """The totals of some of the domains, one after another."""
    if len(domains) == totals.n_domains:
        return totals
    pairs = (totals.domain >= domains.start) & (totals.domain < domains.stop)
    replicates = totals.replicates
    if replicates is not None and replicates.totals is not None:
        replicates = replace(replicates, totals=replicates.totals[:, domains.start : domains.stop])
    return replace(
        totals,
        n_domains=len(domains),
        cluster=totals.cluster[pairs],
        domain=(totals.domain[pairs] - domains.start).astype(np.int32),
        nobs=totals.nobs[pairs],
        squares=totals.squares[pairs],
        sums=totals.sums[pairs],
        products=None if totals.products is None else totals.products[pairs],
        replicates=replicates,
    )
