"""Comparison within strata, table by table: the compiled function against its twin, and what it refuses."""

import numpy as np
import pytest

from dueregard import _core
from dueregard.reference import stratified

MEASURES = {"difference": (0.0, -0.3, 0.2), "ratio": (1.0, 0.5, 3.0), "odds-ratio": (1.0, 0.25, 2.0)}
ROWS = ("estimate", "low", "high", "statistic", "pvalue", "homogeneity", "df")


def tables(n_tables, n_strata, largest, seed=1985):
    """Counts with many zeros, empty groups and full groups among them."""
    rng = np.random.default_rng(seed)
    nobs1, nobs2 = rng.integers(0, largest + 1, (2, n_tables, n_strata))
    share1, share2 = rng.choice([0.0, 0.1, 0.5, 0.8, 1.0], (2, n_tables, n_strata))
    count1, count2 = rng.binomial(nobs1, share1), rng.binomial(nobs2, share2)
    return [a.astype(np.float64) for a in (count1, nobs1, count2, nobs2)]


def same(found, expected):
    """Equal up to rounding; limits of ratios relatively, for they have no largest value."""
    for name, row, twin in zip(ROWS, found, expected, strict=True):
        np.testing.assert_allclose(row, twin, rtol=2e-9, atol=2e-9, err_msg=name)


@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
@pytest.mark.parametrize("method", ["score", "mantel-haenszel"])
@pytest.mark.parametrize("measure", MEASURES)
def test_it_answers_as_its_twin_does(measure, method, alternative):
    for n_strata, largest in ((1, 6), (2, 4), (5, 60)):
        counts = tables(3, n_strata, largest, seed=n_strata)
        asked = (*counts, np.array(MEASURES[measure]), measure, method, 0.9, alternative)
        same(_core.compare_stratified(*asked), stratified.compare_stratified(*asked))


def test_each_table_has_its_own_null_value():
    counts = tables(20, 3, 30)
    null = np.linspace(-0.5, 0.5, 20)
    found = _core.compare_stratified(*counts, null, "difference", "score", 0.95, "two-sided")
    for i in range(20):
        one = [a[i : i + 1] for a in (*counts, null)]
        alone = _core.compare_stratified(*one, "difference", "score", 0.95, "two-sided")
        np.testing.assert_array_equal(found[:, i], alone[:, 0])


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_no_tables_and_no_strata(shape):
    counts = [np.zeros(shape)] * 4
    found = _core.compare_stratified(*counts, np.zeros(shape[0]), "difference", "score", 0.95, "two-sided")
    assert found.shape == (7, shape[0])
    assert np.isnan(found).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"measure": "risk"}, "measure: 'risk' is not one of"),
        ({"method": "woolf"}, "method: there is no 'woolf' for the measure 'ratio'"),
        ({"confidence_level": 1.0}, "confidence_level must lie between 0 and 1"),
        ({"alternative": "both"}, "alternative: 'both' is not one of"),
        ({"count1": np.ones(3)}, "count1 must be an array of tables by strata"),
        ({"nobs2": np.ones((2, 4))}, "nobs2 must be an array of tables by strata, of the shape of the others"),
        ({"null": np.ones(3)}, "null must be a vector as long as the others"),
        ({"interrupt": np.zeros(2, np.uint8)}, "interrupt must be None or a uint8 array of length 1"),
    ],
)
def test_it_refuses(change, message):
    names = ("count1", "nobs1", "count2", "nobs2")
    asked = {name: np.ones((2, 3)) for name in names} | {"null": np.ones(2)}
    asked |= {"measure": "ratio", "method": "score", "confidence_level": 0.95, "alternative": "less"}
    with pytest.raises(ValueError, match=message):
        _core.compare_stratified(**asked | change)


def test_another_thread_can_stop_it():
    counts = tables(200_000, 3, 30)
    stop = np.ones(1, np.uint8)
    with pytest.raises(InterruptedError):
        _core.compare_stratified(*counts, np.ones(200_000), "odds-ratio", "score", 0.95, "two-sided", interrupt=stop)
