"""The logit of one domain's rows: what it says of every driver, and what each row does to that."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs.designed_rows import DesignedRows
from dueregard.designs.survey_design import SurveyDesign
from dueregard.inference.checked import Floats
from dueregard.inference.importance.logit_importance import LogitImportance, logit_importance
from dueregard.inference.importance.shapley_subsets import EXACT
from dueregard.inference.importance.share_replicates import drawn_again
from dueregard.inference.surveys.linearised import linearised
from dueregard.inference.surveys.replicates.replicate_totals import replicate_totals
from dueregard.inference.surveys.replicates.replicates import Replicates
from dueregard.measures.drivers.driver_columns import DriverColumns
from dueregard.measures.drivers.driver_questions import DriverQuestion
from dueregard.measures.model_rows import ModelRows

MOST_WORK = 4e9
"""Clusters times replicates times columns of likelihoods: beyond, samples are so large that scores say the same."""

MOST_HELD = 1 << 25
"""Clusters times replicates whose draws are held, not drawn again for each sum: 256 megabytes."""

AT_ONCE = 64
"""Replicates that are drawn together."""

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
    by_controls: float = np.nan
    n_orders: int | None = None
    order_error: Floats | None = None
    """The standard error of what each driver explains through having drawn orders."""
    added: Floats | None = None
    """What chance adds to what each driver explains, where there are no replicates that show it."""
    by_replicate: Floats | None = None
    """What each driver explains in each replicate, (R, p)."""
    note: str | None = None
    """Why there is no fit."""


@dataclass(frozen=True, eq=False)
class ReplicateSums:
    """Sums of columns of rows in every replicate of a design, or of a bootstrap.

    ``drawn`` (clusters, R) is what each of the clusters ``met`` counts for; None where that is too much to hold, or
    replicates came with the data.
    """

    rows: DesignedRows
    design: SurveyDesign
    replicates: Replicates
    met: NDArray[np.int64]
    drawn: Floats | None

    @classmethod
    def of_all(cls, rows: DesignedRows, design: SurveyDesign, asked: DriverQuestion) -> "ReplicateSums | None":
        """Of all rows; None where there are no replicates."""
        totals = rows.summed(design, np.zeros(len(rows.cluster), np.int32), 1, None)
        found = drawn_again(totals, asked.n_replicates, asked.rng).replicates
        met = np.unique(totals.sampled_cluster).astype(np.int64)
        return None if found is None else cls(rows, design, found, met, _held(found, met))

    def among(self, row: NDArray[Any], columns: DriverColumns) -> "ReplicateSums | None":
        """Of some rows; None where sums would take long, and say no more than scores do."""
        rows, p, k = self.rows.of(row), len(columns.drivers), len(columns.names)
        totals = rows.summed(self.design, np.zeros(len(rows.cluster), np.int32), 1, None)
        met = np.unique(totals.sampled_cluster).astype(np.int64)
        if p > EXACT or len(met) * self.replicates.n * 2**p * (k / 2 + 3) > MOST_WORK:
            return None
        if self.drawn is None:
            return replace(self, rows=rows, met=met, drawn=_held(self.replicates, met))
        return replace(self, rows=rows, met=met, drawn=self.drawn[np.searchsorted(self.met, met)])

    def of(self, inside: NDArray[np.bool_]) -> Callable[[Floats], Floats]:
        """What takes columns of some rows to their weighted sums in each replicate."""
        some = self.rows.of(inside)
        cell = np.zeros(len(some.cluster), np.int32)

        def sums(columns: Floats) -> Floats:
            totals = some.summed(self.design, cell, 1, columns)
            if totals.replicates is not None and totals.replicates.totals is not None:
                return totals.replicates.totals[:, 0, 1:]
            if self.drawn is not None:
                return np.asarray(self.drawn[np.searchsorted(self.met, totals.sampled_cluster)].T @ totals.sums[:, 1:])
            totals = replace(totals, cluster=totals.sampled_cluster, calibration=None)
            return np.asarray(replicate_totals(self.replicates, totals)[:, 0, 1:])

        return sums


def sum_variances(rows: DesignedRows, design: SurveyDesign) -> Callable[[Floats], Floats]:
    """What takes columns of rows to the variances of their weighted sums by the design; 0 where it knows of none."""

    def variances(columns: Floats) -> Floats:
        totals = rows.summed(design, np.zeros(len(rows.cluster), np.int32), 1, columns)
        return np.nan_to_num(linearised(totals, np.zeros((1, columns.shape[1]))).variance)

    return variances


def _held(replicates: Replicates, met: NDArray[np.int64]) -> Floats | None:
    """What clusters count for in each replicate, unless that is too much to hold, or sums came with the data."""
    if replicates.multipliers is None or len(met) * replicates.n > MOST_HELD:
        return None
    found = np.empty((len(met), replicates.n))
    for first in range(0, replicates.n, AT_ONCE):
        n = min(AT_ONCE, replicates.n - first)
        found[:, first : first + n] = replicates.multipliers_of(first, n)[met]
    return found


@dataclass(frozen=True, eq=False)
class Logits:
    """Rows of logits: columns, weights, levels of the outcome from 0, and what each level stands for."""

    columns: DriverColumns
    values: Floats
    weight: Floats
    level: NDArray[np.int64]
    answers: Floats
    steps: Floats

    @classmethod
    def made(cls, rows: ModelRows, columns: DriverColumns, asked: DriverQuestion) -> "Logits":
        """Of all rows."""
        answers = np.unique(rows.outcome.values[rows.is_complete])
        if len(answers) > MOST_LEVELS:
            raise ValueError(
                f"model: {asked.outcome!r} has {len(answers):,} different values, too many for a logit; say which "
                "answers count with positive=, put them in order with scores=, or take model='linear'"
            )
        level = np.searchsorted(answers, rows.outcome.values)
        steps = asked.points * columns.members.max(axis=0)
        return cls(columns, columns.values[:, :-1], rows.read.rows.weight, level, answers, steps)

    def of(self, which: NDArray[np.int64]) -> "Logits":
        """Some of the rows, by place."""
        return replace(self, values=self.values[which], weight=self.weight[which], level=self.level[which])

    def fitted(
        self,
        inside: NDArray[np.bool_],
        varies: NDArray[np.bool_],
        keeps: NDArray[np.bool_],
        asked: DriverQuestion,
        again: ReplicateSums | None,
        variances: Callable[[Floats], Floats],
    ) -> Fitted:
        """The logit of some rows, on the columns that say something of their own there.

        ``variances`` are those of sums of columns of these rows, which are asked for where there are no replicates.
        """
        values, kept = self.values[inside], np.flatnonzero(keeps)
        place = {int(column): i for i, column in enumerate(kept)}
        drivers, players = np.flatnonzero(varies), self.columns.players
        groups = [[place[c] for c in players.groups[driver] if c in place] for driver in drivers]
        controls = [place[c] for c in players.controls if c in place]
        levels, codes = np.unique(self.level[inside], return_inverse=True)
        found = logit_importance(
            values[:, kept], codes, self.weight[inside], groups=groups, controls=controls,
            n_levels=len(levels), answers=self.answers[levels], steps=self.steps[kept], n_orders=asked.n_orders,
            rng=asked.rng, replicate_sums=None if again is None else again.of(inside),
            sum_variances=variances if again is None else None,
        )  # fmt: skip
        return replace(_of_drivers(found, inside, drivers, len(varies)), note=self._why(found, kept))

    def _why(self, found: LogitImportance, kept: NDArray[np.int64]) -> str | None:
        """Why there is no fit, in words."""
        if found.fit.status != "separated":
            return None
        columns = {int(kept[column]) for column in found.fit.columns}
        groups = zip(self.columns.drivers, self.columns.players.groups, strict=True)
        names = [repr(name) for name, group in groups if columns & set(group)]
        who = f"{' and '.join(names) or 'The controls'} {'tells' if len(names) == 1 else 'tell'}"
        return (
            f"{who} answers apart without an error somewhere, so that a logit has no coefficients; a linear model has."
        )


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
    alone, last, error, added = np.full((4, p), np.nan)
    alone[drivers], last[drivers], error[drivers] = found.first, found.last, found.monte_carlo_error
    if found.added is not None:
        added[drivers] = found.added
    again = None
    if found.lmg_by_replicate is not None:
        again = np.zeros((len(found.lmg_by_replicate), p))
        again[:, drivers] = np.maximum(found.lmg_by_replicate, 0.0)  # as every share is that is not to second order
    return Fitted(values, scores, alone, last, found.control_r_squared, found.n_orders, error, added, again)


def without(n_rows: int, p: int) -> Fitted:
    """Of a domain without a usable model."""
    values, nothing = np.full(3 * p + 1, np.nan), np.full(p, np.nan)
    return Fitted(values, np.zeros((n_rows, 3 * p + 1)), nothing, nothing)
