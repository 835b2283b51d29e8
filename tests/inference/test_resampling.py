"""Bootstrap and permutation of counts: exact laws, drawn ones, and where neither exists."""

import json
import subprocess
import sys
import textwrap
from itertools import combinations, product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard import Flag
from dueregard.inference.random_keys import key_of

GAP = np.array([[300, 100], [150, 90]])
SCALE = np.array([[10, 20, 30, 25, 15], [20, 25, 20, 10, 5]])
SCORES = [1, 2, 3, 4, 5]


def difference(tables):
    return tables[:, 0, 0] / tables[:, 0].sum(axis=-1) - tables[:, 1, 0] / tables[:, 1].sum(axis=-1)


def law_of_difference(counts):
    """Every value of the resampled difference and its chance, by listing pairs."""
    (a, b), (c, d) = counts
    chances = {}
    for x, y in product(range(a + b + 1), range(c + d + 1)):
        chance = comb(a + b, x) * a**x * b ** (a + b - x) * comb(c + d, y) * c**y * d ** (c + d - y)
        value = x * (c + d) - y * (a + b)
        chances[value] = chances.get(value, 0) + chance
    whole = (a + b) ** (a + b) * (c + d) ** (c + d)
    return {value: chances[value] / whole for value in sorted(chances) if chances[value]}


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=4, max_size=4), st.sampled_from([0.5, 0.8, 0.95, 0.998]))
def test_exact_limits_by_enumeration(cells, level):
    counts = np.array(cells).reshape(2, 2)
    first, second = counts.sum(axis=1).tolist()
    if first == 0 or second == 0:
        return
    law, tail = law_of_difference(counts.tolist()), (1 - level) / 2
    values, up_to = list(law), np.cumsum(list(law.values()))
    low = values[int(np.argmax(up_to >= tail - 1e-13))]
    high = values[int(np.argmax(1 - up_to <= tail + 1e-13))]
    result = dr.bootstrap(counts, "difference", positive=0, confidence_level=level)
    assert (result.low, result.high) == (low / (first * second), high / (first * second))
    mean = sum(value * chance for value, chance in law.items())
    variance = sum((value - mean) ** 2 * chance for value, chance in law.items()) / (first * second) ** 2
    assert result.standard_error == pytest.approx(variance**0.5, abs=1e-9)
    assert result.estimate == pytest.approx(mean / (first * second), abs=1e-12)


@settings(max_examples=30, derandomize=True, deadline=None)
@given(st.integers(1, 200), st.data())
def test_exact_limits_of_one_share_are_binomial_quantiles(n, data):
    from scipy.stats import binom

    count = data.draw(st.integers(1, n - 1) if n > 1 else st.integers(0, 1))
    result = dr.bootstrap([count, n - count], "share", positive=0)
    law = binom(n, count / n)
    assert result.method == "exact: binomial"
    assert (result.low, result.high) == (law.ppf(0.025) / n, law.ppf(0.975) / n)
    assert result.standard_error == pytest.approx(law.std() / n)


def test_exact_says_so_and_draws_nothing():
    result = dr.bootstrap(GAP, "difference", positive=0, rng=5)
    assert result.method == "exact: difference of two binomials"
    assert result.distribution is None
    assert isinstance(result.low, float)
    assert isinstance(result.flag, Flag)
    assert result.flag == Flag(0)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_drawn_limits_come_near_the_exact_ones(level):
    known = dr.bootstrap(GAP, "difference", positive=0, confidence_level=level)
    drawn = dr.bootstrap(GAP, "difference", positive=0, confidence_level=level, exact=False, n_resamples=200_000, rng=7)
    assert drawn.method == "200,000 resamples, rng=7"
    assert drawn.distribution.shape == (200_000,)
    assert (drawn.low, drawn.high) == pytest.approx((known.low, known.high), abs=0.004)
    assert drawn.standard_error == pytest.approx(known.standard_error, rel=0.01)
    assert drawn.distribution.mean() == pytest.approx(known.estimate, abs=0.0005)


@pytest.mark.parametrize("n", [1, 2, 39, 40, 41, 1000, 9999])
def test_drawn_limits_are_order_statistics(n):
    """The smallest value at or below which 2.5% lie, and the smallest with no more than 2.5% above it."""
    result = dr.bootstrap(GAP, difference, n_resamples=n, rng=1)
    values = np.sort(result.distribution)
    low = next(v for v in values if 40 * (values <= v).sum() >= n)
    high = next(v for v in values if 40 * (values > v).sum() <= n)
    assert (result.low, result.high) == (low, high)


