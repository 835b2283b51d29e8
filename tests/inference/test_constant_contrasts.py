"""Groups against a constant: the interval of their own share, moved."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

import dueregard as dr
from dueregard.inference.two_groups.constant_contrasts import ConstantContrast
from dueregard.inference.two_groups.families import Family, against_figure

CASES = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def contrast(count, nobs, share, measure="difference"):
    return ConstantContrast(np.array([float(count)]), np.array([float(nobs)]), share, measure)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(CASES, st.sampled_from([0.0, 0.05, 0.5, 0.8, 1.0]), st.sampled_from([0.8, 0.95, 0.998]))
def test_the_interval_is_wilsons_moved_and_excludes_0_when_p_is_small(cases, share, level):
    found = contrast(*cases, share).compare(level)
    low, high = dr.proportion_interval(*cases, confidence_level=level)[1:3]
    np.testing.assert_allclose([found.low[0], found.high[0]], [low - share, high - share], atol=1e-15)
    if abs(found.pvalue[0] - (1 - level)) > 1e-9:
        assert (found.pvalue[0] < 1 - level) == (found.low[0] > 1e-15 or found.high[0] < -1e-15)


def test_the_score_test_of_one_share():
    """70 of 100 against 80%: z = -0.1 / sqrt(0.8 x 0.2 / 100) = -2.5."""
    found = contrast(70, 100, 0.8).compare(0.95)
    assert found.statistic[0] == pytest.approx(-2.5)
    assert found.pvalue[0] == pytest.approx(2 * norm.cdf(-2.5))


def test_ratios_and_odds():
    low, high = dr.proportion_interval(70, 100)[1:3]
    ratio, odds = (contrast(70, 100, 0.8, measure).compare(0.95) for measure in ("ratio", "odds-ratio"))
    assert [ratio.estimate[0], ratio.low[0], ratio.high[0]] == pytest.approx([0.875, low / 0.8, high / 0.8])
    assert odds.high[0] == pytest.approx(high / (1 - high) / 4)
    everybody = contrast(40, 40, 0.8, "odds-ratio").compare(0.95)
    assert everybody.estimate[0] == everybody.high[0] == np.inf
    assert everybody.low[0] > 1


def test_nobody_has_no_comparison():
    found = contrast(0, 0, 0.8).compare(0.95)
    assert all(np.isnan(values).all() for values in found)


def test_a_target_of_everybody():
    assert contrast(10, 10, 1.0).compare(0.95).pvalue[0] == 1
    assert contrast(9, 10, 1.0).compare(0.95).pvalue[0] == 0


def test_larger_numbers_keep_their_shares():
    grown = contrast(7, 10, 0.8).times(np.array([[1.0], [5.0]])).compare(0.95)
    assert grown.estimate[:, 0].tolist() == pytest.approx([-0.1, -0.1])
    assert grown.high[1, 0] == pytest.approx(contrast(35, 50, 0.8).compare(0.95).high[0])


def test_comparisons_with_a_constant_are_independent():
    """The largest of m independent statistics: the simultaneous level of each is the m-th root (Sidak)."""
    sizes = np.array([[10.0, 20.0, 0.0], [5.0, 100.0, 7.0]])
    blocks = against_figure(sizes, np.inf, np.ones((2, 3), bool))
    assert len(blocks) == 5
    level = Family("maximum", blocks).simultaneous_level(0.95, np.full(5, 0.5))
    assert level == pytest.approx(0.95 ** (1 / 5), rel=1e-9)


def test_comparisons_with_a_published_figure_share_its_chance():
    sizes = np.array([[50.0, 100.0], [400.0, 0.0]])
    level = Family("maximum", against_figure(sizes, 80.0, np.ones((2, 2), bool))).simultaneous_level(
        0.95, np.full(3, 0.5)
    )
    assert 0.95 < level < 0.95 ** (1 / 3)
    assert against_figure(np.zeros((1, 2)), 80.0, np.ones((1, 2), bool)) == []


def test_many_groups_against_a_target():
    found = dr.compare_groups([81, 37, 0], [100, 50, 0], reference=dr.target(80), adjust="maximum")
    assert found.first.tolist() == [0, 1, 2]
    assert found.second.tolist() == [-1, -1, -1]
    low, high = dr.proportion_interval(81, 100)[1:3]
    assert [found.low[0], found.high[0]] == pytest.approx([low - 0.8, high - 0.8])
    assert np.isnan(found.low[2])
    assert (found.adjusted_pvalue[:2] > found.pvalue[:2]).all()
    assert found.simultaneous_low[0] < found.low[0]
    assert found.flag[0] == 0


def test_many_groups_against_a_published_figure_and_the_largest():
    published = dr.compare_groups([81, 37], [100, 50], reference=dr.target(count=405, nobs=500))
    pair = dr.compare_proportions(37, 50, 405, 500)
    assert [published.low[1], published.high[1], published.pvalue[1]] == pytest.approx(
        [pair.low, pair.high, pair.pvalue]
    )
    largest = dr.compare_groups([[3, 20], [4, 2]], [[9, 30], [10, 5]], reference=dr.LARGEST)
    assert largest.second.tolist() == [1]


def test_what_a_target_cannot_be_compared_by():
    with pytest.raises(ValueError, match="method: 'wald' compares two samples"):
        dr.compare_groups([81], [100], reference=dr.target(80), method="wald")
    with pytest.raises(ValueError, match="reference: nothing has a ratio to 0%"):
        dr.compare_groups([81], [100], reference=dr.target(0), measure="ratio")
    with pytest.raises(TypeError, match=r"reference: dr\.BEST is no position"):
        dr.compare_groups([81], [100], reference=dr.BEST)
