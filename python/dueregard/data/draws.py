"""Random draws that are the same on every machine, and allocations that add up exactly.

Only ``Generator.random`` is drawn from: its values follow from Philox alone, so a table does not change when NumPy
changes how it samples.
"""

import hashlib
import operator
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def generator(name: str, seed: int) -> np.random.Generator:
    """Random numbers keyed by the seed and the name of the table, so that tables are independent."""
    try:
        whole = operator.index(seed)
    except TypeError:
        raise TypeError(f"seed: {seed!r} is not a whole number") from None
    if not 0 <= whole < 2**64:
        raise ValueError(f"seed: {whole} is outside 0 to 2**64 - 1")
    digest = hashlib.sha256(name.encode()).digest()
    key = np.array([whole, int.from_bytes(digest[:8], "little")], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=key))


def allocate(total: int, shares: ArrayLike) -> NDArray[np.int64]:
    """Whole numbers in proportion to ``shares`` that add up to ``total``: largest remainders, ties to the first."""
    weights = np.asarray(shares, dtype=np.float64)
    quotas = total * weights / weights.sum()
    whole: NDArray[np.int64] = np.floor(quotas).astype(np.int64)
    left = int(total - whole.sum())
    whole[np.argsort(whole - quotas, kind="stable")[:left]] += 1
    return whole


def shuffled(rng: np.random.Generator, n: int) -> NDArray[np.int64]:
    """A random order of ``n`` rows."""
    order: NDArray[np.int64] = np.argsort(rng.random(n), kind="stable").astype(np.int64)
    return order


def dealt(rng: np.random.Generator, counts: ArrayLike) -> NDArray[np.int64]:
    """Levels 0, 1, 2 ... in a random order, level ``i`` exactly ``counts[i]`` times."""
    counts = np.asarray(counts, dtype=np.int64)
    levels = np.repeat(np.arange(len(counts)), counts)
    return levels[shuffled(rng, len(levels))]


def drawn(rng: np.random.Generator, shares: ArrayLike, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """One level for each row, from the row of ``shares`` (n_groups, n_levels) that ``rows`` names."""
    table = np.atleast_2d(np.asarray(shares, dtype=np.float64))
    upper = np.cumsum(table, axis=1) / table.sum(axis=1, keepdims=True)
    chance = rng.random(len(rows))
    levels = np.zeros(len(rows), dtype=np.int64)
    for column in upper[:, :-1].T:
        levels += chance >= column[rows]
    return levels


def scattered(rng: np.random.Generator, n: int) -> NDArray[np.float64]:
    """``n`` values with mean 0 and standard deviation 1, nearly normal: sums of twelve, so that no logarithm enters."""
    spread: NDArray[np.float64] = rng.random((12, n)).sum(axis=0) - 6.0
    return spread


def binomial_chances(n: int, share: float) -> NDArray[np.float64]:
    """Chances of 0 to ``n`` in a binomial draw with ``0 < share < 1``, relative to the likeliest number."""
    k = np.arange(n)
    step = (n - k) / (k + 1) * (share / (1 - share))
    top = int(n * share)
    below = np.cumprod(1 / step[:top][::-1])[::-1]
    return np.concatenate([below, [1.0], np.cumprod(step[top:])])


def picked(rng: np.random.Generator, chances: NDArray[np.float64]) -> int:
    """The index of one of the ``chances``, which need not add up to 1."""
    upper = np.cumsum(chances)
    return int(np.searchsorted(upper, rng.random() * upper[-1], side="right"))


def weighted_rows(rng: np.random.Generator, weights: NDArray[np.float64], n: int) -> NDArray[np.int64]:
    """``n`` rows, each drawn in proportion to its weight; a row may come more than once."""
    upper = np.cumsum(weights)
    rows: NDArray[np.int64] = np.searchsorted(upper, rng.random(n) * upper[-1], side="right").astype(np.int64)
    return rows


def labelled(labels: Sequence[str], levels: NDArray[np.int64]) -> NDArray[Any]:
    """The text of each level."""
    return np.array(labels)[levels]


def answers(
    rng: np.random.Generator,
    shares: Mapping[str, float],
    n: int,
    *,
    not_stated: float = 0.0,
    refused: float = 0.0,
) -> NDArray[Any]:
    """``n`` independent answers, some of them missing. ``shares`` are of the stated answers."""
    stated = 1.0 - not_stated - refused
    total = sum(shares.values())
    every = {label: stated * share / total for label, share in shares.items()}
    every |= {"not stated": not_stated, "refused": refused}
    levels = drawn(rng, list(every.values()), np.zeros(n, dtype=np.int64))
    return labelled(list(every), levels)
