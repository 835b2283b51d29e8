"""dr.disparity_index: published values with both denominators, every reference, and what zeros do."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag

GOLDEN = json.loads((Path(__file__).parent / "inequality_golden.json").read_text())["disparity"]
PEOPLE = [100 * int(n) for n in GOLDEN["n"]]
EVENTS = [round(rate * n / 1000) for rate, n in zip(GOLDEN["rates"], PEOPLE, strict=True)]
FEW = {"n_resamples": 99}


def test_published_values():
    """With a hundred times the people the published rates come of whole numbers of events."""
    np.testing.assert_allclose(np.array(EVENTS) / PEOPLE * 1000, GOLDEN["rates"], rtol=1e-12)
    first = dr.disparity_index(EVENTS, exposure=PEOPLE, reference=0, **FEW)
    assert 100 * first.estimate == pytest.approx(GOLDEN["index_of_disparity_vs_ref_exclude_ref"], rel=1e-9)
    assert (first.reference, first.denominator) == (0, "k-1")
    assert 1000 * first.reference_value == pytest.approx(9.5, rel=1e-12)
    overall = dr.disparity_index(EVENTS, exposure=PEOPLE, **FEW)
    assert 100 * overall.estimate == pytest.approx(GOLDEN["index_of_disparity_vs_overall_all"], rel=1e-9)
    assert (overall.reference, overall.denominator) == (dr.OVERALL, "k")
    assert 1000 * overall.reference_value == pytest.approx(GOLDEN["overall"], rel=1e-9)


def test_denominators_by_hand():
    """Rates 0.2, 0.4 and 0.5 from 0.2: distances 0.2 and 0.3, together 2.5 times the reference."""
    count, nobs = [20, 40, 50], 100
    for denominator, groups in (("k", 3), ("k-1", 2)):
        found = dr.disparity_index(count, nobs, reference=0, denominator=denominator, **FEW)
        assert found.estimate == pytest.approx(2.5 / groups)
        assert found.denominator == denominator


def test_the_best_group_depends_on_the_direction():
    count, nobs = [20, 40, 50], 100
    low = dr.disparity_index(count, nobs, reference="best", higher_is_better=False, **FEW)
    high = dr.disparity_index(count, nobs, reference="best", higher_is_better=True, **FEW)
    assert (low.reference_value, high.reference_value) == (0.2, 0.5)
    assert low.estimate == pytest.approx(2.5 / 2)
    assert high.estimate == pytest.approx((0.3 + 0.1) / 2 / 0.5)
    assert low.flag & high.flag & Flag.CHOSEN_FROM_DATA
    assert low.reference == "best"
    named = dr.disparity_index(count, nobs, reference=0, **FEW)
    assert not named.flag & Flag.CHOSEN_FROM_DATA
    assert low.expected > named.expected  # the best of three is often best by chance


groups = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 60)), min_size=3, max_size=6)


@settings(max_examples=25, deadline=None)
@given(groups, st.integers(2, 9))
def test_laws(drawn, times):
    count = np.array([some for some, _ in drawn])
    nobs = count + [more for _, more in drawn]
    found = dr.disparity_index(count, nobs, **FEW)
    assert 0 <= found.low <= found.high
    assert (found.low > 0) == (found.pvalue < 0.05)
    scaled = dr.disparity_index(times * count, times * nobs, **FEW)
    assert scaled.estimate == pytest.approx(found.estimate)
    turned = dr.disparity_index(count[::-1], nobs[::-1], **FEW)
    assert turned.estimate == pytest.approx(found.estimate)
    equal = dr.disparity_index(np.full(len(count), 3), 10, **FEW)
    assert equal.estimate == pytest.approx(0, abs=1e-12)
    assert equal.high > 0


def test_a_small_group_widens_the_interval_even_where_it_has_no_events():
    """None of 3 could be a rate of a half: the index could be far above what was seen."""
    found = dr.disparity_index([200, 0], [1000, 3])
    assert found.low == 0
    assert found.high > 1
    alike = dr.disparity_index([200, 1], [1000, 5])
    assert alike.high > 0.5


def test_a_reference_rate_of_0_is_not_defined():
    found = dr.disparity_index([0, 3, 4], 10, reference=0, **FEW)
    assert math.isnan(found.estimate)
    assert (found.high, found.reference_value, found.flag) == (math.inf, 0, Flag.UNDEFINED)
    assert found.low == 0
    clear = dr.disparity_index([0, 300, 400], 1000, reference=0, **FEW)
    assert math.isnan(clear.estimate)
    assert clear.low > 1
    none = dr.disparity_index([0, 0, 0], 10, **FEW)
    assert math.isnan(none.estimate)
    assert (none.low, none.high, none.pvalue) == (0, math.inf, 1)
    assert none.flag == Flag.UNDEFINED


def test_a_reference_without_cases():
    found = dr.disparity_index([3, 0, 4], [10, 0, 20], reference=1, **FEW)
    assert all(math.isnan(value) for value in found[:6])
    assert found.flag & Flag.NO_REFERENCE
    after = dr.disparity_index([0, 3, 4], [0, 10, 20], reference=2, **FEW)
    assert after.reference_value == 0.2
    assert after.estimate == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"reference": 3}, ValueError, "reference: 3 is not a position among 3 groups"),
        ({"reference": -1}, ValueError, "reference: -1 is not a position among 3 groups"),
        ({"reference": "White"}, ValueError, "reference: 'White' is neither a position, dr.OVERALL nor 'best'"),
        ({"reference": dr.REST}, ValueError, "reference: dr.REST is neither"),
        ({"reference": None}, TypeError, "reference: None is not a whole number"),
        ({"reference": "best"}, TypeError, "higher_is_better: reference='best' needs it"),
        ({"reference": "best", "higher_is_better": "no"}, TypeError, "higher_is_better: 'no' is neither True nor"),
        ({"denominator": "n"}, ValueError, "denominator: 'n' is not one of 'k', 'k-1'"),
    ],
)
def test_bad_input(change, error, message):
    with pytest.raises(error, match=message):
        dr.disparity_index([1, 2, 3], 10, **change)
