"""The rows of rolling rates of events: with a reference those of `dueregard.proportionality`, or rates alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard import _core
from dueregard.flags import FEW_EVENTS, Flag
from dueregard.measures.comparison_rows import Columns, each, flat, only_where, stacked
from dueregard.measures.populations.populations import Population
from dueregard.measures.rates.bases import Basis
from dueregard.measures.rates.matched import Matched, Together
from dueregard.measures.rates.pools import Pool, pool_of
from dueregard.measures.trends.series import EVERYBODY, with_one_group
from dueregard.missing import is_missing
from dueregard.tallies import Tally


@dataclass(frozen=True)
class RateQuestion:
    """What is asked of the events of one window."""

    events: str
    basis: Basis
    per: float
    characteristic: str | None
    by: tuple[str, ...]
    chance: bool
    levels: tuple[float, ...]
    about: dict[str, Any]

    def name(self, months: int) -> str:
        """What is measured, with how long it takes: "complaints per 1,000 residents in 12 months"."""
        length = f"{months} month{'' if months == 1 else 's'}"
        return f"{self.events} per {self.per:,.10g} {self.basis.word} in {length}"


def pool_of_everybody(population: Any, by: Sequence[str], word: str) -> Pool:
    """What events are divided by, all groups together: a Population, a tally, or a number of people."""
    if isinstance(population, Population):
        pool = pool_of(population, group=population.group, by=by, exposure=None, missing=None, word=word)
        whole = pool.tally.margin(*[name for name in population.by if name in by])
        errors = None
        if pool.squared_errors is not None:
            rest = [axis for axis, name in enumerate(pool.tally.dims) if name not in whole.dims]
            errors = np.nan_to_num(pool.squared_errors).sum(axis=tuple(rest))[..., np.newaxis]
        return Pool(
            with_one_group(whole, None), EVERYBODY, errors, True, word, pool.date, pool.mapping, pool.classification,
            pool.source, pool.ages,
        )  # fmt: skip
    if isinstance(population, Tally):
        absent = [name for name in by if name not in population.dims]
        if absent:
            raise ValueError(f"by: {word} has no column {absent[0]!r}; it has {', '.join(map(repr, population.dims))}")
        return Pool(with_one_group(population.margin(*by), None), EVERYBODY, None, True, word)
    if isinstance(population, bool) or not isinstance(population, int | np.integer) or population < 1:
        raise TypeError(
            f"population: it is made by dr.population(table, group=, count=, date=), a Tally, or a number of people, "
            f"not {population!r}"
        )
    if by:
        raise ValueError(f"population: one number of people, and rows are asked for by {by[0]!r}")
    return Pool(Tally(np.array([int(population)]), {EVERYBODY: [None]}), EVERYBODY, None, True, word)


def rate_rows(matched: Together, pool: Pool, question: RateQuestion, *, months: int, period: str) -> Columns:
    """All areas together, then each area."""
    total = _part(matched.total, pool, question, months, period)
    if matched.left_out:
        total["flag"] = [flag | Flag.AREAS_LEFT_OUT for flag in total["flag"]]
    if matched.areas is None:
        return total
    return stacked([total, _part(matched.areas, pool, question, months, period)])


def _part(own: Matched, pool: Pool, question: RateQuestion, months: int, period: str) -> Columns:
    n_areas, n_groups = own.exposure.shape
    n_rows, estimated = n_areas * n_groups, pool.squared_errors is not None
    recorded = own.recorded.reshape(-1)
    people = [round(size) if size == size else None for size in flat(own.exposure)]
    part: Columns = {
        "measure": [question.name(months)] * n_rows,
        "characteristic": [question.characteristic] * n_rows,
        "group": own.groups * n_areas,
        **{name: [area[i] for area in own.areas for _ in own.groups] for i, name in enumerate(question.by)},
        "period": [period] * n_rows,
        "row_type": ["group"] * n_rows,
        "count": only_where(recorded, flat(own.count)),
        "nobs": people,
        "value": flat(question.per * own.rate),
        "unit_of_measure": [f"per {question.per:,.10g}"] * n_rows,
        "per": [question.per] * n_rows,
        "basis": [question.basis.name] * n_rows,
        "exposure": flat(own.exposure),
        "flag": _flags(own, estimated=estimated, chance=question.chance),
        **{name: [value] * n_rows for name, value in question.about.items()},
    }
    repeated = {name: each(values, len(question.levels)) for name, values in part.items()}
    return repeated | _limits(own, question, estimated=estimated)


def _limits(own: Matched, question: RateQuestion, *, estimated: bool) -> Columns:
    """The columns in which confidence levels differ: mid-p limits, for an estimated population Jeffreys'."""
    n_rows = own.exposure.size * len(question.levels)
    if not question.chance:
        nothing = dict.fromkeys(("confidence_level", "low", "high"), [float("nan")] * n_rows)
        return {**nothing, "method": ["full count"] * n_rows}
    usable = own.recorded & (own.exposure > 0)
    size = np.where(usable, own.exposure, 1.0)
    # the variance of the logarithm of the rate over that of the events alone
    spread = 1 + (own.count + 0.5) * np.where(usable, np.nan_to_num(own.squared_error) / np.square(size), 0.0)
    method = "jeffreys" if estimated else "mid-p"
    count, time = (np.ascontiguousarray(a / spread).reshape(-1) for a in (np.where(usable, own.count, 0), size))
    found = [_core.rate_interval(count, time, method, level) for level in question.levels]
    low, high = (np.where(usable.reshape(-1, 1), np.array([f[i] for f in found]).T, np.nan) for i in (0, 1))
    words = "Jeffreys, effective numbers of events" if estimated else "mid-p (Poisson)"
    return {
        "confidence_level": list(question.levels) * own.exposure.size,
        "low": flat(question.per * low),
        "high": flat(question.per * high),
        "method": [words] * n_rows,
    }


def _flags(own: Matched, *, estimated: bool, chance: bool) -> list[Flag]:
    shape = own.exposure.shape
    bits = {
        Flag.NO_POPULATION: own.recorded & (own.exposure == 0),
        Flag.NOT_RECORDED: ~own.recorded,
        Flag.FEW_EVENTS: own.recorded & (own.exposure > 0) & (own.count < FEW_EVENTS),
        Flag.MISSING_GROUP: np.broadcast_to([is_missing(label) for label in own.groups], shape),
        Flag.ESTIMATED_POPULATION: np.full(shape, estimated),
        Flag.FULL_COUNT: np.full(shape, not chance),
    }
    total = sum(np.where(on, int(flag), 0) for flag, on in bits.items())
    return [Flag(int(bit)) for bit in np.asarray(total).reshape(-1)]
