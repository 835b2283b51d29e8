"""Kitagawa's parts: published values, category by category, laws, and every argument that is refused."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr

GOLDEN = json.loads((Path(__file__).parent / "das_gupta_golden.json").read_text())


def population(year, column):
    return np.array([row[column] for row in GOLDEN["eg5.1"]["input"] if row["pop"] == year])


def example(parts):
    arrays = [population(year, column) for column in ("age_str", "rate") for year in (1985, 1970)]
    return dr.kitagawa(*arrays, parts=parts)


def test_two_parts_are_the_published_ones():
    found, wanted = example(2), GOLDEN["kitagawa_eg5.1"]
    assert found.rates == pytest.approx(wanted["two_part"]["rate"], abs=1e-8)
    assert found.composition == pytest.approx(wanted["two_part"]["composition"], abs=1e-8)
    assert found.difference == pytest.approx(wanted["diff"], abs=1e-8)
    assert found.interaction == 0


def test_three_parts_are_the_published_ones():
    found, wanted = example(3), GOLDEN["kitagawa_eg5.1"]["three_part"]
    assert found.rates == pytest.approx(wanted["rate"], abs=1e-8)
    assert found.composition == pytest.approx(wanted["composition"], abs=1e-8)
    assert found.interaction == pytest.approx(wanted["interaction"], abs=1e-8)


def test_categories_are_the_published_ones():
    found, wanted = example(2), GOLDEN["kitagawa_eg5.1"]
    assert found.rates_by_category == pytest.approx(wanted["per_category_rate"], abs=1e-8)
    assert found.composition_by_category == pytest.approx(wanted["per_category_comp"], abs=1e-8)


@st.composite
def populations(draw):
    k = draw(st.integers(1, 6))
    weights = [np.array(draw(st.lists(st.integers(0, 50), min_size=k, max_size=k)), float) + 1e-3 for _ in range(2)]
    rates = [np.array(draw(st.lists(st.floats(0, 1), min_size=k, max_size=k))) for _ in range(2)]
    return [each / each.sum() for each in weights] + rates


@given(populations(), st.sampled_from([2, 3]))
def test_parts_sum_to_the_difference_and_categories_to_parts(arrays, parts):
    found = dr.kitagawa(*arrays, parts=parts)
    assert found.composition + found.rates + found.interaction == pytest.approx(found.difference, abs=1e-12)
    for total, each in zip(found[1:4], found[4:], strict=True):
        assert each.sum() == pytest.approx(float(total), abs=1e-12)


@given(populations())
def test_swapping_populations_turns_both_parts(arrays):
    w, v, r, s = arrays
    found, other = dr.kitagawa(w, v, r, s), dr.kitagawa(v, w, s, r)
    assert found.composition == pytest.approx(-other.composition, abs=1e-12)
    assert found.rates == pytest.approx(-other.rates, abs=1e-12)


def test_batches_broadcast():
    w, v = [[0.5, 0.5], [0.2, 0.8]], [0.4, 0.6]
    found = dr.kitagawa(w, v, [0.1, 0.3], [0.2, 0.2])
    assert found.difference.shape == (2,)
    assert found.rates_by_category.shape == (2, 2)


def test_a_rate_where_nobody_is_counts_nothing():
    found = dr.kitagawa([0.5, 0.5, 0], [0.4, 0.6, 0], [0.1, 0.3, np.nan], [0.2, 0.2, np.nan])
    assert np.isfinite(found.difference)
    assert np.isnan(dr.kitagawa([0.5, 0.5], [1, 0], [0.1, 0.3], [0.2, np.nan]).composition)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([0.5, 0.6], [0.5, 0.5], [0.1, 0.2], [0.1, 0.2]), ValueError, "share: 1.1 is the sum of shares, not 1"),
        (
            ([0.5, 0.5], [1.5, -0.5], [0.1, 0.2], [0.1, 0.2]),
            ValueError,
            "reference_share: 1.5 at index 0 is not between",
        ),
        ((1.0, [0.5, 0.5], [0.1, 0.2], [0.1, 0.2]), ValueError, "share: one number has no categories"),
        (([0.5, 0.5], [0.5, 0.5], [0.1, np.inf], [0.1, 0.2]), ValueError, "rate: inf at index 1 is infinite"),
        (([0.5, 0.5], [0.5, 0.5], ["a", "b"], [0.1, 0.2]), TypeError, "rate: 'a' at index 0 is not a number"),
        (([0.5, 0.5], [0.5, 0.5], [0.1, 0.2, 0.3], [0.1, 0.2]), ValueError, "do not broadcast"),
    ],
)
def test_bad_input_is_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        dr.kitagawa(*arguments)


def test_parts_are_two_or_three():
    with pytest.raises(ValueError, match="parts: 4 is neither 2 nor 3"):
        dr.kitagawa([1.0], [1.0], [0.1], [0.2], parts=4)
    with pytest.raises(TypeError, match="parts: '2' is not a whole number"):
        dr.kitagawa([1.0], [1.0], [0.1], [0.2], parts="2")
