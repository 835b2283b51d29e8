"""Ordered answers compared: against R's values, SciPy's rank test, enumeration, and laws of order."""

import json
import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu, multinomial

import dueregard as dr
from dueregard.inference.distributions.ordinal import delta_variances, superiority

R = json.loads(Path(__file__).with_name("r_ordinal.json").read_text())
scale = st.integers(2, 6)
tables = scale.flatmap(
    lambda k: st.tuples(*[st.lists(st.integers(0, 30), min_size=k, max_size=k).filter(any) for _ in range(2)])
)


@pytest.mark.parametrize("name", R)
def test_delta_and_its_variances_are_those_of_r(name):
    golden = R[name]
    first, second = np.array(golden["counts1"], float), np.array(golden["counts2"], float)
    found = dr.compare_ordinal(first, second, measure="cliffs-delta")
    assert found.estimate == pytest.approx(golden["delta"], abs=1e-12)
    unbiased, consistent = delta_variances(first, second)
    assert unbiased == pytest.approx(golden["unbiased"], abs=1e-12)
    if "consistent" in golden:
        assert consistent == pytest.approx(golden["consistent"], abs=1e-12)


def test_superiority_is_the_mean_ridit_and_the_rank_sum_over_all_pairs():
    golden = R["likert"]
    found = dr.compare_ordinal(golden["counts1"], golden["counts2"])
    assert found.estimate == pytest.approx(golden["superiority"], abs=1e-12)
    assert found.estimate == pytest.approx(golden["rank_sum"] / (22 * 20), abs=1e-12)
    ridits = dr.ridits(golden["counts2"])
    assert ridits == pytest.approx(golden["ridits"], abs=1e-12)
    assert (ridits * golden["counts1"]).sum() / 22 == pytest.approx(golden["mean_ridit"], abs=1e-12)


def pairs(first, second):
    """Superiority pair by pair."""
    wins = [(i > j) + (i == j) / 2 for i, n in enumerate(first) for j, m in enumerate(second) for _ in range(n * m)]
    return sum(wins) / len(wins)


@given(tables)
@settings(max_examples=40, deadline=None)
def test_the_estimate_counts_pairs(counts):
    assert dr.compare_ordinal(*counts).estimate == pytest.approx(pairs(*counts), abs=1e-12)


@given(tables, st.sampled_from(["superiority", "cliffs-delta"]))
@settings(max_examples=60, deadline=None)
def test_turning_the_scale_or_swapping_the_groups_turns_the_answer(counts, measure):
    first, second = counts
    whole = {"superiority": 1.0, "cliffs-delta": 0.0}[measure]
    found = dr.compare_ordinal(first, second, measure=measure)
    for turned in (
        dr.compare_ordinal(first[::-1], second[::-1], measure=measure),
        dr.compare_ordinal(second, first, measure=measure),
    ):
        assert turned.estimate == pytest.approx(whole - found.estimate, abs=1e-12)
        assert (turned.low, turned.high) == pytest.approx((whole - found.high, whole - found.low), abs=1e-9)
        assert turned.pvalue == pytest.approx(found.pvalue, abs=1e-9)


@given(tables)
@settings(max_examples=40, deadline=None)
def test_the_two_measures_tell_one_story(counts):
    chance, delta = (dr.compare_ordinal(*counts, measure=name) for name in ("superiority", "cliffs-delta"))
    assert (delta.estimate, delta.low, delta.high) == pytest.approx([2 * x - 1 for x in chance[:3]], abs=1e-12)
    assert delta[3:] == chance[3:]


