"""The rows of key drivers: of each area and group all drivers together, then each driver."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.checked import Floats
from dueregard.measures.category_checks import has_many_levels
from dueregard.measures.comparison_rows import Columns, flat
from dueregard.measures.drivers.driver_columns import DriverColumns
from dueregard.measures.drivers.driver_domains import DriverDomains
from dueregard.measures.drivers.driver_models import DriverModels
from dueregard.measures.drivers.driver_questions import DriverQuestion


def driver_rows(
    models: DriverModels, domains: DriverDomains, columns: DriverColumns, level: Floats, asked: DriverQuestion
) -> Columns:
    """All rows; ``level`` is the mean of each driver that is a number, (domains, drivers)."""
    n, p = models.explained.shape
    precision, ranks, nothing = models.precision, models.ranks, np.full(n, np.nan)

    def both(whole: Any, each: Any) -> list[Any]:
        """The value of all drivers together before those of each driver."""
        return flat(np.column_stack([np.broadcast_to(whole, n), np.broadcast_to(each, (n, p))]))

    of_drivers = models.driver_flag | level_flags(domains, columns)
    flags = np.column_stack([models.flag, models.flag[:, np.newaxis] | of_drivers]) | base_flags(domains)
    return {
        "measure": [asked.measure] * n * (p + 1),
        "characteristic": [asked.group] * n * (p + 1),
        "group": _repeated(domains.groups, p + 1),
        **{name: _repeated([area[i] for area in domains.areas], p + 1) for i, name in enumerate(asked.by)},
        "period": [asked.period] * n * (p + 1),
        "row_type": ["overall", *["driver"] * p] * n,
        "nobs": flat(np.repeat(domains.nobs, p + 1)),
        "outcome_missing": flat(np.repeat(domains.incomplete, p + 1)),
        "value": both(100 * np.sign(models.total), 100 * models.share),
        "se": both(nothing, 100 * precision.se),
        "unit_of_measure": ["percent"] * n * (p + 1),
        "confidence_level": [asked.level] * n * (p + 1),
        "low": both(nothing, 100 * precision.share.low),
        "high": both(nothing, 100 * precision.share.high),
        "flag": [Flag(int(bits)) for bits in flags.reshape(-1)],
        "method": [models.method] * n * (p + 1),
        **survey_degrees(flat(np.repeat(models.degrees_of_freedom, p + 1)), domains),
        "driver": [None, *columns.drivers] * n,
        "explained": both(100 * models.total, 100 * models.explained),
        "explained_low": both(100 * precision.r_squared.low, 100 * precision.explained.low),
        "explained_high": both(100 * precision.r_squared.high, 100 * precision.explained.high),
        "by_controls": both(100 * models.by_controls, np.nan),
        "rank": both(nothing, ranks.rank),
        "rank_low": both(nothing, ranks.low),
        "rank_high": both(nothing, ranks.high),
        "relative_weight": both(nothing, 100 * models.relative_weight),
        "standardised": both(nothing, models.standardised),
        "alone": both(nothing, 100 * models.alone),
        "added_last": both(nothing, 100 * models.last),
        "performance": both(nothing, level),
        "best": both(nothing, np.where(np.isnan(level), np.nan, columns.best)),
        "gain": both(nothing, models.gain),
        "gain_low": both(nothing, models.gain_limits.low),
        "gain_high": both(nothing, models.gain_limits.high),
        "points": [asked.points] * n * (p + 1),
        "gain_unit": [asked.gain_unit] * n * (p + 1),
    }


def survey_degrees(values: list[Any], domains: DriverDomains) -> Columns:
    """Degrees of freedom, where a design or weights were given: by this column findings are known to be of a survey."""
    return {"degrees_of_freedom": values} if domains.is_survey else {}


def _repeated(values: Sequence[Any], times: int) -> list[Any]:
    return [value for value in values for _ in range(times)]


def level_flags(domains: DriverDomains, columns: DriverColumns) -> NDArray[np.int64]:
    """Which drivers are categories of many levels for so few rows, (domains, drivers)."""
    many = has_many_levels(columns.n_levels, domains.nobs[:, np.newaxis]) & (columns.n_levels > 0)
    return np.where(many & (domains.nobs[:, np.newaxis] > 0), int(Flag.MANY_LEVELS), 0)


def base_flags(domains: DriverDomains) -> NDArray[np.int64]:
    """What there is to know of the rows of each domain, (domains, 1)."""
    reasons = {
        Flag.EMPTY_GROUP: (domains.nobs == 0) & (domains.incomplete == 0),
        Flag.NO_CASES: domains.nobs == 0,
        Flag.SMALL_BASE: (domains.nobs > 0) & (domains.nobs < SMALL_BASE),
        Flag.MISSING_ANSWERS: domains.incomplete > 0,
        Flag.MISSING_GROUP: ~domains.known,
        Flag.FULL_COUNT: np.full(len(domains.nobs), domains.is_full_count),
        Flag.EFFECTIVE_SIZE: np.full(len(domains.nobs), domains.is_weighted),
        Flag.CLUSTERED: np.full(len(domains.nobs), domains.is_clustered),
    }
    total = np.zeros(len(domains.nobs), np.int64)
    for flag, on in reasons.items():
        total |= np.where(on, int(flag), 0)
    return total[:, np.newaxis]