def test_the_key_and_what_it_is_made_of():
    numpys = np.random.Philox(12).state["state"]["key"]
    of_number = dr.bootstrap(GAP, difference, n_resamples=50, rng=12)
    of_sequence = dr.bootstrap(GAP, difference, n_resamples=50, rng=np.random.SeedSequence(12))
    assert of_number.method.endswith("rng=12")
    assert of_sequence.method.endswith(f"Philox key 0x{int(numpys[1]):016x}{int(numpys[0]):016x}")
    assert of_sequence.distribution.tolist() == of_number.distribution.tolist()
    once, again = np.random.default_rng(3), np.random.default_rng(3)
    first = dr.bootstrap(GAP, difference, n_resamples=50, rng=once)
    second = dr.bootstrap(GAP, difference, n_resamples=50, rng=once)
    assert dr.bootstrap(GAP, difference, n_resamples=50, rng=again).distribution.tolist() == first.distribution.tolist()
    assert second.method != first.method  # the Generator moved on
    unseeded = {dr.bootstrap(GAP, difference, n_resamples=5).method for _ in range(3)}
    assert len(unseeded) == 3


@pytest.mark.parametrize("draw", [dr.bootstrap, dr.permutation_test])
def test_the_same_bits_on_any_number_of_threads(draw, monkeypatch):
    from dueregard.inference.distributions import resampling

    results = [draw(SCALE, "median difference", values=SCORES, rng=9, threads=n) for n in (1, 2, 3, 8)]
    monkeypatch.setattr(resampling, "CELLS_AT_ONCE", 7_001)  # several blocks
    results.append(draw(SCALE, "median difference", values=SCORES, rng=9, threads=2))
    assert len({json.dumps([np.asarray(part).tolist() for part in result]) for result in results}) == 1


def test_a_prefix_of_more_replicates():
    few = dr.bootstrap(SCALE, "mean difference", values=SCORES, n_resamples=100, rng=4).distribution
    many = dr.bootstrap(SCALE, "mean difference", values=SCORES, n_resamples=1000, rng=4).distribution
    assert many[:100].tolist() == few.tolist()


PEOPLE = [np.repeat(SCORES, row) for row in SCALE]


@pytest.mark.parametrize(
    ("statistic", "of_people"),
    [
        ("mean difference", lambda a, b: a.mean() - b.mean()),
        ("median difference", lambda a, b: np.median(a) - np.median(b)),
        (lambda t: (t * SCORES).sum(axis=(1, 2)), lambda a, b: a.sum() + b.sum()),
    ],
)
def test_statistics_are_those_of_the_people(statistic, of_people):
    values = SCORES if isinstance(statistic, str) else None
    seen = []

    def spy(tables):
        seen.extend(tables.tolist())
        return np.zeros(len(tables))

    dr.bootstrap(SCALE, spy, n_resamples=40, rng=2)
    result = dr.bootstrap(SCALE, statistic, values=values, n_resamples=40, rng=2)
    assert result.estimate == pytest.approx(of_people(*PEOPLE))
    people = [
        [np.repeat(SCORES, group) for group in table] for table in seen[1:]
    ]  # the first are the counts themselves
    assert result.distribution.tolist() == pytest.approx([of_people(*groups) for groups in people])


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=3, max_size=3), st.permutations([2.0, -1.0, 2.5]))
def test_mean_and_median_of_one_group(cells, scores):
    if sum(cells) == 0:
        return
    people = np.repeat(scores, cells)
    for name, function in (("mean", np.mean), ("median", np.median)):
        result = dr.bootstrap(cells, name, values=scores, n_resamples=5, rng=1)
        assert result.estimate == pytest.approx(function(people), abs=1e-12)


def test_agrees_with_scipys_bootstrap_of_people():
    from scipy import stats

    def gap_of_means(a, b, axis=-1):
        return a.mean(axis=axis) - b.mean(axis=axis)

    theirs = stats.bootstrap(PEOPLE, gap_of_means, method="percentile", n_resamples=1999, rng=1, batch=500)
    ours = dr.bootstrap(SCALE, "mean difference", values=SCORES, rng=1)
    assert ours.low == pytest.approx(theirs.confidence_interval.low, abs=0.05)
    assert ours.high == pytest.approx(theirs.confidence_interval.high, abs=0.05)
    assert ours.standard_error == pytest.approx(theirs.standard_error, rel=0.06)


