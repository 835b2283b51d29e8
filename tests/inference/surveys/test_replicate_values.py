"""Values of statistics in each replicate, and their covariance."""

from dataclasses import replace

import numpy as np
import pytest

from dueregard.inference.surveys.replicates.replicate_values import ReplicateValues
from dueregard.inference.surveys.replicates.replicates import Replicates


def test_values_deviate_from_their_mean_or_the_whole_samples():
    values, full = np.array([[1.0, 2.0], [3.0, 2.0], [8.0, 5.0]]), np.array([5.0, 2.0])
    replicates = Replicates("other", 0.5, np.array([1.0, 2.0, 1.0]), totals=np.zeros((3, 1, 1)))
    centred = ReplicateValues(replicates, values, full).covariance().matrix()[1]
    deviations = values - values.mean(axis=0)
    np.testing.assert_allclose(centred, 0.5 * deviations.T @ (deviations * [[1], [2], [1]]), rtol=1e-14)
    about = ReplicateValues(replace(replicates, mse=True), values, full)
    deviations = values - full
    expected = 0.5 * deviations.T @ (deviations * [[1], [2], [1]])
    np.testing.assert_allclose(about.covariance().matrix()[1], expected, rtol=1e-14)
    np.testing.assert_allclose(about.variance, np.diag(expected), rtol=1e-14)


def test_replicates_of_scale_zero_do_not_count():
    """Not in the mean either, whatever they hold."""
    values = np.array([[1.0], [3.0], [np.nan]])
    replicates = Replicates("other", 1.0, np.array([1.0, 1.0, 0.0]), totals=np.zeros((3, 1, 1)))
    assert ReplicateValues(replicates, values, np.zeros(1)).variance.tolist() == [2.0]


def test_a_value_that_is_not_known_in_a_replicate_has_no_variance():
    values = np.array([[1.0, 1.0], [np.nan, 3.0]])
    replicates = Replicates("other", 1.0, np.ones(2), totals=np.zeros((2, 1, 1)))
    variance = ReplicateValues(replicates, values, np.zeros(2)).variance
    assert np.isnan(variance[0])
    assert variance[1] == 2.0


def test_combinations_blocks_and_their_order():
    rng = np.random.default_rng(4)
    replicates = Replicates("other", 1.0, np.ones(9), totals=np.zeros((9, 1, 1)))
    values = ReplicateValues(replicates, rng.normal(size=(9, 5)), rng.normal(size=5))
    assert values.n == 5
    weights = rng.normal(size=(3, 5))
    to, source = np.nonzero(weights)
    combined = values.combined(to, source, weights.ravel(), 3)
    np.testing.assert_allclose(combined.full, weights @ values.full, rtol=1e-14)
    whole = values.covariance().matrix()[1]
    np.testing.assert_allclose(combined.covariance().matrix()[1], weights @ whole @ weights.T, rtol=1e-12)
    indices, matrix = values.covariance([3, 1, 3, 1, 3]).matrix(3)
    assert indices.tolist() == [0, 2, 4]
    np.testing.assert_allclose(matrix, whole[np.ix_(indices, indices)], rtol=1e-13)
    with pytest.raises(ValueError, match="source: 5 of term 0 is not a statistic from 0 to 4"):
        values.combined([0], [5], [1.0], 1)
