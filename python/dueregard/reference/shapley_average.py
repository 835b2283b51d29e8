"""Shapley values by definition: what a player adds to each set of the others, by how many orders lead to it."""

from math import comb, fsum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def shapley_average(values: Floats) -> Floats:
    """Of each table of the values of all sets, what each player adds on average: an array of tables x players.

    Bit j of a set's number says whether player j is in it.
    """
    return np.array([averages(table.tolist()) for table in values])


def averages(values: list[float]) -> list[float]:
    """Of p! orders, s! (p - 1 - s)! put a player right after a certain set of s others."""
    p = len(values).bit_length() - 1
    found = []
    for player in range(p):
        others = [set_ for set_ in range(2**p) if not set_ >> player & 1]
        added = [(values[set_ | 1 << player] - values[set_]) / comb(p - 1, set_.bit_count()) for set_ in others]
        found.append(fsum(added) / p)
    return found
