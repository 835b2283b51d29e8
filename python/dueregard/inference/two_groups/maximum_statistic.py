"""How far the largest of several related statistics reaches by chance: simultaneous intervals and adjusted p-values.

Each family here is made of independent blocks, such as areas. The statistics in a block are standard normals whose
correlations follow from the numbers of cases if no group differs; a block says how likely all of them are to stay
within given bounds. Nothing is random: what is drawn is drawn with a fixed key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.roots import solve_increasing

DRAWS = 2**17
"""Draws of a block that has no integral: the standard error of a p-value of 0.05 is 0.0006."""

KEY = 2011
"""Of the Philox generator that draws them."""

SURE = 0.001
"""Below this Bonferroni's bound on a tail, which is then nearly reached, takes the place of the draws."""

TINY = 1e-9
"""The same for tails that are integrals: below it subtraction from 1 leaves too few digits."""

LARGEST_LEVEL = float(np.nextafter(1, 0))
"""The level next to 1."""

FARTHEST = 40.0
"""Standard errors beyond which nothing lies."""

SPACING = 0.2
"""Of the points of an integral, in standard deviations of what changes fastest: the error is then below 1e-13."""

NODES = 8
"""Of Gauss-Legendre quadrature in each piece of an integral over changes too fast for evenly spaced points."""

FAST = 0.05
"""The standard deviation below which changes are that fast."""


class Block(Protocol):
    """Statistics that are related to each other and to none outside."""

    @property
    def n_comparisons(self) -> int: ...

    def within(self, z: Floats) -> Floats:
        """The chance that all of them lie between -z and z, for each z."""


@dataclass(frozen=True)
class Alone:
    """One statistic that is related to no other, as of a group against a constant."""

    n_comparisons: int = 1

    def within(self, z: Floats) -> Floats:
        from scipy.special import ndtr

        return np.asarray(1 - 2 * ndtr(-z))


@dataclass(frozen=True)
class SharedReference:
    """Groups against one reference group, by numbers of cases: all share what chance does to the reference.

    The correlation of two is the product of their loadings, sqrt(n / (n + n of the reference)), so that given the
    reference's part the groups are independent: one integral over that part. Dunnett, C. W. (1955), A multiple
    comparison procedure for comparing several treatments with a control, JASA 50: 1096-1121.
    """

    sizes: Floats
    reference_size: float

    @property
    def n_comparisons(self) -> int:
        return len(self.sizes)

    def within(self, z: Floats) -> Floats:
        from scipy.special import ndtr

        loading = np.sqrt(self.sizes / (self.sizes + self.reference_size))
        own = np.sqrt(self.reference_size / (self.sizes + self.reference_size))
        fastest = float((own / loading).min())
        t, weight = _even_nodes(fastest) if fastest > FAST else _nodes(z, loading, own)
        chance = np.broadcast_to(weight * _density(t), (len(z), t.shape[-1]))
        for shared, alone in zip(loading, own, strict=True):
            reach = z[:, np.newaxis]
            chance = chance * (ndtr((reach - shared * t) / alone) - ndtr((-reach - shared * t) / alone))
        return np.asarray(np.clip(chance.sum(axis=-1), 0.0, 1.0))


def _density(t: Floats) -> Floats:
    return np.asarray(np.exp(-np.square(t) / 2) / np.sqrt(2 * np.pi))


def _even_nodes(fastest: float) -> tuple[Floats, Floats]:
    """Points and weights for integrating an even function that changes within ``fastest``, or within 1, from -9 to 9.

    The sum over evenly spaced points converges faster than any power of their distance.
    """
    step = SPACING * min(fastest, 1.0)
    t = np.arange(step / 2, 9, step)
    return t, np.full(t.shape, 2 * step)


def _nodes(z: Floats, loading: Floats, own: Floats) -> tuple[Floats, Floats]:
    """Points and weights for integrating from -9 to 9, close together wherever a group's factor changes quickly."""
    edges = z[:, np.newaxis, np.newaxis] + own[:, np.newaxis] * np.array([-6.0, -2.0, 0.0, 2.0, 6.0])
    changes = (edges / loading[:, np.newaxis]).reshape(len(z), -1)
    plain = np.broadcast_to(np.linspace(-9, 9, 10), (len(z), 10))
    ends = np.sort(np.clip(np.concatenate([plain, changes, -changes], axis=1), -9, 9), axis=1)
    unit, unit_weight = np.polynomial.legendre.leggauss(NODES)
    half, middle = np.diff(ends) / 2, (ends[:, 1:] + ends[:, :-1]) / 2
    points = middle[..., np.newaxis] + half[..., np.newaxis] * unit
    weights = half[..., np.newaxis] * unit_weight
    return points.reshape(len(z), -1), weights.reshape(len(z), -1)


