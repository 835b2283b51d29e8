"""Intervals of survey proportions: R's where R has them, and everywhere else finite, flagged and never a point."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.flags import Flag
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.inference.surveys.intervals.edge_intervals import METHODS, share_limits, survey_shares
from dueregard.inference.surveys.intervals.likeness import effective_clusters, likeness
from dueregard.inference.surveys.ratios import ratios

LINEARISED = ("apisrs", "apistrat", "apistrat_nofpc", "apiclus1", "apiclus1_nofpc")
NAMES = {"logit": "logit", "beta": "korn-graubard"}


def of_estimates(found, degrees=None):
    degrees = found.degrees_of_freedom if degrees is None else np.full(len(found.value), degrees)
    return survey_shares(found.value, found.variance, found.nobs, found.kish, found.clusters, degrees)


def columns_of(sample):
    return {"ell0": sample.numbers("ell") == 0, "awards": np.array(sample.columns["awards"])[:, None] == "Yes"}


@pytest.mark.parametrize("name", LINEARISED)
@pytest.mark.parametrize("column", ["ell0", "awards"])
@pytest.mark.parametrize("theirs", NAMES)
def test_intervals_are_those_of_r(name, column, theirs, api, golden):
    found = of_estimates(ratios(api(name).summed(columns_of(api(name))[column].astype(float))))
    wanted = golden("linearised")[name][f"ciprop_{column}"][theirs]["ci"]
    limits = share_limits(found, method=NAMES[theirs])
    precision = 1e-8 if (column, theirs) == ("ell0", "logit") else 1e-9  # R's fit stops a little early there
    assert [limit[0] for limit in limits] == pytest.approx(wanted, rel=precision)


@pytest.mark.parametrize("name", LINEARISED)
def test_without_degrees_of_freedom_logit_is_that_of_r(name, api, golden):
    found = of_estimates(ratios(api(name).summed(columns_of(api(name))["awards"].astype(float))), np.inf)
    wanted = golden("linearised")[name]["ciprop_awards_dfinf"]["logit"]
    assert [limit[0] for limit in share_limits(found, method="logit")] == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("share", [0.0, 1.0])
def test_at_the_edge_r_has_nothing_and_there_is_an_interval_here(method, share, api, golden):
    theirs = np.array(golden("lonely_extreme")["extreme_prop"]["mean"]["zero" if share == 0 else "one"])
    assert theirs[0] == theirs[1] == share  # a point, in every method of R that does not fail
    sample = api("apiclus1")
    found = of_estimates(ratios(sample.summed(np.full((len(sample), 1), share))))
    low, high = (limit[0] for limit in share_limits(found, method=method))
    assert found.edge[0] and found.flag[0] == Flag.BORROWED_PRECISION
    assert (low, high)[int(share)] == share and 0.05 < high - low < 0.5


def shares(share, variance, nobs, clusters, degrees, kish=None, alike=None):
    arrays = (
        np.atleast_1d(np.asarray(each, float)) for each in (share, variance, nobs, nobs if kish is None else kish)
    )
    return survey_shares(*arrays, np.atleast_1d(clusters), np.atleast_1d(np.asarray(degrees, float)), alike)


def test_one_case_and_one_cluster_count_as_one():
    found = shares([1.0, 0.75, 0.0], [0, 0, 0], [1, 12, 40], [1, 1, 1], [0, 0, 0], alike=0.02)
    assert found.size.tolist() == [1, 1, 1] and found.edge.all()
    low, high = share_limits(found)
    assert low[1] < 0.75 < high[1] and (high - low > 0.7).all()


def test_what_is_borrowed_is_how_alike_others_are():
    alone = shares([0.0, 0.5], [0.0, 0.25 / 100 * (1 + 9 * 0.1)], [100, 100], [10, 10], [9, 9])
    assert alone.size == pytest.approx([100 / (1 + 9 * 0.1), 100 / (1 + 9 * 0.1)])
    assert alone.edge.tolist() == [True, False]
    nothing_known = shares([0.0, 1.0], [0.0, 0.0], [100, 60], [10, 20], [9, 19])
    assert nothing_known.size == pytest.approx([10, 20])  # each cluster counts as one
    assert shares(0.0, 0.0, 100, 100, 99).size == pytest.approx([100])  # nobody shares a cluster


def test_where_every_cluster_is_a_stratum_the_variance_is_not_believed():
    assert shares(0.4, 0.01, 40, 5, 0, alike=0.05).edge[0]


def test_a_size_above_the_cases_is_not_believed_but_by_korn_and_graubard_as_in_r():
    found = shares([0.8, 0.8, 0.8], [0.16 / 5000, 0.16 / 70, 0.16 / 40], 60, 26, 25, kish=[50.0, 50, 50])
    assert found.size == pytest.approx([5000, 70, 40]) and found.capped.size == pytest.approx([50, 50, 40])
    assert found.flag.tolist() == [Flag.PRECISION_CAPPED, 0, 0]  # only where it is far above
    low, high = share_limits(found)
    np.testing.assert_allclose((low[0], high[0]), wilson(0.8, 50.0, normal_quantile(0.95)), rtol=1e-12)
    assert low[0] == low[1] > low[2]
    assert share_limits(found, method="korn-graubard")[0][0] > 0.78


def test_no_cases_have_no_interval():
    found = shares([np.nan, 0.5], [np.nan, 0.01], [0, 30], [0, 5], [0, 4], kish=[0, 20])
    for method in METHODS:
        low, high = share_limits(found, method=method)
        assert np.isnan(low[0]) and np.isnan(high[0]) and low[1] < 0.5 < high[1]
    assert found.flag.tolist() == [0, 0] and found.size[0] == 0


def test_a_simple_sample_has_the_simple_interval():
    share, n = np.array([0.1, 0.5, 0.81]), np.array([20.0, 50, 640])
    found = survey_shares(share, share * (1 - share) / n, n, n, n, n - 1)
    np.testing.assert_allclose(share_limits(found), wilson(share, n, normal_quantile(0.95)), rtol=1e-12)


fractions = st.floats(0.001, 0.999)


@st.composite
def samples(draw):
    nobs = draw(st.integers(2, 500))
    clusters = draw(st.integers(2, min(nobs, 60)))
    share = draw(st.one_of(fractions, st.just(0.0), st.just(1.0)))
    effect = draw(st.floats(0.2, 8))
    return shares(share, effect * share * (1 - share) / nobs, nobs, clusters, clusters - 1, alike=draw(st.floats(0, 1)))


@pytest.mark.parametrize("method", METHODS)
@given(found=samples(), level=st.floats(0.5, 0.999))
def test_laws_of_limits(method, found, level):
    low, high = share_limits(found, method=method, confidence_level=level)
    assert (low >= 0).all() and (high <= 1).all() and (low < high).all()
    assert (low <= found.share).all() and (found.share <= high).all()
    wider = share_limits(found, method=method, confidence_level=level + (1 - level) / 2)
    assert (wider[0] <= low).all() and (wider[1] >= high).all()
    other = replace(found, share=1 - found.share)
    mirrored = share_limits(other, method=method, confidence_level=level)
    np.testing.assert_allclose((1 - mirrored[1], 1 - mirrored[0]), (low, high), rtol=1e-7, atol=1e-9)


@given(found=samples(), multiple=st.floats(1.01, 50))
def test_more_of_the_same_is_narrower(found, multiple):
    more = found.times(np.array([[multiple]]))
    narrow, wide = (np.subtract(*share_limits(each)[::-1]) for each in (more, found))
    assert narrow.shape == (1, 1) and narrow[0, 0] < wide[0]


@given(share=fractions, nobs=st.integers(20, 400), degrees=st.integers(1, 18))
def test_fewer_degrees_of_freedom_are_wider(share, nobs, degrees):
    few, more = (shares(share, share * (1 - share) / nobs, nobs, 20, d) for d in (degrees, degrees + 1))
    assert np.subtract(*share_limits(few)[::-1])[0] > np.subtract(*share_limits(more)[::-1])[0]


@given(nobs=st.integers(2, 400), alike=st.floats(0, 0.9), more=st.floats(0.01, 0.1))
def test_the_edge_is_wider_where_answers_are_more_alike_and_never_above_the_cases(nobs, alike, more):
    clusters = max(2, nobs // 5)
    one, other = (shares(0.0, 0.0, nobs, clusters, clusters - 1, alike=a) for a in (alike, alike + more))
    assert other.size[0] <= one.size[0] <= nobs
    assert share_limits(other)[1][0] >= share_limits(one)[1][0]


def of_clusters(rng, share, alike, n_clusters, per_cluster, draws):
    """Proportions of samples of a population whose answers are alike in clusters, with their linearised variances."""
    others = 1 / alike - 1 if alike else np.inf
    chance = rng.beta(share * others, (1 - share) * others, (draws, n_clusters)) if alike else share
    counts = rng.binomial(per_cluster, chance, (draws, n_clusters))
    found = counts.mean(axis=1) / per_cluster
    variance = counts.var(axis=1, ddof=1) / n_clusters / per_cluster**2
    nobs = np.full(draws, n_clusters * per_cluster)
    return found, variance, nobs


@pytest.mark.parametrize("share", [0.5, 0.8, 0.9, 0.95, 0.98])
@pytest.mark.parametrize("alike", [0.0, 0.05, 0.2])
def test_coverage_at_the_edge_too(share, alike):
    """With the likeness known from elsewhere, samples in which all agree are covered with the rest of them."""
    found, variance, nobs = of_clusters(np.random.default_rng(2010), share, alike, 12, 5, 20_000)
    size, clusters, degrees = nobs.astype(float), np.full(len(nobs), 12), np.full(len(nobs), 11.0)
    sized = survey_shares(found, variance, nobs, size, clusters, degrees, alike)
    held = {}
    for method in METHODS:
        low, high = share_limits(sized, method=method)
        held[method] = ((low <= share) & (share <= high)).mean()
    assert held["korn-graubard"] > 0.935 and held["wilson"] > 0.905 and held["logit"] > 0.93
    if share == 0.98:
        assert sized.edge.mean() > 0.1  # or nothing was said of it


def test_likeness_is_that_of_the_population():
    rng, alike = np.random.default_rng(1), 0.1
    found, variance, nobs = of_clusters(rng, 0.7, alike, 40, 10, 2000)
    known = np.ones(len(found), bool)
    clusters = np.full(len(found), 40.0)
    assert likeness(found, variance, nobs * 1.0, nobs * 1.0, clusters, known) == pytest.approx(alike, abs=0.01)


def test_clusters_of_unequal_say_are_fewer(api):
    assert 2 < effective_clusters(api("apiclus1").summed(), 0.1)[0] < 15
    assert effective_clusters(api("apisrs").summed(), 0.5)[0] == pytest.approx(len(api("apisrs")))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "arcsine"}, "method: 'arcsine' is not one of 'wilson', 'korn-graubard', 'logit'"),
        ({"confidence_level": 1.0}, "confidence_level: 1.0 is not between 0 and 1"),
    ],
)
def test_bad_input(options, message):
    with pytest.raises(ValueError) as error:
        share_limits(shares(0.5, 0.01, 30, 10, 9), **options)
    assert str(error.value) == message
