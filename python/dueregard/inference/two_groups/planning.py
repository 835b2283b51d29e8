"""How many cases a comparison of two proportions needs: exact power, summed over the tables that reach a conclusion."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.two_groups import two_samples, unconditional
from dueregard.inference.two_groups.comparisons import METHODS, NO_EFFECT, kernel

MONOTONE = ("score", "score-uncorrected", "newcombe", "agresti-caffo", "central", "mid-p")
"""Methods whose one-sided p falls as the first count rises, whatever the second: a boundary says which tables count."""

CELLS = 250_000
"""Up to this many tables all are added up; beyond, those that hold all but 1e-12 of the probability."""

LEFT_OUT = 2.5e-13
"""The probability left out at each of the four ends of the two groups' counts."""

LARGEST = 1_000_000
"""The largest group that is tried."""


class SampleSize(NamedTuple):
    """Cases in the first group and in the second, and the power with them."""

    nobs1: int
    nobs2: int
    power: float


class _Question(NamedTuple):
    """Which tables are called different."""

    measure: str
    method: str
    level: float
    alternative: str
    null: two_samples.Null

    def pvalue(self, count1: Floats, nobs1: int, count2: Floats, nobs2: int) -> Floats:
        """The p-value that is held against 1 - level, of vectors of counts."""
        if self.null.high is None:
            return self.one_sided(count1, nobs1, count2, nobs2, self.alternative, self.null.low)
        above = self.one_sided(count1, nobs1, count2, nobs2, "greater", self.null.low)
        return np.maximum(above, self.one_sided(count1, nobs1, count2, nobs2, "less", self.null.high))

    def one_sided(
        self, count1: Floats, nobs1: int, count2: Floats, nobs2: int, alternative: str, null: Floats
    ) -> Floats:
        """The p-value of one alternative to one null value."""
        size1, size2, value = (np.full(count1.shape, float(v)) for v in (nobs1, nobs2, null))
        tables = (count1, size1, count2, size2)
        if self.method in unconditional.METHODS:
            rows, _ = unconditional.compare(self.method, tables, two_samples.Null(value), None, alternative)
        else:
            rows = kernel(self.measure, self.method)(tables, value, self.level, alternative)
        return np.asarray(rows[4])


def comparison_power(
    p1: Any,
    p2: Any,
    nobs1: Any,
    nobs2: Any,
    *,
    measure: str = "difference",
    method: str = "score",
    confidence_level: float = 0.95,
    alternative: str = "two-sided",
    null: Any = None,
    design_effect: float = 1.0,
) -> Any:
    """How likely a comparison of two groups is to reach its conclusion, if their true proportions are p1 and p2.

    Parameters
    ----------
    p1, p2 : float or array of float
        True proportions, from 0 to 1.
    nobs1, nobs2 : int or array of int
        Number of cases in each group, at least 1. All four broadcast against each other.
    measure, method, confidence_level, alternative
        As in `compare_proportions`, whose p-value is what is asked about.
    null : float, or pair of floats
        As in `compare_proportions`, one for all: a margin for non-inferiority ("greater" than -0.05, say), a pair for
        "equivalence".
    design_effect : float
        How many times larger variances are than those of simple random samples, at least 1
        (`dueregard.cluster_design_effect`): the power is that of as many times fewer cases, rounded down.

    Returns
    -------
    float or array of float
        The probability that p is below 1 - confidence_level. With p1 and p2 at the null value it is the actual size
        of the test.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If a proportion is outside 0 to 1, a number of cases is below 1 or not whole, or a name, the level or the null
        value is refused by `compare_proportions`.

    Notes
    -----
    Exact: the sum over all pairs of counts of the product of their two binomial probabilities, where p is below
    1 - confidence_level. With more than 250,000 tables, (nobs1 + 1)(nobs2 + 1), only counts that hold all but 1e-12 of
    the probability are looked at; the rest is taken as not reaching the conclusion. Where a group can only be 0 or all
    (p of 0 or 1), that is what is added up.

    The score, Newcombe, Agresti and Caffo and exact methods call a table different whenever they do with fewer cases
    in the first group (for "greater"), so that a search finds where that begins; other methods look at every table.

    Examples
    --------
    >>> import dueregard as dr
    >>> round(dr.comparison_power(0.79, 0.74, 400, 240), 3)
    0.306
    """
    question = _question(measure, method, confidence_level, alternative, null)
    shares = [_shares(name, p) for name, p in (("p1", p1), ("p2", p2))]
    sizes = [_sizes(name, n) for name, n in (("nobs1", nobs1), ("nobs2", nobs2))]
    effect = _design_effect(design_effect)
    arrays = checked.broadcast(p1=shares[0], p2=shares[1], nobs1=sizes[0], nobs2=sizes[1])
    power = np.empty(arrays[0].shape)
    for place in np.ndindex(power.shape):
        one, two, size1, size2 = (a[place] for a in arrays)
        effective1, effective2 = (max(1, math.floor(round(float(size) / effect, 9))) for size in (size1, size2))
        power[place] = _power(question, float(one), float(two), effective1, effective2)
    return float(power) if power.ndim == 0 else power


