"""Weights of classes, what they cost, and which classes are joined."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.inference.surveys.nonresponse.weighting_classes import (
    class_weights,
    collapsed,
    likeness_of_response,
    weighting_cost,
)

CLASSES = st.lists(st.tuples(st.integers(1, 60), st.floats(0, 1)), min_size=1, max_size=8).map(
    lambda cells: (np.array([int(n * share) for n, share in cells]), np.array([n for n, _ in cells]))
)


@given(CLASSES)
def test_weighted_respondents_are_those_asked(cells):
    respondents, asked = cells
    weight = class_weights(respondents, asked)
    there = respondents > 0
    assert (respondents[there] * weight[there]) == pytest.approx(asked[there])
    assert np.isnan(weight[~there]).all()
    size, effect = weighting_cost(respondents, weight)
    if there.any():
        w = np.repeat(weight[there], respondents[there])
        assert size == pytest.approx(w.sum() ** 2 / (w**2).sum()) and effect >= 1 - 1e-12
        assert effect == pytest.approx(1 + np.var(w) / np.mean(w) ** 2)
    else:
        assert math.isnan(size)


@given(CLASSES, st.integers(1, 40), st.data())
def test_joined_classes_have_enough_or_are_all_one(cells, minimum, data):
    respondents, asked = cells
    parent = np.array(data.draw(st.lists(st.integers(0, 2), min_size=len(asked), max_size=len(asked))))
    to = collapsed(respondents, asked, minimum, parent)
    n = np.bincount(to, weights=respondents, minlength=len(to))[np.unique(to)]
    assert (n >= minimum).all() or len(n) == 1
    assert (to[np.unique(to)] == np.unique(to)).all()
    if (respondents >= minimum).all():
        assert to.tolist() == list(range(len(asked)))


def test_the_nearest_of_the_same_parent_comes_first():
    respondents, asked = np.array([5, 40, 60, 9]), np.array([10, 80, 70, 10])
    parent = np.array([0, 1, 0, 1])
    assert collapsed(respondents, asked, 8, parent).tolist() == [2, 1, 2, 3]
    assert collapsed(respondents, asked, 8, np.array([0, 1, 1, 1])).tolist() == [1, 1, 2, 3]


def test_pearsons_test_is_that_of_scipy():
    from scipy.stats import chi2_contingency

    respondents, asked = np.array([40, 60, 12]), np.array([80, 80, 30])
    expected = chi2_contingency([respondents, asked - respondents], correction=False)
    statistic, freedom, pvalue, least = likeness_of_response(respondents, asked)
    assert (statistic, freedom, pvalue) == pytest.approx((expected.statistic, expected.dof, expected.pvalue))
    assert least == pytest.approx(expected.expected_freq.min())


@pytest.mark.parametrize(("respondents", "asked"), [([0, 0], [5, 5]), ([5, 5], [5, 5]), ([3], [5]), ([3, 0], [5, 0])])
def test_where_nothing_can_differ_nothing_is_tested(respondents, asked):
    statistic, _, pvalue, _ = likeness_of_response(np.array(respondents), np.array(asked))
    assert math.isnan(statistic) and math.isnan(pvalue)