@given(tables, st.integers(0, 5), st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_only_the_order_counts(counts, at, empty):
    """An answer that nobody gave may stand anywhere inside the scale."""
    first, second = (
        row[: min(at, len(row) - 2) + 1] + [0] * empty + row[min(at, len(row) - 2) + 1 :] for row in counts
    )
    assert dr.compare_ordinal(first, second)[:5] == pytest.approx(dr.compare_ordinal(*counts)[:5], abs=1e-12)


@given(tables, st.sampled_from([0.8, 0.95, 0.998]), st.sampled_from([0.3, 0.5, 0.65]))
@settings(max_examples=150, deadline=None)
def test_p_is_below_the_level_exactly_when_the_interval_leaves_the_null_out(counts, level, null):
    found = dr.compare_ordinal(*counts, confidence_level=level, null=null)
    assert (found.pvalue < 1 - level) == (not found.low <= null <= found.high) or math.isclose(
        found.pvalue, 1 - level, rel_tol=1e-9
    )


@given(tables)
@settings(max_examples=40, deadline=None)
def test_a_limit_put_back_gives_the_critical_value(counts):
    found = dr.compare_ordinal(*counts)
    for limit in (found.low, found.high):
        if 0 < limit < 1:
            assert abs(dr.compare_ordinal(*counts, null=limit).statistic) == pytest.approx(1.959963984540054, abs=1e-8)


@given(tables)
@settings(max_examples=60, deadline=None)
def test_never_more_liberal_than_wilcoxon(counts):
    first, second = (np.repeat(np.arange(len(row)), row) for row in counts)
    if len(np.unique(np.concatenate([first, second]))) > 1:
        rank = mannwhitneyu(first, second, use_continuity=False, method="asymptotic").pvalue
        assert dr.compare_ordinal(*counts).pvalue >= rank - 1e-12


def test_it_is_wilcoxon_where_both_groups_are_alike_in_spread_and_large():
    first, second = [30, 50, 80, 60], [45, 50, 75, 40]
    x, y = (np.repeat(np.arange(4), row) for row in (first, second))
    rank = mannwhitneyu(x, y, use_continuity=False, method="asymptotic").pvalue
    assert dr.compare_ordinal(first, second).pvalue == pytest.approx(rank, rel=0.05)


@pytest.mark.parametrize("n", [1, 2, 9, 400])
def test_complete_separation_has_an_interval_that_ends_at_one(n):
    found = dr.compare_ordinal([0, 0, n], [n, 0, 0], measure="cliffs-delta")
    assert (found.estimate, found.high) == (1.0, 1.0)
    assert -1 < found.low < 1
    if n >= 9:
        assert found.low > 0.6 and found.pvalue < 1e-4


def test_equal_answers_only_leave_no_difference_and_a_width():
    found = dr.compare_ordinal([10, 0, 0], [100, 0, 0])
    assert (found.estimate, found.pvalue) == (0.5, 1.0)
    assert found.low < 0.45 and found.high > 0.55


def test_without_answers_there_is_no_number():
    found = dr.compare_ordinal([0, 0], [3, 4])
    assert all(map(math.isnan, found[:5])) and dr.Flag.NO_CASES in found.flag
    assert dr.Flag.NO_REFERENCE in dr.compare_ordinal([3, 4], [0, 0]).flag
    assert np.isnan(dr.ridits([0, 0])).all()


def test_one_sided_and_equivalence():
    counts = [1, 3, 10, 8], [3, 7, 7, 3]
    both = dr.compare_ordinal(*counts, confidence_level=0.9)
    greater = dr.compare_ordinal(*counts, alternative="greater", confidence_level=0.95)
    less = dr.compare_ordinal(*counts, alternative="less", confidence_level=0.95)
    assert (greater.low, greater.high) == (pytest.approx(both.low), 1.0)
    assert (less.low, less.high) == (0.0, pytest.approx(both.high))
    assert greater.pvalue == pytest.approx(both.pvalue / 2) and less.pvalue == pytest.approx(1 - both.pvalue / 2)
    delta = dr.compare_ordinal(*counts, measure="cliffs-delta", alternative="less")
    assert delta.low == -1.0
    tost = dr.compare_ordinal(*counts, alternative="equivalence", null=(0.3, 0.9))
    assert (tost.low, tost.high) == pytest.approx((both.low, both.high))
    assert (tost.pvalue < 0.05) == (both.low > 0.3 and both.high < 0.9)


def test_arrays_broadcast_and_scalars_come_out_plain():
    first = np.array([[1, 3, 10, 8], [0, 0, 0, 0]])
    found = dr.compare_ordinal(first, [3, 7, 7, 3])
    assert found.estimate.shape == (2,) and np.isnan(found.estimate[1])
    assert found.estimate[0] == dr.compare_ordinal(first[0], [3, 7, 7, 3]).estimate
    assert isinstance(dr.compare_ordinal([1, 2], [2, 1]).estimate, float)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"counts1": [1, -2]}, ValueError, r"counts1: -2 at index 1 is negative"),
        ({"counts1": [1, 0.5]}, ValueError, r"counts1: 0.5 at index 1 is not a whole number"),
        ({"counts2": ["a", 1]}, TypeError, r"counts2: 'a' at index 0 is not a number"),
        ({"counts1": [1, 2, 3]}, ValueError, r"counts1 has 3 answers and counts2 has 2"),
        ({"counts1": [1], "counts2": [1]}, ValueError, r"counts1: a scale needs at least two answers"),
        ({"counts1": np.ones((2, 2)), "counts2": np.ones((3, 2))}, ValueError, r"do not broadcast"),
        ({"measure": "delta"}, ValueError, r"measure: 'delta' is not one of 'superiority', 'cliffs-delta'"),
        ({"alternative": "other"}, ValueError, r"alternative: 'other'"),
        ({"null": 1.0}, ValueError, r"null: 1 is not between 0 and 1"),
        ({"confidence_level": 95}, ValueError, r"confidence_level: 95 is not between 0 and 1"),
    ],
)
def test_bad_input_is_named(change, error, words):
    with pytest.raises(error, match=words):
        dr.compare_ordinal(**{"counts1": [1, 2], "counts2": [2, 1]} | change)


