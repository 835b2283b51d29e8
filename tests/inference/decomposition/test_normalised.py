"""Coefficients of categories add up to 0, and a model with them fits as any other."""

import numpy as np
import pytest

from dueregard.inference.decomposition.regression.normalised import deviation_basis


def test_levels_of_each_category_add_up_to_nothing():
    basis = deviation_basis(7, [(1, 2, 3), (5, 6)])
    assert basis.shape == (7, 5)
    assert np.linalg.matrix_rank(basis) == 5
    assert (basis[1:4].sum(axis=0) == 0).all() and (basis[5:].sum(axis=0) == 0).all()
    assert basis[[0, 4]].sum() == 2


def test_without_categories_nothing_is_changed():
    assert (deviation_basis(3) == np.eye(3)).all()
    assert deviation_basis(1, [(0,)]).shape == (1, 0)


def test_coefficients_are_those_of_a_model_less_their_mean():
    rng = np.random.default_rng(1)
    level = rng.integers(0, 4, 50)
    y = rng.normal(size=50)
    dummies = np.column_stack([np.ones(50), np.eye(4)[level][:, 1:]])
    plain = np.concatenate([[0.0], np.linalg.lstsq(dummies, y, rcond=None)[0][1:]])
    basis = deviation_basis(4, [(0, 1, 2, 3)])
    fitted = np.linalg.lstsq(np.column_stack([np.ones(50), np.eye(4)[level] @ basis]), y, rcond=None)[0]
    assert basis @ fitted[1:] == pytest.approx(plain - plain.mean())
