"""From one reading to a later one: the change, with its interval, and whether it is real."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.intervals import normal_quantile
from dueregard.inference.two_groups.comparisons import METHOD_WORDS, compare_proportions
from dueregard.inference.two_groups.interactions import interaction_contrast
from dueregard.inference.two_groups.rates import compare_rates
from dueregard.plans.figures import Figure
from dueregard.plans.measures import NUMBER, PERCENT, POINTS, RATE, RATE_RATIO, RATIO, Measure
from dueregard.plans.precision import scaled, variance_of_value, variances
from dueregard.plans.readings import Reading
from dueregard.plans.spans import Span

IMPROVED, WORSENED, HIGHER, LOWER, UNCHANGED = "improved", "worsened", "higher", "lower", "unchanged"
TOO_FEW, CANNOT_TELL = "too few to tell", "cannot tell"
SAME_LENGTH = 3
"""Days by which two months, quarters or years may differ in length."""
NAN = math.nan


class Change(NamedTuple):
    """The later reading less the earlier one, of ratios the factor; in the unit of the measure."""

    estimate: float = NAN
    low: float = NAN
    high: float = NAN
    se: float = NAN
    pvalue: float = NAN
    flag: Flag = Flag(0)
    method: str | None = None
    note: str | None = None


def of_one_length(measure: Measure, one: Span, other: Span) -> bool:
    """Whether the readings of two periods can be held against each other: of counts and rates of people (see
    `Measure.accrues`) only those of periods of one length, since a quarter has fewer events than a year."""
    return not measure.accrues or abs(one.days - other.days) <= SAME_LENGTH


def change_between(measure: Measure, earlier: Reading, later: Reading, confidence_level: float) -> Change:
    """The change from one reading of a measure to a later one.

    Shares by the score interval (Miettinen and Nurminen); rates and counts by the score interval for Poisson rates;
    differences of shares by recovering variances from the four Wilson intervals (Zou and Donner 2008, see
    `interaction_contrast`); ratios, and values with standard errors, by normal errors, of ratios on the log scale.
    Full counts have a change and no interval. Where the periods share a day the same people may be in both, so that
    there is a change without an interval; counts, and rates of people, of periods of different lengths have no change.
    """
    estimate = _plain_change(measure, earlier.figure, later.figure)
    if math.isnan(estimate):
        return Change(flag=_flags(measure, earlier.figure, later.figure), note="one of the two has no value")
    if not of_one_length(measure, earlier.span, later.span):
        what = "count" if measure.unit == NUMBER else "rate of people"
        return Change(note=f"a {what} in {later.span.days:,} days is not compared with one in {earlier.span.days:,}")
    if measure.full_count:
        return Change(estimate, flag=Flag.FULL_COUNT, method="full counts")
    flag = _flags(measure, earlier.figure, later.figure)
    if earlier.span.overlaps(later.span):
        return Change(estimate, flag=flag, note=f"{later.span.words} and {earlier.span.words} overlap")
    if earlier.figure.counted and later.figure.counted:
        found = _COUNTED[measure.unit](measure, later.figure, earlier.figure, confidence_level)
    else:
        found = _by_normal_errors(measure, later.figure, earlier.figure, confidence_level)
    return found._replace(flag=found.flag | flag)


def _plain_change(measure: Measure, earlier: Figure, later: Figure) -> float:
    before, after = earlier.value_of(measure), later.value_of(measure)
    if not measure.logarithmic:
        return after - before
    return after / before if before > 0 else NAN


def _flags(measure: Measure, *figures: Figure) -> Flag:
    """Of the bases of both readings: none, or few."""
    if measure.unit in (RATE, RATE_RATIO, NUMBER):
        return Flag(0)
    bases = [base for each in figures if each.counted for base in (each.nobs, each.reference_nobs) if base is not None]
    if any(base == 0 for base in bases):
        return Flag.NO_CASES
    return Flag.SMALL_BASE if any(base < SMALL_BASE for base in bases) else Flag(0)


def _proportions(measure: Measure, later: Figure, earlier: Figure, level: float) -> Change:
    found = compare_proportions(later.count, later.nobs, earlier.count, earlier.nobs, confidence_level=level)
    return _times(found, 100, METHOD_WORDS["score"])


def _rates(measure: Measure, later: Figure, earlier: Figure, level: float) -> Change:
    bases = (1, 1) if measure.unit == NUMBER else (later.nobs, earlier.nobs)
    pairs = (later.count, bases[0], earlier.count, bases[1])
    found = compare_rates(*pairs, measure="difference", confidence_level=level)
    return _times(found, measure.per, "score (Poisson)")


def _times(found: Any, factor: float, method: str) -> Change:
    estimate, low, high = (factor * float(each) for each in (found.estimate, found.low, found.high))
    return Change(estimate, low, high, pvalue=float(found.pvalue), method=method)


def _gaps(measure: Measure, later: Figure, earlier: Figure, level: float) -> Change:
    pairs = [(each.count, each.nobs) for each in (later, earlier)]
    others = [(each.reference_count, each.reference_nobs) for each in (later, earlier)]
    count, size = np.array([pairs[0], others[0], pairs[1], others[1]], float).T
    reach = interaction_contrast((count / size)[:, np.newaxis], size[:, np.newaxis])
    found = reach.compare(level)
    estimate, low, high = (100 * float(each[0]) for each in (found.estimate, found.low, found.high))
    return Change(estimate, low, high, pvalue=float(found.pvalue[0]), method=reach.method)


def _by_normal_errors(measure: Measure, later: Figure, earlier: Figure, level: float) -> Change:
    """Two readings whose standard errors are known; for ratios on the log scale."""
    variance = _own_variance(measure, later) + _own_variance(measure, earlier)
    distance = scaled(measure, later.value_of(measure)) - scaled(measure, earlier.value_of(measure))
    plain = _plain_change(measure, earlier, later)
    if math.isnan(variance) or math.isnan(distance):
        undefined = Flag.UNDEFINED if math.isnan(distance) or measure.logarithmic else Flag(0)
        why = "a ratio with a count of 0 has no standard error" if undefined else "a value has no standard error"
        return Change(plain, flag=undefined, note=why)
    error = math.sqrt(variance)
    reach = normal_quantile(level) * error
    pvalue = math.erfc(abs(distance) / error / math.sqrt(2)) if error else float(distance == 0)
    low, high = distance - reach, distance + reach
    method = "normal errors of logarithms" if measure.logarithmic else "normal errors"
    if measure.logarithmic:
        low, high, error = math.exp(low), math.exp(high), NAN
    return Change(plain, low, high, error, pvalue, method=method)


def _own_variance(measure: Measure, figure: Figure) -> float:
    """The variance of one reading by itself; that of the logarithm of a ratio as Katz and Woolf have it."""
    if not figure.counted:
        return variance_of_value(measure, figure)
    if not measure.logarithmic:
        return float(variances(measure, [figure])[0])
    if not (figure.count and figure.nobs and figure.reference_count and figure.reference_nobs):
        return NAN
    own = 1 / figure.count + 1 / figure.reference_count
    return own if measure.unit == RATE_RATIO else own - 1 / figure.nobs - 1 / figure.reference_nobs


_COUNTED: dict[str, Callable[[Measure, Figure, Figure, float], Change]] = {
    PERCENT: _proportions,
    POINTS: _gaps,
    RATIO: _by_normal_errors,
    RATE_RATIO: _by_normal_errors,
    RATE: _rates,
    NUMBER: _rates,
}


def verdict_of(measure: Measure, change: Change, confidence_level: float) -> str:
    """What a change comes to: "improved", "worsened" (where no way is better "higher", "lower"), "unchanged" of full
    counts, "too few to tell" where chance could have made it, "cannot tell" where nothing says so."""
    neutral = 1.0 if measure.logarithmic else 0.0
    if math.isnan(change.estimate):
        return CANNOT_TELL
    if not measure.full_count and math.isnan(change.pvalue):
        return CANNOT_TELL
    if change.estimate == neutral and measure.full_count:
        return UNCHANGED
    if not measure.full_count and not change.pvalue < 1 - confidence_level:
        return TOO_FEW
    rises = change.estimate > neutral
    if measure.higher_is_better is None:
        return HIGHER if rises else LOWER
    return IMPROVED if rises == measure.higher_is_better else WORSENED
