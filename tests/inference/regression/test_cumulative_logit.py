"""The cumulative logit: against statsmodels, by laws, and what it says where there is no fit."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.miscmodels.ordinal_model import OrderedModel

from dueregard.inference.regression.cumulative_logit import fit, maximise


def answers(n=1500, k=3, n_levels=2, seed=1):
    """Items from 0 to 4, levels, weights."""
    rng = np.random.default_rng(seed)
    x = np.clip(np.round(2 + rng.normal(size=(n, 1)) + rng.normal(size=(n, k))), 0, 4)
    latent = x @ np.linspace(0.8, 0.0, k) + rng.logistic(size=n)
    y = np.digitize(latent, np.quantile(latent, np.arange(1, n_levels) / n_levels))
    return x, y, rng.uniform(0.3, 3, n)


def test_with_two_levels_it_is_the_weighted_logit_of_statsmodels():
    x, y, weight = answers()
    found = fit(x, y, weight)
    told = sm.GLM(y, sm.add_constant(x), family=sm.families.Binomial(), freq_weights=weight).fit(tol=1e-12)
    assert found.converged
    assert [-found.thresholds[0], *found.coefficient] == pytest.approx(told.params, rel=1e-8)
    assert (found.loglik, found.null_loglik) == pytest.approx((told.llf, told.llnull), rel=1e-10)
    assert np.sqrt(np.diag(np.linalg.inv(found.information)))[:-1] == pytest.approx(told.bse[1:], rel=1e-6)


def test_without_weights_mcfadden_is_that_of_statsmodels():
    x, y, _ = answers()
    assert fit(x, y).mcfadden == pytest.approx(sm.Logit(y, sm.add_constant(x)).fit(disp=0).prsquared, rel=1e-10)


@pytest.mark.parametrize("n_levels", [3, 5])
def test_with_more_levels_it_is_the_ordered_model_of_statsmodels(n_levels):
    x, y, _ = answers(n_levels=n_levels)
    found = fit(x, y, n_levels=n_levels)
    model = OrderedModel(pd.Series(pd.Categorical(y, ordered=True)), x, distr="logit")
    told = model.fit(method="bfgs", disp=0, maxiter=500, gtol=1e-8)
    assert found.coefficient == pytest.approx(told.params.to_numpy()[:3], abs=1e-5)
    assert found.thresholds == pytest.approx(model.transform_threshold_params(told.params)[1:-1], abs=1e-5)
    assert found.loglik == pytest.approx(told.llf, rel=1e-9)
    assert found.null_loglik == pytest.approx(told.llnull, rel=1e-9)


def test_a_weight_of_two_is_two_rows():
    x, y, _ = answers(n=200, n_levels=4)
    twice = np.arange(200) % 3 == 0
    weighted = fit(x, y, 1.0 + twice, 4)
    repeated = fit(np.concatenate([x, x[twice]]), np.concatenate([y, y[twice]]), n_levels=4)
    assert weighted.parameters.tolist() == repeated.parameters.tolist()
    assert weighted.loglik == repeated.loglik


def test_rows_of_no_weight_count_for_nothing():
    x, y, weight = answers(n=300)
    weight[::3] = 0
    kept = weight > 0
    assert fit(x, y, weight).parameters.tolist() == fit(x[kept], y[kept], weight[kept]).parameters.tolist()


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.integers(2, 4), st.floats(-300, 300), st.floats(0.01, 100))
def test_units_of_columns_and_of_weights_change_units_alone(seed, n_levels, shift, scale):
    x, y, weight = answers(n=150, n_levels=n_levels, seed=seed)
    one, other = fit(x, y, weight, n_levels), fit(shift + scale * x, y, 7 * weight, n_levels)
    assert one.converged
    assert other.coefficient * scale == pytest.approx(one.coefficient, rel=1e-6, abs=1e-7)
    assert other.loglik == pytest.approx(7 * one.loglik, rel=1e-9)
    assert other.mcfadden == pytest.approx(one.mcfadden, rel=1e-6)


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.integers(2, 4))
def test_levels_from_best_to_worst_turn_the_signs(seed, n_levels):
    x, y, weight = answers(n=150, n_levels=n_levels, seed=seed)
    one, other = fit(x, y, weight, n_levels), fit(x, n_levels - 1 - y, weight, n_levels)
    assert other.coefficient == pytest.approx(-one.coefficient, rel=1e-6, abs=1e-8)
    assert other.thresholds[::-1] == pytest.approx(-one.thresholds, rel=1e-6, abs=1e-8)


def test_where_it_starts_does_not_change_what_is_found():
    x, y, weight = answers(n_levels=3)
    first = fit(x, y, weight, 3)
    again = fit(x, y, weight * np.linspace(0.9, 1.1, len(y)), 3, start=first)
    cold = fit(x, y, weight * np.linspace(0.9, 1.1, len(y)), 3)
    assert again.parameters == pytest.approx(cold.parameters, rel=1e-9)
    assert maximise(again.patterns, 3, first.parameters).steps < maximise(cold.patterns, 3).steps


def test_without_columns_levels_have_their_shares():
    found = fit(np.zeros((4, 0)), [0, 1, 1, 2], [1.0, 2, 3, 4], 3)
    assert 1 / (1 + np.exp(-found.thresholds)) == pytest.approx([0.1, 0.6])
    assert found.loglik == pytest.approx(found.null_loglik)
    assert found.mcfadden == pytest.approx(0, abs=1e-12)


def is_nothing(found):
    numbers = (*found.parameters, found.loglik, found.null_loglik, found.mcfadden, *found.information.ravel())
    return not found.converged and np.isnan(numbers).all()


@pytest.mark.parametrize("y", [[0, 0, 0, 1, 1, 1], [0, 0, 0, 0, 1, 1]])
def test_separated_levels_have_no_fit(y):
    x = np.array([[1.0, 0], [2, 1], [3, 0], [3, 1], [4, 0], [5, 1]])
    found = fit(x, y)
    assert (found.status, found.columns, found.separated) == ("separated", (0,), True)
    assert is_nothing(found)


def test_one_answer_that_nobody_dissatisfied_gave_is_found_among_thousands():
    x, y, _ = answers(n=5000)
    never = (np.arange(5000) % 400 == 0) & (y == 1)
    assert never.sum() > 1
    found = fit(np.column_stack([x, never]), y)
    assert (found.status, found.columns) == ("separated", (3,))


def test_one_separated_row_among_millions_is_found():
    x, y, _ = answers(n=400)
    alone = np.arange(401) == 400
    columns = np.column_stack([np.vstack([x, x[:1]]), alone])
    found = fit(columns, np.append(y, 1), np.where(alone, 1.0, 1e7))
    assert (found.status, found.columns) == ("separated", (3,))


def test_far_from_the_middle_is_not_separated():
    x = np.concatenate([np.linspace(-30, 30, 101), [-1.0, 1.0]])
    y = (x > 0).astype(int)
    y[-2:] = [1, 0]
    assert fit(x[:, np.newaxis], y).status == "converged"


@pytest.mark.parametrize(
    ("x", "columns"), [([[1, 2], [2, 4], [3, 6], [4, 8]], (0, 1)), ([[1, 5], [2, 5], [3, 5], [4, 5]], (1,))]
)
def test_columns_that_depend_on_one_another_are_named(x, columns):
    found = fit(x, [0, 1, 0, 1])
    assert (found.status, found.columns) == ("collinear", columns)
    assert is_nothing(found)


def test_a_column_that_takes_no_part_in_a_dependence_is_not_named():
    x = np.random.default_rng(1).normal(size=(50, 3))
    assert fit(np.column_stack([x, x[:, 0] - x[:, 2]]), np.arange(50) % 2).columns == (0, 2, 3)


@pytest.mark.parametrize("weight", [None, [1.0, 1, 0, 0]])
def test_a_level_that_nobody_has_makes_no_fit(weight):
    y = [0, 0, 0, 0] if weight is None else [0, 0, 1, 1]
    found = fit([[1], [2], [3], [4]], y, weight)
    assert found.status == "empty level"
    assert is_nothing(found)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([[1], [2]], [0, 2]), "^y: 2 at index 1 is not a level from 0 to 1$"),
        (([[1], [2]], [0, 0.5]), "^y: 0.5 at index 1 is not a level from 0 to 1$"),
        (([[1], [np.nan]], [0, 1]), r"^x: nan at index \(1, 0\) is not a number$"),
        (([1, 2], [0, 1]), "^x: an array of rows by columns is needed, not of 1 dimensions$"),
        (([[1], [2]], [0, 1, 1]), r"^y: the shape is \(3,\), but x has 2 rows$"),
        (([[1], [2]], [0, 1], [1, -1]), "^weight: -1 at index 1 is negative$"),
        (([[1], [2]], [0, 1], [0, 0]), "^weight: all are 0$"),
        ((np.zeros((0, 1)), []), "^x: there are no rows$"),
        (([[1], [2]], [0, 1], None, 1), "^n_levels: 1 is below 2$"),
    ],
)
def test_bad_input_is_refused_by_name(arguments, message):
    with pytest.raises(ValueError, match=message):
        fit(*arguments)
