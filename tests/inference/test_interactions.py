"""Two properties together against their differences added up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr
from dueregard.inference.two_groups.interactions import interaction_contrast


def contrast(*tables):
    """Of (count, nobs) with both properties, the first, the second, and neither."""
    count, nobs = (np.array([[table[i] for table in tables]], float).T for i in range(2))
    share = np.divide(count, nobs, out=np.full(nobs.shape, np.nan), where=nobs > 0)
    return interaction_contrast(share, nobs)


def test_limits_by_hand():
    tables = (30, 50), (42, 50), (84, 100), (80, 100)
    found = contrast(*tables).compare(0.95)
    limits = [dr.proportion_interval(*table) for table in tables]
    below = [limits[0].estimate - limits[0].low, limits[1].high - limits[1].estimate,
             limits[2].high - limits[2].estimate, limits[3].estimate - limits[3].low]  # fmt: skip
    assert found.estimate[0] == pytest.approx(0.60 - 0.84 - 0.84 + 0.80)
    assert found.low[0] == pytest.approx(found.estimate[0] - np.sqrt(np.square(below).sum()))


def test_shares_that_add_up_have_none():
    found = contrast((60, 100), (50, 100), (30, 100), (20, 100)).compare(0.95)
    assert found.estimate[0] == pytest.approx(0, abs=1e-15)
    assert found.low[0] < 0 < found.high[0]


def test_an_empty_side_gives_nothing():
    found = contrast((3, 10), (0, 0), (4, 10), (5, 10)).compare(0.95)
    assert np.isnan([found.estimate[0], found.low[0], found.high[0], found.pvalue[0]]).all()


table = st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.tuples(table, table, table, table), st.floats(0.5, 0.999))
def test_p_and_interval_tell_one_story(tables, level):
    found = contrast(*tables).compare(level)
    if abs(found.pvalue[0] - (1 - level)) > 1e-9:
        assert (found.pvalue[0] < 1 - level) == bool(found.low[0] > 0 or found.high[0] < 0)


@given(st.tuples(table, table, table, table))
def test_the_other_way_round_it_is_the_same_below_zero(tables):
    both, first, second, neither = tables
    one, other = (
        contrast(both, first, second, neither).compare(0.95),
        contrast(first, both, neither, second).compare(0.95),
    )
    assert other.estimate[0] == pytest.approx(-one.estimate[0], abs=1e-12)
    assert (other.low[0], other.high[0]) == pytest.approx((-one.high[0], -one.low[0]), abs=1e-12)
    assert other.pvalue[0] == pytest.approx(one.pvalue[0], abs=1e-9)


def test_several_tables_at_once_are_each_alone():
    share = np.array([[0.6, 0.2], [0.8, 0.4], [0.8, 0.9], [0.8, 0.5]])
    size = np.array([[50.0, 20.0], [50.0, 30.0], [100.0, 9.0], [100.0, 40.0]])
    both = interaction_contrast(share, size).compare(0.9)
    for i in range(2):
        alone = interaction_contrast(share[:, [i]], size[:, [i]]).compare(0.9)
        assert [part[i] for part in both] == pytest.approx([part[0] for part in alone])
