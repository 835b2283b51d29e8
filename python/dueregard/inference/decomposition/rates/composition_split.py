"""The composition part of a gap split over crossed factors and their levels, in whatever order they are taken."""

from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.rates.cubes import cube_of, order_weights, subset_sums
from dueregard.inference.importance.shapley_values import shapley_values


class Split(NamedTuple):
    """What each factor adds to the composition, (n, p), and what each level of each adds to that, (n, levels)."""

    factors: Floats
    levels: tuple[Floats, ...]


class Sides(NamedTuple):
    """Shares and rates of two groups at all positions of a cube; see `cubes`. The lead axis is of replicates.

    ``weigh`` is the rate at which a difference of shares counts: the mean of the two, or the reference's; ``shift`` the
    difference of shares.
    """

    weigh: Floats
    shift: Floats


def over_orders(sides: Sides, sizes: tuple[int, ...]) -> Split:
    """Each factor's part as the mean over all orders of what crossing by it adds to the composition (Shapley).

    The composition explained by a subset of the factors is the sum over its crossed cells of rate times difference of
    shares. Where a cell of a subset is crossed by one more factor, its shares are divided among that factor's levels;
    what a level adds is (rate there - rate of the whole cell) times its difference of shares. So a level whose people
    fare as others of their cell adds nothing, and a factor that divides cells alike in both groups adds nothing.
    """
    p = len(sizes)
    counted = sides.weigh * sides.shift
    values = subset_sums(counted, p)
    values[:, 0] = 0.0  # both groups are whole without factors: what differs from 0 is rounding
    levels = tuple(_levels(counted, sides, sizes, j) for j in range(p))
    return Split(shapley_values(values), levels)


def _levels(counted: Floats, sides: Sides, sizes: tuple[int, ...], j: int) -> Floats:
    weights, before, after = order_weights(sizes, j)
    shape = (len(counted), before, sizes[j] + 1, after)
    counted, weigh, shift = (each.reshape(shape) for each in (counted, sides.weigh, sides.shift))
    added = counted[:, :, :-1] - weigh[:, :, -1:] * shift[:, :, :-1]
    return np.asarray(np.einsum("nalb,ab->nl", added, weights))


def cross_classified(nobs: Floats, reference_nobs: Floats, sides: Sides, sizes: tuple[int, ...]) -> Split:
    """Das Gupta's split: each cell's share is a product with one term for each factor, whose effects are taken apart.

    A factor's term is the geometric mean, over all orders in which cells are crossed, of what part of a cell of the
    factors before it has its level: for two factors, (N_ij N_i. / (N_.j N))^(1/2). The effect of a term is the mean
    over all orders of changing terms from one group's to the other's, at the rate of the cell. Das Gupta, P. (1993),
    Standardization and Decomposition of Rates, US Bureau of the Census, P23-186, chapter 5.

    ``nobs`` and ``reference_nobs`` are the people in each cell, (n, *sizes). What levels add is centred: the overall
    rate times the difference of their shares is taken off, which of all levels of a factor is 0.
    """
    p, cells = len(sizes), (slice(None), *(slice(0, -1) for _ in sizes))
    mixed = mixed_terms(nobs, reference_nobs, sizes)
    effects = sides.weigh[cells][..., np.newaxis] * shapley_values(mixed)
    every = tuple(range(1, p + 1))
    overall = sides.weigh.reshape(len(nobs), -1)[:, -1:]
    levels = []
    for j in range(p):
        others = tuple(axis for axis in every if axis != j + 1)
        levels.append(effects[..., j].sum(axis=others) - overall * sides.shift[cells].sum(axis=others))
    return Split(effects.sum(axis=every), tuple(levels))


def mixed_terms(nobs: Floats, reference_nobs: Floats, sizes: tuple[int, ...]) -> Floats:
    """Each cell's product of terms for every mixture of the groups, (n, *sizes, 2^p); bit k: whose factor k's is."""
    terms = [_terms(each, sizes) for each in (reference_nobs, nobs)]
    mixed = np.ones((*nobs.shape, 1))
    for k in range(len(sizes)):
        own = [each[..., k, np.newaxis] for each in terms]
        mixed = np.concatenate([mixed * own[0], mixed * own[1]], axis=-1)
    return mixed


def _terms(nobs: Floats, sizes: tuple[int, ...]) -> Floats:
    """The term of each factor in each cell, (n, *sizes, p); 0 where nobody is in the cell."""
    p = len(sizes)
    cube = cube_of(nobs, p)
    lead = (slice(None),)
    logs = np.empty((*nobs.shape, 1 << p))
    with np.errstate(divide="ignore"):
        logarithm = np.log(cube)
    logarithm[~np.isfinite(logarithm)] = 0.0  # of cells without people, whose terms are 0
    for subset in range(1 << p):
        where = tuple(slice(0, -1) if subset >> k & 1 else slice(-1, None) for k in range(p))
        logs[..., subset] = logarithm[lead + where]
    return np.where((nobs > 0)[..., np.newaxis], np.exp(shapley_values(logs)), 0.0)
