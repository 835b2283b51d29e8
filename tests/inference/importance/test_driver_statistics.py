"""Precision of what drivers explain: what chance adds is taken off, and where nothing may be explained all is open."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.inference.importance.driver_statistics import precision_of
from dueregard.inference.importance.share_replicates import ShareReplicates
from dueregard.inference.surveys.replicates.replicates import Replicates

MANY = np.array([1e6])


def drawn(explained, kind="bootstrap"):
    n = len(explained)
    made = Replicates(kind, 1 / n, np.ones(n), multipliers=np.ones((2, n)))
    return ShareReplicates(made, explained[:, np.newaxis, :])


def about(centre, spread, n=4000, seed=0):
    return np.maximum(np.array(centre) + spread * np.random.default_rng(seed).standard_normal((n, len(centre))), 0.0)


@pytest.mark.parametrize("kind", ["bootstrap", "brr"])
def test_what_chance_adds_lowers_limits_and_raises_none(kind):
    explained = np.array([[0.10, 0.03]])
    fair = precision_of(explained, drawn(about([0.10, 0.03], 0.005), kind), MANY, 0.95)
    more = precision_of(explained, drawn(about([0.115, 0.045], 0.005), kind), MANY, 0.95)
    assert (more.explained.low < fair.explained.low - 0.005).all()
    assert more.r_squared.low < fair.r_squared.low - 0.02
    assert more.share.high[0, 0] > fair.share.high[0, 0] + 0.03  # the first has more of what is left
    for limits, own in ((more.share, explained / 0.13), (more.explained, explained), (more.r_squared, 0.13)):
        assert (limits.low < own).all() and (own < limits.high).all()


@pytest.mark.parametrize("kind", ["bootstrap", "brr"])
def test_shares_of_what_may_be_nothing_may_be_anything(kind):
    found = precision_of(np.array([[0.02, 0.01]]), drawn(about([0.04, 0.03], 0.01), kind), MANY, 0.95)
    assert found.r_squared.low == 0.0 and (found.explained.low == 0.0).all()
    np.testing.assert_array_equal(found.share.low, 0.0)
    np.testing.assert_array_equal(found.share.high, 1.0)


def test_where_nothing_is_explained_nothing_is_known():
    found = precision_of(np.full((1, 2), np.nan), drawn(np.full((200, 2), np.nan)), MANY, 0.95)
    assert np.isnan(found.share.low).all() and np.isnan(found.r_squared.low).all()


def test_drivers_that_have_nothing_to_do_with_it_are_seldom_shown_to_explain_anything():
    shown = 0
    for seed in range(60):
        rows = np.random.default_rng(seed).standard_normal((100, 9))
        data = {f"x{i}": column for i, column in enumerate(rows.T)}
        found = dr.key_drivers(data, outcome="x8", drivers=[f"x{i}" for i in range(8)], n_replicates=200)
        shown += next(iter(found.rows()))["explained_low"] > 0
    assert shown <= 7


def test_a_category_of_many_levels_that_says_nothing_is_not_shown_to_say_something():
    low, ranks = [], []
    for seed in range(30):
        rng = np.random.default_rng(seed)
        data = {name: rng.standard_normal(216) for name in "bc"}
        data["y"] = 0.5 * data["b"] + 0.2 * data["c"] + rng.standard_normal(216)
        data["a"] = np.array([f"level {i}" for i in rng.integers(0, 40, 216)])
        found = dr.key_drivers(data, outcome="y", drivers=["a", "b", "c"], n_replicates=200)
        (row,) = (row for row in found.rows() if row["driver"] == "a")
        assert row["value"] > 15  # of nothing: what chance adds
        low.append(row["low"])
        ranks.append(row["rank_high"])
    assert np.mean(np.array(low) < 1) >= 0.85 and np.mean(np.array(ranks) == 3) >= 0.8


def test_shares_of_a_small_group_are_not_shown_to_be_more_alike_than_those_of_a_large_one():
    shown = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        data = {f"x{i}": rng.standard_normal(1100) for i in range(8)}
        data["y"] = 0.5 * data["x0"] + rng.standard_normal(1100)
        data["group"] = np.repeat(["small", "large"], [100, 1000])
        found = dr.compare_drivers(
            data, outcome="y", drivers=[f"x{i}" for i in range(8)], group="group", reference="large", measure="share",
            n_replicates=200, adjust="none",
        )  # fmt: skip
        row = next(iter(found.rows()))
        shown += row["high"] < 0
    assert shown <= 4
