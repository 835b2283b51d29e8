"""Linear models of drivers in every domain: what each explains, what it would bring, and how sure both are."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.areas.rank_intervals import rank_intervals, ranks_of
from dueregard.inference.checked import Floats
from dueregard.inference.importance.collinear import made_of
from dueregard.inference.importance.correlations import correlations
from dueregard.inference.importance.driver_statistics import SharePrecision, precision_of, shares_of
from dueregard.inference.importance.linear_effects import effects, fit
from dueregard.inference.importance.players import Players
from dueregard.inference.importance.relative_importance import importance_of
from dueregard.inference.importance.share_limits import Limits
from dueregard.inference.importance.share_replicates import drawn_again, share_replicates
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.cross_products import cross_products
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.intervals.limits import interval_flags, known_se, t_quantile
from dueregard.measures.drivers.driver_columns import DriverColumns
from dueregard.measures.drivers.driver_questions import DriverQuestion

N_DRAWS = 20_000
"""Of errors, for the ranks of a domain's drivers."""


class Ranks(NamedTuple):
    """Ranks of shares, 1 for the largest, and what they may be; arrays of (domains, drivers), NaN where not known."""

    rank: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class DriverModels:
    """Arrays of (domains, drivers), or (domains,) of all drivers together: parts of 1, but for gains and coefficients.

    NaN in domains without a usable model, and for drivers that do not vary there.
    """

    explained: Floats
    alone: Floats
    last: Floats
    relative_weight: Floats
    standardised: Floats
    gain: Floats
    gain_limits: Limits
    total: Floats
    by_controls: Floats
    precision: SharePrecision
    ranks: Ranks
    flag: NDArray[np.int64]
    driver_flag: NDArray[np.int64]
    method: str

    @property
    def share(self) -> Floats:
        """Each driver's part of what all explain together."""
        return np.where(np.isnan(self.explained), np.nan, shares_of(np.nan_to_num(self.explained)))


@dataclass(frozen=True, eq=False)
class Told:
    """What cross-products of each domain tell: ``usable`` models (domains,), and ``varies`` (domains, drivers)."""

    usable: NDArray[np.bool_]
    varies: NDArray[np.bool_]
    flag: NDArray[np.int64]


def told(cross: Floats, nobs: NDArray[np.int64], players: Players) -> Told:
    """Which domains have more cases than coefficients, an outcome that varies, and drivers that can be told apart."""
    n_columns = cross.shape[1] - 2
    enough = nobs > n_columns + 1
    flag = np.where(nobs == 0, int(Flag.NO_CASES), np.where(enough, 0, int(Flag.UNDEFINED)))
    varies = np.zeros((len(cross), len(players.groups)), np.bool_)
    usable = enough & (cross[:, 0, 0] > 0)
    flag |= np.where(enough & ~usable, int(Flag.ZERO_WEIGHT), 0)
    for domain in np.flatnonzero(usable):
        made = made_of(cross[domain], players.controls)
        constant = {column for column, others in made.items() if not others}
        varies[domain] = [any(column not in constant for column in group) for group in players.groups]
        if len(made) > len(constant):
            usable[domain], flag[domain] = False, flag[domain] | int(Flag.COLLINEAR)
    return Told(usable, varies & usable[:, np.newaxis], flag)


def linear_models(totals: ClusterTotals, columns: DriverColumns, asked: DriverQuestion) -> DriverModels:
    """Weighted least squares in every domain of the totals, whose columns are those of ``columns``."""
    cross, players = cross_products(totals), columns.players
    can = told(cross, totals.domain_nobs, players)
    found = importance_of(cross, groups=players.groups, controls=players.controls, redundant="allow")
    explained = np.where(can.usable[:, np.newaxis], found.lmg, np.nan)
    gains = _gains(totals, cross, columns, can, asked.points)
    degrees = _shaped(gains.degrees_of_freedom, explained)[:, 0]
    precision = _precision(totals, players, explained, degrees, asked)
    gain, reach = (_shaped(each, explained) for each in (gains.value, known_se(gains)))
    reach = reach * t_quantile(degrees - len(columns.names), asked.level)[:, np.newaxis]
    flag = _shaped(gains.flag | interval_flags(gains), explained)
    models = DriverModels(
        explained=explained,
        alone=found.first,
        last=found.last,
        relative_weight=shares_of(found.johnson),
        standardised=_standardised(found.standardised, columns),
        gain=gain,
        gain_limits=Limits(gain - reach, gain + reach),
        total=np.where(can.usable, explained.sum(axis=1), np.nan),
        by_controls=np.where(can.usable, found.control_r_squared, np.nan),
        precision=precision,
        ranks=ranks_in(shares_of(explained), precision.covariance, can, asked),
        flag=can.flag | np.where(can.usable, np.bitwise_or.reduce(flag, axis=1), 0),
        driver_flag=np.where(can.usable[:, np.newaxis] & ~can.varies, int(Flag.ALL_ALIKE), 0),
        method=f"Shapley shares of R squared (LMG), linear; {precision.method}",
    )
    return only_told(models, can, columns.is_number)


