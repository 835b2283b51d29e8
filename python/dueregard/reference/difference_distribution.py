"""The law of a difference of two resampled shares, by listing every pair of counts."""

from collections import defaultdict
from fractions import Fraction
from itertools import product
from math import comb

SAME_CHANCE = Fraction(1, 10**12)
"""Chances this close, relative to their size, count as equal: the compiled ones are rounded."""


def difference_quantiles(count1: int, nobs1: int, count2: int, nobs2: int, tail: float) -> tuple[int, int]:
    """Quantiles of X1 / nobs1 - X2 / nobs2, binomials with the observed shares, as numerators over nobs1 * nobs2.

    The first is the smallest value with a chance of at least ``tail`` of that or less, the second the smallest with a
    chance of at most ``tail`` of more.
    """
    chances: dict[int, Fraction] = defaultdict(Fraction)
    for x1, x2 in product(range(nobs1 + 1), range(nobs2 + 1)):
        chances[x1 * nobs2 - x2 * nobs1] += binomial(x1, nobs1, count1) * binomial(x2, nobs2, count2)
    values = sorted(value for value, chance in chances.items() if chance > 0)
    at_most, reached = {}, Fraction(0)
    for value in values:
        reached += chances[value]
        at_most[value] = reached
    low = min(value for value in values if at_most[value] >= Fraction(tail) * (1 - SAME_CHANCE))
    high = min(value for value in values if 1 - at_most[value] <= Fraction(tail) * (1 + SAME_CHANCE))
    return low, high


def permutation_tails(count1: int, nobs1: int, count2: int, nobs2: int) -> tuple[float, float]:
    """How likely at most, and at least, this difference is among all ways to deal the answers to the two groups."""
    yes, total = count1 + count2, nobs1 + nobs2
    ways = {x: comb(yes, x) * comb(total - yes, nobs1 - x) for x in range(max(0, yes - nobs2), min(nobs1, yes) + 1)}
    at_most = sum(w for x, w in ways.items() if x <= count1)
    at_least = sum(w for x, w in ways.items() if x >= count1)
    return at_most / comb(total, nobs1), at_least / comb(total, nobs1)


def binomial(x: int, n: int, count: int) -> Fraction:
    """The chance of ``x`` among ``n`` drawn from n people of whom ``count`` would count."""
    return Fraction(comb(n, x) * count**x * (n - count) ** (n - x), n**n)
