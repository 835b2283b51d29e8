"""Logits of drivers in every domain, from rows: shares of McFadden's R squared, with the scores of every row."""

import numpy as np

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.importance.driver_statistics import Spread, precision_of
from dueregard.inference.importance.share_limits import angle_error
from dueregard.inference.importance.share_replicates import ShareReplicates, shares_of
from dueregard.inference.surveys.cross_products import cross_products
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.linearised import linearised
from dueregard.inference.surveys.replicates.replicates import Replicates
from dueregard.measures.drivers.driver_columns import DriverColumns
from dueregard.measures.drivers.driver_domains import DriverDomains
from dueregard.measures.drivers.driver_models import (
    DriverModels,
    Sampled,
    gain_limits,
    only_told,
    precision_flags,
    ranks_in,
    together,
    unknown_precision,
)
from dueregard.measures.drivers.driver_questions import DriverQuestion
from dueregard.measures.drivers.logit_fits import Fitted, Logits, ReplicateSums, sum_variances, without
from dueregard.measures.drivers.told_domains import Told, told
from dueregard.measures.model_rows import ModelRows


def logit_models(
    rows: ModelRows, domains: DriverDomains, columns: DriverColumns, asked: DriverQuestion
) -> DriverModels:
    """A logit in every domain, and its precision by the design, area after area."""
    every, p = Logits.made(rows, columns, asked), len(columns.drivers)
    can = told(cross_products(domains.totals), domains.nobs, domains.weighing, columns.players)
    design, cell = rows.read.design, rows.read.rows.cell
    weighs, areas = rows.weighs, []
    numbered = rows.read.rows.renumbered(design, np.where(weighs, cell, -1).astype(np.int32), columns.values)
    of_all = ReplicateSums.of_all(numbered, design, asked)
    for first in range(0, len(can.usable), domains.n_groups):
        own = can.of(slice(first, first + domains.n_groups))
        inside = [np.flatnonzero(weighs & np.isin(cell, domains.cells(first + g))) for g in range(domains.n_groups)]
        row = np.concatenate(inside).astype(np.int64)
        place = np.repeat(np.arange(len(inside), dtype=np.int32), [*map(len, inside)])
        again, logits = None if of_all is None else of_all.among(row, columns), every.of(row)
        here = numbered.of(row)
        fits = [
            logits.fitted(
                place == group,
                own.varies[group],
                own.kept[group],
                asked,
                again,
                sum_variances(here.of(place == group), design),
            )
            if usable
            else without(len(place), p)
            for group, usable in enumerate(own.usable)
        ]
        totals = here.summed(design, place, domains.n_groups, np.sum([each.scores for each in fits], axis=0))
        estimates = linearised(totals, np.array([each.values for each in fits]))
        replicates = None if again is None else again.replicates
        areas.append(_area_models(first, fits, estimates, replicates, own, columns, asked, totals.is_full_count))
    return together(areas)


