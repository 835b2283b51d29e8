"""Rows that are alike: the same rows come back, weights add up, and the order of rows makes no difference."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.inference.regression import patterns as module
from dueregard.inference.regression.patterns import coarser, keys, patterns

rows = st.lists(
    st.tuples(st.sampled_from([-1.5, 0.0, 2.0]), st.sampled_from([0.1, 7.0]), st.integers(0, 2), st.floats(0, 3)),
    min_size=1,
    max_size=30,
).filter(lambda found: any(row[3] > 0 for row in found))


def arrays(found):
    table = np.array(found)
    return table[:, :2], table[:, 2].astype(np.int64), table[:, 3]


@given(rows)
def test_every_row_is_its_pattern_and_weights_add_up(found):
    x, y, weight = arrays(found)
    seen = patterns(x, y, weight)
    weighs = weight > 0
    assert (seen.place[~weighs] == -1).all()
    assert seen.x[seen.place[weighs]].tolist() == x[weighs].tolist()
    assert seen.y[seen.place[weighs]].tolist() == y[weighs].tolist()
    for i, total in enumerate(seen.weight):
        assert total == pytest.approx(math.fsum(weight[seen.place == i]))
    distinct = {(*map(float, columns), int(level)) for columns, level in zip(x[weighs], y[weighs], strict=True)}
    assert [(*map(float, columns), int(level)) for columns, level in zip(seen.x, seen.y, strict=True)] == sorted(
        distinct
    )


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_bit(found, random):
    shuffled = random.sample(found, len(found))
    one, other = (patterns(*arrays(each)) for each in (found, shuffled))
    assert one.weight.tolist() == other.weight.tolist()
    assert (one.x.tolist(), one.y.tolist()) == (other.x.tolist(), other.y.tolist())


@given(rows)
def test_coarser_patterns_are_those_of_fewer_columns(found):
    x, y, weight = arrays(found)
    whole = patterns(x, y, weight)
    fewer, direct = coarser(whole, np.array([1])), patterns(x[:, [1]], y, weight)
    assert (fewer.x.tolist(), fewer.y.tolist()) == (direct.x.tolist(), direct.y.tolist())
    assert fewer.weight == pytest.approx(direct.weight)
    assert fewer.x[fewer.place, 0].tolist() == whole.x[:, 1].tolist()


def test_rows_of_no_weight_have_nothing():
    seen = patterns(np.array([[1.0], [2.0], [1.0]]), np.array([0, 1, 0]), np.array([1.0, 0.0, 2.0]))
    assert seen.to_rows(np.array([[5.0, 6.0]])).tolist() == [[5, 6], [0, 0], [5, 6]]


def test_many_columns_of_many_values_have_keys_too(monkeypatch):
    code = np.random.default_rng(3).integers(0, 4, (200, 6))
    plain = keys(code)
    monkeypatch.setattr(module, "LARGEST_KEY", 1000)
    assert np.argsort(keys(code), kind="stable").tolist() == np.argsort(plain, kind="stable").tolist()
    assert len(np.unique(keys(code))) == len(np.unique(plain))
