"""What every comparison of two samples does before and after its compiled call: read the question, pack the answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats

ALTERNATIVES = ("two-sided", "less", "greater", "equivalence")

RANGES = {"difference": (-1.0, 1.0), "ratio": (0.0, np.inf), "odds-ratio": (0.0, np.inf)}
"""Where null values of proportions lie: strictly between these."""

Kernel = Callable[[tuple[Floats, ...], Floats, float, str], Floats]
"""The samples as vectors, null values, confidence level and alternative (of the first three) to rows estimate, low,
high, statistic and pvalue."""


class Comparison(NamedTuple):
    """First against second: estimate, limits and test of one statistic, and what to know of them (`dueregard.Flag`)."""

    estimate: Any
    low: Any
    high: Any
    statistic: Any
    pvalue: Any
    flag: Any


class Null(NamedTuple):
    """The null values: one array, or two when equivalence is asked for."""

    low: Floats
    high: Floats | None = None

    @property
    def arrays(self) -> tuple[Floats, ...]:
        return (self.low,) if self.high is None else (self.low, self.high)


def check_method(measure: str, method: str, methods: Mapping[str, Sequence[str]]) -> None:
    """Refuse a measure that does not exist, and a method that the measure does not have, listing those it has."""
    checked.one_of("measure", measure, tuple(methods))
    if method not in methods[measure]:
        listed = ", ".join(map(repr, methods[measure]))
        raise ValueError(f"method: {method!r} is not a method for the {measure}: {listed}")


def read_null(null: Any, alternative: str, default: float, between: tuple[float, float]) -> Null:
    """Null values strictly between two ends; a pair, the first below the second, when equivalence is asked for."""
    checked.one_of("alternative", alternative, ALTERNATIVES)
    if alternative != "equivalence":
        return Null(_inside("null", default if null is None else null, between))
    if not _is_pair(null):
        raise ValueError(f"null: {null!r} is not a pair (low, high), which alternative='equivalence' needs")
    pair = Null(_inside("null[0]", null[0], between), _inside("null[1]", null[1], between))
    low, high = checked.broadcast(**{"null[0]": pair.arrays[0], "null[1]": pair.arrays[1]})
    checked.refuse_first("null[0]", low, low >= high, "is not below null[1]")
    return pair


def _is_pair(values: Any) -> bool:
    return isinstance(values, Sequence | np.ndarray) and not isinstance(values, str) and len(values) == 2


def _inside(name: str, values: Any, between: tuple[float, float]) -> Floats:
    array = checked.finite_numbers(name, values)
    low, high = between
    ends = f"between {low:g} and {high:g}" if np.isfinite(high) else f"above {low:g}"
    checked.refuse_first(name, array, ~((array > low) & (array < high)), f"is not {ends}")
    return array


def read_counts(count1: Any, nobs1: Any, count2: Any, nobs2: Any, null: Null) -> tuple[tuple[Floats, ...], Null]:
    """Whole counts within their numbers of observations, and null values, in their common shape."""
    named = {"count1": count1, "nobs1": nobs1, "count2": count2, "nobs2": nobs2}
    arrays = {name: checked.whole_numbers(name, values) for name, values in named.items()}
    samples, null = in_common_shape(arrays, null)
    checked.refuse_above("count1", samples[0], "nobs1", samples[1])
    checked.refuse_above("count2", samples[2], "nobs2", samples[3])
    return samples, null


def in_common_shape(named: Mapping[str, Floats], null: Null) -> tuple[tuple[Floats, ...], Null]:
    """The arguments by name, and the null values, broadcast against each other."""
    names = ("null",) if null.high is None else ("null[0]", "null[1]")
    arrays = checked.broadcast(**named, **dict(zip(names, null.arrays, strict=True)))
    return arrays[: len(named)], Null(*arrays[len(named) :])


def compiled(function: Callable[..., Floats], measure: str, method: str) -> Kernel:
    """The compiled function held to one measure and method."""

    def kernel(samples: tuple[Floats, ...], null: Floats, confidence_level: float, alternative: str) -> Floats:
        return function(*samples, null, measure, method, confidence_level, alternative)

    return kernel


def answer(
    kernel: Kernel, samples: tuple[Floats, ...], null: Null, confidence_level: float, alternative: str
) -> Floats:
    """The rows estimate, low, high, statistic and pvalue, each in the shape of the samples."""
    vectors = tuple(np.ascontiguousarray(a).reshape(-1) for a in samples)
    if null.high is None:
        rows = kernel(vectors, null.low.reshape(-1), confidence_level, alternative)
    else:
        rows = two_one_sided(
            kernel(vectors, null.low.reshape(-1), confidence_level, "greater"),
            kernel(vectors, null.high.reshape(-1), confidence_level, "less"),
        )
    return rows.reshape(5, *samples[0].shape)


def two_one_sided(above: Floats, below: Floats) -> Floats:
    """Equivalence from the test that the measure is above the lower null and the test that it is below the upper one.

    The p-value is the larger of the two, with its statistic; the limits are the one-sided ones, which together hold the
    measure with level 2 confidence_level - 1. Schuirmann, D. J. (1987), Journal of Pharmacokinetics and
    Biopharmaceutics 15: 657-680.
    """
    estimate, low, _, _, pvalue_above = above
    _, _, high, _, pvalue_below = below
    statistic = np.where(pvalue_above >= pvalue_below, above[3], below[3])
    return np.stack([estimate, low, high, statistic, np.maximum(pvalue_above, pvalue_below)])


def sample_flags(size1: Floats, size2: Floats, estimate: Floats) -> NDArray[np.int64]:
    """No cases, few cases, and estimates that are not defined although there are cases."""
    flags = np.where(size1 == 0, Flag.NO_CASES, np.where(size1 < SMALL_BASE, Flag.SMALL_BASE, 0))
    flags |= np.where(size2 == 0, Flag.NO_REFERENCE, np.where(size2 < SMALL_BASE, Flag.SMALL_REFERENCE, 0))
    undefined = np.isnan(estimate) & (size1 > 0) & (size2 > 0)
    return np.asarray(flags | np.where(undefined, Flag.UNDEFINED, 0), np.int64)


def rejected_inside(rows: Floats, null: Null, confidence_level: float) -> NDArray[np.int64]:
    """The flag of comparisons whose null value lies inside the interval and is rejected."""
    if null.high is not None:
        return np.zeros(null.low.shape, np.int64)
    _, low, high, _, pvalue = rows
    inside = (low < null.low) & (null.low < high) & (pvalue < 1 - confidence_level)
    return np.where(inside, np.int64(Flag.REJECTED_INSIDE), np.int64(0))


def pack(rows: Floats, flags: NDArray[np.int64]) -> Comparison:
    """A `Comparison`: Python numbers and a `Flag` for a single table, arrays otherwise."""
    flag: Any = Flag(int(flags)) if flags.ndim == 0 else flags
    estimate, low, high, statistic, pvalue = rows.tolist() if flags.ndim == 0 else rows
    return Comparison(estimate, low, high, statistic, pvalue, flag)
