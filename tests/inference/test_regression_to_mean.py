"""Reliability of scores, and the rise to expect of low ones."""

from math import isnan

import numpy as np
import pytest

from dueregard.inference.areas.regression_to_mean import expected_rise, kuder_richardson_20, kuder_richardson_21


def test_formula_20_by_hand():
    met = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=bool)
    # shares 3/4, 1/2, 1/4: sum of p(1-p) = 0.1875 + 0.25 + 0.1875; variance of 3, 2, 1, 0 is 1.25
    assert kuder_richardson_20(met) == pytest.approx(1.5 * (1 - 0.625 / 1.25))


def test_formula_21_is_no_more_than_formula_20():
    rng = np.random.default_rng(4)
    for _ in range(50):
        met = rng.random((20, 8)) < rng.random((20, 1)) * rng.random(8)
        if met.sum(axis=1).var() > 0:
            assert kuder_richardson_21(met.sum(axis=1).astype(float), 8) <= kuder_richardson_20(met) + 1e-12


def test_equally_hard_indicators_make_them_equal():
    met = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1], [0, 0, 0, 0]], dtype=bool)
    assert kuder_richardson_21(met.sum(axis=1).astype(float), 4) == pytest.approx(kuder_richardson_20(met))


@pytest.mark.parametrize("met", [np.ones((3, 4), dtype=bool), np.ones((1, 4), dtype=bool), np.ones((0, 4), dtype=bool)])
def test_without_spread_it_is_not_known(met):
    assert isnan(kuder_richardson_20(met))
    assert isnan(kuder_richardson_21(met.sum(axis=1).astype(float), 4))


def test_a_second_assessment_without_action_rises_as_expected():
    """Units with true chances of meeting, assessed twice: the lowest at first rise by what is expected, on average."""
    rng = np.random.default_rng(8)
    chances = rng.beta(6, 3, size=4_000)
    first, second = (rng.random((4_000, 18)) < chances[:, None] for _ in range(2))
    scores = 100 * first.mean(axis=1)
    rises = expected_rise(scores, kuder_richardson_20(first))
    low = scores <= np.quantile(scores, 0.2)
    seen = (100 * second.mean(axis=1) - scores)[low].mean()
    assert seen == pytest.approx(rises[low].mean(), abs=0.6) and seen > 5
