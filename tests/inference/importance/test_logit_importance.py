"""Shapley shares of McFadden's R squared: by refits of statsmodels, laws, scores against refits, and bad input."""

from itertools import permutations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.importance.logit_importance import logit_importance
from dueregard.inference.regression.cumulative_logit import fit


def survey(n=300, k=3, n_levels=2, seed=1):
    rng = np.random.default_rng(seed)
    x = np.clip(np.round(2 + 0.8 * rng.normal(size=(n, 1)) + rng.normal(size=(n, k))), 0, 4)
    latent = x @ np.linspace(0.8, 0.1, k) + rng.logistic(size=n)
    y = np.digitize(latent, np.quantile(latent, np.arange(1, n_levels) / n_levels))
    return x, y, rng.uniform(0.3, 3, n)


def alone(k):
    return [[j] for j in range(k)]


def by_statsmodels(x, y, weight, groups, controls=()):
    """The average over all orders of what each driver adds to McFadden's R squared."""

    def loglik(columns):
        design = np.column_stack([np.ones(len(y)), x[:, columns]])
        return sm.GLM(y, design, family=sm.families.Binomial(), freq_weights=weight).fit(tol=1e-12).llf

    null, orders = loglik([]), list(permutations(range(len(groups))))
    shares = np.zeros(len(groups))
    for order in orders:
        columns, before = list(controls), loglik(list(controls))
        for driver in order:
            columns = columns + list(groups[driver])
            now = loglik(columns)
            shares[driver] += (before - now) / null / len(orders)
            before = now
    return shares


def test_shares_are_averages_over_orders_of_refits():
    x, y, weight = survey(k=5)
    groups, controls = [[0], [1, 3], [2]], [4]
    found = logit_importance(x, y, weight, groups=groups, controls=controls)
    assert found.lmg == pytest.approx(by_statsmodels(x, y, weight, groups, controls), abs=1e-9)
    assert (found.n_orders, found.key, found.monte_carlo_error.tolist()) == (None, "", [0, 0, 0])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 9999), st.integers(2, 4), st.booleans())
def test_shares_sum_to_what_drivers_explain_and_lie_on_no_order_of_columns(seed, n_levels, held):
    x, y, weight = survey(n=120, k=4, n_levels=n_levels, seed=seed)
    controls = [3] if held else []
    groups = alone(4 - len(controls))
    found = logit_importance(x, y, weight, groups=groups, controls=controls, n_levels=n_levels)
    assert found.lmg.sum() == pytest.approx(found.r_squared - found.control_r_squared, abs=1e-12)
    assert found.r_squared == pytest.approx(fit(x, y, weight, n_levels).mcfadden, abs=1e-10)
    held_alone = fit(x[:, controls], y, weight, n_levels).mcfadden
    assert found.control_r_squared == pytest.approx(held_alone, abs=1e-10)
    assert (found.first >= -1e-12).all() and (found.last >= -1e-12).all()
    back = logit_importance(x, y, weight, groups=groups[::-1], controls=controls, n_levels=n_levels)
    assert back.lmg[::-1] == pytest.approx(found.lmg, abs=1e-10)
    assert back.first[::-1] == pytest.approx(found.first, abs=1e-10)


def test_first_and_last_are_a_fit_with_the_driver_and_one_without():
    x, y, weight = survey(n_levels=3)
    found = logit_importance(x, y, weight, groups=alone(3), n_levels=3)
    for j in range(3):
        others = [i for i in range(3) if i != j]
        assert found.first[j] == pytest.approx(fit(x[:, [j]], y, weight, 3).mcfadden, abs=1e-10)
        assert found.last[j] == pytest.approx(found.r_squared - fit(x[:, others], y, weight, 3).mcfadden, abs=1e-10)


def test_one_driver_has_it_all():
    x, y, weight = survey(k=1)
    found = logit_importance(x, y, weight, groups=[[0]])
    assert found.lmg[0] == pytest.approx(found.r_squared)
    assert found.first[0] == found.last[0] == pytest.approx(found.lmg[0])


def answers_of(importance, name):
    value = getattr(importance, name.removeprefix("row_")) if name != "row_r_squared" else importance.lmg.sum()
    return np.asarray(value)


@pytest.mark.parametrize("n_levels", [2, 4])
@pytest.mark.parametrize("name", ["row_lmg", "row_r_squared", "row_gain"])
def test_scores_are_derivatives_by_the_weights_of_rows(n_levels, name):
    x, y, weight = survey(n=60, k=4, n_levels=n_levels)
    asked = {"groups": [[0, 2], [1]], "controls": [3], "n_levels": n_levels, "steps": np.array([1.0, 0.5, 1.0, 0])}
    rows = getattr(logit_importance(x, y, weight, **asked), name)
    for i in range(0, 60, 7):
        ends = []
        for step in (1e-4, -1e-4):
            moved = weight.copy()
            moved[i] += step
            ends.append(answers_of(logit_importance(x, y, moved, **asked), name))
        assert rows[i] == pytest.approx((ends[0] - ends[1]) / 2e-4, rel=1e-4, abs=1e-7)
    assert weight @ rows == pytest.approx(0, abs=1e-8)


