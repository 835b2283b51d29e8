"""The compiled comparison of two proportions against its twin."""

from itertools import product

import numpy as np
import pytest

from dueregard import _core
from dueregard.reference import proportion_comparisons as twin

SCORE = ("score", "score-uncorrected", "skewness-corrected")
NULLS = {"difference": (0.0, 0.1, -0.35), "ratio": (1.0, 0.8, 2.5), "odds-ratio": (1.0, 0.5, 3.0)}
CASES = list(product(NULLS, SCORE))
SMALL = [
    (x1, n1, x2, n2) for n1, n2 in ((1, 1), (1, 2), (3, 2), (0, 2)) for x1 in range(n1 + 1) for x2 in range(n2 + 1)
]
OTHERS = [
    (56, 70, 48, 80),
    (9, 10, 3, 10),
    (5, 56, 0, 29),
    (0, 10, 0, 20),
    (10, 10, 0, 20),
    (200, 640, 9, 17),
    (2.5, 7.25, 0.75, 3.5),
]


def columns(tables):
    return [np.array(column, float) for column in zip(*tables, strict=True)]


def both(tables, null, *question):
    counts = columns(tables)
    nulls = np.full(len(tables), null)
    return _core.compare_proportions(*counts, nulls, *question), twin.compare_proportions(*counts, nulls, *question)


def close(found, expected):
    np.testing.assert_allclose(found[[0, 3, 4]], expected[[0, 3, 4]], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found[1:3], expected[1:3], rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize(("measure", "method"), CASES)
def test_score_methods(measure, method):
    for null in NULLS[measure][:2]:
        close(*both(SMALL + OTHERS, null, measure, method, 0.95, "two-sided"))


@pytest.mark.parametrize(("measure", "method"), CASES)
def test_score_methods_with_one_side_and_other_levels(measure, method):
    close(*both(OTHERS, NULLS[measure][2], measure, method, 0.998, "less"))
    close(*both(OTHERS, NULLS[measure][2], measure, method, 0.8, "greater"))