def only_told(models: DriverModels, can: Told, is_number: NDArray[np.bool_]) -> DriverModels:
    """NaN where there is nothing to be told: of drivers that do not vary, of gains of categories."""

    def told_of(values: Floats, known: NDArray[np.bool_]) -> Floats:
        return np.where(known, values, np.nan)

    raised = can.varies & is_number
    return replace(
        models,
        explained=told_of(models.explained, can.varies),
        alone=told_of(models.alone, can.varies),
        last=told_of(models.last, can.varies),
        relative_weight=told_of(models.relative_weight, can.varies),
        standardised=told_of(models.standardised, can.varies),
        gain=told_of(models.gain, raised),
        gain_limits=Limits(*(told_of(each, raised) for each in models.gain_limits)),
    )


def _gains(totals: ClusterTotals, cross: Floats, columns: DriverColumns, can: Told, points: float) -> Estimates:
    """What ``points`` more of each driver go with, the others held equal; of domains with a usable model."""
    fits = [
        fit(matrix, np.flatnonzero(~_is_constant(matrix)).astype(np.int64)) if usable else None
        for matrix, usable in zip(cross, can.usable, strict=True)
    ]
    return effects(totals, fits, points * columns.members)


def _is_constant(cross: Floats) -> NDArray[np.bool_]:
    """Which columns do not vary in a domain, the outcome apart."""
    return np.asarray(correlations(cross[np.newaxis]).spread[0, :-1] == 0)


def _standardised(found: Floats, columns: DriverColumns) -> Floats:
    """The standardised coefficients of drivers of one column."""
    of_one = [group[0] if len(group) == 1 else -1 for group in columns.players.groups]
    return np.where(np.array(of_one) >= 0, found[:, of_one], np.nan)


def _precision(
    totals: ClusterTotals, players: Players, explained: Floats, degrees: Floats, asked: DriverQuestion
) -> SharePrecision:
    """From the replicates of the design, or a bootstrap; NaN where everybody was asked, or nothing can be drawn."""
    drawn = drawn_again(totals, asked.n_replicates, asked.rng)
    replicates = share_replicates(drawn, players)
    if replicates is None:
        return unknown_precision(explained, "full count" if totals.is_full_count else "no limits")
    several = np.asarray(totals.clusters.n_clusters > 1)
    return precision_of(explained, replicates, np.where(several, degrees, np.nan), asked.level)


def unknown_precision(explained: Floats, method: str) -> SharePrecision:
    """Where nothing is known of chance."""
    nothing = np.full(explained.shape, np.nan)
    of_all = Limits(nothing[:, 0], nothing[:, 0])
    covariance = np.full((*explained.shape, explained.shape[1]), np.nan)
    return SharePrecision(Limits(nothing, nothing), Limits(nothing, nothing), of_all, covariance, method)


def ranks_in(share: Floats, covariance: Floats, can: Told, asked: DriverQuestion) -> Ranks:
    """Ranks of shares among the drivers that vary in each domain, with an interval for each one by itself."""
    found = Ranks(*(np.full(share.shape, np.nan) for _ in range(3)))
    for domain in np.flatnonzero(can.usable):
        of = np.flatnonzero(can.varies[domain] & ~np.isnan(share[domain]))
        if not len(of):
            continue
        value, shared = share[domain, of], covariance[domain][np.ix_(of, of)]
        found.rank[domain, of] = ranks_of(value)
        if np.isfinite(shared).all() and (np.diag(shared) > 0).all():
            ranked = rank_intervals(
                value, covariance=shared, higher_is_better=True, confidence_level=asked.level, n_draws=N_DRAWS,
                rng=asked.rng,
            )  # fmt: skip
            found.low[domain, of], found.high[domain, of] = ranked.low, ranked.high
    return found


def _shaped(values: Any, like: Floats) -> Any:
    return np.reshape(values, like.shape)