def outcomes(n, probabilities):
    """Every way n answers can fall, with its probability."""
    rows = np.array([row for row in product(range(n + 1), repeat=len(probabilities)) if sum(row) == n])
    return rows, multinomial.pmf(rows, n, probabilities)


def miss_rates(n1, first, n2, second, level=0.95):
    """How often the interval misses the truth: every pair of samples, weighted by its probability."""
    rows1, chance1 = outcomes(n1, first)
    rows2, chance2 = outcomes(n2, second)
    found = dr.compare_ordinal(rows1[:, None, :], rows2[None, :, :], confidence_level=level)
    share = np.cumsum(second) - np.array(second) / 2
    truth = float((np.array(first) * share).sum())
    outside = (found.low > truth + 1e-12) | (found.high < truth - 1e-12)
    return float((chance1[:, None] * chance2[None, :] * outside).sum())


ALIKE = [(0.25, 0.25, 0.25, 0.25), (0.1, 0.2, 0.5, 0.2), (0.05, 0.1, 0.15, 0.7), (0.02, 0.03, 0.05, 0.9)]


@pytest.mark.parametrize("sizes", [(5, 5), (8, 8), (4, 14)])
@pytest.mark.parametrize("answers", ALIKE)
def test_the_type_one_error_at_five_percent_is_at_most_six(sizes, answers):
    assert miss_rates(sizes[0], answers, sizes[1], answers) <= 0.06


@pytest.mark.parametrize("sizes", [(6, 6), (4, 14), (14, 4)])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((0.1, 0.2, 0.3, 0.4), (0.4, 0.3, 0.2, 0.1)),
        ((0.4, 0.1, 0.1, 0.4), (0.1, 0.4, 0.4, 0.1)),
        ((0.02, 0.03, 0.15, 0.8), (0.6, 0.3, 0.08, 0.02)),
    ],
)
def test_the_interval_misses_in_at_most_eight_percent(sizes, first, second):
    assert miss_rates(sizes[0], first, sizes[1], second) <= 0.08


def test_weights_of_one_change_nothing():
    first, second = np.array([1.0, 3, 10, 8]), np.array([3.0, 7, 7, 3])
    plain = superiority(first, second)
    scaled = superiority(3 * first, second / 7, np.array(22.0), np.array(20.0))
    assert scaled[0] == pytest.approx(plain[0]) and scaled[1] == pytest.approx(plain[1])