def test_the_scores_give_the_variance_of_a_jackknife_of_refits():
    x, y, weight = survey(n=200, n_levels=3)
    found = logit_importance(x, y, weight, groups=alone(3), n_levels=3, steps=np.full(3, 0.4))
    values = []
    for i in range(200):
        kept = np.arange(200) != i
        left = logit_importance(x[kept], y[kept], weight[kept], groups=alone(3), n_levels=3, steps=np.full(3, 0.4))
        values.append(np.concatenate([left.lmg, left.gain]))
    jackknife = (199 / 200) * np.square(values - np.mean(values, axis=0)).sum(axis=0)
    linearised = np.square(weight[:, np.newaxis] * np.hstack([found.row_lmg, found.row_gain])).sum(axis=0) * 200 / 199
    assert np.sqrt(linearised) == pytest.approx(np.sqrt(jackknife), rel=0.05)


def test_sampled_orders_are_near_the_exact_shares_and_say_how_near():
    x, y, weight = survey(n=400, k=6)
    asked = {"groups": alone(6), "steps": np.ones(6)}
    exact = logit_importance(x, y, weight, **asked)
    sampled = logit_importance(x, y, weight, **asked, exact=5, n_orders=40, rng=2)
    assert (sampled.n_orders, sampled.key) == (48, "rng=2")
    assert exact.n_orders is None
    assert np.abs(sampled.lmg - exact.lmg).max() > 0
    assert (np.abs(sampled.lmg - exact.lmg) < 6 * sampled.monte_carlo_error + 1e-9).all()
    assert sampled.lmg.sum() == pytest.approx(exact.lmg.sum())
    for name in ("r_squared", "first", "last", "gain"):
        assert getattr(sampled, name) == pytest.approx(getattr(exact, name), abs=1e-9)
    assert sampled.row_r_squared == pytest.approx(exact.row_r_squared, abs=1e-9)
    assert np.corrcoef(sampled.row_lmg.T, exact.row_lmg.T)[0, 6] > 0.99
    again = logit_importance(x, y, weight, **asked, exact=5, n_orders=40, rng=2)
    assert again.lmg.tolist() == sampled.lmg.tolist()


def test_the_order_of_rows_changes_no_bit():
    x, y, weight = survey(n=250)
    order = np.random.default_rng(9).permutation(250)
    one = logit_importance(x, y, weight, groups=alone(3), steps=np.ones(3))
    other = logit_importance(x[order], y[order], weight[order], groups=alone(3), steps=np.ones(3))
    assert other.lmg.tolist() == one.lmg.tolist()
    assert other.row_lmg.tolist() == one.row_lmg[order].tolist()
    assert other.row_gain.tolist() == one.row_gain[order].tolist()


def test_gain_is_what_raised_columns_do_to_the_mean_answer():
    x, y, weight = survey(n_levels=3)
    steps = np.array([0.5, np.nan, 0.0])
    found = logit_importance(x, y, weight, groups=alone(3), n_levels=3, steps=steps, answers=[0, 60, 100])
    whole = fit(x, y, weight, 3)

    def mean(columns):
        at_least = 1 / (1 + np.exp(-((columns @ whole.coefficient)[:, np.newaxis] - whole.thresholds)))
        return np.average(at_least @ [60, 40], weights=weight)

    assert found.gain[0] == pytest.approx(mean(x + np.array([0.5, 0, 0])) - mean(x))
    assert np.isnan(found.gain[1:]).all()
    assert not found.row_gain[:, 1:].any()
    assert np.isnan(logit_importance(x, y, weight, groups=alone(3), n_levels=3).gain).all()


def test_rows_of_no_weight_have_scores_of_0():
    x, y, weight = survey()
    weight[:10] = 0
    found = logit_importance(x, y, weight, groups=alone(3), steps=np.ones(3))
    kept = logit_importance(x[10:], y[10:], weight[10:], groups=alone(3), steps=np.ones(3))
    assert found.lmg.tolist() == kept.lmg.tolist()
    assert not found.row_lmg[:10].any() and not found.row_gain[:10].any()
    assert found.row_lmg[10:].tolist() == kept.row_lmg.tolist()


