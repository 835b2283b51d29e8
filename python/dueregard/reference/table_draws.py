"""Tables of groups by answers drawn again, each replicate from a stream of its own.

Every chance is an exact ratio of whole numbers here; the compiled draws use recursions, bounds and Stirling's formula.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import comb, floor, sqrt

import numpy as np
from numpy.typing import NDArray

from dueregard.reference.philox import uniforms

Uniforms = Iterator[float]
Chance = Callable[[int], Fraction]


def resample_counts(
    counts: NDArray[np.int64], key: NDArray[np.uint64], first: int, n_replicates: int, kind: str
) -> NDArray[np.int64]:
    """Replicates ``first`` to ``first + n_replicates - 1``: an array of replicates x groups x answers.

    ``kind`` is "bootstrap" (each group drawn from its own answers) or "permutation" (people shuffled between groups).
    """
    draw = {"bootstrap": bootstrapped, "permutation": permuted}[kind]
    replicates = range(first, first + n_replicates)
    drawn = [draw(counts.tolist(), uniforms((int(key[0]), int(key[1])), replicate)) for replicate in replicates]
    return np.array(drawn, np.int64).reshape(n_replicates, *counts.shape)


def bootstrapped(counts: list[list[int]], stream: Uniforms) -> list[list[int]]:
    """Each group: of those without an answer yet, a binomial number gives this one."""
    drawn: list[list[int]] = []
    for group in counts:
        people = weight = sum(group)
        drawn.append([])
        for hits in group:
            drawn[-1].append(binomial(people, hits, weight, stream) if people else 0)
            people, weight = people - drawn[-1][-1], weight - hits
    return drawn


def permuted(counts: list[list[int]], stream: Uniforms) -> list[list[int]]:
    """Each group takes its people from those left; answer by answer, a hypergeometric number."""
    left = [sum(answers) for answers in zip(*counts, strict=True)]
    drawn: list[list[int]] = []
    for group in counts:
        people, total = sum(group), sum(left)
        drawn.append([])
        for marked in left:
            drawn[-1].append(hypergeometric(people, marked, total, stream))
            people, total = people - drawn[-1][-1], total - marked
        left = [had - taken for had, taken in zip(left, drawn[-1], strict=True)]
    return drawn


def binomial(n: int, hits: int, of: int, stream: Uniforms) -> int:
    """Successes in ``n`` trials, by way of the rarer outcome."""
    if hits == 0 or hits == of:
        return n * hits // of
    if 2 * hits > of:
        return n - binomial(n, of - hits, of, stream)

    def chance(x: int) -> Fraction:
        return Fraction(comb(n, x) * hits**x * (of - hits) ** (n - x), of**n)

    mode = (n + 1) * hits // of
    if n * hits < 10 * of:
        return inverted(chance, 0, mode, n, stream)
    return rejected(chance, mode, n, hits / of, stream)


def hypergeometric(drawn: int, marked: int, total: int, stream: Uniforms) -> int:
    """Marked people among those drawn."""
    low, high = max(0, drawn + marked - total), min(drawn, marked)
    if low == high:
        return low

    def chance(x: int) -> Fraction:
        return Fraction(comb(marked, x) * comb(total - marked, drawn - x), comb(total, drawn))

    return inverted(chance, low, (drawn + 1) * (marked + 1) // (total + 2), high, stream)


def inverted(chance: Chance, low: int, mode: int, high: int, stream: Uniforms) -> int:
    """Chances are added up from the mode outwards, above before below, until they exceed a uniform number."""
    steps = sorted(range(low, high + 1), key=lambda x: (abs(x - mode), x < mode))
    u, total = Fraction(next(stream)), Fraction(0)
    for x in steps:
        total += chance(x)
        if u < total:
            return x
    raise AssertionError("chances add up to 1, and a uniform number is below 1")


def rejected(chance: Chance, mode: int, n: int, p: float, stream: Uniforms) -> int:
    """Hörmann's BTRD: a point below a simple curve is kept if it is below the scaled chances as well.

    Hörmann, W. (1993), The generation of binomial random variates, Journal of Statistical Computation and Simulation
    46: 101-110; without his shortcuts for the comparison.
    """
    root = sqrt(n * p * (1 - p))
    b = 1.15 + 2.53 * root
    a = -0.0873 + 0.0248 * b + 0.01 * p
    alpha = (2.83 + 5.1 / b) * root
    inside = 0.92 - 4.2 / b
    while True:
        v = next(stream)
        if v <= 0.86 * inside:  # here every point is below the chances
            u = v / inside - 0.43
            return floor((2 * a / (0.5 - abs(u)) + b) * u + (n * p + 0.5))
        if v >= inside:
            u = next(stream) - 0.5
        else:
            u = v / inside - 0.93
            u = (-0.5 if u < 0 else 0.5) - u
            v = next(stream) * inside
        beyond = 0.5 - abs(u)
        if beyond == 0:
            continue  # infinitely far out
        k = floor((2 * a / beyond + b) * u + (n * p + 0.5))
        if 0 <= k <= n and Fraction(v * alpha / (a / beyond**2 + b)) <= chance(k) / chance(mode):
            return k
