"""Weights that differ from the first ones, from which the kernel is told where the rest are likely to lie."""

import functools
import math
import operator

import numpy as np
import pytest

import dueregard as dr


def likely_weights() -> np.ndarray:
    return np.random.default_rng(12).lognormal(0, 0.5, 300_000)


@pytest.mark.parametrize("odd", [0.0, 1e-6, 3e6, 1e-300, 1e300, 5e-324])
def test_weights_unlike_the_first_ones_are_summed_exactly(odd: float) -> None:
    """The kernel is first told where weights are likely to lie; what lies elsewhere must come out all the same."""
    weight, group = likely_weights(), np.arange(300_000) % 2
    weight[200_001] = odd
    tally = dr.tally({"g": group}, "g", weight=weight, threads=1)
    assert tally.sums.tolist() == [math.fsum(weight[group == g].tolist()) for g in (0, 1)]
    assert tally.counts.tolist() == [150_000, 150_000]
    parts = [dr.tally({"g": group[i : i + 1000]}, "g", weight=weight[i : i + 1000]) for i in range(0, 300_000, 1000)]
    total = functools.reduce(operator.add, parts)
    assert total.squares.tolist() == tally.squares.tolist() and total.sums.tolist() == tally.sums.tolist()


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (-1.0, r"-1\.0 at row 200001 is negative"),
        (math.nan, "nan at row 200001 is not a number"),
        (math.inf, "is infinite"),
    ],
)
def test_a_late_weight_that_is_none_is_named(bad: float, message: str) -> None:
    weight, group = likely_weights(), np.arange(300_000) % 2
    weight[200_001] = bad
    for labels in ({"g": ["a", "b"]}, {"g": ["a"]}):  # before a code without a label, wherever that is
        with pytest.raises(ValueError, match=message):
            dr.tally({"g": group}, "g", weight=weight, labels=labels, threads=1)
