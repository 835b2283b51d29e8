"""Cells of crossed factors with all their margins: what any subset of the factors crosses to stands in one array.

Along each factor's axis one more position holds all its levels together. A position of the cube is a cell of the
factors that are not together in it: of the subset of them that it crosses.
"""

from math import prod

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.importance.shapley_subsets import by_set_size


def cube_of(cells: Floats, n_factors: int) -> Floats:
    """The cells, whose last axes are the factors, with the total along each of these axes after its levels."""
    lead = cells.ndim - n_factors
    cube = np.empty((*cells.shape[:lead], *(size + 1 for size in cells.shape[lead:])))
    levels = tuple(slice(0, size) for size in cells.shape)
    cube[levels] = cells
    for axis in range(lead, cells.ndim):  # axes after this one have no total yet
        total = (*(slice(None) for _ in range(axis)), slice(-1, None), *levels[axis + 1 :])
        below = (*(slice(None) for _ in range(axis)), slice(0, -1), *levels[axis + 1 :])
        cube[total] = np.expand_dims(summed(cube[below], axis), axis)
    return cube


def summed(table: Floats, axis: int) -> Floats:
    """The sum along an axis, slice by slice: factors have few levels, which NumPy's own sums are slow for."""
    moved = np.moveaxis(table, axis, 0)
    total: Floats = moved[0].copy()
    for each in moved[1:]:
        total += each
    return total


def level_sums(cells: Floats) -> list[Floats]:
    """The sums at the levels of each factor, of tables (n, *sizes); each (n, levels)."""
    found = []
    for axis in range(cells.ndim - 1, 0, -1):  # the later factors are summed
        found.append(cells.reshape(len(cells), -1, cells.shape[axis]).sum(axis=1))
        cells = summed(cells, axis)
    return found[::-1]


def subset_sums(cube: Floats, n_factors: int) -> Floats:
    """The sum of the cells of each subset of factors, (..., 2^p); factor j is in subset b where bit j of b is set."""
    axis = cube.ndim - n_factors
    for j in range(n_factors):  # the first factor's axis that is left is summed, and what it comes to goes last
        below, total = np.split(cube, [cube.shape[axis] - 1], axis=axis)
        cube = np.stack([total.squeeze(axis), summed(below, axis)], axis=-1)
        if j:  # bits of later factors are higher, so that they come first
            cube = cube.swapaxes(-1, -2).reshape(*cube.shape[:-2], -1)
    return cube


def crossed_axes(sizes: tuple[int, ...]) -> list[Floats]:
    """For each factor, an array like the cube: 1 at the positions that are crossed by it, 0 at the others."""
    flags = np.meshgrid(*(np.append(np.ones(size), 0.0) for size in sizes), indexing="ij")
    return [np.asarray(each) for each in flags]


def order_weights(sizes: tuple[int, ...], j: int) -> tuple[Floats, int, int]:
    """How often, in all orders, a position of the cube is what stands before factor j; and the axes around j's.

    The weights, shape (before, after), are of positions along the other factors' axes, those before j's and those after
    it each as one axis.
    """
    crossed = np.zeros(1)
    for i, size in enumerate(sizes):
        if i != j:
            crossed = np.add.outer(crossed, np.append(np.ones(size), 0.0)).reshape(-1)
    before, after = prod(size + 1 for size in sizes[:j]), prod(size + 1 for size in sizes[j + 1 :])
    return by_set_size(len(sizes))[crossed.astype(np.int64)].reshape(before, after), before, after
