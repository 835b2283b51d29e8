"""Hadamard matrices: +1 and -1, rows orthogonal to each other; half samples are balanced by them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Signs = NDArray[np.int64]


def hadamard(n: int) -> Signs:
    """A Hadamard matrix of the smallest order of at least ``n`` that is made here, its first column and row all +1.

    Orders 1, 2, q + 1 for a prime q of 4 j + 3, 2 (q + 1) for a prime q of 4 j + 1 (Paley, R. E. A. C. (1933), On
    orthogonal matrices, Journal of Mathematics and Physics 12: 311-320), and twice any of these (Sylvester). Of
    the multiples of 4 up to 96 only 52 and 92 are not among them.
    """
    order = max(n, 1)
    while (found := _of_order(order)) is None:
        order += 1
    return found * found[:, :1] * (found * found[:, :1])[:1]


def _of_order(order: int) -> Signs | None:
    if order <= 2:
        return np.array([[1, 1], [1, -1]])[:order, :order]
    if order % 4:
        return None
    if _is_prime(order - 1):
        return _paley(order - 1)
    if order // 2 % 4 == 2 and _is_prime(order // 2 - 1):
        return _paley_twice(order // 2 - 1)
    half = _of_order(order // 2)
    return None if half is None else np.block([[half, half], [half, -half]])


def _paley(q: int) -> Signs:
    """Order q + 1 for a prime q of 4 j + 3."""
    bordered = _bordered(q)
    bordered[1:, 0] = -1
    return bordered + np.eye(q + 1, dtype=np.int64)


def _paley_twice(q: int) -> Signs:
    """Order 2 (q + 1) for a prime q of 4 j + 1: zeros on the diagonal and signs elsewhere become squares of four."""
    signs, zeros = np.array([[1, 1], [1, -1]]), np.array([[1, -1], [-1, -1]])
    return np.kron(_bordered(q), signs) + np.kron(np.eye(q + 1, dtype=np.int64), zeros)


def _bordered(q: int) -> Signs:
    """Whether i - j is a square modulo q (+1), not (-1) or 0, with a border of ones and 0 in the corner."""
    is_square = np.full(q, -1)
    is_square[np.arange(1, q) ** 2 % q] = 1
    is_square[0] = 0
    numbers = np.arange(q)
    bordered = np.ones((q + 1, q + 1), np.int64)
    bordered[0, 0] = 0
    bordered[1:, 1:] = is_square[(numbers[:, None] - numbers) % q]
    return bordered


def _is_prime(q: int) -> bool:
    return q > 1 and all(q % p for p in range(2, int(q**0.5) + 1))
