"""Many groups at once: each pair is the plain comparison, each family its adjustment, each limit its adjusted p."""

import numpy as np
import pytest
from scipy.stats import norm

import dueregard as dr

COUNT = np.array([[81, 37, 30, 0], [50, 9, 17, 2]])
NOBS = np.array([[100, 50, 50, 0], [80, 20, 40, 30]])
WAYS = [0, 2, dr.REST, dr.OVERALL, "all-pairs"]


def test_pairs_are_plain_comparisons():
    found = dr.compare_groups(COUNT, NOBS, reference="all-pairs")
    assert list(zip(found.first, found.second, strict=True)) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
    expected = dr.compare_proportions(
        COUNT[:, found.first], NOBS[:, found.first], COUNT[:, found.second], NOBS[:, found.second]
    )
    for name in ("estimate", "low", "high", "statistic", "pvalue", "flag"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))


def test_against_the_rest_and_the_whole():
    rest = dr.compare_groups(COUNT, NOBS, reference=dr.REST)
    whole = dr.compare_groups(COUNT, NOBS, reference=dr.OVERALL)
    assert (rest.second == -1).all()
    others = COUNT.sum(axis=1, keepdims=True) - COUNT, NOBS.sum(axis=1, keepdims=True) - NOBS
    expected = dr.compare_proportions(COUNT, NOBS, *others)
    np.testing.assert_array_equal(rest.low, expected.low)
    share = np.divide(COUNT, NOBS, where=NOBS > 0, out=np.full(COUNT.shape, np.nan))
    overall = (COUNT.sum(axis=1) / NOBS.sum(axis=1))[:, np.newaxis]
    np.testing.assert_allclose(whole.estimate, share - overall, atol=1e-15)
    outside = 1 - NOBS / NOBS.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(whole.high, outside * rest.high)
    np.testing.assert_array_equal(whole.pvalue, rest.pvalue)


def test_the_variance_against_the_whole_takes_the_groups_own_share_into_account():
    """Simulated: half the people are one group; a comparison that forgot it would be far too careful."""
    rng, n = np.random.default_rng(4), np.array([100, 60, 40])
    rejected = [
        dr.compare_groups(rng.binomial(n, 0.4), n, reference=dr.OVERALL, adjust="none").pvalue[0] < 0.05
        for _ in range(1500)
    ]
    assert 0.035 < np.mean(rejected) < 0.07


@pytest.mark.parametrize("reference", WAYS)
@pytest.mark.parametrize("adjust", ["holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni"])
def test_areas_and_groups_are_one_family(reference, adjust):
    found = dr.compare_groups(COUNT, NOBS, reference=reference, adjust=adjust)
    expected = dr.adjust_pvalues(found.pvalue.reshape(-1), method=adjust)
    np.testing.assert_array_equal(found.adjusted_pvalue.reshape(-1), expected)


@pytest.mark.parametrize("reference", WAYS)
@pytest.mark.parametrize("adjust", ["bonferroni", "maximum"])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_simultaneous_limits_match_adjusted_p(reference, adjust, level):
    found = dr.compare_groups(COUNT, NOBS, reference=reference, adjust=adjust, confidence_level=level)
    known = ~np.isnan(found.pvalue)
    outside = (found.simultaneous_low > 0) | (found.simultaneous_high < 0)
    np.testing.assert_array_equal(outside[known], found.adjusted_pvalue[known] < 1 - level)
    assert (found.simultaneous_low[known] < found.low[known]).all()
    assert (found.adjusted_pvalue[known] >= found.pvalue[known]).all()


@pytest.mark.parametrize("reference", WAYS)
def test_the_maximum_is_sharper_than_bonferroni_and_keeps_its_level(reference):
    """Of 4,000 families in which nobody differs, one in twenty has a comparison that seems to."""
    sizes = np.array([80, 150, 60, 90])
    count = np.random.default_rng(6).binomial(sizes, 0.5, (4000, 4))
    found = dr.compare_groups(count, sizes, reference=reference, adjust="none")
    once = dr.compare_groups(count[0], sizes, reference=reference, adjust="maximum")
    alone = dr.compare_groups(count[0], sizes, reference=reference, adjust="bonferroni")
    assert (once.simultaneous_low >= alone.simultaneous_low).all()
    assert (once.adjusted_pvalue <= alone.adjusted_pvalue + 1e-12).all()
    reach = (once.simultaneous_high - once.estimate).max() / (once.high - once.estimate).max()
    critical = 2 * norm.sf(1.96 * reach)  # nearly: the score's limits are not quite proportional to it
    wrong = np.mean(found.pvalue.min(axis=1) < critical)
    assert 0.03 < wrong < 0.07


def test_one_comparison_needs_no_adjustment():
    for adjust in ("maximum", "bonferroni", "holm"):
        found = dr.compare_groups([9, 12], [17, 17], reference=0, adjust=adjust)
        assert found.adjusted_pvalue[0] == pytest.approx(found.pvalue[0], rel=1e-9)
    z = norm.isf(found.pvalue[0] / 2)
    assert abs(found.statistic[0]) == pytest.approx(z)


def test_bad_arguments():
    with pytest.raises(ValueError, match="reference: 4 is no position of a group; there are 4, from 0"):
        dr.compare_groups(COUNT, NOBS, reference=4)
    with pytest.raises(TypeError, match="reference: 'White' is no position of a group"):
        dr.compare_groups(COUNT, NOBS, reference="White")
    with pytest.raises(TypeError, match="reference: True is no position"):
        dr.compare_groups(COUNT, NOBS, reference=True)
    with pytest.raises(ValueError, match="reference: an odds ratio against the whole has no interval"):
        dr.compare_groups(COUNT, NOBS, reference=dr.OVERALL, measure="odds-ratio")
    with pytest.raises(ValueError, match="adjust: 'tukey' is not one of 'holm'"):
        dr.compare_groups(COUNT, NOBS, reference=0, adjust="tukey")
    with pytest.raises(ValueError, match="count: a single number is no list of groups"):
        dr.compare_groups(3, 4, reference=0)
    with pytest.raises(ValueError, match=r"count: 101 at index 1 is above nobs"):
        dr.compare_groups([3, 101], [4, 100], reference=0)
