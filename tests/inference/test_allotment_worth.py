"""What allotted numbers are worth: the variance that comes out of draws, and the limits at its ends."""

import numpy as np
import pytest

from dueregard.inference.unknowns.allotments import DOWN, UP, Strata

DRAWS = 40_000
MEASURES = {
    "difference": lambda a, b: a - b,
    "ratio": lambda a, b: np.log(a / b),
    "odds-ratio": lambda a, b: np.log(a / (1 - a) * (1 - b) / b),
}


def made(own, reference, other, unknown, measure, exposures=None):
    n_strata = len(own)
    positive = np.ones(n_strata, bool) if exposures else np.arange(n_strata) % 2 == 0
    cells = [np.array(each, float).reshape(n_strata, -1) for each in (own, reference, other, unknown)]
    if exposures is None:
        return Strata(*cells, positive, measure)
    ones = np.ones(cells[0].shape[1])
    return Strata(*cells, positive, measure, exposure1=exposures[0] * ones, exposure2=exposures[1] * ones)


def spread_of_draws(cells, measure, exposures, log_odds, direction):
    """The variance of the measure when every cell is drawn from a Poisson distribution anew."""
    rng = np.random.default_rng(20110327)
    drawn = [rng.poisson(np.array(each)[:, np.newaxis], (len(each), DRAWS)) for each in cells]
    contrast = made(*drawn, measure, exposures).tilted(np.full(DRAWS, log_odds), direction)
    shares = contrast.count1 / contrast.nobs1, contrast.count2 / contrast.nobs2
    return float(np.var(MEASURES[measure](*shares)))


def spread_said(cells, measure, exposures, log_odds, direction):
    """The variance of the measure for counts of the size that the allotted numbers are said to be worth."""
    found = made(*cells, measure, exposures).tilted(np.array([log_odds]), direction)
    total = 0.0
    for count, size in ((found.count1[0], found.nobs1[0]), (found.count2[0], found.nobs2[0])):
        rate = count / size
        variance = rate / size if exposures else rate * (1 - rate) / size
        scale = {"difference": 1.0, "ratio": rate, "odds-ratio": rate * (1 - rate)}[measure]
        total += variance / scale**2
    return total


CASES = [
    (([400], [900], [300], [500]), "ratio", (5000.0, 60_000.0)),
    (([400], [900], [300], [500]), "difference", (5000.0, 60_000.0)),
    (([400, 60], [100, 800], [50, 250], [300, 400]), "ratio", (5000.0, 60_000.0)),
    (([500, 250], [800, 300], [200, 100], [300, 250]), "difference", None),
    (([500, 250], [800, 300], [200, 100], [300, 250]), "ratio", None),
    (([500, 250], [800, 300], [200, 100], [300, 250]), "odds-ratio", None),
    (([500, 250, 90, 80], [100, 60, 700, 300], [20, 30, 40, 50], [300, 250, 100, 90]), "difference", None),
]


@pytest.mark.parametrize("way", [(0.0, UP), (1.0, UP), (1.0, DOWN)])
@pytest.mark.parametrize(("cells", "measure", "exposures"), CASES)
def test_numbers_are_worth_what_draws_show(cells, measure, exposures, way):
    drawn, said = (of(cells, measure, exposures, *way) for of in (spread_of_draws, spread_said))
    assert said == pytest.approx(drawn, rel=0.04)  # 40,000 draws have a standard error of 0.7%


def test_counted_cases_are_worth_themselves():
    found = made([37, 13], [81, 19], [5, 6], [0, 0], "difference").at_random()
    assert [float(found.nobs1[0]), float(found.nobs2[0])] == pytest.approx([50, 100])


@pytest.mark.parametrize("cells", [([0], [9], [3], [5]), ([9], [0], [3], [5])])
def test_without_events_on_one_side_the_worth_is_that_of_the_stated(cells):
    found = made(*cells, "ratio", (10.0, 20.0)).at_random()
    assert float(found.nobs1[0]) == pytest.approx(10 * 12 / 17)
