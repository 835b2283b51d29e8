"""The key of random numbers: what `rng` stands for."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Key = NDArray[np.uint64]

SEED = 2011
"""Unless ``rng`` is given, of draws that are the same every time."""


def check(rng: Any) -> None:
    """Refuse what is no source of a key, or a negative number."""
    if rng is None or isinstance(rng, np.random.SeedSequence | np.random.Generator):
        return
    if isinstance(rng, bool) or not isinstance(rng, int | np.integer):
        raise TypeError(f"rng: {rng!r} is not an integer, a numpy SeedSequence or a numpy Generator")
    if rng < 0:
        raise ValueError(f"rng: {rng} is negative")


def key_of(rng: Any) -> Key:
    """Two words. A number or SeedSequence has the key of ``numpy.random.Philox(rng)``; a Generator draws one."""
    check(rng)
    if isinstance(rng, np.random.Generator):
        return rng.integers(0, 2**64 - 1, 2, np.uint64, endpoint=True).astype(np.uint64)
    sequence = rng if isinstance(rng, np.random.SeedSequence) else np.random.SeedSequence(rng)
    return np.asarray(sequence.generate_state(2, np.uint64), np.uint64)


def in_words(rng: Any, key: Key) -> str:
    """What makes the same numbers again: the ``rng`` asked for, or the key as one hexadecimal number.

    The second word comes first: a 128-bit number as NumPy writes it, and as ``numpy.random.Philox(key=...)`` takes it.
    """
    if isinstance(rng, int | np.integer):
        return f"rng={rng}"
    return f"Philox key 0x{int(key[1]) << 64 | int(key[0]):032x}"
