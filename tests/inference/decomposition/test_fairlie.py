"""Fairlie's detail: what pairs of one rank say, averaged over orders; checked by going through them one by one."""

from itertools import permutations

import numpy as np
import pytest
from scipy.special import expit
from tests.inference.decomposition.conftest import FACTORS

from dueregard.inference.decomposition.changing import Changing
from dueregard.inference.decomposition.regression.fairlie import fairlie_parts
from dueregard.inference.decomposition.regression.logit_coefficients import LOGIT, logit_coefficients
from dueregard.inference.decomposition.regression.yun import yun_parts
from dueregard.inference.decomposition.sides import Side, Sides
from dueregard.inference.importance.shapley_subsets import EXACT

KEY = np.array([1, 2], np.uint64)


def fixed(common):
    """Coefficients that no row changes."""
    return Changing(common.value, 0 * common.group, 0 * common.reference)


def one_by_one(x, other, beta, factors):
    """People of two groups of one size paired by rank, and one factor after another exchanged, in every order."""
    own, theirs = (rows[np.argsort(rows @ beta[1:], kind="stable")] for rows in (x, other))
    found = np.zeros(len(factors))
    orders = list(permutations(range(len(factors))))
    for order in orders:
        mixed, before = theirs.copy(), expit(beta[0] + theirs @ beta[1:]).mean()
        for factor in order:
            columns = list(factors[factor])
            mixed[:, columns] = own[:, columns]
            after = expit(beta[0] + mixed @ beta[1:]).mean()
            found[factor] += after - before
            before = after
    return found / len(orders)


def test_groups_of_one_size_are_exchanged_person_by_person():
    rng = np.random.default_rng(2)
    x, other = rng.normal(size=(2, 60, 4))
    beta = np.array([0.3, 0.5, -1.0, 0.7, 0.2])
    sides = Sides(*(Side(rows, np.zeros(60), np.ones(60)) for rows in (x, other)))
    factors = ((0,), (1, 2), (3,))
    found = fairlie_parts(sides, sides.fixed(beta), LOGIT, factors, KEY)
    assert found.value == pytest.approx(one_by_one(x, other, beta, factors), abs=1e-12)


def test_weights_are_as_many_people():
    rng = np.random.default_rng(3)
    x, other = rng.normal(size=(40, 3)), rng.normal(size=(20, 3))
    weight = np.tile([1.0, 3.0], 20)
    beta, factors = np.array([0.1, 1.0, -0.5, 0.4]), ((0,), (1,), (2,))
    sides = Sides(Side(x, np.zeros(40), weight), Side(other, np.zeros(20), np.full(20, 4.0)))
    found = fairlie_parts(sides, sides.fixed(beta), LOGIT, factors, KEY)
    many = np.repeat(x, weight.astype(int), axis=0), np.repeat(other, 4, axis=0)
    assert found.value == pytest.approx(one_by_one(*many, beta, factors), abs=1e-12)


@pytest.mark.parametrize("coefficients", ["pooled", "neumark", "reference", "cotton"])
def test_factors_add_up_to_the_explained_part(groups, coefficients):
    sides = groups.sides()
    beta = logit_coefficients(sides, groups.basis, coefficients)
    explained = yun_parts(sides, beta, LOGIT)[0]
    found = fairlie_parts(sides, beta.common, LOGIT, FACTORS, KEY)
    assert found.value.sum() == pytest.approx(explained.value[-1], abs=1e-12)
    assert found.group.sum(axis=1) == pytest.approx(explained.group[:, -1], abs=1e-12)
    assert found.reference.sum(axis=1) == pytest.approx(explained.reference[:, -1], abs=1e-12)


def test_a_factor_without_coefficient_explains_nothing_and_one_alone_all(groups):
    sides = groups.sides()
    beta = logit_coefficients(sides, groups.basis, "pooled")
    without = beta.common.value.copy()
    without[2] = 0.0
    assert fairlie_parts(sides, sides.fixed(without), LOGIT, FACTORS, KEY).value[1] == 0
    alone = fairlie_parts(sides, fixed(beta.common), LOGIT, [range(5)], KEY)
    assert alone.value[0] == pytest.approx(yun_parts(sides, beta, LOGIT)[0].value[-1], abs=1e-12)


def test_changes_by_rows_are_derivatives_where_people_keep_their_order(groups):
    beta = fixed(logit_coefficients(groups.sides(), groups.basis, "pooled").common)
    found = fairlie_parts(groups.sides(), beta, LOGIT, FACTORS, KEY)
    for side, name in enumerate(("group", "reference")):
        for row in (0, 7, 33):
            slope = groups.slope(
                lambda weights: fairlie_parts(groups.sides(weights), beta, LOGIT, FACTORS, KEY).value, side, row, 1e-6
            )
            assert getattr(found, name)[row] == pytest.approx(slope, rel=1e-4, abs=1e-8)


def test_many_factors_are_exchanged_in_orders_by_chance_that_come_again():
    rng = np.random.default_rng(4)
    p = EXACT + 2
    sides = Sides(
        *(Side(rng.normal(size=(n, p)) + side / 5, np.zeros(n), np.ones(n)) for side, n in enumerate((50, 70)))
    )
    beta = sides.fixed(rng.normal(size=p + 1))
    factors = [(j,) for j in range(p)]
    found, again, other = (fairlie_parts(sides, beta, LOGIT, factors, key) for key in (KEY, KEY, KEY + np.uint64(1)))
    assert (found.value == again.value).all() and not (found.value == other.value).all()
    assert found.value == pytest.approx(other.value, abs=0.02)
    explained = sides.expected(0, beta, LOGIT) - sides.expected(1, beta, LOGIT)
    assert found.value.sum() == pytest.approx(explained.value[0], abs=1e-12)