def comparison_sample_size(
    p1: float,
    p2: float,
    *,
    power: float = 0.8,
    ratio: float = 1.0,
    measure: str = "difference",
    method: str = "score",
    confidence_level: float = 0.95,
    alternative: str = "two-sided",
    null: Any = None,
    design_effect: float = 1.0,
) -> SampleSize:
    """How many cases a comparison needs to reach its conclusion with a wanted probability.

    Parameters
    ----------
    p1, p2 : float
        True proportions, from 0 to 1.
    power : float
        The probability wanted, between 0 and 1.
    ratio : float
        Cases in the second group for each case in the first: nobs2 is ``ratio`` times nobs1, rounded up.
    measure, method, confidence_level, alternative, null, design_effect
        As in `comparison_power`.

    Returns
    -------
    SampleSize
        ``nobs1``, ``nobs2`` and the ``power`` with them.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If an argument is outside its range, or the true proportions do not lie where the comparison is to conclude
        that they do (equal proportions, for one), so that no number of cases is enough; or more than a million cases
        in the first group are needed.

    Notes
    -----
    Exact power is a saw: one case more can lower it. The answer is the smallest nobs1 above the last that falls short:
    nobs1 - 1 does not reach the power, and nobs1 and every size up to ``2 sqrt(nobs1 / (p q))`` above it do, with p the
    mean of p1 and p2; that is several teeth of the saw. The search starts where halving intervals of sizes leads to.
    A normal approximation, such as R's ``power.prop.test``, comes out a few per cent away. With a design effect the
    cases of simple samples are multiplied by it, and rounded up.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.comparison_sample_size(0.5, 0.75, power=0.9)[:2]
    (76, 76)

    A gap of 7 points, where 29 are in the second group for 71 in the first, and answers of one ward are alike:

    >>> dr.comparison_sample_size(0.81, 0.74, ratio=29 / 71, design_effect=1.5)[:2]
    (1412, 578)
    """
    question = _question(measure, method, confidence_level, alternative, null)
    effect = _design_effect(design_effect)
    one, two = (float(_shares(name, checked.number(name, p))) for name, p in (("p1", p1), ("p2", p2)))
    wanted, per_first = checked.between("power", power, 0, 1), checked.between("ratio", ratio, 0, math.inf)
    _refuse_hopeless(question, one, two)
    known: dict[int, float] = {}

    def reached(size: int) -> float:
        if size not in known:
            known[size] = _power(question, one, two, size, _second(size, per_first))
        return known[size]

    size = _last_short(lambda n: reached(n) >= wanted, _halve(lambda n: reached(n) >= wanted), one, two)
    nobs1, nobs2 = (math.ceil(round(n * effect, 9)) for n in (size, _second(size, per_first)))
    return SampleSize(nobs1, nobs2, reached(size))


def _second(size: int, ratio: float) -> int:
    """The size of the second group, rounded up, but not for the last bit of the product."""
    return max(1, math.ceil(round(size * ratio, 9)))


def _halve(enough: Callable[[int], bool]) -> int:
    """Some size that is enough, below which one is not, found by doubling and halving."""
    high = 1
    while not enough(high):
        high *= 2
        if high > LARGEST:
            raise ValueError(f"power: not reached with {LARGEST:,} cases in the first group")
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _last_short(enough: Callable[[int], bool], start: int, p1: float, p2: float) -> int:
    """The smallest size above the last that falls short."""
    mean = min(max((p1 + p2) / 2, 0.01), 0.99)
    size = at = start
    while at <= size + 2 * math.sqrt(size / (mean * (1 - mean))):
        if not enough(at):
            size = at + 1
        at += 1
    while size > 1 and enough(size - 1):
        size -= 1
    return size


def _question(measure: str, method: str, confidence_level: float, alternative: str, null: Any) -> _Question:
    two_samples.check_method(measure, method, METHODS)
    level = checked.level(confidence_level)
    asked = two_samples.read_null(null, alternative, NO_EFFECT[measure], two_samples.RANGES[measure])
    for values in asked.arrays:
        if values.ndim:
            raise ValueError(f"null: an array of shape {values.shape}, where one value is asked about")
    return _Question(measure, method, level, alternative, asked)


def _design_effect(value: float) -> float:
    found = checked.number("design_effect", value)
    if not 1 <= found < math.inf:
        raise ValueError(f"design_effect: {value!r} is not a finite number from 1")
    return found


