"""Two proportions of a survey compared: the formulas for counts where nothing is known but counts, R's t elsewhere."""

from dataclasses import replace

import numpy as np
import pytest

from dueregard.inference.surveys.intervals.design_contrasts import KERNELS, METHODS, DesignContrast
from dueregard.inference.surveys.intervals.edge_intervals import SurveyShares, survey_shares
from dueregard.inference.surveys.ratios import shares
from dueregard.inference.two_groups.contrasts import Contrast

COUNTS = np.array([[0, 10], [10, 10], [3, 10], [0, 10], [10, 10], [5, 10], [7, 12], [10, 10], [0, 10], [9, 30.0]])
OTHERS = np.array([[0, 20], [20, 20], [4, 20], [5, 20], [7, 20], [20, 20], [20, 30], [0, 20], [20, 20], [9, 30.0]])
MEASURES = tuple(METHODS)


def simple(counts):
    """Of simple samples that have as many cases as they seem to."""
    share, n = counts[:, 0] / counts[:, 1], counts[:, 1]
    return SurveyShares(share, n, n, n, np.full(n.shape, np.inf), np.zeros(n.shape, bool))


def random_shares(rng, n):
    share = rng.choice([0, 1, 0.1, 0.5, 0.93, 0.97], n)
    nobs = rng.integers(2, 400, n)
    clusters = np.minimum(nobs, rng.integers(1, 40, n))
    degrees = np.maximum(clusters - rng.integers(1, 5, n), 0).astype(float)
    return survey_shares(share, share * (1 - share) / rng.uniform(3, 300, n), nobs, 0.8 * nobs, clusters, degrees)


def random_contrast(seed, measure, method, n=1000):
    rng = np.random.default_rng(seed)
    first, second = random_shares(rng, n), random_shares(rng, n)
    seen = [np.where(side.edge, 0, side.variance) for side in (first, second)]
    covariance = rng.uniform(-0.5, 0.95, n) * np.sqrt(seen[0] * seen[1])
    part = np.where(rng.random(n) < 0.3, rng.random(n), 0.0) if measure != "odds-ratio" else np.zeros(n)
    return DesignContrast(first, second, covariance, rng.integers(1, 60, n).astype(float), part, measure, method)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("method", list(KERNELS))
