"""Statistics with known scores: means and ratios by their scores are those that are linearised elsewhere."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.flags import Flag
from dueregard.inference.surveys.calibration import Calibration
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.linearised import linearised
from dueregard.inference.surveys.ratios import ratios
from dueregard.inference.surveys.replicates import replicate_designs
from dueregard.inference.surveys.summing import cluster_totals

N_DOMAINS = 3
NAMES = ("value", "variance", "nobs", "weight", "kish", "clusters", "degrees_of_freedom", "flag")


def survey(seed, n=60):
    rng = np.random.default_rng(seed)
    clusters = Clusters(np.array([0, 0, 0, 1, 1, 1, 1], np.int32), np.array([0.0, 0.3]))
    return {
        "cluster": rng.integers(0, 7, n).astype(np.int32),
        "domain": rng.permutation(np.arange(n) % (N_DOMAINS + 1) - 1).astype(np.int32),
        "n_domains": N_DOMAINS,
        "weight": rng.uniform(0.5, 3, n),
        "clusters": clusters,
        "values": rng.normal(10, 3, (n, 2)),
    }


def scored(rows):
    """The ratios of the first value to 1 and to the second, by domain, and totals of their scores."""
    totals = cluster_totals(**rows)
    mean, ratio = ratios(totals), ratios(totals, numerator=1, denominator=2)
    of, sums = np.maximum(rows["domain"], 0), totals.domain_sums
    first = (rows["values"][:, 0] - mean.value[of]) / sums[of, 0]
    second = (rows["values"][:, 0] - ratio.value[of] * rows["values"][:, 1]) / sums[of, 2]
    found = cluster_totals(**{**rows, "values": np.column_stack([first, second])})
    return totals, found, (mean, ratio)


def assert_same(found, told, column):
    for name in NAMES:
        own = getattr(found, name).reshape(N_DOMAINS, 2)[:, column]
        np.testing.assert_allclose(own, getattr(told, name), rtol=1e-9, atol=1e-12, err_msg=name)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 9999))
def test_scores_of_ratios_give_the_estimates_of_ratios(seed):
    _, totals, told = scored(survey(seed))
    found = linearised(totals, np.column_stack([each.value for each in told]))
    for column, each in enumerate(told):
        assert_same(found, each, column)
    statistics, matrix = found.covariance(np.array([0, 0, 1, 1, 2, 2])).matrix(1)
    assert statistics.tolist() == [2, 3]
    assert np.diag(matrix) == pytest.approx(found.variance[2:4])


def test_calibration_takes_what_margins_explain_from_scores():
    rows = survey(5)
    clusters, n = rows["clusters"], 60
    category = rows["cluster"] % 2
    pieces, piece = np.unique(np.stack([rows["cluster"], category]), axis=1, return_inverse=True)
    weight = np.bincount(piece, rows["weight"])
    calibration = Calibration(pieces[0].astype(np.int32), pieces[1][:, np.newaxis].astype(np.int64), 2, weight, weight)
    within = Clusters(clusters.stratum[pieces[0]], clusters.fraction)
    by_piece = {**rows, "cluster": piece.astype(np.int32), "clusters": within}
    assert len(piece) == n
    plain, totals, told = scored(by_piece)
    plain, totals = (replace(each, clusters=clusters, calibration=calibration) for each in (plain, totals))
    told = ratios(plain), ratios(plain, numerator=1, denominator=2)
    found = linearised(totals, np.column_stack([each.value for each in told]))
    for column, each in enumerate(told):
        assert_same(found, each, column)


def test_replicates_move_by_the_total_of_scores():
    rows = survey(8)
    _, totals, told = scored(rows)
    replicates = replicate_designs.make("jkn", rows["clusters"])
    value = np.column_stack([each.value for each in told])
    found = linearised(replace(totals, replicates=replicates), value)
    assert found.value.tolist() == value.ravel().tolist()
    assert found.sampled.full.tolist() == value.ravel().tolist()
    # Of a sum that is linear in clusters the jackknife is the linearised variance: no stratum is lonely.
    assert found.variance == pytest.approx(linearised(totals, value).variance, rel=1e-9)
    given = np.einsum("cr,dcs->rds", replicates.multipliers, in_cubes(totals))
    same = replace(replicates, multipliers=None, totals=given)
    assert linearised(replace(totals, replicates=same), value).variance == pytest.approx(found.variance, rel=1e-9)


def in_cubes(totals):
    cube = np.zeros((N_DOMAINS, totals.clusters.n_clusters, totals.sums.shape[1]))
    cube[totals.domain, totals.cluster] = totals.sums
    return cube


def test_a_statistic_without_a_value_has_no_variance_and_leaves_the_others_alone():
    _, totals, told = scored(survey(3))
    value = np.column_stack([each.value for each in told])
    whole = linearised(totals, value)
    value[1, 0] = np.nan
    found = linearised(totals, value)
    assert np.isnan(found.variance[2])
    kept = np.arange(6) != 2
    assert found.variance[kept].tolist() == whole.variance[kept].tolist()
    assert (found.flag & int(Flag.NO_CASES) == 0).all()


def test_values_that_do_not_fit_the_scores_are_refused():
    _, totals, _ = scored(survey(1))
    with pytest.raises(ValueError, match=r"^value: the shape is \(3, 1\), but there are 3 domains with 2 scores$"):
        linearised(totals, np.zeros((3, 1)))
