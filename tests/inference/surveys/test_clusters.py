"""The clusters of a sample, and what the deviations of each stratum count for."""

import numpy as np
import pytest

from dueregard.inference.surveys.clusters import LONELY, Clusters


def clusters(stratum=(0, 0, 0, 1, 1), fraction=(0.0, 0.25), lonely="grand-mean"):
    return Clusters(np.array(stratum, np.int32), np.array(fraction, np.float64), lonely)


def test_sizes_and_factors():
    made = clusters()
    assert (made.n_clusters, made.n_strata, made.size.tolist()) == (5, 2, [3, 2])
    assert made.factor.tolist() == [1.5, 1.5]  # 3/2, and 3/4 of 2
    assert not made.is_lonely.any()


@pytest.mark.parametrize(
    ("lonely", "factor"), [("grand-mean", [1.5, 0.75, 2.0]), ("remove", [1.5, 0, 2.0]), ("average", [2.25, 0, 3.0])]
)
def test_a_stratum_with_one_cluster(lonely, factor):
    assert clusters([0, 0, 0, 1, 2, 2], [0, 0.25, 0], lonely).factor.tolist() == factor


def test_one_cluster_is_refused_when_asked_for():
    made = clusters([0, 0, 1], [0, 0], "refuse")
    with pytest.raises(ValueError, match="lonely: stratum 1 has one cluster"):
        _ = made.factor
    assert clusters(lonely="refuse").factor.tolist() == [1.5, 1.5]


@pytest.mark.parametrize("lonely", LONELY)
def test_the_only_cluster_there_is_leaves_nothing_unknown(lonely):
    made = clusters([0, 0, 1], [0.5, 1], lonely)
    assert made.is_lonely.tolist() == [False, False]
    assert made.factor.tolist() == [1.0, 0.0]


def test_an_average_of_nothing_is_not_a_number():
    assert np.isnan(clusters([0, 1], [0, 0], "average").factor).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"stratum": [0, 1, 0]}, "stratum: cluster 2 of stratum 0 comes after one of 1"),
        ({"stratum": [0, 2]}, "stratum: 2 of cluster 1 is outside 0 to 1"),
        ({"stratum": [-1, 0]}, "stratum: -1 of cluster 0 is outside 0 to 1"),
        ({"stratum": [0, 0]}, "stratum: 1 has no cluster"),
        ({"fraction": [0, 1.5]}, "fraction: 1.5 of stratum 1 is outside 0 to 1"),
        ({"fraction": [np.nan, 1]}, "fraction: nan of stratum 0 is outside 0 to 1"),
        ({"lonely": "certainty"}, "lonely: 'certainty' is not one of 'grand-mean'"),
    ],
)
def test_what_is_no_design_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        clusters(**arguments)


@pytest.mark.parametrize("stratum", [np.zeros(2), np.zeros(2, np.int64), np.zeros((2, 1), np.int32)])
def test_strata_are_codes(stratum):
    with pytest.raises(TypeError, match="stratum must be an int32 array of one dimension"):
        Clusters(stratum, np.zeros(1))
