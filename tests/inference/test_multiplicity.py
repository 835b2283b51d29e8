"""Adjusted p-values against their definitions and against R's p.adjust."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.inference.two_groups.multiplicity import METHODS

R = json.loads((Path(__file__).parent / "p_adjust.json").read_text())
R_NAMES = {
    "holm": "holm", "hochberg": "hochberg", "bonferroni": "bonferroni", "benjamini-hochberg": "BH",
    "benjamini-yekutieli": "BY",
}  # fmt: skip
FAMILIES = st.lists(
    st.one_of(st.floats(0, 1), st.just(float("nan")), st.sampled_from([0.0, 0.01, 0.02, 1.0])), max_size=12
)


def plainly(pvalues, method):
    """One p-value at a time, each by its definition as the smallest or largest over part of the family."""
    family = sorted(p for p in pvalues if p == p)
    m = len(family)
    harmonic = sum(1 / i for i in range(1, m + 1))
    factor = {
        "bonferroni": lambda i: m, "holm": lambda i: m - i, "hochberg": lambda i: m - i,
        "benjamini-hochberg": lambda i: m / (i + 1), "benjamini-yekutieli": lambda i: m / (i + 1) * harmonic,
    }[method]  # fmt: skip
    steps = [p * factor(i) for i, p in enumerate(family)]

    def one(p):
        if method == "bonferroni":
            return p * m
        if method == "holm":
            return max(step for step, q in zip(steps, family, strict=True) if q <= p)
        return min(step for step, q in zip(steps, family, strict=True) if q >= p)

    return [min(1.0, one(p)) if p == p else float("nan") for p in pvalues]


@pytest.mark.parametrize("method", METHODS)
@given(pvalues=FAMILIES)
@settings(max_examples=100, derandomize=True)
def test_each_method_is_its_definition(method, pvalues):
    found = dr.adjust_pvalues(np.array(pvalues, float), method=method)
    np.testing.assert_allclose(found, plainly(pvalues, method), rtol=1e-14)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("family", sorted(R))
def test_values_of_r(method, family):
    pvalues = [float("nan") if p is None else p for p in R[family]["p"]]
    expected = [float("nan") if p is None else p for p in R[family][R_NAMES[method]]]
    np.testing.assert_allclose(dr.adjust_pvalues(pvalues, method=method), expected, rtol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_each_row_of_a_block_is_a_family(method):
    block = np.random.default_rng(1).random((4, 6))
    block[1, 2] = block[3] = np.nan
    rows = [dr.adjust_pvalues(row, method=method) for row in block]
    np.testing.assert_array_equal(dr.adjust_pvalues(block, method=method), rows)


@pytest.mark.parametrize("shape", [(0,), (3, 0)])
@pytest.mark.parametrize("method", METHODS)
def test_empty_families(method, shape):
    assert dr.adjust_pvalues(np.empty(shape), method=method).shape == shape


def test_what_is_no_probability_is_refused():
    with pytest.raises(ValueError, match=r"pvalues: 1\.5 at index 1 is not between 0 and 1"):
        dr.adjust_pvalues([0.1, 1.5])
    with pytest.raises(ValueError, match=r"pvalues: -0\.1.* at index \(0, 1\)"):
        dr.adjust_pvalues([[0.1, -0.1]])
    with pytest.raises(TypeError, match=r"pvalues: 'a' at index 0 is not a number"):
        dr.adjust_pvalues(["a"])
    with pytest.raises(ValueError, match="method: 'sidak' is not one of 'holm'"):
        dr.adjust_pvalues([0.1], method="sidak")
