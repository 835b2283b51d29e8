"""The chance of being among the best or the worst quarter."""

import numpy as np
import pytest

from dueregard.inference.areas.rank_chances import quarter_chances
from dueregard.inference.areas.uncertain_values import Draws, UncertainValues, correlated, independent
from dueregard.inference.random_keys import key_of

DRAWS = Draws(20_000, key_of(5), 1)


def test_chances_of_a_quarter_add_up_to_its_size():
    units = independent(np.linspace(0, 3, 11), np.ones(11))
    top, bottom = quarter_chances(units, DRAWS)
    assert top.sum() == pytest.approx(2)
    assert bottom.sum() == pytest.approx(2)


@pytest.mark.parametrize("n", [0, 1, 3])
def test_fewer_than_four_units_have_no_quarters(n):
    top, bottom = quarter_chances(independent(np.arange(float(n)), np.ones(n)), DRAWS)
    assert np.isnan(top).all()
    assert np.isnan(bottom).all()
    assert len(top) == len(bottom) == n


def test_they_are_right_as_often_as_they_say():
    """Of true values drawn around a mean, those given a chance of so much are in the quarter so often."""
    rng = np.random.default_rng(11)
    said, was = [], []
    for _ in range(300):
        se = rng.uniform(0.3, 2.0, 12)
        true = 50 + rng.normal(size=12)
        units = independent(true + se * rng.normal(size=12), se)
        _, bottom = quarter_chances(units, Draws(1280, key_of(5), 1))
        said.append(bottom)
        was.append((true[:, np.newaxis] > true).sum(axis=1) < 3)
    chance, hit = np.concatenate(said), np.concatenate(was)
    for low, high in ((0.0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 1.0)):
        inside = (chance >= low) & (chance <= high)
        error = np.sqrt(chance[inside].mean() / inside.sum())
        assert hit[inside].mean() == pytest.approx(chance[inside].mean(), abs=max(3 * error, 0.03))


def test_a_small_unit_is_not_among_the_worst_by_being_small():
    """Drawn around themselves, estimates would put the small unit at the end; drawn towards the others, they do not."""
    value = np.array([-6.0, -3, -1, 0, 1, 2, 3, 4])
    se = np.array([8.0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
    _, bottom = quarter_chances(independent(value, se), DRAWS)
    around_itself = np.random.default_rng(0).normal(value, se, (20_000, 8)).argsort(axis=1).argsort(axis=1)[:, 0] < 2
    assert bottom[0] < 0.6 < around_itself.mean()
    assert bottom[1] > bottom[0]


def test_correlated_errors_take_the_same_way():
    """Axes turned and not: the same chances but for what is drawn."""
    value, se = np.array([1.0, 2, 4, 4, 7, 9]), np.array([1.0, 2, 1, 3, 1, 2])
    plain = quarter_chances(independent(value, se), DRAWS)
    turned = quarter_chances(UncertainValues(value, se, np.full((6, 1), 1e-9)), DRAWS)
    rooted = quarter_chances(correlated(value, np.diag(se**2) + 1e-12), DRAWS)
    for one, other, third in zip(plain, turned, rooted, strict=True):
        np.testing.assert_allclose(one, other, atol=0.015)
        np.testing.assert_allclose(one, third, atol=0.015)


def test_known_values_among_uncertain_ones():
    units = independent(np.array([0.0, 10, 20, 30]), np.array([0.0, 1, 0, 1]))
    top, bottom = quarter_chances(units, DRAWS)
    assert top.tolist() == [0, 0, 0, 1]
    assert bottom.tolist() == [1, 0, 0, 0]
