"""Rolling windows of arrays: sums, shares and differences, against the slow way."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import dueregard as dr
from dueregard.inference.trends.windows import rolled

SERIES = hnp.arrays(
    np.int64, st.tuples(st.integers(1, 9), st.integers(1, 3), st.integers(2, 3)), elements=st.integers(0, 40)
)


@given(SERIES, st.data())
@settings(max_examples=60, deadline=None)
def test_rolled_counts_are_the_slow_sums(nobs, data):
    length = data.draw(st.integers(1, len(nobs)))
    slow = [nobs[i : i + length].sum(axis=0) for i in range(len(nobs) - length + 1)]
    assert np.array_equal(rolled(nobs, length), slow)


@given(SERIES, st.data())
@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("method", ["newcombe", "score"])
def test_every_window_is_what_the_public_functions_say_of_its_sums(method, nobs, data):
    count = data.draw(hnp.arrays(np.int64, nobs.shape, elements=st.integers(0, 40))) % (nobs + 1)
    lengths = data.draw(st.lists(st.integers(1, len(nobs)), min_size=1, max_size=3, unique=True))
    reference = data.draw(st.integers(0, nobs.shape[-1] - 1))
    threads = data.draw(st.sampled_from([None, 1, 2]))
    found = dr.rolling_intervals(count, nobs, window=lengths, reference=reference, method=method, threads=threads)
    others = [i for i in range(nobs.shape[-1]) if i != reference]
    for i, (length, end) in enumerate(zip(found.window, found.end, strict=True)):
        window = slice(end - length + 1, end + 1)
        x, n = count[window].sum(axis=0), nobs[window].sum(axis=0)
        share = dr.proportion_interval(x, n)
        gap = dr.compare_proportions(x[:, others], n[:, others], x[:, [reference]], n[:, [reference]], method=method)
        assert np.array_equal(found.count[i], x)
        assert np.array_equal(found.nobs[i], n)
        np.testing.assert_allclose([found.share[i], found.low[i], found.high[i]], share[:3], rtol=1e-12, atol=1e-12)
        rows = [found.difference[i], found.difference_low[i], found.difference_high[i]]
        np.testing.assert_allclose(rows, [gap.estimate, gap.low, gap.high], rtol=1e-12, atol=1e-12)
        if method == "score":
            np.testing.assert_allclose(found.pvalue[i], gap.pvalue, rtol=1e-12)
    assert (found.pvalue is None) == (method == "newcombe")


def test_windows_stand_shortest_first_and_in_order_of_time():
    found = dr.rolling_intervals([1, 2, 3], [4, 4, 4], window=[3, 2, 2])
    assert found.window.tolist() == [2, 2, 3]
    assert found.end.tolist() == [1, 2, 2]
    assert found.count.tolist() == [3, 5, 6]
    assert found.difference is None


def test_the_pooled_share_is_not_the_mean_of_the_shares():
    count, nobs = [410, 388, 455, 402], [520, 500, 560, 515]
    (share,) = dr.rolling_intervals(count, nobs, window=4).share
    assert share == pytest.approx(0.7899761336515513, abs=1e-15)
    assert share != pytest.approx(np.mean(np.divide(count, nobs)), abs=1e-4)


def test_a_window_without_cases_has_no_share_and_one_with_only_cases_has_a_width():
    found = dr.rolling_intervals([0, 0, 5], [0, 0, 5], window=1)
    assert np.isnan([found.share[0], found.low[0], found.high[0]]).all()
    assert (found.share[2], found.high[2]) == (1, 1)
    assert found.low[2] < 0.6


def test_threads_change_no_bit():
    rng = np.random.default_rng(3)
    nobs = rng.integers(0, 30, (40, 7, 4))
    count = rng.binomial(nobs, 0.7)
    one, many = (
        dr.rolling_intervals(count, nobs, window=range(1, 13), reference=0, method="score", threads=n) for n in (1, 5)
    )
    for name in ("share", "low", "high", "difference", "difference_low", "difference_high", "pvalue"):
        assert np.array_equal(getattr(one, name), getattr(many, name), equal_nan=True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"window": 4}, "window: 4 periods, and the series has 3"),
        ({"window": 0}, "window: 0 is below 1"),
        ({"window": []}, "window: there is none"),
        ({"window": 1, "method": "wald"}, "method: 'wald' is not one of 'newcombe', 'score'"),
        ({"window": 1, "reference": 0}, "reference: 0 is not the position of one of 0 groups (the last axis)"),
        ({"window": 1, "confidence_level": 1}, "confidence_level: 1 is not between 0 and 1"),
        ({"window": 1, "count": [1, 9, 1]}, "count: 9 at index 1 is above nobs, which is 5 there"),
        ({"window": 1, "count": 1, "nobs": 5}, "count: needs periods down its first axis, and is one number"),
    ],
)
def test_bad_input(arguments, message):
    given_arguments = {"count": [1, 2, 3], "nobs": [5, 5, 5], **arguments}
    with pytest.raises(ValueError) as error:
        dr.rolling_intervals(given_arguments.pop("count"), given_arguments.pop("nobs"), **given_arguments)
    assert str(error.value) == message


def test_a_window_that_is_no_whole_number():
    with pytest.raises(TypeError, match=r"window: 1.5 is not a whole number"):
        dr.rolling_intervals([1], [1], window=1.5)