@dataclass(frozen=True)
class PartsOfWhole:
    """Groups against all groups together, or against all others: the statistics of one area add up to nothing.

    Their correlations are minus the product of sqrt(n / (N - n)), with N all cases of the area. There is no simple
    integral; the largest of each of 131,072 draws is kept. Nelson, L. S. (1983), Exact critical values for use with
    the analysis of means, Journal of Quality Technology 15: 40-44.
    """

    sizes: Floats

    @property
    def n_comparisons(self) -> int:
        return len(self.sizes) if len(self.sizes) > 2 else 1

    def within(self, z: Floats) -> Floats:
        from scipy.special import ndtr

        if len(self.sizes) == 2:  # one comparison, seen from both sides
            return np.asarray(1 - 2 * ndtr(-z))
        bound = np.minimum(1.0, 2 * len(self.sizes) * ndtr(-z))
        beyond = 1 - np.searchsorted(self._largest, z, side="right") / DRAWS
        return np.asarray(1 - np.where(bound < SURE, bound, np.clip(beyond, SURE, bound)))

    @cached_property
    def _largest(self) -> Floats:
        """The largest statistic, in size, of each draw; in ascending order."""
        part = self.sizes / self.sizes.sum()
        largest, generator = np.zeros(DRAWS), np.random.Generator(np.random.Philox(key=KEY))
        drawn = [generator.standard_normal(DRAWS) for _ in part]
        whole = sum(one * root for one, root in zip(drawn, np.sqrt(part), strict=True))
        for one, share in zip(drawn, part, strict=True):
            np.maximum(largest, np.abs(one - whole * np.sqrt(share)) / np.sqrt(1 - share), out=largest)
        return np.sort(largest)


@dataclass(frozen=True)
class AllPairs:
    """Every group against every other: Tukey's studentised range, which Kramer's use for unequal numbers keeps safe.

    Hayter, A. J. (1984), A proof of the conjecture that the Tukey-Kramer multiple comparisons procedure is
    conservative, Annals of Statistics 12: 61-75.
    """

    n_groups: int

    @property
    def n_comparisons(self) -> int:
        return self.n_groups * (self.n_groups - 1) // 2

    def within(self, z: Floats) -> Floats:
        """All others within the range below the largest group, over where that one is."""
        from scipy.special import ndtr

        t = np.arange(-9, 9, SPACING / 2)
        below = ndtr(t) - ndtr(t - np.sqrt(2) * z[:, np.newaxis])
        chance = self.n_groups * SPACING / 2 * (_density(t) * below ** (self.n_groups - 1)).sum(axis=-1)
        return np.asarray(np.clip(chance, 0.0, 1.0))


def chance_within(z: Floats, blocks: Sequence[Block]) -> Floats:
    """The chance that every statistic of every block lies between -z and z."""
    known = np.where(np.isnan(z), 0.0, np.minimum(z, FARTHEST))
    chance = np.ones(known.shape)
    for block in blocks:
        chance *= block.within(known)
    return np.where(np.isnan(z), np.nan, np.where(z >= FARTHEST, 1.0, chance))


def _chance_beyond(z: Floats, pvalues: Floats, blocks: Sequence[Block]) -> Floats:
    """The chance that any statistic is beyond z, given the chance that one is; never more than Bonferroni's bound."""
    bound = np.minimum(1.0, pvalues * max(1, sum(block.n_comparisons for block in blocks)))
    small = bound < TINY
    beyond = 1 - chance_within(np.where(small, 0.0, z), blocks)
    return np.where(small, bound, np.clip(beyond, np.maximum(pvalues, TINY), np.maximum(bound, TINY)))


def adjusted_by_maximum(pvalues: Floats, blocks: Sequence[Block]) -> Floats:
    """Two-sided p-values of one family, each made the chance that any statistic of the family is that far out.

    Never below the p-value itself, and never above Bonferroni's bound, which is nearly reached when it is small.
    """
    from scipy.special import ndtri

    raw = np.asarray(pvalues, np.float64)
    return _chance_beyond(-ndtri(raw / 2), raw, blocks)


def simultaneous_level(confidence_level: float, blocks: Sequence[Block]) -> float:
    """The level at which to make each interval so that all of them are right together with ``confidence_level``."""
    from scipy.special import ndtr

    if not blocks:
        return confidence_level

    def excess(z: Floats) -> Floats:
        return 1 - confidence_level - _chance_beyond(z, 2 * ndtr(-z), blocks)

    z = solve_increasing(excess, np.zeros(1), np.full(1, FARTHEST))[0]
    return min(float(1 - 2 * ndtr(-z)), LARGEST_LEVEL)