def test_coverage_is_near_the_level():
    """Over all pairs of counts of 60 and 50 with true shares 0.6 and 0.45: the exact interval of the gap."""
    from scipy.stats import binom

    at = range(21, 52), range(9, 37)
    chance = np.outer(binom.pmf(at[0], 60, 0.6), binom.pmf(at[1], 50, 0.45))
    covered = 0.0
    for (i, x), (j, y) in product(enumerate(at[0]), enumerate(at[1])):
        result = dr.bootstrap([[x, 60 - x], [y, 50 - y]], "difference", positive=0)
        covered += chance[i, j] * (result.low <= 0.15 + 1e-12 and result.high >= 0.15 - 1e-12)
    assert 0.93 < covered / chance.sum() < 0.96


def test_the_key_that_is_said_makes_the_same_numbers_again():
    ask = {"statistic": "difference", "positive": 0, "exact": False, "n_resamples": 500}
    result = dr.bootstrap(GAP, **ask, rng=np.random.default_rng(3))
    said = int(result.method.partition("Philox key ")[2], 16)
    drawn_again = dr.bootstrap(GAP, **ask, rng=np.random.default_rng(3))
    np.testing.assert_array_equal(result.distribution, drawn_again.distribution)
    key = key_of(np.random.default_rng(3))
    assert said == int(key[1]) << 64 | int(key[0])
    named = dr.bootstrap(GAP, **ask, rng=12)
    assert named.method == "500 resamples, rng=12"
    np.testing.assert_array_equal(named.distribution, dr.bootstrap(GAP, **ask, rng=12).distribution)


def test_ratio_has_infinite_and_undefined_replicates():
    result = dr.bootstrap([[3, 20], [1, 15]], "ratio", positive=0, rng=1)
    undefined = int(np.isnan(result.distribution).sum())
    assert undefined > 0
    assert f"9,999 resamples, {undefined:,} of them not defined, rng=1" in result.method
    assert result.flag & Flag.UNDEFINED
    assert result.high == np.inf
    assert result.standard_error == np.inf


def test_ratio_of_nothing_to_nothing():
    result = dr.bootstrap([[0, 40], [0, 50]], "ratio", positive=0)
    assert np.isnan(result.estimate)
    assert (result.low, result.high) == (0.0, np.inf)
    assert result.flag == Flag.UNDEFINED
    test = dr.permutation_test([[0, 40], [0, 50]], "ratio", positive=0)
    assert np.isnan(test.statistic)
    assert np.isnan(test.pvalue)
    assert test.flag == Flag.UNDEFINED


@pytest.mark.parametrize(
    ("counts", "flag"), [([[0, 0], [30, 5]], Flag.NO_CASES), ([[30, 5], [0, 0]], Flag.NO_REFERENCE)]
)
@pytest.mark.parametrize("statistic", ["difference", "ratio"])
def test_an_empty_group_is_nan_and_flagged(counts, flag, statistic):
    result = dr.bootstrap(counts, statistic, positive=0)
    assert np.isnan([result.estimate, result.low, result.high, result.standard_error]).all()
    assert result.flag == flag
    assert result.method == "none: a group is empty"
    test = dr.permutation_test(counts, statistic, positive=0)
    assert np.isnan(test.pvalue)
    assert test.flag == flag
    assert not test.exact


def test_flags_of_small_and_empty_groups():
    assert dr.bootstrap([[9, 1], [3, 4]], "difference", positive=0).flag == Flag.SMALL_BASE | Flag.SMALL_REFERENCE
    assert dr.bootstrap([0, 0], "share", positive=0).flag == Flag.NO_CASES
    three = [[40, 40], [40, 40], [0, 0]]
    result = dr.bootstrap(three, lambda t: t[:, 0, 0] / 80, n_resamples=99, rng=1)
    assert result.flag == Flag.EMPTY_GROUP
    assert result.estimate == 0.5


def test_a_statistic_that_is_never_defined():
    result = dr.bootstrap(GAP, lambda t: np.full(len(t), np.nan), n_resamples=99, rng=1)
    assert np.isnan([result.estimate, result.low, result.high, result.standard_error]).all()
    assert result.flag == Flag.UNDEFINED
    assert "99 of them not defined" in result.method


