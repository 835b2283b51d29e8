"""Oaxaca-Blinder by linear models: equal to another package, and to the laws that any decomposition has."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.oaxaca import OaxacaBlinder

from dueregard.inference.decomposition.regression import common_coefficients
from dueregard.inference.decomposition.regression.common_coefficients import COEFFICIENTS
from dueregard.inference.decomposition.regression.normalised import deviation_basis
from dueregard.inference.decomposition.regression.oaxaca_blinder import NAMES, decomposed, row_parts

ALL = (*COEFFICIENTS, 0.3)
THEIRS = {"pooled": "pooled", "neumark": "nuemark", "cotton": "cotton", "reimers": "reimers", 0.3: "self_submitted"}
FREE = (0, 1, 2, 3)  # the columns without the last level, which a constant makes of the others


def table(seed=1, n=400, far=0.0):
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 2, n)
    x = rng.normal(size=(n, 3)) + 0.4 * group[:, np.newaxis] + far
    y = 1 + x @ [1, 2, 3] + group * (x @ [0.1, -0.3, 0.2]) + rng.normal(size=n)
    return group, x, y


def crossed(x, y, centre=0.0):
    rows = np.column_stack([np.ones(len(x)), x - centre, y])
    return rows.T @ rows


def both(group, x, y, centre=0.0):
    """The cross-products of those with 0, whom statsmodels has first, and of those with 1."""
    return [crossed(x[group == side], y[group == side], centre) for side in (0, 1)]


@pytest.mark.parametrize("coefficients", THEIRS)
def test_two_parts_equal_statsmodels(coefficients):
    group, x, y = table()
    theirs = OaxacaBlinder(y, np.column_stack([x, group]), 3, hasconst=False, swap=False)
    unexplained, explained, gap = theirs.two_fold(
        two_fold_type=THEIRS[coefficients], submitted_weight=coefficients
    ).params
    found = decomposed(*both(group, x, y), np.eye(3), coefficients=coefficients)
    assert found.parts.sum(axis=-1) == pytest.approx([explained, unexplained], abs=1e-9)
    assert found.gap == pytest.approx(gap, abs=1e-9)


def test_three_parts_equal_statsmodels():
    group, x, y = table(2)
    theirs = OaxacaBlinder(y, np.column_stack([x, group]), 3, hasconst=False, swap=False).three_fold().params
    found = decomposed(*both(group, x, y), np.eye(3), parts=3)
    assert found.parts.sum(axis=-1) == pytest.approx(theirs[:3], abs=1e-9)


@pytest.mark.parametrize(("coefficients", "share"), [("reference", 0.0), ("group", 1.0), ("reimers", 0.5)])
def test_names_are_shares_of_the_groups_own_coefficients(coefficients, share):
    crosses = both(*table())
    named, numbered = (decomposed(*crosses, np.eye(3), coefficients=each) for each in (coefficients, share))
    assert named.parts == pytest.approx(numbered.parts, abs=1e-12)


@pytest.mark.parametrize("parts", NAMES)
@pytest.mark.parametrize("coefficients", ALL)
def test_parts_add_up_to_the_gap(groups, coefficients, parts):
    found = decomposed(groups.crossed(0), groups.crossed(1), groups.basis, coefficients=coefficients, parts=parts)
    assert found.parts.shape == (parts, 6)
    assert found.parts.sum() == pytest.approx(found.gap, abs=1e-12)


@pytest.mark.parametrize("coefficients", ALL)
def test_no_gap_is_explained_between_like_people_and_none_is_unexplained_under_one_rule(coefficients):
    group, x, _ = table()
    mine = [x[group == side] for side in (0, 1)]
    rule = [crossed(each, 2 + each @ [1.0, -1.0, 0.5]) for each in mine]
    assert decomposed(*rule, np.eye(3), coefficients=coefficients).parts[1] == pytest.approx(0, abs=1e-9)
    same = [crossed(mine[0], 2 + mine[0] @ slope) for slope in ([1.0, -1, 0.5], [2.0, 0, 0])]
    assert decomposed(*same, np.eye(3), coefficients=coefficients).parts[0] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("coefficients", ["pooled", "neumark", "cotton", "reimers", 0.5])
def test_sides_exchanged_turn_the_parts_round(groups, coefficients):
    one, other = groups.crossed(0), groups.crossed(1)
    there = decomposed(one, other, groups.basis, coefficients=coefficients)
    back = decomposed(other, one, groups.basis, coefficients=coefficients)
    assert there.parts == pytest.approx(-back.parts, abs=1e-9)


@given(st.permutations(range(3)), st.sampled_from(ALL), st.sampled_from((2, 3)), st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_levels_do_not_depend_on_which_would_be_left_out(order, coefficients, parts, seed):
    rng = np.random.default_rng(seed)
    level = [rng.integers(0, 3, n) for n in (40, 60)]
    y = [rng.normal(size=len(each)) for each in level]
    columns = [np.eye(3)[each] for each in level]

    def by_order(places):
        crosses = [crossed(x[:, places], each) for x, each in zip(columns, y, strict=True)]
        return decomposed(*crosses, deviation_basis(3, [(0, 1, 2)]), coefficients=coefficients, parts=parts).parts

    found, other = by_order([0, 1, 2]), by_order(list(order))
    assert other[:, 0] == pytest.approx(found[:, 0], abs=1e-9)
    assert other[:, 1:] == pytest.approx(found[:, 1:][:, list(order)], abs=1e-9)


@pytest.mark.parametrize("left_out", range(3))
def test_factors_explain_what_they_do_with_any_level_left_out(groups, left_out):
    kept = [0, 1, *(2 + level for level in range(3) if level != left_out)]
    some = [groups.crossed(side, x=[x[:, kept] for x in groups.x]) for side in (0, 1)]
    plain = decomposed(*some, np.eye(4), coefficients="pooled").parts[0]
    found = decomposed(groups.crossed(0), groups.crossed(1), groups.basis, coefficients="pooled").parts[0]
    assert found[1:3] == pytest.approx(plain[1:3], abs=1e-9)
    assert found[3:].sum() == pytest.approx(plain[3:].sum(), abs=1e-9)


@given(st.floats(0.01, 1000), st.floats(-1e4, 1e4), st.floats(0.1, 10), st.floats(-100, 100), st.sampled_from(ALL))
@settings(max_examples=25, deadline=None)
def test_units_of_columns_do_not_matter_and_those_of_the_outcome_go_through(scale, shift, times, plus, coefficients):
    group, x, y = table(n=80)
    found = decomposed(*both(group, x, y), np.eye(3), coefficients=coefficients)
    moved = x * [scale, 1, 1] + [shift, 0, 0]
    centre = moved.mean(axis=0)
    other = decomposed(
        *both(group, moved, plus + times * y, centre), np.eye(3), coefficients=coefficients, centre=centre
    )
    assert other.parts[0] == pytest.approx(times * found.parts[0], rel=1e-6, abs=1e-6)
    assert other.parts.sum(axis=-1) == pytest.approx(times * found.parts.sum(axis=-1), rel=1e-6, abs=1e-6)


def test_columns_far_from_zero_lose_nothing_with_their_centre():
    group, x, y = table(far=2000.0)
    centre = x.mean(axis=0)
    theirs = OaxacaBlinder(y - y.mean(), np.column_stack([x - centre, group]), 3, hasconst=False, swap=False)
    found = decomposed(*both(group, x, y - y.mean(), centre), np.eye(3), centre=centre)
    assert found.parts.sum(axis=-1) == pytest.approx([theirs.two_fold().params[i] for i in (1, 0)], abs=1e-9)


def test_many_are_taken_apart_at_once_as_one_by_one(groups):
    rng = np.random.default_rng(5)
    weights = [[w * rng.exponential(size=len(w)) for w in groups.weight] for _ in range(4)]
    crosses = [np.stack([groups.crossed(side, each) for each in weights]) for side in (0, 1)]
    for coefficients in ALL:
        together = decomposed(*crosses, groups.basis, coefficients=coefficients).parts
        alone = [decomposed(a, b, groups.basis, coefficients=coefficients).parts for a, b in zip(*crosses, strict=True)]
        assert together == pytest.approx(np.stack(alone), abs=1e-12)


def test_slopes_that_are_not_told_give_nan(groups):
    x = [np.column_stack([x[:, 0], x[:, 0], x[:, 2:]]) for x in groups.x]
    crosses = [groups.crossed(side, x=x) for side in (0, 1)]
    assert np.isnan(decomposed(*crosses, groups.basis).parts[:, 1:]).all()


@pytest.mark.parametrize("parts", NAMES)
@pytest.mark.parametrize("coefficients", ALL)
def test_changes_by_rows_are_derivatives_by_their_weights(groups, coefficients, parts):
    def of(weights):
        crosses = [groups.crossed(side, weights) for side in (0, 1)]
        return decomposed(*crosses, groups.basis, coefficients=coefficients, parts=parts)

    found = of(groups.weight)
    changes = row_parts(found, *zip(groups.x, groups.y, strict=True), coefficients)
    weighted = sum(np.tensordot(groups.weight[side], changes[side], 1) for side in (0, 1))
    assert weighted == pytest.approx(np.zeros_like(weighted), abs=1e-9), "nothing changes where all weigh more"
    for side in (0, 1):
        for row in (0, 7, 33):
            slope = groups.slope(lambda weights: of(weights).parts, side, row)
            assert changes[side][row] == pytest.approx(slope, rel=1e-4, abs=1e-7)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ("poled", ValueError, "coefficients: 'poled' is not one of 'pooled', 'reference'"),
        (1.5, ValueError, "coefficients: 1.5 is not from 0, the reference's, to 1, the group's"),
        (float("nan"), ValueError, "coefficients: nan is not from 0"),
        (True, TypeError, "coefficients: True is not a number"),
        (None, TypeError, "coefficients: None is not a number"),
    ],
)
def test_other_coefficients_are_refused(given, error, message):
    with pytest.raises(error, match=message):
        common_coefficients.check(given)
