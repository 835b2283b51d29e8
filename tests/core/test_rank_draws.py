"""Ranks of values drawn again, and how far the largest difference reaches: compiled functions against their twins."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from dueregard import _core
from dueregard.reference import rank_draws
from dueregard.reference.philox import philox_words

KEY = np.array([2011, 2**64 - 25], np.uint64)

VALUES = st.sampled_from([-1.0, 0.0, 0.25, 0.25, 3.0])
ERRORS = st.sampled_from([0.0, 0.1, 1.0, 2.5])


@st.composite
def units(draw):
    n, n_factors = draw(st.integers(1, 6)), draw(st.integers(0, 3))
    value = np.array(draw(st.lists(VALUES, min_size=n, max_size=n)))
    own = np.array(draw(st.lists(ERRORS, min_size=n, max_size=n)))
    shared = draw(st.lists(VALUES, min_size=n * n_factors, max_size=n * n_factors))
    return value, own, np.array(shared, float).reshape(n, n_factors)


@st.composite
def questions(draw, n):
    sizes = draw(st.lists(st.integers(0, 5), min_size=1, max_size=3))
    total = sum(sizes)

    def several(values):
        return draw(st.lists(values, min_size=total, max_size=total))

    return (
        np.array(several(st.integers(0, n - 1)), np.int32),
        np.array(several(st.integers(0, n - 1)), np.int32),
        np.array(several(st.sampled_from([0.0, 0.5, 1.0, -0.5, -1.0])), float),
        np.array(several(st.sampled_from([-np.inf, -1.0, 0.0, 0.5, 1.0, np.inf])), float),
        np.cumsum([0, *sizes]),
    )


@settings(max_examples=150, derandomize=True, deadline=None)
@given(units(), st.integers(0, 2**64 - 100), st.sampled_from([0, 1, 5, 63, 64, 65]))
def test_count_ranks_equals_the_twin(sample, first, n):
    found = _core.count_ranks(*sample, KEY, first, n)
    assert found.tolist() == rank_draws.count_ranks(*sample, KEY, first, n).tolist()
    assert found.sum(axis=1).tolist() == [n] * len(sample[0])


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.data(), units(), st.integers(0, 2**64 - 100), st.sampled_from([0, 1, 5, 65]))
def test_count_exceeded_equals_the_twin(data, sample, first, n):
    asked = data.draw(questions(len(sample[0])))
    found = _core.count_exceeded(*sample, *asked, KEY, first, n)
    assert found.tolist() == rank_draws.count_exceeded(*sample, *asked, KEY, first, n).tolist()


def test_normal_numbers_are_scipys():
    words = philox_words(KEY, 0, 2000)
    found = [rank_draws.normal(int(word)) for word in words]
    np.testing.assert_allclose(found, norm.ppf((words // 2**12 + 0.5) / 2**52), rtol=1e-13)


def test_the_farthest_normal_numbers_are_finite():
    assert rank_draws.normal(0) == pytest.approx(norm.ppf(2.0**-53), rel=1e-12)
    assert rank_draws.normal(2**64 - 1) == -rank_draws.normal(0)


def test_parts_add_up():
    value, own = np.linspace(0, 1, 9), np.linspace(0, 2, 9)
    sample = value, own, np.ones((9, 1))
    whole = _core.count_ranks(*sample, KEY, 7, 1000)
    parts = [_core.count_ranks(*sample, KEY, 7 + a, b - a) for a, b in ((0, 1), (1, 300), (300, 1000))]
    assert sum(parts).tolist() == whole.tolist()


def test_two_units_are_as_often_above_as_the_normal_distribution_says():
    own = np.array([3.0, 4.0])
    counts = _core.count_ranks(np.array([0.0, 5.0]), own, np.empty((2, 0)), KEY, 0, 100_000)
    assert counts[1, 0] / 100_000 == pytest.approx(norm.cdf(1.0), abs=0.005)
    assert counts[0, 1] == counts[1, 0]


def test_what_units_share_does_not_change_their_order():
    value, nothing = np.array([1.0, 2.0, 3.0]), np.zeros(3)
    counts = _core.count_ranks(value, nothing, np.full((3, 1), 50.0), KEY, 0, 500)
    assert counts.tolist() == [[0, 0, 500], [0, 500, 0], [500, 0, 0]]


def test_nobody():
    nothing = np.empty(0)
    assert _core.count_ranks(nothing, nothing, np.empty((0, 0)), KEY, 0, 5).shape == (0, 0)


GOOD = {
    "value": np.zeros(2),
    "own": np.ones(2),
    "shared": np.empty((2, 0)),
    "key": KEY,
    "first": 0,
    "n_replicates": 5,
}
ASKED = {
    "upper": np.array([0, 1], np.int32),
    "lower": np.array([1, 0], np.int32),
    "weight": np.ones(2),
    "seen": np.ones(2),
    "starts": np.array([0, 2]),
}
REFUSED = {
    "value type": (
        TypeError,
        r"value must be an array of dtype\('float64'\) with 1 dimension",
        {"value": np.zeros(2, int)},
    ),
    "value object": (TypeError, "value must be an array", {"value": [0.0, 1.0]}),
    "value nan": (ValueError, "value: element 1 is not finite", {"value": np.array([0, np.nan])}),
    "own negative": (ValueError, "own: element 0 is negative", {"own": np.array([-1.0, 1])}),
    "own infinite": (ValueError, "own: element 1 is not finite", {"own": np.array([1.0, np.inf])}),
    "own length": (ValueError, "own has 3 rows, not 2", {"own": np.ones(3)}),
    "shared axes": (TypeError, "shared must be an array .* with 2 dimensions", {"shared": np.ones(2)}),
    "shared length": (ValueError, "shared has 1 rows, not 2", {"shared": np.ones((1, 2))}),
    "shared nan": (ValueError, "shared: element 3 is not finite", {"shared": np.array([[0, 0], [0, np.nan]])}),
    "replicates": (ValueError, "n_replicates: -1 is negative", {"n_replicates": -1}),
    "key": (ValueError, "key must be a uint64 array of length 2", {"key": KEY[:1]}),
    "first": (ValueError, "first must be a whole number", {"first": -1}),
    "interrupt": (TypeError, "interrupt", {"interrupt": 5}),
}
REFUSED_QUESTIONS = {
    "upper type": (TypeError, "upper must be an array", {"upper": np.array([0, 1])}),
    "upper range": (ValueError, "upper: element 1 is 2, and there are 2 units", {"upper": np.array([0, 2], np.int32)}),
    "lower range": (ValueError, "lower: element 0 is -1", {"lower": np.array([-1, 0], np.int32)}),
    "lower length": (ValueError, "lower has 1 rows, not 2", {"lower": np.array([1], np.int32)}),
    "weight": (ValueError, "weight: element 0 is not finite", {"weight": np.array([-np.inf, 1])}),
    "seen nan": (ValueError, "seen: element 1 is not a number", {"seen": np.array([1, np.nan])}),
    "seen length": (ValueError, "seen has 3 rows, not 2", {"seen": np.ones(3)}),
    "starts end": (ValueError, "starts must go up from 0 to the number of hypotheses, 2", {"starts": np.array([0, 1])}),
    "starts down": (ValueError, "starts must go up", {"starts": np.array([0, 2, 1, 2])}),
    "no starts": (ValueError, "starts must go up", {"starts": np.empty(0, int)}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_arguments_are_refused(case):
    error, message, bad = REFUSED[case]
    with pytest.raises(error, match=message):
        _core.count_ranks(**(GOOD | bad))
    with pytest.raises(error, match=message):
        _core.count_exceeded(**(GOOD | ASKED | bad))


@pytest.mark.parametrize("case", REFUSED_QUESTIONS)
def test_bad_questions_are_refused(case):
    error, message, bad = REFUSED_QUESTIONS[case]
    with pytest.raises(error, match=message):
        _core.count_exceeded(**(GOOD | ASKED | bad))


def test_an_interrupt_ends_it():
    with pytest.raises(InterruptedError):
        _core.count_ranks(**(GOOD | {"n_replicates": 10**9, "interrupt": np.ones(1, np.uint8)}))
    with pytest.raises(InterruptedError):
        _core.count_exceeded(**(GOOD | ASKED | {"n_replicates": 10**9, "interrupt": np.ones(1, np.uint8)}))
