"""Parts of a gap against 0: Student's t, bias-corrected percentiles, and p-values that fit the intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dueregard.flags import Flag
from dueregard.inference.decomposition.part_contrasts import PartContrast, joined


def contrast(estimate, se, degrees, replicates=None):
    return PartContrast(np.array(estimate, float), np.array(se, float), np.array(degrees, float), replicates)


@given(st.floats(-5, 5), st.floats(0.1, 3), st.integers(1, 200), st.sampled_from([0.5, 0.9, 0.95, 0.99]))
def test_student_is_that_of_scipy(estimate, se, degrees, level):
    found = contrast([estimate], [se], [degrees]).compare(level)
    reach = stats.t.ppf((1 + level) / 2, degrees) * se
    assert (found.low[0], found.high[0]) == pytest.approx((estimate - reach, estimate + reach))
    assert found.pvalue[0] == pytest.approx(2 * stats.t.sf(abs(estimate) / se, degrees))


def test_bias_corrected_percentiles_are_those_of_scipy_without_acceleration():
    """A statistic whose replicates lie to one side: SciPy's BCa has acceleration 0 for a sample with no skew."""
    sample = np.array([-3.0, -1.0, 0.0, 1.0, 3.0])
    theirs = stats.bootstrap((sample,), np.mean, method="BCa", rng=1, n_resamples=20_000)
    drawn = np.sort(theirs.bootstrap_distribution)[:, np.newaxis]
    found = contrast([sample.mean()], [1], [np.inf], drawn).compare(0.95)
    assert found.low[0] == pytest.approx(theirs.confidence_interval.low, abs=0.05)
    assert found.high[0] == pytest.approx(theirs.confidence_interval.high, abs=0.05)


def test_replicates_around_the_estimate_are_plain_percentiles():
    drawn = stats.norm.ppf((np.arange(999) + 1) / 1000)[:, np.newaxis]
    found = contrast([0.0], [1], [np.inf], drawn).compare(0.95)
    assert (found.low[0], found.high[0]) == pytest.approx(stats.norm.ppf([0.025, 0.975]), abs=1e-9)
    assert found.pvalue[0] == pytest.approx(1.0)


@given(st.integers(0, 10_000), st.floats(-1, 1), st.floats(0.5, 0.99))
def test_p_fits_the_percentiles(seed, centre, level):
    drawn = np.random.default_rng(seed).normal(centre, 0.5, (199, 1))
    found = contrast([centre + 0.05], [0.5], [np.inf], drawn).compare(level)
    if abs(found.pvalue[0] - (1 - level)) > 0.02:  # within a step between two replicates both are right
        assert (found.pvalue[0] < 1 - level) == (found.low[0] > 0 or found.high[0] < 0)


def test_what_has_no_standard_error_has_no_interval_and_says_why():
    found = contrast([1.0, 1.0, np.nan], [np.nan, 0.5, np.nan], [5, 0.5, 5])
    answer = found.compare(0.95)
    assert np.isnan(answer.low).all()
    assert np.isnan(answer.pvalue).all()
    assert [Flag(int(each)) for each in found.flag] == [Flag.NO_VARIANCE, Flag.FEW_DEGREES, Flag(0)]


def test_so_many_times_the_people_are_so_much_surer():
    found = contrast([1.0], [0.5], [10]).times(np.array([4.0]))
    assert (found.se[0], found.degrees_of_freedom[0], found.estimate[0]) == (0.25, 40, 1.0)


def test_joined_parts_are_the_parts():
    drawn = np.arange(8.0).reshape(4, 2)
    both = joined([contrast([1, 2], [3, 4], [5, 6], drawn), contrast([7], [8], [9], drawn[:, :1])])
    assert both.estimate.tolist() == [1, 2, 7]
    assert both.replicates.shape == (4, 3)
    assert both.only([2]).se.tolist() == [8]
    assert joined([contrast([1], [3], [5]), contrast([2], [4], [6])]).replicates is None
