"""compare_paired: the twin in paired_comparisons.py as oracle, and what the compiled function refuses."""

import numpy as np
import pytest

from dueregard import _core
from dueregard.inference.two_groups.paired import METHODS
from dueregard.reference import paired_comparisons

TABLES = np.array(
    [
        (0, 0, 0, 0),
        (0, 0, 0, 5),
        (3, 0, 0, 0),
        (0, 5, 0, 0),
        (0, 0, 4, 0),
        (2, 1, 0, 6),
        (1, 1, 7, 12),
        (794, 150, 86, 570),
    ],
    np.float64,
).T
NULLS = {"difference": 0.15, "odds-ratio": 1.5}
CASES = [(measure, method) for measure, methods in METHODS.items() for method in methods]


@pytest.mark.parametrize("measure, method", CASES)
@pytest.mark.parametrize("alternative, level", [("two-sided", 0.95), ("less", 0.9), ("greater", 0.6)])
def test_it_is_the_twin(measure, method, alternative, level):
    arguments = (*TABLES, np.full(TABLES.shape[1], NULLS[measure]), measure, method, level, alternative)
    found, expected = _core.compare_paired(*arguments), paired_comparisons.compare_paired(*arguments)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-11)


def test_no_tables():
    none = np.zeros(0)
    assert _core.compare_paired(none, none, none, none, none, "odds-ratio", "exact", 0.95, "less").shape == (5, 0)


@pytest.mark.parametrize(
    "changed, message",
    [
        ({"measure": "ratio"}, "method: there is no 'score' for the measure 'ratio'"),
        ({"method": "mid-p"}, "method: there is no 'mid-p' for the measure 'difference'"),
        ({"alternative": "both"}, "alternative: 'both' is not one of"),
        ({"confidence_level": 0.0}, "confidence_level must lie between 0 and 1"),
        ({"neither": np.ones(2)}, "neither must be a vector as long as the others"),
    ],
)
def test_what_is_refused(changed, message):
    one = np.ones(1)
    arguments = {
        "both": one,
        "first_only": one,
        "second_only": one,
        "neither": one,
        "null": np.zeros(1),
        "measure": "difference",
        "method": "score",
        "confidence_level": 0.95,
        "alternative": "two-sided",
    }
    with pytest.raises(ValueError, match=message):
        _core.compare_paired(**{**arguments, **changed})


def test_another_thread_can_stop_it():
    many = np.ones(2_000_000)
    with pytest.raises(InterruptedError):
        _core.compare_paired(
            many, many, many, many, 0 * many, "difference", "score", 0.95, "less", interrupt=np.ones(1, np.uint8)
        )
