"""Cells of crossed factors with all their margins: what any subset of the factors crosses to stands in one array.

Along each factor's axis one more position holds all its levels together. A position of the cube is a cell of the
factors that are not together in it: of the subset of them that it crosses.
"""

from math import prod

import numpy as np

from dueregard.inference.checked import Floats


def cube_of(cells: Floats, n_factors: int) -> Floats:
    """The cells, whose last axes are the factors, with the total along each of these axes after its levels."""
    lead = cells.ndim - n_factors
    cube = np.empty((*cells.shape[:lead], *(size + 1 for size in cells.shape[lead:])))
    levels = tuple(slice(0, size) for size in cells.shape)
    cube[levels] = cells
    for axis in range(lead, cells.ndim):  # axes after this one have no total yet
        total = (*(slice(None) for _ in range(axis)), slice(-1, None), *levels[axis + 1 :])
        below = (*(slice(None) for _ in range(axis)), slice(0, -1), *levels[axis + 1 :])
        np.sum(cube[below], axis=axis, keepdims=True, out=cube[total])
    return cube


def subset_sums(cube: Floats, n_factors: int) -> Floats:
    """The sum of the cells of each subset of factors, (..., 2^p); factor j is in subset b where bit j of b is set."""
    axis = cube.ndim - n_factors
    for j in range(n_factors):  # the first factor's axis that is left is summed, and what it comes to goes last
        below, total = np.split(cube, [cube.shape[axis] - 1], axis=axis)
        cube = np.stack([total.squeeze(axis), below.sum(axis=axis)], axis=-1)
        if j:  # bits of later factors are higher, so that they come first
            cube = cube.swapaxes(-1, -2).reshape(*cube.shape[:-2], -1)
    return cube


def order_weights(sizes: tuple[int, ...], j: int) -> tuple[Floats, int, int]:
    """How often, in all orders, a position of the cube is what stands before factor j; and the axes around j's.

    The weights, shape (before, after), are of positions along the other factors' axes, those before j's and those after
    it each as one axis: s! (p - 1 - s)! / p! where s of them are crossed.
    """
    crossed = np.zeros((1,))
    for i, size in enumerate(sizes):
        if i != j:
            crossed = np.add.outer(crossed, np.append(np.ones(size), 0.0)).reshape(-1)
    p = len(sizes)
    by_size = [1.0 / p]
    for s in range(1, p):
        by_size.append(by_size[-1] * s / (p - s))
    before, after = prod(size + 1 for size in sizes[:j]), prod(size + 1 for size in sizes[j + 1 :])
    return np.array(by_size)[crossed.astype(np.int64)].reshape(before, after), before, after
