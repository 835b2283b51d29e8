"""Parts of a gap by the bootstrap of the tally: each group's people are drawn again, as many as there are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import _core, threads
from dueregard.inference import random_keys
from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.part_contrasts import PartContrast
from dueregard.inference.decomposition.rates.gap_parts import Counts, Plan, gap_parts
from dueregard.measures.decomposition.rates.crossed_groups import Cells, Pair

VALUES_AT_ONCE = 2**16
"""So many positions of cubes are worked out together, which stay in the processor's cache."""

Statistic = Callable[[Sequence[Counts]], Floats]


@dataclass(frozen=True)
class Draws:
    """How many replicates are drawn, by which random numbers, on how many threads."""

    n: int
    key: random_keys.Key
    words: str
    n_threads: int | None

    @classmethod
    def read(cls, n_resamples: int, rng: Any, n_threads: int | None) -> "Draws":
        key = random_keys.key_of(rng)
        return cls(n_resamples, key, random_keys.in_words(rng, key), n_threads)


def replicates(samples: Sequence[Cells], of_tables: Statistic, sizes: tuple[int, ...], draws: Draws, at: int) -> Floats:
    """The statistic of each replicate of samples that are drawn apart; ``at`` numbers calls with numbers of their own.

    The same bits whatever the number of threads: each replicate has its own numbers, and blocks of them are the same.
    """
    tables = np.stack([each.people.reshape(-1) for each in samples])
    if not tables.any(axis=1).all():
        return np.full((draws.n, 1), np.nan)
    cube = prod(size + 1 for size in sizes)
    at_once = max(1, VALUES_AT_ONCE // cube)

    n_blocks = -(-draws.n // at_once)

    def work(start: int, stop: int, interrupt: threads.Interrupt) -> list[Floats]:
        parts = []
        for first in range(start * at_once, min(stop * at_once, draws.n), at_once):
            n = min(at_once, draws.n - first)
            drawn = _core.resample_counts(tables, draws.key, at * draws.n + first, n, "bootstrap", interrupt)
            parts.append(of_tables([_counts(drawn[:, i], sizes) for i in range(len(tables))]))
        return parts

    n_threads = min(n_blocks, threads.choose(draws.n_threads, draws.n * cube))
    return np.concatenate([part for parts in threads.over_ranges(work, n_blocks, n_threads) for part in parts])


def bootstrapped(pair: Pair, plan: Plan, value: Floats, draws: Draws, at: int) -> PartContrast:
    """The parts of one group's gap."""

    def of_tables(drawn: Sequence[Counts]) -> Floats:
        own, other = drawn
        return gap_parts(own, added(other, own) if pair.overlaps else other, plan)

    return contrast_of(value, replicates([pair.own, pair.other], of_tables, plan.sizes, draws, at))


def contrast_of(value: Floats, values: Floats) -> PartContrast:
    """Parts with the replicates of them."""
    values = np.broadcast_to(values, (len(values), len(value)))
    spread = values.std(axis=0, ddof=1) if len(values) > 1 else np.full(len(value), np.nan)
    with np.errstate(invalid="ignore"):
        se = np.where(spread > 1e-12, spread, np.nan)
    return PartContrast(value, se, np.full(len(value), np.inf), replicates=values)


def added(one: Counts, other: Counts) -> Counts:
    """People of two groups together."""
    return Counts(one.nobs + other.nobs, one.positive + other.positive)


def _counts(drawn: NDArray[np.int64], sizes: tuple[int, ...]) -> Counts:
    """Drawn people, (n, with and without times cells), as tables."""
    with_it, without = (each.reshape(-1, *sizes).astype(np.float64) for each in np.split(drawn, 2, axis=1))
    return Counts(with_it + without, with_it)
