"""Which ranks units may have: laws, exact critical values, coverage and every refusal."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, studentized_range

import dueregard as dr
from dueregard.inference.areas.rank_intervals import ranks_of
from dueregard.inference.areas.uncertain_values import correlated, independent
from dueregard.inference.random_keys import key_of
from dueregard.reference import rank_draws

QUICK = {"n_draws": 4000, "threads": 1}

SAMPLES = st.lists(st.tuples(st.integers(0, 30), st.sampled_from([0.0, 1.0, 2.0, 5.0])), min_size=1, max_size=9)


def limits(found, *, joint=False):
    ends = (found.joint_low, found.joint_high) if joint else (found.low, found.high)
    return list(zip(*(end.tolist() for end in ends), strict=True))


@settings(max_examples=80, derandomize=True, deadline=None)
@given(SAMPLES)
def test_ranks_lie_in_their_intervals_and_these_in_the_joint_ones(sample):
    estimate, se = map(np.array, zip(*sample, strict=True))
    found = dr.rank_intervals(estimate, se, higher_is_better=True, **QUICK)
    ordered = [np.ones(len(estimate)), found.joint_low, found.low, found.rank, found.high, found.joint_high]
    for one, other in zip(ordered, [*ordered[1:], np.full(len(estimate), len(estimate))], strict=True):
        assert (one <= other).all()


@settings(max_examples=50, derandomize=True, deadline=None)
@given(SAMPLES, st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_matter(sample, random):
    """Settled differences are the same but for what is drawn; these are clear cases on either side."""
    estimate, se = (np.array(column, float) for column in zip(*sample, strict=True))
    order = list(range(len(sample)))
    random.shuffle(order)
    one = dr.rank_intervals(estimate, se, higher_is_better=True, **QUICK)
    other = dr.rank_intervals(estimate[order], se[order], higher_is_better=True, **QUICK)
    assert one.rank[order].tolist() == other.rank.tolist()
    np.testing.assert_allclose(one.top_quarter[order], other.top_quarter, atol=0.05)


@settings(max_examples=50, derandomize=True, deadline=None)
@given(SAMPLES)
def test_lower_is_better_is_the_same_of_the_negative_values(sample):
    estimate, se = (np.array(column, float) for column in zip(*sample, strict=True))
    one = dr.rank_intervals(estimate, se, higher_is_better=False, **QUICK)
    other = dr.rank_intervals(-estimate, se, higher_is_better=True, **QUICK)
    for mine, its in zip(one, other, strict=True):
        np.testing.assert_array_equal(mine, its)


def test_equal_estimates_share_a_rank():
    assert ranks_of(np.array([5.0, 7, 7, 1])).tolist() == [3, 1, 1, 4]


def test_known_values_have_one_rank():
    found = dr.rank_intervals([3, 1, 2, 2], [0, 0, 0, 0], higher_is_better=True)
    assert limits(found) == [(1, 1), (4, 4), (2, 3), (2, 3)]
    assert found.top_quarter.tolist() == [1, 0, 0, 0]
    assert found.bottom_quarter.tolist() == [0, 1, 0, 0]


def test_the_same_value_everywhere_leaves_all_ranks_open():
    found = dr.rank_intervals([50] * 8, [2] * 8, higher_is_better=True)
    assert limits(found) == [(1, 8)] * 8
    np.testing.assert_allclose(found.top_quarter, 0.25, atol=0.01)


@pytest.mark.parametrize("n", [2, 3, 8, 20])
def test_the_first_step_of_joint_intervals_is_tukeys_studentised_range(n):
    """One unit just beyond, or just within, the critical difference of all pairs; the others are equal."""
    critical = studentized_range.ppf(0.95, n, np.inf)
    for factor, high in ((1.02, 1), (0.98, n)):
        estimate = np.zeros(n)
        estimate[0] = factor * critical
        found = dr.rank_intervals(estimate, np.ones(n), higher_is_better=True)
        assert found.joint_high[0] == high


def test_two_units_are_one_two_sided_test():
    for factor, expected in ((1.01, (1, 1)), (0.99, (1, 2))):
        gap = factor * norm.ppf(0.975) * 5
        found = dr.rank_intervals([gap, 0], [3, 4], higher_is_better=True, n_draws=200_000)
        assert limits(found)[0] == limits(found, joint=True)[0] == expected


def test_settled_differences_are_not_held_against_the_others():
    """Steps: with two groups far apart, pairs within a group are fewer hypotheses than all."""
    n = 10
    single = studentized_range.ppf(0.95, n, np.inf)
    estimate = np.array([*np.linspace(0, 1e-9, n // 2), *np.linspace(1000, 1000 + 1e-9, n // 2)])
    estimate[-1] = 1000 + 0.985 * single
    assert dr.rank_intervals(estimate, np.ones(n), higher_is_better=True).joint_high[-1] == 1


def test_intervals_overlap_although_the_difference_is_clear():
    """62 +- 5.9 and 71 +- 5.9 overlap; the difference, 9 +- 8.3, is clear for two units alone."""
    found = dr.rank_intervals([62, 71], [3, 3], higher_is_better=True)
    assert limits(found) == [(2, 2), (1, 1)]


def test_a_covariance_of_independent_units_is_their_standard_errors():
    estimate, se = [60, 70, 71, 80], np.array([2.0, 3, 2, 4])
    one = dr.rank_intervals(estimate, se, higher_is_better=True)
    other = dr.rank_intervals(estimate, covariance=np.diag(se**2), higher_is_better=True)
    for mine, its in zip(one, other, strict=True):
        np.testing.assert_array_equal(mine, its)


def test_what_all_units_share_moves_no_rank():
    """A common error of any size, such as that of a reference, leaves the differences as they are."""
    estimate, own = np.array([60.0, 70, 71, 80, 79]), np.diag([4.0, 9, 4, 16, 1])
    one = dr.rank_intervals(estimate, covariance=own, higher_is_better=True)
    other = dr.rank_intervals(estimate, covariance=own + 400, higher_is_better=True)
    assert limits(one) == limits(other)
    np.testing.assert_allclose(one.top_quarter, other.top_quarter, atol=0.01)
    np.testing.assert_allclose(one.bottom_quarter, other.bottom_quarter, atol=0.01)


def test_a_singular_covariance_is_taken():
    """Parts of one whole add up to nothing."""
    whole = np.eye(5) - 0.2
    found = dr.rank_intervals([1, 2, 3, 4, 50], covariance=whole, higher_is_better=True)
    assert limits(found)[4] == (1, 1)
    np.testing.assert_allclose(correlated(np.zeros(5), whole).difference_errors[0, 1], np.sqrt(2))


def test_threads_and_calls_give_the_same_bits():
    rng = np.random.default_rng(3)
    estimate, se = rng.normal(size=12), rng.uniform(0.2, 1, 12)
    whole = [dr.rank_intervals(estimate, se, higher_is_better=True, threads=threads) for threads in (1, 2, 5, None)]
    for found in whole[1:]:
        for mine, its in zip(whole[0], found, strict=True):
            np.testing.assert_array_equal(mine, its)


def coverage(true, se, repetitions, level=0.9):
    """How often each marginal interval holds the true rank, and all joint ones do; equal units may have either end."""
    rng = np.random.default_rng(7)
    best = 1 + (true > true[:, np.newaxis]).sum(axis=1)
    last = (true >= true[:, np.newaxis]).sum(axis=1)
    alone, together = np.zeros(len(true)), 0
    for _ in range(repetitions):
        estimate = true + se * rng.normal(size=len(true))
        found = dr.rank_intervals(estimate, se, higher_is_better=True, confidence_level=level, n_draws=1000, threads=1)
        alone += (found.low <= best) & (last <= found.high)
        together += ((found.joint_low <= best) & (last <= found.joint_high)).all()
    return alone / repetitions, together / repetitions


@pytest.mark.parametrize("spread", [0.0, 1.0, 4.0])
def test_intervals_hold_the_true_rank_as_often_as_they_say(spread):
    se = np.array([0.5, 1.0, 1.0, 2.0, 1.0, 0.7])
    alone, together = coverage(spread * np.arange(6.0), se, 600)
    error = 3 * np.sqrt(0.9 * 0.1 / 600)
    assert alone.min() > 0.9 - error
    assert together > 0.9 - error
    if not spread:  # where nothing differs, the level is used up
        assert together < 0.9 + error


REFUSED = {
    "neither": (TypeError, "se, covariance: pass one of the two", {"se": None}),
    "both": (TypeError, "se, covariance: pass one of the two", {"covariance": np.eye(3)}),
    "nan": (ValueError, "estimate: nan at index 1 is not a number", {"estimate": [1, np.nan, 2]}),
    "none": (ValueError, "estimate: there is none", {"estimate": [], "se": []}),
    "shape": (ValueError, r"estimate: an array of shape \(1, 3\)", {"estimate": [[1, 2, 3]]}),
    "negative": (ValueError, "se: -1 at index 2 is negative", {"se": [1, 1, -1]}),
    "length": (ValueError, r"se: of shape \(2,\), where there are 3 estimates", {"se": [1, 1]}),
    "covariance shape": (ValueError, r"covariance: of shape \(2, 2\)", {"se": None, "covariance": np.eye(2)}),
    "asymmetric": (
        ValueError,
        "covariance: is not symmetric",
        {"se": None, "covariance": [[1, 0.5, 0], [0, 1, 0], [0, 0, 1]]},
    ),
    "indefinite": (
        ValueError,
        "covariance: has the eigenvalue -1",
        {"se": None, "covariance": [[1, 2, 0], [2, 1, 0], [0, 0, 1]]},
    ),
    "negative variance": (
        ValueError,
        "covariance: has the eigenvalue -1",
        {"se": None, "covariance": np.diag([1, 1, -1])},
    ),
    "direction": (TypeError, "higher_is_better: 'yes' is neither", {"higher_is_better": "yes"}),
    "level": (ValueError, "confidence_level: 95 is not between 0 and 1", {"confidence_level": 95}),
    "draws": (ValueError, "n_draws: 0 is below 1", {"n_draws": 0}),
    "rng": (TypeError, "rng: 'x' is not an integer", {"rng": "x"}),
    "threads": (ValueError, "threads must be at least 1", {"threads": 0}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_refused_by_name(case):
    error, message, bad = REFUSED[case]
    with pytest.raises(error, match=message):
        dr.rank_intervals(**({"estimate": [1, 2, 3], "se": [1, 1, 1], "higher_is_better": True} | bad))


def test_errors_of_differences():
    units = independent(np.zeros(2), np.array([3.0, 4.0]))
    assert units.difference_errors.tolist() == [[0, 5], [5, 0]]


def batches(estimate, se, unit, level, n_draws, key):
    """The stepwise procedure as it is written: reject all that are beyond the largest, then look at what is left."""
    n = len(estimate)
    nothing = np.empty((n, 0))
    draws = np.array([rank_draws.values(np.zeros(n), se, nothing, key, r) for r in range(n_draws)])
    error = np.sqrt(se[:, np.newaxis] ** 2 + se**2)
    pairs = [(i, j) for i in range(n) for j in range(n) if i != j and unit in (i, j, None)]
    seen = {(i, j): (estimate[i] - estimate[j]) / error[i, j] for i, j in pairs}
    drawn = {(i, j): (draws[:, i] - draws[:, j]) / error[i, j] for i, j in pairs}
    rejected: set = set()
    while True:
        left = [pair for pair in pairs if pair not in rejected]
        largest = np.max([drawn[pair] for pair in left], axis=0)
        more = {pair for pair in left if (1 + (largest >= seen[pair]).sum()) / (1 + n_draws) <= 1 - level}
        if not more:
            return rejected
        rejected |= more


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.sampled_from([1.0, 2.0])), min_size=2, max_size=5))
def test_one_step_after_the_other_is_the_procedure_in_batches(sample):
    estimate, se = (np.array(column, float) for column in zip(*sample, strict=True))
    n_draws, key = 400, key_of(2011)
    found = dr.rank_intervals(
        estimate, se, higher_is_better=True, confidence_level=0.9, n_draws=n_draws, rng=2011, threads=1
    )
    for unit in [*range(len(sample)), None]:
        above = batches(estimate, se, unit, 0.9, n_draws, key)
        for i in range(len(sample)) if unit is None else [unit]:
            low = 1 + sum(lower == i for _, lower in above)
            high = len(sample) - sum(upper == i for upper, _ in above)
            assert limits(found, joint=unit is None)[i] == (low, high)