@pytest.mark.parametrize(
    ("case", "status", "columns"),
    [("separated", "separated", (1,)), ("constant", "collinear", (1,)), ("nobody", "empty level", ())],
)
def test_where_there_is_no_fit_there_is_no_number(case, status, columns):
    x, y, weight = survey()
    x[:, 1] = {"separated": 3.0 * y, "constant": 2.0, "nobody": x[:, 1]}[case]
    y = np.zeros_like(y) if case == "nobody" else y
    found = logit_importance(x, y, weight, groups=alone(3), steps=np.ones(3))
    assert (found.fit.status, found.fit.columns, found.separated) == (status, columns, case == "separated")
    numbers = (found.r_squared, found.control_r_squared, *found.lmg, *found.first, *found.last, *found.gain)
    assert np.isnan(numbers).all()
    assert np.isnan(found.monte_carlo_error).all()
    assert not found.row_lmg.any() and not found.row_gain.any() and not found.row_r_squared.any()
    assert found.row_lmg.shape == found.row_gain.shape == (300, 3)


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"groups": []}, ValueError, "^groups: there is no driver$"),
        ({"groups": [[0], [1]]}, ValueError, "^groups: column 2 is in no group and no control$"),
        ({"groups": [[0], [1], [2, 0]]}, ValueError, "^groups: column 0 is in two places of groups and controls$"),
        ({"n_orders": 0}, ValueError, "^n_orders: 0 is below 1$"),
        ({"exact": 17}, ValueError, r"^exact: 17 is above 16, and 2\*\*17 fits are too many$"),
        ({"answers": [0, 50, 100]}, ValueError, r"^answers: the shape is \(3,\), not \(2,\)$"),
        ({"steps": [1.0]}, ValueError, r"^steps: the shape is \(1,\), not \(3,\)$"),
        ({"steps": [1.0, 2.0, np.inf]}, ValueError, "^steps: inf at index 2 is infinite$"),
        ({"answers": [0.0, np.nan]}, ValueError, "^answers: nan at index 1 is not a number$"),
        ({"rng": -1}, ValueError, "^rng: -1 is negative$"),
        ({"rng": "1"}, TypeError, "^rng: '1' is not an integer, a numpy SeedSequence or a numpy Generator$"),
        ({"n_levels": 1}, ValueError, "^n_levels: 1 is below 2$"),
    ],
)
def test_bad_input_is_refused_by_name(changed, error, message):
    x, y, weight = survey(n=40)
    with pytest.raises(error, match=message):
        logit_importance(x, y, weight, **{"groups": alone(3), **changed})


def in_replicates(x, y, weight, multipliers, **asked):
    """Shares by replicate, and those of refits."""
    found = logit_importance(x, y, weight, **asked, replicate_sums=lambda columns: (multipliers * weight) @ columns)
    refits = [logit_importance(x, y, weight * each, **asked).lmg for each in multipliers]
    return found, np.array(refits)


@pytest.mark.parametrize("n_levels", [2, 4])
def test_replicates_are_refits_to_second_order(n_levels):
    x, y, weight = survey(n=640, n_levels=n_levels)
    bootstrap = np.random.default_rng(1).multinomial(640, np.full(640, 1 / 640), size=30).astype(float)
    found, refits = in_replicates(x, y, weight, bootstrap, groups=[[0], [2]], controls=[1], n_levels=n_levels)
    first_order = found.lmg + (bootstrap * weight) @ found.row_lmg
    shares = (found.lmg_by_replicate, first_order)
    wrong, wrong_at_first = (np.sqrt(np.square(each - refits).mean(axis=0)) for each in shares)
    assert (wrong < 0.1 * refits.std(axis=0)).all()
    assert (wrong < 0.25 * wrong_at_first).all()


def test_an_error_of_replicates_falls_with_the_cube_of_the_change():
    x, y, weight = survey(n=200)
    change = np.random.default_rng(2).normal(size=(1, 200))
    errors = []
    for size in (0.2, 0.1):
        found, refits = in_replicates(x, y, weight, 1 + size * change, groups=alone(3))
        errors.append(np.abs(found.lmg_by_replicate - refits).max())
    assert errors[1] < errors[0] / 6


def test_a_replicate_of_the_sample_is_the_sample_and_one_of_a_single_level_has_no_shares():
    x, y, weight = survey(n=200)
    found = logit_importance(
        x, y, weight, groups=alone(3), replicate_sums=lambda columns: np.stack([weight, weight * (y == 1)]) @ columns
    )
    assert found.lmg_by_replicate[0] == pytest.approx(found.lmg, abs=1e-12)
    assert np.isnan(found.lmg_by_replicate[1]).all()
    assert logit_importance(x, y, weight, groups=alone(3)).lmg_by_replicate is None
