"""Covariances of statistics within blocks: those of different blocks are never compared, and take no memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Codes = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Blocks:
    """Statistics put block after block: ``order`` has their numbers, ``place`` the place of each.

    Block number i has the label ``labels[i]``, its statistics the places from ``start[i]`` to below ``start[i + 1]``,
    and its square matrix begins at ``offset[i]`` of the covariances.
    """

    labels: Integers
    number: Integers
    order: Integers
    place: Integers
    start: Integers
    offset: Integers

    @classmethod
    def of(cls, block: Any, n: int) -> Blocks:
        """Blocks from the label of each of ``n`` statistics, whole numbers; one block unless given."""
        given = np.zeros(n, np.int64) if block is None else np.asarray(block)
        if given.shape != (n,) or given.dtype.kind not in "iu":
            raise ValueError(f"block: not a whole number for each of {n} statistics")
        labels, number, sizes = np.unique(given, return_inverse=True, return_counts=True)
        order = np.argsort(number, kind="stable")
        place = np.empty(n, np.int64)
        place[order] = np.arange(n)
        start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        offset = np.concatenate([[0], np.cumsum(sizes.astype(np.int64) ** 2)]).astype(np.int64)
        return cls(labels.astype(np.int64), number.astype(np.int64), order, place, start, offset)

    def ordered(self, cluster: Codes, statistic: Codes, score: Floats) -> tuple[Codes, Codes, Floats]:
        """Entries by cluster, then place, with places for numbers of statistics."""
        place = self.place.astype(np.int32)[statistic]
        if (np.diff(self.place) > 0).all():
            return np.ascontiguousarray(cluster), place, np.ascontiguousarray(score)
        order = np.argsort(cluster.astype(np.int64) * len(self.place) + place)
        return cluster[order], place[order], score[order]


@dataclass(frozen=True, eq=False)
class BlockCovariance:
    """The covariance matrices of blocks of statistics, one after the other in ``values``."""

    blocks: Blocks
    values: Floats

    @property
    def variance(self) -> Floats:
        """The variance of each statistic, ``(n,)``."""
        every = np.arange(len(self.blocks.place))
        return self.of(every, every)

    def of(self, a: Any, b: Any) -> Floats:
        """Covariances of statistics ``a[i]`` and ``b[i]``, which must be of one block."""
        blocks, a, b = self.blocks, np.asarray(a), np.asarray(b)
        number = blocks.number[a]
        apart = np.flatnonzero(np.ravel(number != blocks.number[b]))
        if len(apart):
            first, second = np.broadcast_arrays(a, b)
            pair = f"statistics {first.flat[apart[0]]} and {second.flat[apart[0]]}"
            raise ValueError(f"{pair} are of different blocks: their covariance was not asked for")
        start = blocks.start[number]
        width = blocks.start[number + 1] - start
        place = blocks.offset[number] + (blocks.place[a] - start) * width + blocks.place[b] - start
        return np.asarray(self.values[place])

    def forget(self, statistics: Any) -> None:
        """Make the variance and the covariances of these statistics NaN."""
        for statistic in statistics:
            number = self.blocks.number[statistic]
            first, end = self.blocks.start[number], self.blocks.start[number + 1]
            matrix = self.values[self.blocks.offset[number] :][: (end - first) ** 2].reshape(end - first, end - first)
            place = self.blocks.place[statistic] - first
            matrix[place] = matrix[:, place] = np.nan

    def matrix(self, block: int = 0) -> tuple[Integers, Floats]:
        """The statistics of the block with this label, and their covariance matrix."""
        blocks = self.blocks
        i = int(np.searchsorted(blocks.labels, block))
        if i == len(blocks.labels) or blocks.labels[i] != block:
            raise ValueError(f"block: there is no statistic of block {block}")
        indices = blocks.order[blocks.start[i] : blocks.start[i + 1]]
        return indices, self.values[blocks.offset[i] : blocks.offset[i + 1]].reshape(len(indices), len(indices))