# Permutation


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=4, max_size=4), st.sampled_from(["difference", "ratio"]))
def test_exact_pvalues_are_hypergeometric(cells, statistic):
    from scipy.stats import hypergeom

    (a, b), (c, d) = counts = np.array(cells).reshape(2, 2).tolist()
    if a + b == 0 or c + d == 0 or a + c == 0:
        return
    law = hypergeom(a + b + c + d, a + c, a + b)
    less, greater = law.cdf(a), law.sf(a - 1)
    for alternative, expected in (
        ("less", less),
        ("greater", greater),
        ("two-sided", min(1, 2 * min(less, greater))),
    ):
        test = dr.permutation_test(counts, statistic, positive=0, alternative=alternative)
        assert test.pvalue == pytest.approx(expected, rel=1e-10)
        assert test.exact
        assert test.method == "exact: hypergeometric"


def test_exact_pvalue_by_listing_every_shuffle():
    people = [1, 1, 1, 0, 1, 0, 0, 0, 0]  # three of four against one of five
    observed = 3 / 4 - 1 / 5
    shuffled = [
        sum(people[i] for i in first) / 4 - (4 - sum(people[i] for i in first)) / 5
        for first in combinations(range(9), 4)
    ]
    greater = np.mean([value >= observed - 1e-12 for value in shuffled])
    counts = [[3, 1], [1, 4]]
    assert dr.permutation_test(counts, "difference", positive=0, alternative="greater").pvalue == pytest.approx(greater)
    assert dr.permutation_test(counts, "difference", positive=0).pvalue == pytest.approx(2 * greater)


@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
def test_drawn_pvalues_come_near_the_exact_one(alternative):
    counts = [[30, 30], [20, 35]]
    known = dr.permutation_test(counts, "difference", positive=0, alternative=alternative)
    drawn = dr.permutation_test(
        counts, "difference", positive=0, alternative=alternative, exact=False, n_resamples=200_000, rng=3
    )
    assert not drawn.exact
    assert drawn.pvalue == pytest.approx(known.pvalue, abs=0.006)
    assert drawn.statistic == known.statistic


def test_drawn_pvalue_counts_the_observed_table():
    counts = [[50, 0], [0, 50]]
    for alternative, pvalue in (("greater", 1 / 100), ("less", 1.0), ("two-sided", 2 / 100)):
        test = dr.permutation_test(
            counts, "difference", positive=0, alternative=alternative, exact=False, n_resamples=99, rng=1
        )
        assert test.pvalue == pvalue


def test_values_that_differ_by_rounding_are_ties():
    def noisy(tables):
        signs = 1 + 1e-15 * np.where(np.arange(len(tables)) % 2, 1, -1)
        return tables[:, 0, 0] * signs

    counts = [[1, 1], [1, 1]]  # two of the four shuffles in six have the observed count, one each more and less
    test = dr.permutation_test(counts, noisy, alternative="greater", n_resamples=60_000, rng=5)
    assert test.pvalue == pytest.approx(5 / 6, abs=0.01)


def test_undefined_replicates_of_a_test_count_against_it():
    def sometimes(tables):
        return np.where(tables[:, 0, 0] == 0, np.nan, tables[:, 0, 0])

    test = dr.permutation_test([[2, 0], [0, 2]], sometimes, alternative="greater", n_resamples=60_000, rng=5)
    assert test.pvalue == pytest.approx(2 / 6, abs=0.01)  # 1/6 as large as the observed and 1/6 undefined
    assert test.flag & Flag.UNDEFINED
    assert "not defined" in test.method


def test_agrees_with_scipys_test_of_people():
    from scipy import stats

    def gap_of_means(a, b, axis=-1):
        return a.mean(axis=axis) - b.mean(axis=axis)

    mild = np.array([[10, 20, 30, 25, 15], [14, 20, 25, 12, 9]])
    people = [np.repeat(SCORES, row) for row in mild]
    theirs = stats.permutation_test(people, gap_of_means, vectorized=True, n_resamples=1999, rng=1, batch=500)
    ours = dr.permutation_test(mild, "mean difference", values=SCORES, rng=1)
    assert ours.statistic == pytest.approx(theirs.statistic)
    assert ours.pvalue == pytest.approx(theirs.pvalue, abs=0.04)


