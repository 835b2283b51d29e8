"""Formulas of indices: published values to nine digits, laws that every index keeps, and what zeros do."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dueregard.inference.indices import index_formulas as formulas

GOLDEN = json.loads((Path(__file__).parent / "inequality_golden.json").read_text())
RELATIVE = {
    "gini": formulas.gini,
    "theil": formulas.theil,
    "mean log deviation": formulas.mean_log_deviation,
    "hoover": formulas.hoover,
    "atkinson 0.5": lambda v, w: formulas.atkinson(v, w, 0.5),
    "atkinson 1": lambda v, w: formulas.atkinson(v, w, 1),
    "atkinson 2": lambda v, w: formulas.atkinson(v, w, 2),
    "entropy 2": lambda v, w: formulas.entropy(v, w, 2),
    "entropy -1": lambda v, w: formulas.entropy(v, w, -1),
}
ALL = RELATIVE | {"deviation": formulas.deviation}
BOUNDED = ("gini", "hoover", "atkinson 0.5", "atkinson 1", "atkinson 2")

positive = st.floats(0.01, 100)
values = arrays(np.float64, st.integers(2, 8), elements=positive)
numbers_of_people = st.integers(1, 1000)


@st.composite
def groups(draw):
    value = draw(values)
    weight = draw(arrays(np.float64, len(value), elements=numbers_of_people.map(float)))
    return value, weight


def exactly(expected):
    return pytest.approx(expected, rel=1e-9)


def test_single_values_of_the_published_kind():
    golden, one = GOLDEN["values"], np.ones(10)
    x = np.array(golden["x"], float)
    assert formulas.gini(x, one) == exactly(golden["gini"])
    assert formulas.theil(x, one) == exactly(golden["theil_T"])
    assert formulas.mean_log_deviation(x, one) == exactly(golden["theil_L"])
    assert formulas.hoover(x, one) == exactly(golden["rs_hoover"])
    for parameter in (0.5, 1, 2):
        assert formulas.atkinson(x, one, parameter) == exactly(golden[f"atkinson{parameter}"])
    for parameter in (0.5, 2):
        assert formulas.entropy(x, one, parameter) == exactly(golden[f"entropy{parameter}"])
    assert formulas.entropy(x, one, 2) == exactly(golden["varcoef"] ** 2 / 2)
    assert formulas.deviation(x, one) / x.mean() == exactly(golden["varcoef"])


def test_single_values_with_a_zero():
    golden, one = GOLDEN["values_with_a_zero"], np.ones(5)
    x = np.array(golden["x"], float)
    assert formulas.gini(x, one) == exactly(golden["gini"])
    assert formulas.hoover(x, one) == exactly(golden["rs_hoover"])
    assert formulas.entropy(x, one, 2) == exactly(golden["entropy2"])
    assert formulas.entropy(x, one, 0.5) == exactly(golden["entropy0.5"])
    assert formulas.atkinson(x, one, 0.5) == exactly(golden["atkinson0.5"])
    assert formulas.atkinson(x, one, 1) == formulas.atkinson(x, one, 2) == 1
    assert formulas.mean_log_deviation(x, one) == math.inf
    # the published value leaves the zero out, here it adds nothing to the sum and stays in the mean
    assert formulas.theil(x[1:], one[1:]) == exactly(golden["theil_T"])
    assert formulas.theil(x, one) == exactly(sum(v / 3.2 * math.log(v / 3.2) for v in (1, 2, 3, 10)) / 5)


def test_lorenz_curve_and_gini_agree():
    for name in ("values", "values_with_a_zero"):
        golden = GOLDEN[name]
        area = np.trapezoid(golden["Lc_L"], golden["Lc_p"])
        assert formulas.gini(np.array(golden["x"], float), np.ones(len(golden["x"]))) == exactly(1 - 2 * area)


def test_rates_of_groups():
    golden = GOLDEN["disparity"]
    rate, people = np.array(golden["rates"]), np.array(golden["n"])
    overall = formulas.mean(rate, people)
    assert overall == exactly(golden["overall"])
    assert 100 * formulas.disparity(rate, rate[0], 4) == exactly(golden["index_of_disparity_vs_ref_exclude_ref"])
    assert 100 * formulas.disparity(rate, overall, 5) == exactly(golden["index_of_disparity_vs_overall_all"])
    assert formulas.theil(rate, people) == exactly(golden["theil_between"])
    assert formulas.mean_log_deviation(rate, people) == exactly(golden["mld_between"])
    assert formulas.variance(rate, people) == exactly(golden["between_group_variance"])


def test_distributions():
    golden = GOLDEN["representation"]
    first, second = np.array(golden["share_w"]), np.array(golden["share_p"])
    assert formulas.dissimilarity(first, second) == exactly(golden["dissimilarity_D"])
    assert formulas.kullback_leibler(first, second) == exactly(golden["KL_bits"])
    assert formulas.hellinger(first, second) == exactly(golden["hellinger"])


def test_theil_between_is_the_divergence_of_events_from_people():
    golden = GOLDEN["disparity"]
    rate, people = np.array(golden["rates"]), np.array(golden["n"])
    events = rate * people
    bits = formulas.kullback_leibler(events / events.sum(), people / people.sum())
    assert bits * math.log(2) == exactly(golden["theil_between"])
    assert formulas.hoover(rate, people) == exactly(
        formulas.dissimilarity(events / events.sum(), people / people.sum())
    )


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=30, deadline=None)
@given(groups())
def test_none_is_below_0_and_equal_groups_give_0(name, drawn):
    value, weight = drawn
    assert ALL[name](value, weight) >= 0
    assert ALL[name](np.full(len(value), value[0]), weight) == pytest.approx(0, abs=1e-9 * max(value[0], 1))


@pytest.mark.parametrize("name", BOUNDED)
@settings(max_examples=30, deadline=None)
@given(groups())
def test_bounded_ones_stay_below_1(name, drawn):
    assert ALL[name](*drawn) <= 1


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=30, deadline=None)
@given(groups(), st.floats(0.001, 1000))
def test_the_unit_of_values_and_of_weights_does_not_matter(name, drawn, factor):
    value, weight = drawn
    power = 1 if name == "deviation" else 0
    assert ALL[name](factor * value, weight) == pytest.approx(
        factor**power * ALL[name](value, weight), rel=1e-7, abs=1e-9 * factor**power
    )
    assert ALL[name](value, factor * weight) == pytest.approx(ALL[name](value, weight), rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=30, deadline=None)
@given(groups(), st.randoms(use_true_random=False))
def test_the_order_of_groups_does_not_matter(name, drawn, random):
    value, weight = drawn
    order = random.sample(range(len(value)), len(value))
    assert ALL[name](value[order], weight[order]) == pytest.approx(ALL[name](value, weight), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=30, deadline=None)
@given(groups(), st.integers(1, 50))
def test_merging_groups_of_one_rate_changes_nothing(name, drawn, part):
    value, weight = drawn
    split_value = np.append(value, value[0])
    split_weight = np.append(weight, float(part))
    together = weight.copy()
    together[0] += part
    assert ALL[name](split_value, split_weight) == pytest.approx(ALL[name](value, together), rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("name", RELATIVE)
@settings(max_examples=30, deadline=None)
@given(groups(), st.floats(0.01, 0.99))
def test_moving_values_towards_their_mean_lowers_every_index(name, drawn, share):
    value, weight = drawn
    closer = value + share * (formulas.mean(value, weight) - value)
    assert RELATIVE[name](closer, weight) <= RELATIVE[name](value, weight) + 1e-9


@given(groups())
def test_gini_is_half_the_mean_difference_over_the_mean(drawn):
    value, weight = drawn
    share = weight / weight.sum()
    pairs = sum(
        a * b * abs(x - y) for a, x in zip(share, value, strict=True) for b, y in zip(share, value, strict=True)
    )
    assert formulas.gini(value, weight) == pytest.approx(pairs / 2 / (share @ value), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", RELATIVE)
def test_no_events_at_all_is_not_defined(name):
    assert math.isnan(RELATIVE[name](np.zeros(3), np.ones(3)))


def test_groups_without_weight_are_not_there():
    value, weight = np.array([1.0, 2.0, 0.0]), np.array([3.0, 1.0, 0.0])
    for formula in RELATIVE.values():
        assert formula(value, weight) == pytest.approx(formula(value[:2], weight[:2]), rel=1e-12)


def test_a_reference_of_0():
    assert formulas.disparity(np.array([0.0, 0.2]), np.array(0.0), 1) == math.inf
    assert math.isnan(formulas.disparity(np.zeros(2), np.array(0.0), 1))


def test_a_category_that_only_the_first_has():
    first, second = np.array([0.5, 0.5, 0.0]), np.array([1.0, 0.0, 0.0])
    assert formulas.kullback_leibler(first, second) == math.inf
    assert formulas.kullback_leibler(second, first) == 1
    assert formulas.hellinger(np.array([1.0, 0.0]), np.array([0.0, 1.0])) == 1


@given(st.integers(2, 6).flatmap(lambda k: st.tuples(*[arrays(np.float64, k, elements=positive)] * 2)))
def test_distances_of_distributions(drawn):
    first, second = (a / a.sum() for a in drawn)
    for distance in (formulas.dissimilarity, formulas.hellinger):
        assert 0 <= distance(first, second) <= 1
        assert distance(first, second) == distance(second, first)
        assert distance(first, first) == 0
    # Pinsker's and Hellinger's inequalities tie the three together
    apart = formulas.dissimilarity(first, second)
    assert formulas.kullback_leibler(first, second) * math.log(2) >= 2 * apart**2 - 1e-12
    near = formulas.hellinger(first, second)
    assert near**2 - 1e-12 <= apart <= math.sqrt(2) * near + 1e-12


def test_replicates_come_in_a_leading_axis():
    value = np.random.default_rng(1).random((4, 6))
    for formula in ALL.values():
        np.testing.assert_allclose(formula(value, np.arange(1.0, 7)), [formula(v, np.arange(1.0, 7)) for v in value])