def _shares(name: str, values: Any) -> Floats:
    array = checked.finite_numbers(name, values)
    checked.refuse_first(name, array, (array < 0) | (array > 1), "is not between 0 and 1")
    return array


def _sizes(name: str, values: Any) -> Floats:
    array = checked.whole_numbers(name, values)
    checked.refuse_first(name, array, array < 1, "is below 1")
    return array


def _refuse_hopeless(question: _Question, p1: float, p2: float) -> None:
    """The true value must lie where the comparison is to find it."""
    truth = _true_value(question.measure, p1, p2)
    low = float(question.null.low)
    high = low if question.null.high is None else float(question.null.high)
    possible = {
        "two-sided": truth != low,
        "less": truth < low,
        "greater": truth > low,
        "equivalence": low < truth < high,
    }[question.alternative]
    if not possible or math.isnan(truth):
        known = f"{low:g}" if question.null.high is None else f"({low:g}, {high:g})"
        raise ValueError(
            f"p1 and p2: a true {question.measure} of {truth:g} is not the alternative "
            f"{question.alternative!r} to {known}, so no number of cases is enough"
        )


def _true_value(measure: str, p1: float, p2: float) -> float:
    if measure == "difference":
        return p1 - p2
    above, below = (p1, p2) if measure == "ratio" else (p1 * (1 - p2), p2 * (1 - p1))
    if below == 0:
        return math.nan if above == 0 else math.inf
    return above / below


def _power(question: _Question, p1: float, p2: float, nobs1: int, nobs2: int) -> float:
    """The probability of the tables that are called different."""
    from scipy.stats import binom

    all_tables = (nobs1 + 1) * (nobs2 + 1) <= CELLS
    second = _support(nobs2, p2, all_tables)
    if question.method in MONOTONE:
        given_second = _by_boundary(question, p1, nobs1, second, nobs2)
    else:
        given_second = _by_table(question, p1, _support(nobs1, p1, all_tables), nobs1, second, nobs2)
    return min(1.0, float(binom.pmf(second, nobs2, p2) @ given_second))


def _support(nobs: int, share: float, everything: bool) -> Floats:
    """The counts that are looked at."""
    from scipy.stats import binom

    if everything:
        return np.arange(nobs + 1.0)
    low, high = binom.ppf(LEFT_OUT, nobs, share), binom.isf(LEFT_OUT, nobs, share)
    return np.arange(max(low, 0.0), high + 1)


def _by_table(question: _Question, p1: float, first: Floats, nobs1: int, second: Floats, nobs2: int) -> Floats:
    """For each second count, the probability of the first counts with which it is called different."""
    from scipy.stats import binom

    count1, count2 = np.tile(first, len(second)), np.repeat(second, len(first))
    concluded = question.pvalue(count1, nobs1, count2, nobs2) < 1 - question.level
    return np.asarray(concluded.reshape(len(second), len(first)) @ binom.pmf(first, nobs1, p1))


def _by_boundary(question: _Question, p1: float, nobs1: int, second: Floats, nobs2: int) -> Floats:
    """The same from where calling it different begins: one-sided p at most half of a two-sided one."""
    from scipy.stats import binom

    outside = 1 - question.level
    tail = outside / 2 if question.alternative == "two-sided" else outside
    above = below = None
    if question.alternative != "less":
        above = _first_that(question, "greater", question.null.low, tail, nobs1, second, nobs2)
    if question.alternative != "greater":
        null = question.null.low if question.null.high is None else question.null.high
        below = _first_that(question, "less", null, tail, nobs1, second, nobs2) - 1
    if question.alternative == "equivalence":
        assert above is not None
        assert below is not None
        return np.asarray(np.maximum(binom.cdf(below, nobs1, p1) - binom.cdf(above - 1, nobs1, p1), 0.0))
    upper = 0.0 if above is None else binom.sf(above - 1, nobs1, p1)
    lower = 0.0 if below is None else binom.cdf(below, nobs1, p1)
    return np.asarray(upper + lower)


def _first_that(
    question: _Question, side: str, null: Floats, tail: float, nobs1: int, second: Floats, nobs2: int
) -> Floats:
    """For each second count the first count at which "greater" begins to be concluded, or "less" ends to be."""
    before, after = np.full(second.shape, -1.0), np.full(second.shape, nobs1 + 1.0)
    while (after - before > 1).any():
        middle = np.floor((before + after) / 2)
        inside = np.clip(middle, 0, nobs1)
        concluded = question.one_sided(inside, nobs1, second, nobs2, side, null) < tail
        begun = concluded if side == "greater" else ~concluded
        open_still = after - before > 1
        after = np.where(open_still & begun, middle, after)
        before = np.where(open_still & ~begun, middle, before)
    return after
