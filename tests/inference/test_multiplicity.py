"""Holm's adjustment against its definition."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.multiplicity import adjusted, holm


def plain_holm(pvalues):
    """Step down, one p-value at a time."""
    family = sorted((p, i) for i, p in enumerate(pvalues) if p == p)
    result, running = [float("nan")] * len(pvalues), 0.0
    for rank, (p, i) in enumerate(family):
        running = max(running, min(1.0, p * (len(family) - rank)))
        result[i] = running
    return result


@given(st.lists(st.one_of(st.floats(0, 1), st.just(float("nan")), st.sampled_from([0.01, 0.02])), max_size=12))
@settings(max_examples=300, derandomize=True)
def test_holm_is_its_definition(pvalues):
    np.testing.assert_array_equal(holm(np.array(pvalues, float)), plain_holm(pvalues))


def test_values_of_r():
    # p.adjust(c(0.01, 0.04, 0.03, NA, 0.005), "holm")
    found = holm(np.array([0.01, 0.04, 0.03, np.nan, 0.005]))
    np.testing.assert_allclose(found, [0.03, 0.06, 0.06, np.nan, 0.02], atol=1e-15)


def test_each_row_of_a_block_is_a_family():
    block = np.random.default_rng(1).random((4, 6))
    np.testing.assert_array_equal(holm(block), [holm(row) for row in block])


def test_none_leaves_p_values_as_they_are():
    assert adjusted(np.array([0.04, 0.5]), "none").tolist() == [0.04, 0.5]


@pytest.mark.parametrize("shape", [(0,), (3, 0)])
def test_empty_families(shape):
    assert holm(np.empty(shape)).shape == shape
