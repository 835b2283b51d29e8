"""What indices are drawn from: the line from no difference through what was seen, and draws that are what they say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.inference.indices import index_formulas as formulas
from dueregard.inference.indices.index_models import Distributions, Rates, at_least_chance, with_few


def rates(count, size, binomial=True, turned=False):
    return Rates(np.array(count, float), np.array(size, float), binomial, turned)


def generator():
    return np.random.Generator(np.random.Philox(key=np.array([1, 2], np.uint64)))


def test_the_line_starts_at_no_difference_and_passes_what_was_seen():
    model = rates([8, 3, 9], [20, 30, 10])
    np.testing.assert_allclose(model.at(0, model.seen), 20 / 60)
    np.testing.assert_allclose(model.at(1, model.seen), [0.4, 0.1, 0.9])
    assert model.at(5, model.seen).min() == 0
    assert model.at(5, model.seen).max() == 1
    poisson = rates([8, 3, 9], [20, 30, 10], binomial=False)
    assert poisson.at(5, poisson.seen).max() > 1


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)), min_size=2, max_size=6))
def test_variance_rises_along_every_line(drawn):
    size = np.array([total for _, total in drawn], float)
    count = np.minimum([count for count, _ in drawn], size)
    model = rates(count, size)
    if count.sum() in (0, size.sum()):
        return  # the line leaves from half an event, and passes through none
    for direction in (*model.downwards, *model.upwards):
        found = [formulas.deviation(model.at(place, direction), size) for place in (0, 0.3, 0.6, 1)]
        assert found[0] == pytest.approx(0, abs=1e-12)
        assert (np.diff(found) >= -1e-12).all()


def test_draws_have_the_mean_and_variance_of_their_law():
    for binomial in (True, False):
        model = rates([12, 4], [40, 25], binomial)
        drawn = model.draw(np.array([0.3, 0.1]), generator(), 100_000)
        variance = np.array([0.3, 0.1]) * ([0.7, 0.9] if binomial else 1) / [40, 25]
        np.testing.assert_allclose(drawn.mean(axis=0), [0.3, 0.1], rtol=0.01)
        np.testing.assert_allclose(drawn.var(axis=0), variance, rtol=0.03)


def test_nothing_and_everything_have_a_middle_that_chance_can_leave():
    assert rates([0, 0], [10, 30]).middle == 0.5 / 40
    assert rates([10, 30], [10, 30]).middle == 39.5 / 40
    assert rates([0, 0], [10, 30], binomial=False).middle == 0.5 / 40
    assert len(rates([0, 0], [10, 30]).upwards) == 3  # either group may be above 0


def test_small_groups_are_tried_on_both_sides():
    model = rates([200, 0], [1000, 3], turned=True)
    away, turned = model.upwards  # of the two only the one of 3 is small
    assert away[1] < 0 < turned[1]
    assert len(rates([200, 0], [1000, 3]).upwards) == 1


def test_at_least_chance():
    error = np.array([0.1, 0.1, 0.1, 0.1])
    found = at_least_chance(np.array([0.0, 0.0, 0.05, -0.3]), error)
    np.testing.assert_allclose(found, [0.1, -0.1, 0.1, -0.3])


def test_with_few_leaves_those_that_are_clear():
    error = np.full(3, 0.1)
    one, few = with_few(np.array([0.3, -0.1, 0.05]), error)
    np.testing.assert_allclose(one, [0.3, -0.1, 0.05])
    np.testing.assert_allclose(few, [0.3, 0, 0])
    assert len(with_few(np.array([0.1, 0.1, 0.1]), error)) == 1
    assert len(with_few(np.array([0.4, -0.4, 0.4]), error)) == 1


@pytest.mark.parametrize("known", [False, True])
def test_distributions_start_where_they_are_the_same(known):
    model = Distributions(np.array([6.0, 4, 0]), np.array([10.0, 20, 70]), known)
    first, second = model.at(0, model.seen)
    np.testing.assert_allclose(first, second)
    np.testing.assert_allclose(first, [0.1, 0.2, 0.7] if known else [16 / 110, 24 / 110, 70 / 110])
    np.testing.assert_allclose(model.at(1, model.seen), [[0.6, 0.4, 0], [0.1, 0.2, 0.7]], atol=1e-15)
    far = model.at(100, model.seen)
    np.testing.assert_allclose(far.sum(axis=1), 1)
    assert far.min() == 0


def test_draws_of_distributions():
    model = Distributions(np.array([60.0, 40]), np.array([30.0, 70]), False)
    drawn = model.draw(model.both, generator(), 50_000)
    assert drawn.shape == (50_000, 2, 2)
    np.testing.assert_allclose(drawn.sum(axis=-1), 1)
    np.testing.assert_allclose(drawn.mean(axis=0), [[0.6, 0.4], [0.3, 0.7]], rtol=0.01)
    np.testing.assert_allclose(drawn[:, :, 0].var(axis=0), [0.24 / 100, 0.21 / 100], rtol=0.03)
    known = Distributions(np.array([60.0, 40]), np.array([30.0, 70]), True)
    assert (known.draw(known.both, generator(), 10)[:, 1] == [0.3, 0.7]).all()