def test_of_simple_samples_it_is_the_formula_for_counts(measure, method):
    nothing = np.zeros(len(COUNTS))
    ours = DesignContrast(simple(COUNTS), simple(OTHERS), nothing, nothing + np.inf, nothing, measure, method)
    theirs = Contrast(*COUNTS.T, *OTHERS.T, nothing, measure, KERNELS[method][measure])
    for level in (0.5, 0.95, 0.998):
        for one, other in zip(ours.compare(level), theirs.compare(level), strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("method", METHODS["difference"])
def test_p_and_interval_tell_one_story_and_no_interval_is_a_point(measure, method):
    contrast = random_contrast(1, measure, method)
    null = 0.0 if measure == "difference" else 1.0
    for level in (0.5, 0.9, 0.95, 0.998):
        found = contrast.compare(level)
        excluded = (found.low > null) | (found.high < null)
        assert (excluded == (found.pvalue < 1 - level)).all()
        assert (found.low < found.high).all() and not np.isnan(found.low).any()
        known = ~np.isnan(found.estimate)
        inside = (found.low <= found.estimate * (1 + 1e-12) + 1e-12) & (
            found.estimate * (1 - 1e-12) - 1e-12 <= found.high
        )
        assert inside[known].all()


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("method", METHODS["difference"])
def test_more_of_the_same_tells_more(measure, method):
    contrast = random_contrast(2, measure, method, 200)
    one, many = contrast.compare(0.95), contrast.times(np.array([[1.0], [4.0], [100.0]])).compare(0.95)
    for a, b in zip(one, many, strict=True):
        np.testing.assert_allclose(a, b[0], rtol=1e-9, atol=1e-9)
    widths = many.high - many.low
    finite = np.isfinite(widths).all(axis=0)
    assert (np.diff(widths[:, finite], axis=0) < 1e-12).all()
    assert (np.diff(many.pvalue, axis=0)[:, many.pvalue[0] > 0] <= 1e-12).all()


def pair(covariance=0.0, degrees=30.0, first=(0.7, 0.001), second=(0.8, 0.0008), kish=220.0, **options):
    sides = [
        survey_shares(np.array([p]), np.array([v]), 250, np.array([kish]), 32, np.array([31.0]))
        for p, v in (first, second)
    ]
    return DesignContrast(*sides, np.array([covariance]), np.array([degrees]), np.zeros(1), **options)


def width(contrast):
    found = contrast.compare(0.95)
    return (found.high - found.low)[0]


@pytest.mark.parametrize("method", METHODS["difference"])
def test_groups_in_the_same_clusters_differ_more_surely(method):
    apart, alike, opposed = (width(pair(c, asked=method)) for c in (0.0, 0.0005, -0.0005))
    assert alike < apart < opposed
    assert alike / apart == pytest.approx(np.sqrt(0.0008 / 0.0018), rel=0.02)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("method", list(KERNELS))
def test_a_variance_that_is_small_by_chance_is_not_believed(measure, method):
    """As where the only one of another opinion has next to no weight: a size far above the number of cases."""
    options = {"measure": measure, "asked": method, "degrees": 1e6}
    tiny, none = (width(pair(second=(0.8, v), **options)) for v in (1e-9, 1e-12))
    exact = width(pair(second=(0.8, 0.16 / 220), **options))  # Kish's number of cases, and no more
    assert tiny == pytest.approx(none, rel=1e-6) and tiny == pytest.approx(exact, rel=0.03)
    assert width(pair(second=(0.8, 1e-9), measure=measure, asked="wald")) < 0.9 * tiny  # the design's own, as in R


def test_what_is_added_to_a_variance_is_not_shared():
    seen, capped = pair(1e-6, second=(0.8, 1e-8)), pair(1e-6)
    assert seen.correlation[0] > seen.capped_correlation[0] > 0
    assert capped.correlation[0] == capped.capped_correlation[0]


def test_a_difference_without_variance_is_no_point():
    for method in METHODS["difference"]:
        assert width(pair(0.001, second=(0.8, 0.001), asked=method)) > 0.05
    assert np.isnan(pair(0.001, second=(0.8, 0.001), given_se=np.array([1e-17])).se[0])


@pytest.mark.parametrize("measure", MEASURES)
def test_what_rounding_leaves_is_no_standard_error(measure):
    """A group at the edge beside a figure that is all but certain; two groups with one score in every cluster."""
    sure = replace(pair().second, size=np.array([1e18]), kish=np.array([1e18]))
    edge = pair(first=(1.0, 0.0), measure=measure)
    assert np.isnan(replace(edge, second=sure).se[0]) and np.isfinite(replace(pair(measure=measure), second=sure).se[0])
    alike = pair(0.001, first=(0.7, 0.001), second=(0.7, 0.001), measure=measure)
    assert np.isnan(alike.se[0]) and width(alike) > 0.1


@pytest.mark.parametrize("measure", ["ratio", "odds-ratio"])
def test_an_infinite_ratio_has_no_standard_error(measure):
    """Also of a group that is no part of what it is compared with: 0 x infinity is not a warning."""
    assert np.isnan(pair(second=(0.0, 0.0), measure=measure).se[0])
    assert pair(second=(0.0, 0.0), measure=measure).estimate[0] == np.inf


def test_fewer_clusters_are_wider_and_degrees_are_at_most_those_of_both_together():
    assert width(pair(degrees=10.0)) > width(pair(degrees=31.0)) > width(pair(degrees=62.0))


def test_standard_errors_are_those_of_the_delta_method():
    v1, v2, c = 0.001, 0.0008, 0.0003
    assert pair(c).se == pytest.approx(np.sqrt(v1 + v2 - 2 * c))
    ratio = 0.7 / 0.8 * np.sqrt(v1 / 0.49 + v2 / 0.64 - 2 * c / 0.56)
    assert pair(c, measure="ratio").se == pytest.approx(ratio)
    odds = 0.7 / 0.3 / 4
    slope1, slope2 = 1 / 0.21, 1 / 0.16
    assert pair(c, measure="odds-ratio").se == pytest.approx(
        odds * np.sqrt(slope1**2 * v1 + slope2**2 * v2 - 2 * slope1 * slope2 * c)
    )


def test_the_interval_is_as_wide_as_its_standard_error_where_samples_are_large():
    for measure in MEASURES:
        large = pair(3e-7, degrees=1e6, first=(0.7, 1e-6), second=(0.8, 8e-7), measure=measure)
        large = DesignContrast(**{**large.__dict__, "first": _many(large.first), "second": _many(large.second)})
        assert width(large) == pytest.approx(2 * 1.959964 * large.se[0], rel=1e-3)


def _many(side):
    return replace(side, kish=np.array([np.inf]), degrees_of_freedom=np.array([np.inf]))


@pytest.mark.parametrize("name", ["apisrs", "apistrat", "apiclus1", "apiclus1_nofpc"])
def test_wald_is_the_t_of_r(name, api, golden):
    expected = golden("linearised")[name]["by_schwide_prop_awards"]
    sample = api(name)
    wide, yes = (np.array(sample.columns[column]) == "Yes" for column in ("sch.wide", "awards"))
    totals = sample.summed(domain=2 * wide + yes, n_domains=4)
    members = np.array([0, 0, 1, 1, 2, 2, 2, 2]), np.array([0, 1, 2, 3, 0, 1, 2, 3]), 3
    found = shares(totals, members, np.array([0, 1, 0, 1]))
    covariance = found.covariance().of([0], [1])
    one, other = (
        survey_shares(*(each[[i]] for each in (found.value, found.variance, found.nobs, found.kish, found.clusters,
                                               found.degrees_of_freedom))) for i in (1, 0)
    )  # fmt: skip
    contrast = DesignContrast(one, other, covariance, found.degrees_of_freedom[[2]], np.zeros(1), asked="wald")
    vcov = np.array(expected["vcov"])
    assert contrast.se[0] == pytest.approx(np.sqrt(vcov[0, 0] + vcov[1, 1] - 2 * vcov[0, 1]), rel=1e-9)
    assert contrast.estimate[0] == pytest.approx(expected["est"][1] - expected["est"][0], rel=1e-12)
    assert width(contrast) > 2 * contrast.se[0] * 1.95  # the other side is at the edge, and borrows


def test_wald_limits_are_those_of_t():
    from scipy.stats import t

    found, se = pair(0.0003, degrees=14.0, asked="wald"), np.sqrt(0.0012)
    answer = found.compare(0.95)
    assert (answer.low[0], answer.high[0]) == pytest.approx(tuple(-0.1 + t.ppf([0.025, 0.975], 13) * se))
    assert answer.pvalue[0] == pytest.approx(2 * t.cdf(-0.1 / se, 13))


def test_zero_against_zero_is_undefined_and_nobody_is_nothing():
    zero = survey_shares(np.array([0.0]), np.zeros(1), 30, np.array([30.0]), 5, np.array([4.0]))
    nobody = survey_shares(np.array([np.nan]), np.array([np.nan]), 0, np.zeros(1), 0, np.zeros(1))
    for measure in ("ratio", "odds-ratio"):
        for method in METHODS[measure]:
            common = {"covariance": np.zeros(1), "degrees_of_freedom": np.array([4.0]), "part": np.zeros(1)}
            found = DesignContrast(zero, zero, **common, measure=measure, asked=method).compare(0.95)
            assert np.isnan(found.estimate[0]) and (found.low[0], found.high[0], found.pvalue[0]) == (0, np.inf, 1)
            empty = DesignContrast(nobody, zero, **common, measure=measure, asked=method).compare(0.95)
            assert all(np.isnan(row[0]) for row in empty)
