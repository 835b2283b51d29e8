"""Das Gupta's effects: his published examples, laws for any factors and populations, and what is refused."""

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr

GOLDEN = json.loads((Path(__file__).parent / "das_gupta_golden.json").read_text())


def test_two_factors_are_example_2_1():
    given_, wanted = GOLDEN["eg2.1"]["input"], GOLDEN["eg2.1"]["out"]
    found = dr.das_gupta({name: [each[name] for each in given_] for name in ("avg_earnings", "earner_prop")})
    assert found.effect[:, 1, 0] == pytest.approx(wanted["diff"][:2], abs=1e-6)
    assert found.standardised[:, 0] == pytest.approx(wanted["black"][:2], abs=1e-5)
    assert found.standardised[:, 1] == pytest.approx(wanted["white"][:2], abs=1e-5)
    assert found.rate == pytest.approx([wanted["black"][2], wanted["white"][2]], abs=1e-5)


def test_factors_by_category_are_example_5_1():
    rows, wanted = GOLDEN["eg5.1"]["input"], GOLDEN["eg5.1"]["out"]
    factors = {
        name: [[row[name] for row in rows if row["pop"] == year] for year in (1970, 1985)]
        for name in ("age_str", "rate")
    }
    found = dr.das_gupta(factors)
    assert found.effect[:, 1, 0] == pytest.approx(wanted["diff"][:2], abs=1e-8)
    assert found.standardised[:, 0] == pytest.approx(wanted["1970"][:2], abs=1e-8)
    assert found.standardised[:, 1] == pytest.approx(wanted["1985"][:2], abs=1e-8)


def ratio(a, b, c, d):
    return 1000 * (a * b * c).sum(axis=1) / ((a * b * c).sum(axis=1) + (a * (1 - b) * d).sum(axis=1))


def test_five_populations_and_a_function_are_example_6_5():
    example = GOLDEN["eg6.5"]
    found = dr.das_gupta(example["factors"], function=ratio)
    assert found.standardised == pytest.approx(np.array([example["standardised"][name] for name in "ABCD"]), abs=5e-6)
    assert found.rate == pytest.approx(example["crude"], abs=5e-6)


@st.composite
def factor_tables(draw):
    p, n, k = draw(st.integers(1, 4)), draw(st.integers(2, 4)), draw(st.integers(1, 3))
    numbers = st.lists(st.floats(-3, 3), min_size=n * k, max_size=n * k)
    return {f"f{i}": np.reshape(draw(numbers), (n, k)) for i in range(p)}


@given(factor_tables())
@settings(max_examples=50)
def test_effects_sum_to_differences_and_are_consistent(factors):
    found = dr.das_gupta(factors)
    differences = found.rate[:, np.newaxis] - found.rate[np.newaxis]
    assert found.effect.sum(axis=0) == pytest.approx(differences, abs=1e-9)
    assert found.effect == pytest.approx(-found.effect.swapaxes(1, 2), abs=1e-9)
    chained = found.effect[:, :, :, np.newaxis] + found.effect[:, np.newaxis]
    assert chained == pytest.approx(np.broadcast_to(found.effect[:, :, np.newaxis], chained.shape), abs=1e-9)
    assert found.standardised[:, :, np.newaxis] - found.standardised[:, np.newaxis] == pytest.approx(
        found.effect, abs=1e-9
    )


@given(factor_tables())
@settings(max_examples=30)
def test_two_populations_are_the_mean_over_all_orders(factors):
    arrays = [each[:2] for each in factors.values()]
    found = dr.das_gupta({name: each[:2] for name, each in factors.items()})
    effects, orders = np.zeros(len(arrays)), list(permutations(range(len(arrays))))
    for order in orders:
        own = [each[1] for each in arrays]
        for k in order:
            before = np.prod(own, axis=0).sum()
            own[k] = arrays[k][0]
            effects[k] += np.prod(own, axis=0).sum() - before
    assert found.effect[:, 0, 1] == pytest.approx(effects / len(orders), abs=1e-9)


def test_a_factor_alike_in_all_populations_has_no_effect():
    found = dr.das_gupta({"a": [1.0, 2.0, 3.0], "b": [0.5, 0.5, 0.5]})
    assert np.all(found.effect[1] == 0)


def test_a_factor_without_categories_is_the_same_in_each():
    found = dr.das_gupta({"a": [[1.0, 2.0], [3.0, 4.0]], "b": [2.0, 0.5]})
    assert found.rate == pytest.approx([6.0, 3.5])


@pytest.mark.parametrize(
    ("factors", "error", "message"),
    [
        ([1, 2], TypeError, "factors: list is no mapping"),
        ({}, ValueError, "factors: there are 0, not from 1 to 20"),
        ({"a": [1.0]}, ValueError, r"factors\['a'\]: there is 1 population"),
        ({"a": [1.0, 2.0], "b": [1.0, 2.0, 3.0]}, ValueError, r"factors\['b'\]: 3 populations, but 'a' has 2"),
        ({"a": [[1.0, 2.0]] * 2, "b": [[1.0]] * 2}, ValueError, r"factors\['b'\]: 1 categories, but 'a' has 2"),
        ({"a": [1.0, np.inf]}, ValueError, r"factors\['a'\]: inf at index 1 is infinite"),
        ({"a": ["x", "y"]}, TypeError, r"factors\['a'\]: 'x' at index 0 is not a number"),
        ({"a": np.ones((2, 2, 2))}, ValueError, r"is neither \(populations,\) nor"),
    ],
)
def test_bad_factors_are_refused(factors, error, message):
    with pytest.raises(error, match=message):
        dr.das_gupta(factors)


def test_bad_functions_are_refused():
    with pytest.raises(TypeError, match="function: 3 cannot be called"):
        dr.das_gupta({"a": [1.0, 2.0]}, function=3)
    with pytest.raises(ValueError, match=r"function: gives the shape \(\) for the populations, not \(2,\)"):
        dr.das_gupta({"a": [1.0, 2.0]}, function=lambda a: a.sum())
    with pytest.raises(ValueError, match="function: gives inf for the populations"):
        dr.das_gupta({"a": [1.0, 2.0]}, function=lambda a: np.where(a > 1, a, np.inf))
