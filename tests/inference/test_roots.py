"""The solver against equations with known answers."""

import numpy as np
import pytest

from dueregard.inference.roots import solve_increasing


@pytest.mark.parametrize("power", [1, 3, 9, 0.2])
def test_powers(power):
    answers = np.array([1e-6, 0.1, 0.5, 1.0, 3.9])
    found = solve_increasing(lambda x: x**power - answers**power, np.zeros(5), np.full(5, 4.0))
    assert found == pytest.approx(answers, abs=2e-13)


def test_a_step_is_found():
    found = solve_increasing(lambda x: np.where(x < 0.3, -1.0, 1.0), np.zeros(3), np.ones(3))
    assert found == pytest.approx([0.3] * 3, abs=1e-12)


def test_ends_and_nan():
    shift = np.array([0.0, -5.0, 5.0, np.nan])
    found = solve_increasing(lambda x: x - shift, np.zeros(4), np.ones(4))
    np.testing.assert_array_equal(found, [0.0, 0.0, 1.0, np.nan])
