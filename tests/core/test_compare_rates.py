"""compare_rates: the twin in rate_comparisons.py as oracle, and what the compiled function refuses."""

import numpy as np
import pytest

from dueregard import _core
from dueregard.inference.two_groups.rates import METHODS
from dueregard.reference import rate_comparisons

TABLES = np.array(
    [
        (0, 10, 0, 20),
        (1, 1, 0, 1),
        (0, 3, 4, 100),
        (9, 10, 3, 10),
        (56, 70, 48, 80),
        (2, 7.5, 3, 0.25),
        (0, 0, 3, 10),
        (3, 10, 0, 0),
    ],
    np.float64,
).T
NULLS = {"difference": 0.15, "ratio": 1.5}
CASES = [(measure, method) for measure, methods in METHODS.items() for method in methods]


@pytest.mark.parametrize("measure, method", CASES)
@pytest.mark.parametrize("alternative, level", [("two-sided", 0.95), ("less", 0.9), ("greater", 0.4)])
def test_it_is_the_twin(measure, method, alternative, level):
    arguments = (*TABLES, np.full(TABLES.shape[1], NULLS[measure]), measure, method, level, alternative)
    found, expected = _core.compare_rates(*arguments), rate_comparisons.compare_rates(*arguments)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-11)


def test_rows_and_no_tables():
    none = np.zeros(0)
    assert _core.compare_rates(none, none, none, none, none, "ratio", "score", 0.95, "less").shape == (5, 0)


@pytest.mark.parametrize(
    "changed, message",
    [
        ({"measure": "odds-ratio"}, "method: there is no 'score' for the measure 'odds-ratio'"),
        ({"measure": "rates"}, "measure: 'rates' is not one of"),
        ({"method": "wald"}, "method: there is no 'wald' for the measure 'ratio'"),
        ({"alternative": "both"}, "alternative: 'both' is not one of"),
        ({"confidence_level": 1.0}, "confidence_level must lie between 0 and 1"),
        ({"exposure2": np.ones(2)}, "exposure2 must be a vector as long as the others"),
    ],
)
def test_what_is_refused(changed, message):
    one = np.ones(1)
    arguments = {
        "count1": one,
        "exposure1": one,
        "count2": one,
        "exposure2": one,
        "null": one,
        "measure": "ratio",
        "method": "score",
        "confidence_level": 0.95,
        "alternative": "two-sided",
    }
    with pytest.raises(ValueError, match=message):
        _core.compare_rates(**{**arguments, **changed})


def test_another_thread_can_stop_it():
    many = np.ones(2_000_000)
    with pytest.raises(InterruptedError):
        _core.compare_rates(
            many, many, many, many, many, "difference", "score", 0.95, "less", interrupt=np.ones(1, np.uint8)
        )
