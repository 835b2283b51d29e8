"""Philox4x64-10: random words as a function of a key and a counter.

Salmon, J. K., Moraes, M. A., Dror, R. O. and Shaw, D. E. (2011), Parallel random numbers: as easy as 1, 2, 3, SC '11.
"""

from collections.abc import Iterator
from itertools import count, islice

import numpy as np
from numpy.typing import NDArray

WORD = 2**64
ROUNDS = 10


def philox_words(key: NDArray[np.uint64], replicate: int, n: int) -> NDArray[np.uint64]:
    """The first ``n`` words of a replicate: those of ``numpy.random.Philox(counter=[0, replicate, 0, 0], key=key)``."""
    return np.array(list(islice(words((int(key[0]), int(key[1])), replicate), n)), np.uint64)


def words(key: tuple[int, int], replicate: int) -> Iterator[int]:
    """Four words from each counter in turn, of which the first is 1."""
    for number in count(1):
        yield from block((number, replicate, 0, 0), key)


def uniforms(key: tuple[int, int], replicate: int) -> Iterator[float]:
    """The upper 53 bits of each word, as a fraction."""
    return (word // 2**11 / 2**53 for word in words(key, replicate))


def block(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Ten rounds of multiplying two words, swapping halves and adding in the key, which moves on after each."""
    a, b, c, d = counter
    for step in range(ROUNDS):
        first_key = (key[0] + step * 0x9E3779B97F4A7C15) % WORD
        second_key = (key[1] + step * 0xBB67AE8584CAA73B) % WORD
        ab, cd = 0xD2E7470EE14C6C93 * a, 0xCA5A826395121157 * c
        a, b, c, d = cd // WORD ^ b ^ first_key, cd % WORD, ab // WORD ^ d ^ second_key, ab % WORD
    return a, b, c, d