def _area_models(
    first: int,
    fits: list[Fitted],
    estimates: Estimates,
    replicates: Replicates | None,
    can: Told,
    columns: DriverColumns,
    asked: DriverQuestion,
    full_count: bool,
) -> DriverModels:
    """The models of the groups of one area, whose first domain has the number ``first``."""
    p, values = len(columns.drivers), np.array([each.values for each in fits])
    fitted = ~np.isnan(values[:, 2 * p])
    orders = np.array([each.n_orders is not None for each in fits])
    can = can.but(fitted)
    explained = np.where(can.varies, values[:, p : 2 * p], np.where(can.usable[:, np.newaxis], 0.0, np.nan))
    share, gain = (_taken(estimates, len(fits), p, start) for start in (0, 2 * p + 1))
    gains, limits = gain_limits(gain, explained.shape, len(columns.names), asked.level)
    degrees = np.reshape(gain.degrees_of_freedom, explained.shape)[:, 0]
    drawn_again = None if replicates is None else _replicates(fits, replicates)
    if full_count:
        precision = unknown_precision(explained, "full count")
    elif drawn_again is not None:
        precision = precision_of(explained, drawn_again, degrees, asked.level)
    else:
        added = np.array([np.zeros(p) if each.added is None else np.nan_to_num(each.added) for each in fits])
        spread = _by_scores(estimates, share, explained, fits)
        precision = spread.precision(explained, added, degrees, asked.level, "linearised").known()
    of_shares = share.sampled if drawn_again is None else drawn_again.of_shares(shares_of(explained))
    sure = precision_flags(gain, can.is_raised & columns.is_number, full_count=full_count)
    drawn = {each.n_orders for each in fits if each.n_orders is not None}
    how = f"logit, {max(drawn):,} orders of drivers" if drawn else "logit"
    models = DriverModels(
        explained=explained,
        alone=np.array([each.alone for each in fits]),
        last=np.array([each.last for each in fits]),
        relative_weight=np.full(explained.shape, np.nan),
        standardised=np.full(explained.shape, np.nan),
        gain=gains,
        gain_limits=limits,
        total=np.where(can.usable, values[:, 2 * p], np.nan),
        by_controls=np.array([each.by_controls if columns.players.controls else np.nan for each in fits]),
        precision=precision,
        ranks=ranks_in(shares_of(explained), precision, degrees, can, asked),
        flag=can.flag | np.where(orders, int(Flag.SAMPLED_ORDERS), 0) | np.where(can.usable, sure, 0),
        driver_flag=np.where(can.usable[:, np.newaxis] & ~can.varies, int(Flag.ALL_ALIKE), 0),
        degrees_of_freedom=np.where(can.usable, degrees, np.nan),
        sampled=[Sampled(first, None if full_count else of_shares, gain)],
        notes=tuple(dict.fromkeys(each.note for each in fits if each.note is not None)),
        method=f"Shapley shares of McFadden's R squared, {how}; {precision.method}",
    )
    return only_told(models, can, columns.is_number)


def _taken(estimates: Estimates, n: int, p: int, start: int, width: int | None = None) -> Estimates:
    """Some of the statistics of each of ``n`` domains, from place ``start`` on."""
    places = np.arange(n)[:, np.newaxis] * (3 * p + 1) + np.arange(start, start + (p if width is None else width))
    return estimates.taken(places.reshape(-1))


def _replicates(fits: list[Fitted], replicates: Replicates) -> ShareReplicates:
    """What every driver explains in every replicate; NaN in domains without a fit."""
    p = len(fits[0].alone)
    nothing = np.full((replicates.n, p), np.nan)
    found = [nothing if each.by_replicate is None else each.by_replicate for each in fits]
    return ShareReplicates(replicates, np.stack(found, axis=1))


def _by_scores(estimates: Estimates, share: Estimates, explained: Floats, fits: list[Fitted]) -> Spread:
    """From the scores of shares, of what drivers explain, and of all together; and what drawing orders adds."""
    n, p = explained.shape
    every = share.covariance(np.repeat(np.arange(n), p))
    own, total = _taken(estimates, n, p, p), _taken(estimates, n, p, 2 * p, 1)
    several = share.clusters.reshape(n, p)[:, :1] > 1
    variance = [np.where(several, np.reshape(each.variance, (n, -1)), np.nan) for each in (share, own, total)]
    drawn = np.array([np.zeros(p) if each.order_error is None else np.nan_to_num(each.order_error) for each in fits])
    of_share = np.square(drawn / explained.sum(axis=1, keepdims=True))
    covariance = np.array([every.matrix(domain)[1] for domain in range(n)]).reshape(n, p, p)
    return Spread(
        share_covariance=covariance + of_share[:, :, np.newaxis] * np.eye(p),
        share_error=angle_error(shares_of(explained), np.sqrt(variance[0] + of_share)),
        explained_error=angle_error(explained, np.sqrt(variance[1] + np.square(drawn))),
        total_se=np.sqrt(variance[2][:, 0]),
    )