def test_three_groups_and_a_callable():
    from scipy.stats import chi2_contingency

    counts = np.array([[30, 20, 10], [20, 20, 20], [25, 15, 20]])

    def pearson(tables):
        expected = (
            tables.sum(axis=2, keepdims=True)
            * tables.sum(axis=1, keepdims=True)
            / tables.sum(axis=(1, 2))[:, None, None]
        )
        return (np.square(tables - expected) / expected).sum(axis=(1, 2))

    test = dr.permutation_test(counts, pearson, alternative="greater", rng=1)
    theirs = chi2_contingency(counts)
    assert test.statistic == pytest.approx(theirs.statistic)
    assert test.pvalue == pytest.approx(theirs.pvalue, abs=0.02)


# Tallies


def survey():
    answers = ["good"] * 30 + ["bad"] * 20 + ["not stated"] * 4 + ["good"] * 10 + ["bad"] * 25 + ["good"] * 2
    groups = ["a"] * 54 + ["b"] * 35 + ["not stated"] * 2
    return dr.tally({"group": groups, "answer": answers}, ["group"], outcome="answer")


def test_a_tally_is_its_stated_counts():
    result = dr.bootstrap(survey(), "difference", positive="good")
    plain = dr.bootstrap([[30, 20], [10, 25]], "difference", positive=0)
    assert result[:4] == plain[:4]
    assert result.flag == Flag.MISSING_ANSWERS | Flag.MISSING_GROUP
    test = dr.permutation_test(survey(), "difference", positive=["good"])
    assert test.pvalue == dr.permutation_test([[30, 20], [10, 25]], "difference", positive=[0]).pvalue
    scored = dr.bootstrap(survey(), "mean difference", values={"good": 1, "bad": 0}, rng=1, n_resamples=99)
    assert scored.estimate == plain.estimate


def test_groups_of_a_tally_are_its_other_dimensions_crossed():
    data = {"area": ["N", "N", "S"], "sex": ["f", "m", "m"], "met": [True, False, True]}
    seen = []
    dr.bootstrap(
        dr.tally(data, ["area", "sex"], outcome="met"),
        lambda tables: (seen.append(tables), np.ones(len(tables)))[1],
        n_resamples=1,
    )
    assert seen[0].tolist() == [[[0, 1], [1, 0], [0, 0], [0, 1]]]
    one = dr.bootstrap(dr.tally({"met": [True, True, False]}, [], outcome="met"), "share", positive=True)
    assert one.estimate == 2 / 3


def test_tallies_that_cannot_be_resampled():
    data = {"group": ["a", "b"], "met": [True, False], "w": [1.0, 2.0]}
    with pytest.raises(ValueError, match="counts: the tally has no outcome; its dimensions are 'group', 'met'"):
        dr.bootstrap(dr.tally(data, ["group", "met"]), "difference", positive=True)
    with pytest.raises(ValueError, match="counts: the tally is weighted"):
        dr.bootstrap(dr.tally(data, ["group"], outcome="met", weight="w"), "difference", positive=True)
    with pytest.raises(ValueError, match="positive: 1 is not one of the answers False, True"):
        dr.bootstrap(dr.tally(data, ["group"], outcome="met"), "difference", positive=1)


# Bad input

