"""What chance adds to shares of a logit: half a unit of log-likelihood for each column, times its design effect."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.inference.importance.driver_statistics import Spread
from dueregard.inference.importance.logit_importance import logit_importance
from dueregard.measures.drivers import logit_fits

GROUPS = [[0], [1, 2, 3], [4]]


def rows(seed, n=600):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, 5)), rng.integers(0, 2, n)


def added(x, y, weight=None, **options):
    """In units of log-likelihood of one row, of rows drawn one by one."""
    weights = np.ones(len(y)) if weight is None else weight
    found = logit_importance(
        x, y, weights, groups=GROUPS, sum_variances=lambda each: np.square(weights[:, np.newaxis] * each).sum(axis=0),
        **options,
    )  # fmt: skip
    mass = np.bincount(y, weights)
    return found.added * -(mass @ np.log(mass / mass.sum())) * len(y) / weights.sum()


def test_every_column_adds_half_a_unit():
    found = np.mean([added(*rows(seed)) for seed in range(10)], axis=0)
    np.testing.assert_allclose(found, [0.5, 1.5, 0.5], rtol=0.03)


def test_unequal_weights_add_as_many_times_more_as_their_design_effect_is():
    weight = np.exp(0.7 * np.random.default_rng(0).standard_normal(600))
    effect = 600 * np.square(weight).sum() / weight.sum() ** 2
    found = np.mean([added(*rows(seed), weight) for seed in range(20)], axis=0)
    np.testing.assert_allclose(found, effect * np.array([0.5, 1.5, 0.5]), rtol=0.08)
    np.testing.assert_allclose(added(*rows(0), 50 * weight), added(*rows(0), weight), rtol=1e-9)


def test_controls_keep_what_chance_adds_to_them():
    x, y = rows(1)
    more = np.random.default_rng(5).standard_normal((600, 3))
    found = added(np.hstack([x, more]), y, controls=[5, 6, 7])
    assert found.sum() == pytest.approx(2.5, rel=0.05)


def test_it_is_what_replicates_show():
    x, y = rows(2)
    drawn = np.random.default_rng(0).multinomial(600, np.full(600, 1 / 600), 4000).astype(np.float64)
    found = logit_importance(
        x, y, groups=GROUPS, replicate_sums=lambda each: drawn @ each,
        sum_variances=lambda each: 600 * each.var(axis=0),
    )  # fmt: skip
    shown = found.lmg_by_replicate.mean(axis=0) - found.lmg
    np.testing.assert_allclose(found.added, shown, rtol=0.15)


def test_it_is_not_known_unless_asked_for_nor_without_a_fit():
    x, y = rows(3)
    assert logit_importance(x, y, groups=GROUPS).added is None
    apart = logit_importance(x, (x[:, 0] > 0).astype(int), groups=GROUPS, sum_variances=lambda each: each.var(axis=0))
    assert apart.separated and apart.added is None


def clustered(seed, n=900, size=15, p=4):
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(n // size), size)
    x = rng.standard_normal((n, p))
    x[:, 0] = 0.9 * rng.standard_normal(n // size)[cluster] + 0.3 * x[:, 0]
    likely = 1 / (1 + np.exp(-0.5 * x[:, 1] - 1.6 * rng.standard_normal(n // size)[cluster]))
    data = {f"x{i}": column for i, column in enumerate(x.T)}
    data |= {"y": np.where(rng.random(n) < likely, "yes", "no"), "point": cluster}
    return data | {"weight": np.exp(0.6 * rng.standard_normal(n))}


def test_of_clusters_and_weights_the_design_knows_what_replicates_show(monkeypatch):
    asked = {"outcome": "y", "positive": "yes", "drivers": [f"x{i}" for i in range(4)], "model": "logit"}
    design, taken_off, precision = dr.survey_design(weight="weight", psu="point"), [], Spread.precision

    def told(self, explained, added, *rest):
        taken_off.append(added[0])
        return precision(self, explained, added, *rest)

    monkeypatch.setattr(Spread, "precision", told)
    for most in (4e9, 0):
        monkeypatch.setattr(logit_fits, "MOST_WORK", most)
        for seed in range(4):
            found = dr.key_drivers(clustered(seed), design=design, **asked)
            assert ("linearised" in found["method"][0]) == (most == 0)
    shown, known = np.array(taken_off).reshape(2, 4, 4).mean(axis=1)
    assert shown[0] > 1.3 * shown[1]  # the driver that people of a cluster share
    np.testing.assert_allclose(known, shown, rtol=0.2)


def test_of_many_drivers_that_say_nothing_none_is_shown_to_say_something():
    shown, names = 0, [f"x{i}" for i in range(33)]
    drivers = {f"driver {i}": names[3 * i : 3 * i + 3] for i in range(11)}
    for seed in range(12):
        rng = np.random.default_rng(seed)
        data = dict(zip(names, rng.standard_normal((33, 400)), strict=True))
        data["y"] = np.where(rng.random(400) < 0.5, "yes", "no")
        found = dr.key_drivers(data, outcome="y", positive="yes", drivers=drivers, model="logit", n_orders=1)
        assert dr.Flag.SAMPLED_ORDERS in found["flag"][0]
        whole, *each = found.rows()
        shown += whole["explained_low"] > 0
        if whole["explained_low"] == 0:
            assert {(row["low"], row["high"]) for row in each} == {(0.0, 100.0)}
    assert shown <= 1
