"""compare_proportions by Wald, by Wilson limits and exactly, against its twin in proportion_comparisons."""

import numpy as np
import pytest

from dueregard import _core
from dueregard.reference import proportion_comparisons as twin

NULLS = {"difference": (0.0, 0.1, -0.35), "ratio": (1.0, 0.8, 2.5), "odds-ratio": (1.0, 0.5, 3.0)}
METHODS = {
    "difference": ("wald", "agresti-caffo", "newcombe"),
    "ratio": ("katz", "mover"),
    "odds-ratio": ("wald", "mover", "central", "mid-p", "fisher"),
}
CASES = [(measure, method) for measure in METHODS for method in METHODS[measure]]
SIZES = ((0, 2), (1, 1), (1, 2), (3, 2), (4, 6), (9, 5))
TABLES = [(x1, n1, x2, n2) for n1, n2 in SIZES for x1 in range(n1 + 1) for x2 in range(n2 + 1)]
TABLES += [(56, 70, 48, 80), (5, 56, 0, 29), (10, 10, 0, 20), (17, 40, 2, 90)]
COLUMNS = [np.array(column, float) for column in zip(*TABLES, strict=True)]
QUESTIONS = (
    (0, 0.95, "two-sided"),
    (1, 0.8, "two-sided"),
    (2, 0.998, "two-sided"),
    (1, 0.9, "less"),
    (2, 0.7, "greater"),
)


@pytest.mark.parametrize(("measure", "method"), CASES)
@pytest.mark.parametrize(("which", "level", "alternative"), QUESTIONS)
def test_every_table_is_as_its_twin_says(measure, method, which, level, alternative):
    question = (*COLUMNS, np.full(len(TABLES), NULLS[measure][which]), measure, method, level, alternative)
    found, expected = _core.compare_proportions(*question), twin.compare_proportions(*question)
    np.testing.assert_allclose(found[:3], expected[:3], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found[3:], expected[3:], rtol=1e-9, atol=3e-8)  # the twin subtracts near-equal limits
