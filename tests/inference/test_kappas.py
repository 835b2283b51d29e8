"""Weighted kappa: published examples, a table worked by hand, and the range that margins leave, by enumeration."""

import itertools
import sys

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dueregard.inference.agreement.kappas import WEIGHTS, distances, weighted_kappa

DERMATOLOGISTS = np.array([[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]])
"""Skin conditions as two dermatologists saw them; SAS/STAT User's Guide, The FREQ Procedure, Cohen's kappa."""

TABLES = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.integers(0, 12), min_size=k * k, max_size=k * k).map(lambda cells: np.reshape(cells, (k, k)))
)


def by_definition(table, weights):
    """1 less the distances found over the distances expected from the margins."""
    k, total = len(table), table.sum()
    power = 1 if weights == "linear" else 2
    found = sum(table[i, j] * abs(i - j) ** power for i in range(k) for j in range(k))
    chance = sum(table[i].sum() * table[:, j].sum() * abs(i - j) ** power for i in range(k) for j in range(k)) / total
    return 1 - found / chance


def test_the_published_example_of_two_dermatologists():
    found = weighted_kappa(DERMATOLOGISTS, "linear")
    assert (found.estimate, found.se) == (pytest.approx(0.5082, abs=5e-5), pytest.approx(0.0655, abs=5e-5))


def test_a_table_worked_by_hand():
    # 35 of 50 agree, 25 would by chance; at most 45 can agree with these margins, at least 5
    found = weighted_kappa(np.array([[20, 5], [10, 15]]))
    assert (found.estimate, found.least_possible, found.most_possible) == (
        pytest.approx(0.4),
        pytest.approx(-0.8),
        pytest.approx(0.8),
    )


@given(TABLES, st.sampled_from(WEIGHTS))
def test_kappa_is_its_definition_and_lies_in_the_possible_range(table, weights):
    found = weighted_kappa(table, weights)
    chance = table.sum(axis=1) @ distances(len(table), weights) @ table.sum(axis=0)
    if chance == 0:
        assert np.isnan(found).all()
        return
    assert found.estimate == pytest.approx(by_definition(table, weights), abs=1e-12)
    assert found.least_possible - 1e-12 <= found.estimate <= found.most_possible + 1e-12
    swapped = weighted_kappa(table.T, weights)
    assert swapped == pytest.approx(found, abs=1e-9)


@given(st.lists(st.integers(0, 2), min_size=2, max_size=6), st.data(), st.sampled_from(WEIGHTS))
def test_the_possible_range_is_that_of_all_pairings_of_the_answers(first, data, weights):
    second = data.draw(
        st.permutations(data.draw(st.lists(st.integers(0, 2), min_size=len(first), max_size=len(first))))
    )
    tables = []
    for order in set(itertools.permutations(second)):
        table = np.zeros((3, 3), dtype=np.int64)
        np.add.at(table, (first, list(order)), 1)
        tables.append(table)
    found = weighted_kappa(tables[0], weights)
    assume(not np.isnan(found.estimate))
    every = [weighted_kappa(table, weights).estimate for table in tables]
    assert (found.least_possible, found.most_possible) == (pytest.approx(min(every)), pytest.approx(max(every)))


@pytest.mark.parametrize("table", [np.zeros((3, 3), dtype=int), np.diag([7, 0, 0])])
def test_kappa_is_not_defined_without_pairs_or_where_all_are_one_answer(table):
    assert np.isnan(weighted_kappa(table)).all()


def test_where_one_side_always_says_the_same_kappa_is_zero_whatever_the_other_says():
    found = weighted_kappa(np.array([[5, 2], [0, 0]]))
    assert found == pytest.approx((0, 0, 0, 0), abs=1e-6)


def test_other_weights_are_refused():
    with pytest.raises(ValueError, match=r"^weights: 'cubic' is not one of 'linear', 'quadratic'$"):
        weighted_kappa(DERMATOLOGISTS, "cubic")


def test_without_statsmodels_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "statsmodels.stats", None)
    with pytest.raises(
        ModuleNotFoundError, match=r"^kappa needs statsmodels: pip install 'dueregard\[verification\]'$"
    ):
        weighted_kappa(DERMATOLOGISTS)
