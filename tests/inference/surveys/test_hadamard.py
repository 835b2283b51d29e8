"""Matrices of signs whose rows are orthogonal."""

import numpy as np
import pytest

from dueregard.inference.surveys.replicates.hadamard import hadamard


@pytest.mark.parametrize("n", range(1, 120))
def test_rows_are_orthogonal_and_begin_with_ones(n):
    matrix = hadamard(n)
    order = len(matrix)
    assert n <= order <= n + 7
    assert set(np.unique(matrix)) <= {-1, 1}
    assert (matrix @ matrix.T == order * np.eye(order)).all()
    assert (matrix[0] == 1).all()
    assert (matrix[:, 0] == 1).all()


def test_orders_are_multiples_of_four():
    """All of them but two, up to 96: fields whose size is a power of a prime are not made."""
    orders = {len(hadamard(n)) for n in range(1, 97)}
    assert orders == {1, 2, *range(4, 97, 4)} - {52, 92}
