"""How precise a reading is: its interval, and its variance on the scale on which readings are compared.

Ratios are compared on the scale of their logarithms, all else as it is, shares in percent.
"""

import math
from collections.abc import Sequence

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile, proportion_interval, rate_interval
from dueregard.inference.two_groups.comparisons import compare_proportions
from dueregard.inference.two_groups.rates import compare_rates
from dueregard.plans.figures import Figure
from dueregard.plans.measures import NUMBER, PERCENT, POINTS, RATE, RATE_RATIO, RATIO, Measure

NAN = math.nan
Limits = tuple[float, float]


def scaled(measure: Measure, value: float) -> float:
    """A value on the scale on which readings are compared; NaN where it has none there."""
    if not measure.logarithmic:
        return value
    return math.log(value) if 0 < value < math.inf else NAN


def unscaled(measure: Measure, value: float) -> float:
    """From that scale back; inside what values of the unit can be."""
    value = float(np.exp(value)) if measure.logarithmic else value
    low, high = measure.range
    return value if math.isnan(value) else min(max(value, low), high)


def interval_of(measure: Measure, figure: Figure, confidence_level: float) -> Limits:
    """The interval of one reading in the unit of its measure.

    Of shares Wilson's; of rates and counts mid-p; of differences and ratios the score interval; of a value with a
    standard error the normal one, for ratios on the log scale. A full count is its own limit. NaN where nothing says
    how precise a value is, or there are no cases.
    """
    value = figure.value_of(measure)
    if measure.full_count:
        return value, value
    if not figure.counted:
        reach = normal_quantile(confidence_level) * math.sqrt(variance_of_value(measure, figure))
        middle = scaled(measure, value)
        return unscaled(measure, middle - reach), unscaled(measure, middle + reach)
    pairs = (figure.count, figure.nobs, figure.reference_count, figure.reference_nobs)
    if measure.unit == PERCENT:
        low, high = _ends(proportion_interval(figure.count, figure.nobs, confidence_level=confidence_level))
        return 100 * low, 100 * high
    if measure.unit in (RATE, NUMBER):
        base = figure.nobs if measure.unit == RATE else 1
        low, high = _ends(rate_interval(figure.count, base, confidence_level=confidence_level))
        return measure.per * low, measure.per * high
    if measure.unit == POINTS:
        found = compare_proportions(*pairs, confidence_level=confidence_level)
        return 100 * found.low, 100 * found.high
    compare = compare_rates if measure.unit == RATE_RATIO else compare_proportions
    found = compare(*pairs, measure="ratio", confidence_level=confidence_level)
    return found.low, found.high


def _ends(found: object) -> Limits:
    return float(found.low), float(found.high)  # type: ignore[attr-defined]


def variance_of_value(measure: Measure, figure: Figure) -> float:
    """The variance of a value that came with a standard error; of a ratio that of its logarithm (se over value)."""
    if figure.se is None or figure.value is None:
        return NAN
    if measure.logarithmic:
        return (figure.se / figure.value) ** 2 if figure.value > 0 else NAN
    return figure.se**2


def variances(measure: Measure, figures: Sequence[Figure]) -> Floats:
    """Variances of readings of one series on the scale on which they are compared.

    Of counts they follow from the shares of all readings taken together, so that a reading that is low or high by
    chance does not get a weight of its own for that, and none is 0: p (1 - p) / n for a share, the sum of two for
    a difference of shares, (1 - p) / (n p) each for the logarithm of a ratio of shares, 1 / (r E) each for that of
    rates, r / E for a rate, the mean count for a count.
    """
    counted = [figure for figure in figures if figure.counted]
    share = _pooled(measure, [(figure.count, figure.nobs) for figure in counted])
    other = _pooled(measure, [(figure.reference_count, figure.reference_nobs) for figure in counted])
    return np.array([
        _variance(measure, figure, share, other) if figure.counted else variance_of_value(measure, figure)
        for figure in figures
    ])  # fmt: skip


def _pooled(measure: Measure, pairs: Sequence[tuple[float | None, float | None]]) -> float:
    """The share or rate of all readings; half a case is added, and half a case that is none to shares."""
    count = sum(count or 0 for count, _ in pairs) + 0.5
    if measure.unit == NUMBER:
        return count / max(1, len(pairs))
    size = sum(size or 0 for _, size in pairs)
    if measure.unit in (RATE, RATE_RATIO):
        return count / size if size else NAN
    return count / (size + 1)


def _variance(measure: Measure, figure: Figure, share: float, other: float) -> float:
    if measure.unit == NUMBER:
        return share
    size, other_size = figure.nobs or 0, figure.reference_nobs or 0
    if not size or (measure.compares and not other_size):
        return NAN
    return {
        PERCENT: lambda: 1e4 * share * (1 - share) / size,
        RATE: lambda: measure.per**2 * share / size,
        POINTS: lambda: 1e4 * (share * (1 - share) / size + other * (1 - other) / other_size),
        RATIO: lambda: (1 - share) / (size * share) + (1 - other) / (other_size * other),
        RATE_RATIO: lambda: 1 / (share * size) + 1 / (other * other_size),
    }[measure.unit]()
