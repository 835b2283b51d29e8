"""Logits of drivers in every domain, from rows: shares of McFadden's R squared, with the scores of every row."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.importance.driver_statistics import SharePrecision, Spread
from dueregard.inference.importance.logit_importance import LogitImportance, logit_importance
from dueregard.inference.importance.share_limits import angle_error
from dueregard.inference.importance.share_replicates import shares_of
from dueregard.inference.surveys.cross_products import cross_products
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.linearised import linearised
from dueregard.measures.drivers.driver_columns import DriverColumns
from dueregard.measures.drivers.driver_domains import DriverDomains
from dueregard.measures.drivers.driver_models import (
    DriverModels,
    Sampled,
    Told,
    gain_limits,
    only_told,
    precision_flags,
    ranks_in,
    together,
    told,
    unknown_precision,
)
from dueregard.measures.drivers.driver_questions import DriverQuestion
from dueregard.measures.model_rows import ModelRows

MOST_LEVELS = 20
"""Different values of an outcome that a logit takes for answers in order."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """The logit of one domain.

    ``values`` are the shares of p drivers, what each explains, what all do, and gains: 3 p + 1 statistics, of which
    ``scores`` (rows, statistics) are the scores. ``alone`` and ``last`` have the shape (p,).
    """

    values: Floats
    scores: Floats
    alone: Floats
    last: Floats
    by_controls: float
    n_orders: int | None
    status: str


@dataclass(frozen=True, eq=False)
class Logits:
    """What rows of logits are made of: levels of the outcome and what these stand for."""

    rows: ModelRows
    columns: DriverColumns
    level: NDArray[np.int64]
    answers: Floats
    steps: Floats

    @classmethod
    def of(cls, rows: ModelRows, columns: DriverColumns, asked: DriverQuestion) -> "Logits":
        answers = np.unique(rows.outcome.values[rows.is_complete])
        if len(answers) > MOST_LEVELS:
            raise ValueError(
                f"model: {asked.outcome!r} has {len(answers):,} different values, too many for a logit; say which "
                "answers count with positive=, put them in order with scores=, or take model='linear'"
            )
        level = np.searchsorted(answers, rows.outcome.values)
        return cls(rows, columns, level, answers, asked.points * columns.members.max(axis=0))

    def fitted(self, inside: NDArray[np.bool_], varies: NDArray[np.bool_], asked: DriverQuestion) -> Fitted:
        """The logit of some rows, on the columns that vary there."""
        values = self.columns.values[inside, :-1]
        kept = np.flatnonzero(np.ptp(values, axis=0) > 0)
        place = {int(column): i for i, column in enumerate(kept)}
        drivers, players = np.flatnonzero(varies), self.columns.players
        groups = [[place[c] for c in players.groups[driver] if c in place] for driver in drivers]
        controls = [place[c] for c in players.controls if c in place]
        levels, codes = np.unique(self.level[inside], return_inverse=True)
        found = logit_importance(
            values[:, kept], codes, self.rows.read.rows.weight[inside], groups=groups, controls=controls,
            n_levels=len(levels), answers=self.answers[levels], steps=self.steps[kept], n_orders=asked.n_orders,
            rng=asked.rng,
        )  # fmt: skip
        return _of_drivers(found, inside, drivers, len(varies))


def _of_drivers(found: LogitImportance, inside: NDArray[np.bool_], drivers: NDArray[np.int64], p: int) -> Fitted:
    """Statistics and scores with a place for every driver and row; 0 is the score of what there is not."""
    total = found.lmg.sum()
    share = found.lmg / total
    share_scores = (found.row_lmg - share * found.row_r_squared[:, np.newaxis]) / total
    values, scores = np.full(3 * p + 1, np.nan), np.zeros((len(inside), 3 * p + 1))
    parts = (
        (drivers, share, share_scores),
        (p + drivers, found.lmg, found.row_lmg),
        (np.array([2 * p]), np.array([total]), found.row_r_squared[:, np.newaxis]),
        (2 * p + 1 + drivers, found.gain, found.row_gain),
    )
    for places, own, by_row in parts:
        values[places] = own
        scores[np.ix_(inside, places)] = np.where(np.isnan(own), 0.0, by_row)
    alone, last = np.full((2, p), np.nan)
    alone[drivers], last[drivers] = found.first, found.last
    return Fitted(values, scores, alone, last, found.control_r_squared, found.n_orders, found.fit.status)


def _without(n_rows: int, p: int) -> Fitted:
    """Of a domain without a usable model."""
    values, nothing = np.full(3 * p + 1, np.nan), np.full(p, np.nan)
    return Fitted(values, np.zeros((n_rows, 3 * p + 1)), nothing, nothing, np.nan, None, "")


def logit_models(
    rows: ModelRows, domains: DriverDomains, columns: DriverColumns, asked: DriverQuestion
) -> DriverModels:
    """A logit in every domain, and its precision by the design, area after area."""
    logits, p = Logits.of(rows, columns, asked), len(columns.drivers)
    can = told(cross_products(domains.totals), domains.totals.domain_nobs, columns.players)
    cell, weighs = rows.read.rows.cell, rows.is_complete & (rows.read.rows.weight > 0)
    areas = []
    for first in range(0, len(can.usable), domains.n_groups):
        some = slice(first, first + domains.n_groups)
        place, fits = np.full(len(cell), -1, np.int32), list[Fitted]()
        for group, usable in enumerate(can.usable[some]):
            inside = weighs & np.isin(cell, domains.cells(first + group))
            place[inside] = group
            varies = can.varies[first + group]
            fits.append(logits.fitted(inside, varies, asked) if usable else _without(len(cell), p))
        again = rows.read.rows.renumbered(rows.read.design, place, columns.values)
        scores = np.sum([each.scores for each in fits], axis=0)
        totals = again.summed(rows.read.design, place, domains.n_groups, scores)
        estimates = linearised(totals, np.array([each.values for each in fits]))
        own = Told(can.usable[some], can.varies[some], can.flag[some])
        areas.append(_area_models(first, fits, estimates, own, columns, asked, full_count=domains.is_full_count))
    return together(areas)


def _area_models(
    first: int,
    fits: list[Fitted],
    estimates: Estimates,
    can: Told,
    columns: DriverColumns,
    asked: DriverQuestion,
    *,
    full_count: bool,
) -> DriverModels:
    """The models of the groups of one area, whose first domain has the number ``first``."""
    p, values = len(columns.drivers), np.array([each.values for each in fits])
    fitted = ~np.isnan(values[:, 2 * p])
    orders = np.array([each.n_orders is not None for each in fits])
    flag = can.flag | np.where(can.usable & ~fitted, int(Flag.UNDEFINED), 0)
    can = Told(can.usable & fitted, can.varies & fitted[:, np.newaxis], flag)
    explained = np.where(can.varies, values[:, p : 2 * p], np.where(can.usable[:, np.newaxis], 0.0, np.nan))
    share, gain = (_taken(estimates, len(fits), p, start) for start in (0, 2 * p + 1))
    gains, limits = gain_limits(gain, explained.shape, len(columns.names), asked.level)
    degrees = np.reshape(gain.degrees_of_freedom, explained.shape)[:, 0]
    precision = _precision(estimates, share, explained, degrees, asked.level, full_count=full_count)
    sure = precision_flags(gain, can.varies & columns.is_number, full_count=full_count)
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
        ranks=ranks_in(shares_of(explained), precision.covariance, can, asked),
        flag=flag | np.where(orders, int(Flag.SAMPLED_ORDERS), 0) | np.where(can.usable, sure, 0),
        driver_flag=np.where(can.usable[:, np.newaxis] & ~can.varies, int(Flag.ALL_ALIKE), 0),
        degrees_of_freedom=np.where(can.usable, degrees, np.nan),
        sampled=[Sampled(first, None if full_count else share.sampled, gain)],
        method=f"Shapley shares of McFadden's R squared, {how}; {precision.method}",
    )
    return only_told(models, can, columns.is_number)


def _taken(estimates: Estimates, n: int, p: int, start: int, width: int | None = None) -> Estimates:
    """Some of the statistics of each of ``n`` domains, from place ``start`` on."""
    places = np.arange(n)[:, np.newaxis] * (3 * p + 1) + np.arange(start, start + (p if width is None else width))
    return estimates.taken(places.reshape(-1))


def _precision(
    estimates: Estimates, share: Estimates, explained: Floats, degrees: Floats, level: float, *, full_count: bool
) -> SharePrecision:
    """From the scores of shares, of what drivers explain, and of all that is explained."""
    if full_count:
        return unknown_precision(explained, "full count")
    n, p = explained.shape
    every = share.covariance(np.repeat(np.arange(n), p))
    own, total = _taken(estimates, n, p, p), _taken(estimates, n, p, 2 * p, 1)
    several = share.clusters.reshape(n, p)[:, :1] > 1
    se = [np.where(several, np.reshape(each, (n, -1)), np.nan) for each in (share.se, own.se, total.se)]
    spread = Spread(
        share_covariance=np.array([every.matrix(domain)[1] for domain in range(n)]).reshape(n, p, p),
        share_error=angle_error(shares_of(explained), se[0]),
        explained_error=angle_error(explained, se[1]),
        total_se=se[2][:, 0],
    )
    return spread.precision(explained, degrees, level, "linearised")
