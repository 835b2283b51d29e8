"""Replicates made from clusters: R's standard errors, and for totals those of linearised scores."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.ratios import ratios, totals_of
from dueregard.inference.surveys.replicates.replicate_designs import MOST_CELLS, StratumSizeError, make
from dueregard.inference.surveys.replicates.replicate_totals import replicate_totals

GOLDEN = json.loads((Path(__file__).parent / "golden" / "r_replicate_designs.json").read_text())
ROWS = [row for row in GOLDEN["rows"] if "kind" in row]


def name_of(row):
    return "-".join(str(row.get(key)) for key in ("data", "kind", "fpc", "lonely", "mse"))


def clusters_of(sizes, fraction=0.0, lonely="grand-mean"):
    stratum = np.repeat(np.arange(len(sizes)), sizes).astype(np.int32)
    return Clusters(stratum, np.broadcast_to(np.asarray(fraction, float), len(sizes)).copy(), lonely)


def one_domain(clusters, *columns):
    """Each cluster a row of weight 1."""
    n = clusters.n_clusters
    sums = np.column_stack([np.ones(n), *columns])
    return ClusterTotals(
        clusters, 1, np.arange(n, dtype=np.int32), np.zeros(n, np.int32), np.ones(n, int), sums[:, 0], sums
    )


def replicated(totals, kind, **options):
    return replace(totals, replicates=make(kind, totals.clusters, **options))


@pytest.mark.parametrize("row", [row for row in ROWS if row["data"] == "scd"], ids=name_of)
def test_survival_after_cardiac_arrest_is_rs(row):
    """Levy and Lemeshow's ambulances, two in each of three areas."""
    arrests, alive = (np.array(GOLDEN["scd"][name], float) for name in ("arrests", "alive"))
    totals = one_domain(clusters_of([2, 2, 2]), arrests, alive)
    totals = replicated(totals, row["kind"], mse=row["mse"], **({"fay": 0.3} if row["kind"] == "fay" else {}))
    ratio = ratios(totals, numerator=2, denominator=1)
    np.testing.assert_allclose(ratio.value, 0.1535063500828, rtol=1e-12)
    np.testing.assert_allclose(ratio.se, row["se_ratio"], rtol=1e-9)
    np.testing.assert_allclose(totals_of(totals, 2).se, row["se_total"], rtol=1e-9)
    np.testing.assert_allclose(ratios(totals, numerator=2).se, row["se_mean"], rtol=1e-9)
    assert totals.replicates.degrees_of_freedom == row["degf"] == 3


def test_the_published_half_samples():
    arrests, alive = (np.array(GOLDEN["scd"][name], float) for name in ("arrests", "alive"))
    ratio = ratios(replicated(one_domain(clusters_of([2, 2, 2]), arrests, alive), "brr"), numerator=2, denominator=1)
    assert round(float(ratio.se[0]), 7) == 0.0094184


SCHOOLS = {
    ("apistrat", True): "apistrat",
    ("apistrat", False): "apistrat_nofpc",
    ("apiclus1", True): "apiclus1",
    ("apiclus1", False): "apiclus1_nofpc",
    ("apiclus1 by dnum", None): "apiclus1_strata",
}


@pytest.mark.parametrize("row", [row for row in ROWS if row["data"] != "scd"], ids=name_of)
def test_schools_are_rs(row, api):
    sample = api(SCHOOLS[row["data"], row.get("fpc")])
    if "lonely" in row:
        sample = sample.with_lonely(row["lonely"])
    made = make(row["kind"], sample.clusters, mse=row.get("mse", False))
    students = replace(sample.summed(sample.numbers("enroll", "api.stu")), replicates=made)
    np.testing.assert_allclose(ratios(students, numerator=2, denominator=1).se, row["se_ratio"], rtol=1e-9)
    np.testing.assert_allclose(totals_of(students).se, row["se_total"], rtol=1e-9)
    schools = replace(sample.summed(sample.numbers("api00")), replicates=made)
    np.testing.assert_allclose(ratios(schools).se, row["se_mean"], rtol=1e-9)
    if "degf" in row:
        assert made.degrees_of_freedom == row["degf"]
        _, domain = sample.coded("sch.wide")
        by = ratios(replace(sample.summed(sample.numbers("api00"), domain, 2), replicates=made))
        np.testing.assert_allclose(by.sampled.covariance().matrix()[1].ravel(), row["by_schwide"], rtol=1e-9)


@st.composite
def designs(draw):
    """A kind, and a design that allows it."""
    kind = draw(st.sampled_from(["jk1", "jkn", "brr", "fay"]))
    policy = draw(st.sampled_from(["grand-mean", "remove", "average"]))
    sizes = {
        "jk1": st.lists(st.integers(2, 8), min_size=1, max_size=1),
        "jkn": st.lists(st.integers(1, 6), min_size=1, max_size=6).filter(lambda sizes: max(sizes) > 1),
    }.get(kind, st.lists(st.just(2), min_size=1, max_size=9))
    drawn = draw(sizes)
    fractions = draw(st.lists(st.sampled_from([0.0, 0.3, 0.75]), min_size=len(drawn), max_size=len(drawn)))
    return kind, clusters_of(drawn, fractions, policy)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(designs(), st.booleans(), st.integers(0, 2**32))
