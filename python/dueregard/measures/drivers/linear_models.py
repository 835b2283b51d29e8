"""Linear models of drivers in every domain, from cross-products."""

import numpy as np

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.importance.driver_statistics import SharePrecision, precision_of
from dueregard.inference.importance.linear_effects import effects, fit
from dueregard.inference.importance.relative_importance import importance_of
from dueregard.inference.importance.share_replicates import (
    ShareReplicates,
    drawn_again,
    share_replicates,
    shares_of,
)
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.cross_products import cross_products
from dueregard.inference.surveys.estimates import Estimates
from dueregard.measures.drivers.driver_columns import DriverColumns
from dueregard.measures.drivers.driver_domains import DriverDomains
from dueregard.measures.drivers.driver_models import (
    DriverModels,
    Sampled,
    gain_limits,
    only_told,
    precision_flags,
    ranks_in,
    unknown_precision,
)
from dueregard.measures.drivers.driver_questions import DriverQuestion
from dueregard.measures.drivers.told_domains import Told, told


def linear_models(domains: DriverDomains, columns: DriverColumns, asked: DriverQuestion) -> DriverModels:
    """Weighted least squares in every domain, whose columns are those of ``columns``."""
    totals, players = domains.totals, columns.players
    cross = cross_products(totals)
    can = told(cross, domains.nobs, domains.weighing, players)
    found = importance_of(cross, groups=players.groups, controls=players.controls, redundant="allow")
    explained = np.where(can.usable[:, np.newaxis], np.maximum(found.lmg, 0.0), np.nan)
    gains = _gains(totals, cross, columns, can, asked.points)
    gain, limits = gain_limits(gains, explained.shape, len(columns.names), asked.level)
    degrees = np.reshape(gains.degrees_of_freedom, explained.shape)[:, 0]
    replicates = share_replicates(drawn_again(totals, asked.n_replicates, asked.rng), players, explained)
    precision = _precision(totals, replicates, explained, degrees, asked.level)
    sure = precision_flags(gains, can.is_raised & columns.is_number, full_count=totals.is_full_count)
    models = DriverModels(
        explained=explained,
        alone=found.first,
        last=found.last,
        relative_weight=shares_of(found.johnson),
        standardised=_standardised(found.standardised, columns),
        gain=gain,
        gain_limits=limits,
        total=np.where(can.usable, explained.sum(axis=1), np.nan),
        by_controls=np.where(can.usable & bool(players.controls), found.control_r_squared, np.nan),
        precision=precision,
        ranks=ranks_in(shares_of(explained), precision, degrees, can, asked),
        flag=can.flag | np.where(can.usable, sure, 0),
        driver_flag=np.where(can.usable[:, np.newaxis] & ~can.varies, int(Flag.ALL_ALIKE), 0),
        degrees_of_freedom=np.where(can.usable, degrees, np.nan),
        sampled=[Sampled(0, None if replicates is None else replicates.of_shares(shares_of(explained)), gains)],
        method=f"Shapley shares of R squared (LMG), linear; {precision.method}",
    )
    return only_told(models, can, columns.is_number)


def _gains(totals: ClusterTotals, cross: Floats, columns: DriverColumns, can: Told, points: float) -> Estimates:
    """What ``points`` more of each driver go with, the others held equal; of domains with a usable model."""
    fits = [
        fit(matrix, np.flatnonzero(kept)) if usable else None
        for matrix, kept, usable in zip(cross, can.kept, can.usable, strict=True)
    ]
    return effects(totals, fits, points * columns.members)


def _standardised(found: Floats, columns: DriverColumns) -> Floats:
    """The standardised coefficients of drivers of one column."""
    of_one = [group[0] if len(group) == 1 else -1 for group in columns.players.groups]
    return np.where(np.array(of_one) >= 0, found[:, of_one], np.nan)


def _precision(
    totals: ClusterTotals, replicates: ShareReplicates | None, explained: Floats, degrees: Floats, level: float
) -> SharePrecision:
    """From replicates; NaN where everybody was asked, or all are in one cluster."""
    if replicates is None:
        return unknown_precision(explained, "full count" if totals.is_full_count else "no limits")
    return precision_of(explained, replicates, degrees, level)