BAD = {
    "negative": (ValueError, r"counts: -1 at index \(0, 1\) is negative", {"counts": [[3, -1], [2, 2]]}),
    "fraction": (ValueError, "is not a whole number", {"counts": [[3, 0.5], [2, 2]]}),
    "nan": (ValueError, "is not a number", {"counts": [[3, np.nan], [2, 2]]}),
    "text": (TypeError, "counts: 'x'", {"counts": [["x", 1], [2, 2]]}),
    "axes": (ValueError, r"counts: shape \(1, 2, 2\) is neither", {"counts": [[[3, 1], [2, 2]]]}),
    "number": (ValueError, r"counts: shape \(\) is neither", {"counts": 3}),
    "cells": (ValueError, r"counts: shape \(2, 0\) has no cells", {"counts": np.zeros((2, 0))}),
    "people": (ValueError, r"counts: more than 2\*\*31 - 1 people", {"counts": [[2**31, 0], [2, 2]]}),
    "groups": (ValueError, "statistic: 'difference' is of 2 groups, and counts has 3", {"counts": [[1, 1]] * 3}),
    "statistic": (ValueError, "statistic: 'gap' is not one of 'share'", {"statistic": "gap"}),
    "no statistic": (ValueError, "statistic: None is not one of", {"statistic": None}),
    "no positive": (ValueError, "positive: 'difference' needs the answers", {"positive": None}),
    "positive": (ValueError, "positive: 2 is not a position from 0 to 1", {"positive": 2}),
    "positive negative": (ValueError, "positive: -1 is not a position", {"positive": [0, -1]}),
    "positive twice": (ValueError, r"positive: \[0, 0\] names an answer twice", {"positive": [0, 0]}),
    "positive none": (ValueError, "positive: names no answer", {"positive": []}),
    "positive bool": (TypeError, "positive: True is not the position", {"positive": True}),
    "values unused": (ValueError, "values: not used by 'difference'", {"values": [1, 2]}),
    "no values": (ValueError, "values: 'mean difference' needs", {"statistic": "mean difference", "positive": None}),
    "positive unused": (ValueError, "positive: not used by 'mean difference'", {"statistic": "mean difference"}),
    "values shape": (
        ValueError,
        r"values: shape \(3,\) is not one score for each of 2",
        {"statistic": "mean difference", "positive": None, "values": [1, 2, 3]},
    ),
    "values missing": (
        ValueError,
        "values: no score for the answer 1",
        {"statistic": "mean difference", "positive": None, "values": {0: 1}},
    ),
    "values unknown": (
        ValueError,
        "values: 2 is not one of the answers 0, 1",
        {"statistic": "mean difference", "positive": None, "values": {0: 1, 1: 2, 2: 3}},
    ),
    "resamples": (ValueError, "n_resamples: 0 is below 1", {"n_resamples": 0}),
    "resamples type": (TypeError, r"n_resamples: 10\.0 is not a whole number", {"n_resamples": 10.0}),
    "rng": (TypeError, "rng: 'x' is not an integer", {"rng": "x"}),
    "rng old": (TypeError, "rng: RandomState.* is not an integer", {"rng": np.random.RandomState(1)}),
    "rng bool": (TypeError, "rng: True is not an integer", {"rng": True}),
    "rng negative": (ValueError, "rng: -1 is negative", {"rng": -1}),
    "exact": (TypeError, "exact: 1 is neither", {"exact": 1}),
    "threads": (ValueError, "threads must be at least 1", {"threads": 0}),
    "shape": (
        ValueError,
        r"statistic: gave shape \(1, 2\) for tables of shape \(1, 2, 2\)",
        {"statistic": lambda t: t[:, 0], "positive": None},
    ),
    "one number": (
        ValueError,
        r"statistic: gave shape \(\)",
        {"statistic": lambda t: t.sum(), "positive": None},
    ),
    "no numbers": (
        TypeError,
        "statistic: gave bool and not numbers",
        {"statistic": lambda t: t[:, 0, 0] > 1, "positive": None},
    ),
    "function and positive": (ValueError, "positive: not used by a function", {"statistic": difference}),
}


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("function", [dr.bootstrap, dr.permutation_test])
def test_bad_input_is_named(case, function):
    error, message, bad = BAD[case]
    with pytest.raises(error, match=message):
        function(**({"counts": GAP, "statistic": "difference", "positive": 0} | bad))


def test_more_bad_input():
    for level in (0, 1, np.nan):
        with pytest.raises(ValueError, match="confidence_level"):
            dr.bootstrap(GAP, "difference", positive=0, confidence_level=level)
    with pytest.raises(ValueError, match="alternative: 'both' is not one of"):
        dr.permutation_test(GAP, "difference", positive=0, alternative="both")
    with pytest.raises(ValueError, match="statistic: 'share' is of 1 group, and counts has 2"):
        dr.permutation_test(GAP, "share", positive=0)
    with pytest.raises(ValueError, match="people can only be shuffled between two groups or more"):
        dr.permutation_test([3, 4], "share", positive=0)


def test_errors_of_a_statistic_come_through():
    def broken(tables):
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        dr.bootstrap(GAP, broken)


CTRL_C = """
    import os, signal, threading, time
    import numpy as np
    import dueregard as dr
    for draw in (dr.bootstrap, dr.permutation_test):
        sent = []
        def interrupt():
            time.sleep(0.05)
            sent.append(time.perf_counter())
            os.kill(os.getpid(), signal.SIGINT)
        thread = threading.Thread(target=interrupt)
        try:
            thread.start()
            draw([[300, 100, 7], [150, 90, 8]], lambda t: t[:, 0, 0], n_resamples=10**9, rng=1, threads=2)
        except KeyboardInterrupt:
            print(time.perf_counter() - sent[0] < 1)
        thread.join()
        print(threading.active_count())
"""


def test_ctrl_c_ends_all_threads():
    script = textwrap.dedent(CTRL_C)
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.split() == ["True", "1"] * 2
