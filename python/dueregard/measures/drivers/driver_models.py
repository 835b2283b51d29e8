"""What is known of drivers in every domain: what each explains, what more of it goes with, and how sure both are."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.areas.rank_intervals import rank_intervals, ranks_of
from dueregard.inference.checked import Floats
from dueregard.inference.importance.driver_statistics import SharePrecision
from dueregard.inference.importance.share_limits import Limits
from dueregard.inference.importance.share_replicates import shares_of
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.intervals.limits import interval_flags, known_se, t_quantile
from dueregard.inference.surveys.replicates.replicate_values import ReplicateValues
from dueregard.inference.surveys.scores import Scores
from dueregard.measures.drivers.driver_questions import DriverQuestion
from dueregard.measures.drivers.told_domains import Told

N_DRAWS = 20_000
"""Of errors, for the ranks of a domain's drivers."""


class Ranks(NamedTuple):
    """Ranks of shares, 1 for the largest, and what they may be; arrays of (domains, drivers), NaN where not known."""

    rank: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class Sampled:
    """How shares and gains of some of the domains, ``first`` and those after it, vary together; domain after domain.

    ``share`` is None where nothing is known of chance.
    """

    first: int
    share: Scores | ReplicateValues | None
    gain: Estimates


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
    degrees_of_freedom: Floats
    sampled: Sequence[Sampled]
    method: str
    notes: tuple[str, ...] = ()

    @property
    def share(self) -> Floats:
        """Each driver's part of what all explain together."""
        return np.where(np.isnan(self.explained), np.nan, shares_of(np.nan_to_num(self.explained)))


def only_told(models: DriverModels, can: Told, is_number: NDArray[np.bool_]) -> DriverModels:
    """NaN where there is nothing to be told: of drivers that do not vary, of gains of categories."""

    def told_of(values: Floats, known: NDArray[np.bool_]) -> Floats:
        return np.where(known, values, np.nan)

    raised, of = can.is_raised & is_number, models.precision
    share, explained = (Limits(*(told_of(each, can.varies) for each in ends)) for ends in (of.share, of.explained))
    pairs = can.varies[:, :, np.newaxis] & can.varies[:, np.newaxis, :]
    covariance = np.where(pairs, of.covariance, np.nan)
    return replace(
        models,
        precision=SharePrecision(share, explained, of.r_squared, covariance, of.added, of.method),
        explained=told_of(models.explained, can.varies),
        alone=told_of(models.alone, can.varies),
        last=told_of(models.last, can.varies),
        relative_weight=told_of(models.relative_weight, can.varies),
        standardised=told_of(models.standardised, can.varies),
        gain=told_of(models.gain, raised),
        gain_limits=Limits(*(told_of(each, raised) for each in models.gain_limits)),
    )


def unknown_precision(explained: Floats, method: str) -> SharePrecision:
    """Where nothing is known of chance."""
    nothing = np.full(explained.shape, np.nan)
    of_all = Limits(nothing[:, 0], nothing[:, 0])
    covariance = np.full((*explained.shape, explained.shape[1]), np.nan)
    return SharePrecision(Limits(nothing, nothing), Limits(nothing, nothing), of_all, covariance, nothing, method)


def ranks_in(share: Floats, precision: SharePrecision, degrees: Floats, can: Told, asked: DriverQuestion) -> Ranks:
    """Ranks of shares among the drivers that vary in each domain, with an interval for each one by itself.

    Errors are drawn from a normal distribution that is as wide as Student's t with so many degrees of freedom.
    """
    found = Ranks(*(np.full(share.shape, np.nan) for _ in range(3)))
    wider = np.square(t_quantile(degrees, asked.level) / t_quantile(np.array(np.inf), asked.level))
    for domain in np.flatnonzero(can.usable):
        of = np.flatnonzero(can.varies[domain] & ~np.isnan(share[domain]))
        if not len(of):
            continue
        value, shared = share[domain, of], wider[domain] * precision.error[domain][np.ix_(of, of)]
        found.rank[domain, of] = ranks_of(value)
        if np.isfinite(shared).all() and (np.diag(shared) > 0).all():
            ranked = rank_intervals(
                value, covariance=shared, higher_is_better=True, confidence_level=asked.level, n_draws=N_DRAWS,
                rng=asked.rng,
            )  # fmt: skip
            found.low[domain, of], found.high[domain, of] = ranked.low, ranked.high
    return found


def gain_limits(gains: Estimates, shape: tuple[int, int], n_columns: int, level: float) -> tuple[Floats, Limits]:
    """Gains of shape (domains, drivers), and Student's limits, with a degree of freedom less for each column."""
    value, reach = np.reshape(gains.value, shape), np.reshape(known_se(gains), shape)
    degrees = np.reshape(gains.degrees_of_freedom, shape) - n_columns
    reach = reach * t_quantile(degrees, level)
    return value, Limits(value - reach, value + reach)


def precision_flags(gains: Estimates, raised: NDArray[np.bool_], *, full_count: bool) -> NDArray[np.int64]:
    """What there is to know of the precision in each domain: of gains that there are, ``raised`` (domains, drivers)."""
    if full_count:
        return np.zeros(len(raised), np.int64)
    own = np.where(raised, np.reshape(interval_flags(gains), raised.shape), 0)
    return np.asarray(np.bitwise_or.reduce(own | np.reshape(gains.flag, raised.shape), axis=1))


NOT_ARRAYS = ("precision", "sampled", "method", "notes")


def together(parts: Sequence[DriverModels]) -> DriverModels:
    """Domains of several areas, one after another."""

    def joined(values: Sequence[Any]) -> Any:
        """Arrays, or tuples of arrays, end to end."""
        if isinstance(values[0], tuple):
            return type(values[0])(*(joined(each) for each in zip(*values, strict=True)))
        return np.concatenate(values)

    def of_all(name: str) -> Any:
        return joined([getattr(part, name) for part in parts])

    arrays = {f.name: of_all(f.name) for f in fields(DriverModels) if f.name not in NOT_ARRAYS}
    own = [part.precision for part in parts]
    limits = {name: joined([getattr(each, name) for each in own]) for name in ("share", "explained", "r_squared")}
    covariance, added = joined([each.covariance for each in own]), joined([each.added for each in own])
    precision = SharePrecision(**limits, covariance=covariance, added=added, method=own[0].method)
    sampled = [each for part in parts for each in part.sampled]
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    return DriverModels(**arrays, precision=precision, sampled=sampled, method=parts[0].method, notes=notes)
