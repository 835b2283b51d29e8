"""Fits of subsets of drivers: those of their columns by themselves, in the place of each row of the whole."""

import numpy as np
import pytest

from dueregard.inference.importance import subset_fits
from dueregard.inference.importance.players import read
from dueregard.inference.importance.subset_fits import SubsetFits
from dueregard.inference.regression.cumulative_logit import fit
from dueregard.inference.regression.newton import Maximum

PLAYERS = read([[0], [1, 3]], [2], 4)


def whole(n_levels=3, n=150):
    rng = np.random.default_rng(3)
    x = rng.integers(0, 4, (n, 4)).astype(float)
    latent = x @ [0.5, 0.2, 0.1, 0.3] + rng.logistic(size=n)
    y = np.digitize(latent, np.quantile(latent, np.arange(1, n_levels) / n_levels))
    return fit(x, y, rng.uniform(0.5, 2, n), n_levels)


@pytest.mark.parametrize(("subset", "columns"), [(0, [2]), (1, [0, 2]), (2, [1, 2, 3]), (3, [0, 1, 2, 3])])
@pytest.mark.parametrize("n_levels", [2, 4])
def test_a_subset_is_the_fit_of_its_columns(subset, columns, n_levels):
    of = whole(n_levels)
    found = SubsetFits(of, PLAYERS).fit(subset)
    alone = fit(of.patterns.x[:, columns], of.patterns.y, of.patterns.weight, n_levels)
    assert found.parameters == pytest.approx(alone.parameters, rel=1e-7, abs=1e-8)
    assert of.patterns.weight @ found.rows == pytest.approx(alone.loglik, rel=1e-12)
    gradient = of.patterns.weight @ found.gains
    assert gradient == pytest.approx(0, abs=1e-8)


def test_gains_are_half_of_gradient_by_inverse_information_by_gradient():
    of = whole()
    found = SubsetFits(of, PLAYERS).fit(3)
    other = np.random.default_rng(1).uniform(0, 2, len(of.patterns.y))
    gradient = other @ found.likelihood.row_scores(found.parameters)[found.place]
    told = gradient @ np.linalg.solve(of.information, gradient) / 2
    assert np.square(other @ found.gains).sum() == pytest.approx(told)


def test_a_subset_without_a_maximum_is_no_number(monkeypatch):
    fits = SubsetFits(whole(), PLAYERS)
    monkeypatch.setattr(subset_fits, "maximise", lambda *_: Maximum(np.zeros(3), 60, False))
    with pytest.raises(ArithmeticError, match=r"^the logit of columns \[0, 2\] has no maximum, though that of all"):
        fits.fit(1)