def test_for_totals_variances_are_those_of_scores(design, mse, seed):
    kind, clusters = design
    rng = np.random.default_rng(seed)
    totals = one_domain(clusters, *rng.normal(3, 1, (2, clusters.n_clusters)))
    by_scores, by_replicates = totals_of(totals), totals_of(replicated(totals, kind, mse=mse))
    np.testing.assert_allclose(by_replicates.variance, by_scores.variance, rtol=1e-9, atol=1e-20)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(designs())
def test_replicates_keep_the_number_of_clusters(design):
    """Without lonely strata the weights of a stratum's clusters add up to what they did, and none is negative."""
    kind, clusters = design
    multipliers = make(kind, clusters).multipliers
    assert (multipliers >= 0).all()
    sums = np.add.reduceat(multipliers, np.cumsum(clusters.size) - clusters.size, axis=0)
    if not clusters.is_lonely.any():
        np.testing.assert_allclose(sums, np.repeat(clusters.size[:, None], sums.shape[1], axis=1), rtol=1e-12)
    np.testing.assert_allclose(multipliers.sum(axis=0), clusters.n_clusters, rtol=1e-12)


@pytest.mark.parametrize("policy", ["grand-mean", "remove", "average"])
def test_bootstrap_variances_come_to_those_of_scores(policy):
    clusters = clusters_of([4, 1, 3, 1, 2], [0.0, 0.2, 0.5, 0.0, 0.0], policy)
    y = np.array([1.0, 7, 3, 5, 9, 2, 8, 8, 1, 4, 6])
    totals = one_domain(clusters, y)
    expected = totals_of(totals).variance[0]
    found = totals_of(replicated(totals, "bootstrap", n_replicates=100_000, rng=5)).variance[0]
    assert abs(found / expected - 1) < 0.03


def test_a_bootstrap_is_its_seed():
    totals = one_domain(clusters_of([5, 6]), np.arange(11.0))

    def variance(rng, n=50):
        return totals_of(replicated(totals, "bootstrap", n_replicates=n, rng=rng)).variance[0]

    assert variance(3) == variance(3) == variance(np.random.SeedSequence(3))
    assert variance(3) != variance(4)
    assert variance(None) != variance(None)
    first = replicate_totals(make("bootstrap", totals.clusters, 20, rng=3), totals)
    assert (replicate_totals(make("bootstrap", totals.clusters, 90, rng=3), totals)[:20] == first).all()
    assert make("bootstrap", totals.clusters).n == 500


TWO, LONELY = clusters_of([2, 2]), clusters_of([2, 1], lonely="refuse")
REFUSED = {
    "kind": (ValueError, "replicates: 'sdr' is not one of 'jk1'", ("sdr", TWO), {}),
    "one cluster": (ValueError, "replicates: 'jkn' needs at least 2 clusters, not 1", ("jkn", clusters_of([1])), {}),
    "strata": (ValueError, "'jk1' is for a design without strata, and this has 2: use 'jkn'", ("jk1", TWO), {}),
    "three": (
        ValueError,
        "'brr' needs 2 clusters in each stratum, and stratum 1 has 3",
        ("brr", clusters_of([2, 3])),
        {},
    ),
    "one": (
        ValueError,
        "'fay' needs 2 clusters in each stratum, and stratum 0 has 1",
        ("fay", clusters_of([1, 2])),
        {},
    ),
    "lonely": (ValueError, "stratum 1 has one cluster", ("jkn", LONELY), {}),
    "lonely drawn": (ValueError, "stratum 1 has one cluster", ("bootstrap", LONELY), {}),
    "all lonely": (
        ValueError,
        "nothing to draw: every stratum has one cluster",
        ("jkn", clusters_of([1, 1], lonely="remove")),
        {},
    ),
    "all average": (ValueError, "nothing to draw", ("bootstrap", clusters_of([1, 1], lonely="average")), {}),
    "all removed": (ValueError, "nothing to draw", ("bootstrap", clusters_of([1, 1], lonely="remove")), {}),
    "census": (ValueError, "'jkn' has nothing to draw: .* or was taken whole", ("jkn", clusters_of([3, 3], 1.0)), {}),
    "number": (ValueError, "n_replicates: 'jkn' makes as many as the design needs", ("jkn", TWO, 9), {}),
    "few": (ValueError, "n_replicates: a variance needs at least 2, not 1", ("bootstrap", TWO, 1), {}),
    "fraction": (TypeError, "n_replicates: 9.5 is not a whole number", ("bootstrap", TWO, 9.5), {}),
    "fay high": (ValueError, "fay: 1 is not from 0 to below 1", ("fay", TWO), {"fay": 1}),
    "fay text": (TypeError, "fay: 'half' is not a number", ("fay", TWO), {"fay": "half"}),
    "mse": (TypeError, "mse: 'yes' is neither True nor False", ("jkn", TWO), {"mse": "yes"}),
    "rng": (TypeError, "rng: 'x' is not an integer", ("bootstrap", TWO), {"rng": "x"}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_a_design_does_not_allow_is_refused(case):
    error, message, arguments, options = REFUSED[case]
    with pytest.raises(error, match=message):
        make(*arguments, **options)


def test_a_stratum_that_does_not_fit_is_known_by_number():
    with pytest.raises(StratumSizeError) as caught:
        make("brr", clusters_of([2, 2, 4]))
    assert caught.value.stratum == 2


def test_more_replicates_than_memory_holds():
    n = int(MOST_CELLS**0.5) + 1
    with pytest.raises(
        ValueError, match=f"'jkn' would make {n} replicates of {n} clusters, which memory does not hold"
    ):
        make("jkn", clusters_of([n]))
