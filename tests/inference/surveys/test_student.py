"""Student's t in normal deviates."""

import numpy as np
import pytest
from scipy import stats

from dueregard.inference.surveys.intervals.student import FARTHEST, WIDEST, drawn_in, pvalue, stretch, student

Z = np.array([0.1, 1.0, 1.96, 3.0, 8.0])


@pytest.mark.parametrize("degrees", [1.0, 3.5, 30.0, 1000.0])
def test_it_has_as_much_beyond_it_as_a_normal(degrees):
    found = student(Z, degrees)
    np.testing.assert_allclose(stats.t.sf(found, degrees), stats.norm.sf(Z), rtol=1e-9)
    np.testing.assert_allclose(pvalue(found, degrees), 2 * stats.norm.sf(Z), rtol=1e-9)
    np.testing.assert_allclose(pvalue(-found, np.inf), 2 * stats.norm.sf(found), rtol=1e-9)


def test_of_infinitely_many_degrees_it_is_the_normal():
    assert student(Z, np.inf).tolist() == Z.tolist()
    assert student(1.0, 0.0) == np.inf


def test_limits_are_stretched_by_the_quotient_of_two_quantiles_and_never_drawn_in():
    few, many = np.array([3.0, 50.0, 20.0]), np.array([40.0, np.inf, 10.0])
    found = stretch(1.96, few, many)
    tail = stats.norm.sf(1.96)
    assert found[0] == pytest.approx(stats.t.isf(tail, 3) / stats.t.isf(tail, 40))
    assert found[1] == pytest.approx(stats.t.isf(tail, 50) / 1.96)
    assert found[2] == 1


def test_far_out_and_at_nothing_it_is_a_number_and_grows():
    z = np.array([0.0, 1e-9, 1.0, 5.0, FARTHEST, 1e3])[:, np.newaxis]
    found = stretch(z, np.array([1.0, 5.0]), np.array([200.0, 200.0]))
    assert (found >= 1).all() and (found <= WIDEST).all() and (np.diff(found, axis=0) >= 0).all()


def test_what_is_drawn_in_is_what_was_stretched():
    rng = np.random.default_rng(0)
    degrees = np.exp(rng.uniform(-0.5, 8, (4, 2000)))
    own = np.where(rng.random(degrees.shape) < 0.2, np.inf, degrees * np.exp(rng.uniform(-0.5, 5, degrees.shape)))
    z = np.exp(rng.uniform(-10, np.log(FARTHEST), degrees.shape))
    reach = z * stretch(z, degrees, own)
    near = reach <= FARTHEST
    found = drawn_in(np.where(near, reach, 0.0), degrees, own)
    np.testing.assert_allclose(found[near], z[near], rtol=1e-11)
    assert (found[~near] == 0).all() and near.mean() > 0.8


def test_nothing_is_drawn_in_where_as_much_is_known():
    reach = np.array([0.0, 1e-9, 2.0, FARTHEST])
    assert drawn_in(reach, np.array(20.0), np.array(10.0)).tolist() == reach.tolist()
    assert (drawn_in(reach, np.array(1.0), np.array(10.0)) <= reach).all()
