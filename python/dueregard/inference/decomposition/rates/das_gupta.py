"""Das Gupta's standardisation and decomposition: any number of factors, any function of them, any populations."""

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.importance.shapley_values import shapley_values

MOST_FACTORS = 20
"""Each factor doubles the number of mixed populations to be worked out."""


class DasGupta(NamedTuple):
    """Rates of populations, standardised for all factors but one, and what each factor adds to their differences.

    ``factors`` are the names of the p factors; ``rate`` has the shape (populations,), ``standardised`` (p,
    populations), ``effect`` (p, populations, populations): ``effect[k, i, j]`` is what factor k adds to the rate of
    population i less that of population j.
    """

    factors: tuple[str, ...]
    rate: Floats
    standardised: Floats
    effect: Floats


def das_gupta(factors: Mapping[str, Any], *, function: Callable[..., Any] | None = None) -> DasGupta:
    """Decompose differences between the rates of two or more populations, or periods, into the effects of factors.

    Parameters
    ----------
    factors : mapping of str to array, shape (populations,) or (populations, categories)
        The value of each factor in each population, or its value in each category there.
    function : callable, optional
        The rate as a function of the factors, taken in their order as positional arguments of shape (n,) or (n,
        categories), one row for each mixed population; it returns (n,). Unless given, the product of the factors,
        summed over categories.

    Returns
    -------
    DasGupta
        ``rate``, ``standardised`` and ``effect``. The effects of all factors sum to the difference of rates, for each
        pair of populations, and are consistent: that from i to j and that from j to k sum to that from i to k. The
        standardised rates of a factor differ by its effects.

    Raises
    ------
    TypeError
        If ``factors`` is no mapping, a value is no number, or ``function`` cannot be called.
    ValueError
        If there are no factors, more than 20, or fewer than two populations; if factors differ in populations or
        categories; or if ``function`` gives another shape or something that is not finite.

    Notes
    -----
    Of two populations, a factor's effect is the mean over all orders of what the rate changes by when factors are
    changed one after another from those of one population to those of the other, which is Das Gupta's formula for any
    number of factors, and Shapley's value. Of N populations, with e_ij the effect for the pair,

        e_ij.12...N = e_ij - (1/N) sum over k of (e_ij + e_jk - e_ik),

    and the standardised rate of i is the mean over j of those for the pairs plus what makes their differences
    consistent. Das Gupta, P. (1993), Standardization and Decomposition of Rates: A User's Manual, US Bureau of the
    Census, Current Population Reports P23-186, chapters 2 to 4 and 6.

    Factors of 0 are as good as any other. A NaN gives NaN in the pairs it has a part in, and so in all consistent
    effects.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.das_gupta({"earnings": [16591, 10930], "earners": [0.825974, 0.717892]})  # White, Black
    >>> [round(float(each), 2) for each in found.effect[:, 0, 1]], round(float(found.rate[0] - found.rate[1]), 2)
    ([4369.91, 1487.26], 5857.18)
    """
    names, values = _read(factors)
    rate_of = product_rate if function is None else function
    if not callable(rate_of):
        raise TypeError(f"function: {function!r} cannot be called")
    n, p = len(values[0]), len(values)
    rate = _rated(rate_of, values, "the populations")
    effect, standardised = np.zeros((p, n, n)), np.zeros((p, n, n))
    for i, j in combinations(range(n), 2):
        table = _rated(rate_of, _mixed(values, i, j), f"populations {j} and {i} mixed")
        found, own = shapley_values(table), _with_own(table)
        effect[:, i, j], effect[:, j, i] = found, -found
        standardised[:, i, j], standardised[:, j, i] = own, own - found
    return DasGupta(names, rate, _consistent(effect, standardised), _differences(effect.mean(axis=2)))


def product_rate(*factors: Floats) -> Floats:
    """The product of the factors, summed over categories where there are any."""
    found = np.prod(np.broadcast_arrays(*factors), axis=0)
    return np.asarray(found if found.ndim == 1 else found.sum(axis=-1))


def _mixed(values: list[Floats], i: int, j: int) -> list[Floats]:
    """Every mixture of two populations: in number b, factor k is that of population i where bit k of b is set."""
    which = np.arange(1 << len(values))
    return [each[np.where(which >> k & 1, i, j)] for k, each in enumerate(values)]


def _with_own(table: Floats) -> Floats:
    """For each factor the mean rate with that of the first population, the others being mixed in every order."""
    which = np.arange(len(table))
    p = len(table).bit_length() - 1
    own = np.stack([np.where(which >> k & 1, table, 0.0) for k in range(p)])
    return np.diagonal(shapley_values(own))


def _differences(level: Floats) -> Floats:
    return level[:, :, np.newaxis] - level[:, np.newaxis, :]


def _consistent(effect: Floats, standardised: Floats) -> Floats:
    """Rates that differ by the consistent effects, with the mean of the pairs' standardised rates."""
    n = effect.shape[1]
    level = effect.mean(axis=2)
    centre = standardised.sum(axis=(1, 2)) / (n * (n - 1))
    return np.asarray(centre[:, np.newaxis] + level - level.mean(axis=1, keepdims=True))


def _rated(rate_of: Callable[..., Any], values: list[Floats], which: str) -> Floats:
    found = np.asarray(rate_of(*values), np.float64)
    if found.shape != (len(values[0]),):
        raise ValueError(f"function: gives the shape {found.shape} for {which}, not ({len(values[0])},)")
    if np.isinf(found).any():
        raise ValueError(f"function: gives {found[np.isinf(found)][0]} for {which}")
    return found


def _read(factors: Any) -> tuple[tuple[str, ...], list[Floats]]:
    if not isinstance(factors, Mapping):
        raise TypeError(f"factors: {type(factors).__name__} is no mapping of names to values")
    if not 0 < len(factors) <= MOST_FACTORS:
        raise ValueError(f"factors: there are {len(factors)}, not from 1 to {MOST_FACTORS}")
    values = [_numbers(f"factors[{name!r}]", each) for name, each in factors.items()]
    names = tuple(map(str, factors))
    for name, each in zip(names, values, strict=True):
        if each.shape[0] != values[0].shape[0]:
            raise ValueError(
                f"factors[{name!r}]: {each.shape[0]} populations, but {names[0]!r} has {values[0].shape[0]}"
            )
    widths: dict[int, str] = {}
    for name, each in zip(names, values, strict=True):
        if each.ndim == 2:
            widths.setdefault(each.shape[1], name)
    if len(widths) > 1:
        (one, first), (other, second) = list(widths.items())[:2]
        raise ValueError(f"factors[{second!r}]: {other} categories, but {first!r} has {one}")
    if widths:  # a factor without categories is the same in each
        values = [each if each.ndim == 2 else each[:, np.newaxis] for each in values]
    return names, values


def _numbers(name: str, values: Any) -> Floats:
    array: NDArray[Any] = np.asarray(values)
    found = array.astype(np.float64) if array.dtype.kind in "iuf" else checked.finite_numbers(name, values)
    if found.ndim not in (1, 2):
        raise ValueError(f"{name}: the shape {found.shape} is neither (populations,) nor (populations, categories)")
    if len(found) < 2:
        raise ValueError(f"{name}: there is {len(found)} population, and a difference needs two")
    checked.refuse_first(name, found, np.isinf(found), "is infinite")
    return found
