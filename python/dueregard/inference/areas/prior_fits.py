"""Priors fitted to areas: by maximum likelihood, by moments, and all those that the areas leave possible."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dueregard.inference.areas.priors import BetaPrior, Prior
from dueregard.inference.checked import Floats
from dueregard.inference.roots import solve_increasing

WIDEST_PLACE = 300.0
"""Beyond any logit or logarithm of a mean; twice its exponential is still a double."""

WIDEST_ERROR = 2.0
"""Of a mean, on the scale of logarithms: strengths that say less about it are next to impossible themselves."""

LEAST, MOST, STEPS = 1e-3, 1e6, 90
"""Strengths that are looked through, as multiples of the middle size (of rates, of the events expected of it)."""

STRENGTHS, PLACES = 64, 11
"""Points at which what the areas leave possible is summed: strengths, and places of the mean at each."""


class Fit(NamedTuple):
    """The place of the mean and the strength; infinite where areas vary no more than chance would make them."""

    place: float
    strength: float


def by_likelihood(prior: Prior) -> Fit:
    """The most probable prior.

    For each strength there is one best place of the mean. The slope of the likelihood along these is looked through for
    where it turns, and of all turning points and no variation at all the one that fits best is taken.
    """
    tried = np.log(np.geomspace(LEAST, MOST, STEPS) * middle_size(prior))
    slopes = _slope(prior, tried)
    turns = np.flatnonzero((slopes[:-1] > 0) & (slopes[1:] <= 0))
    strengths = np.exp(solve_increasing(lambda at: -_slope(prior, at), tried[turns], tried[turns + 1]))
    if slopes[0] <= 0:  # every area is all or nothing: no less strength is tried
        strengths = np.append(strengths, np.exp(tried[0]))
    places = best_places(prior, strengths)
    likelihoods = prior.log_likelihood(places, strengths)
    if not len(strengths) or likelihoods.max() <= prior.without_variation():
        return Fit(np.nan, np.inf)
    best = int(likelihoods.argmax())
    return Fit(float(places[best]), float(strengths[best]))


def by_moments(prior: Prior) -> Fit:
    """The prior whose mean is the pooled value and whose variance is what areas vary by beyond chance.

    Marshall, R. J. (1991), Mapping disease and mortality rates using empirical Bayes estimators, Applied Statistics 40:
    283-294; of proportions with the variance of a binomial in the place of a Poisson's.
    """
    pooled = prior.count.sum() / prior.size.sum()
    average = prior.size.mean()
    spread = float((prior.size * np.square(prior.count / prior.size - pooled)).sum() / prior.size.sum())
    if isinstance(prior, BetaPrior):
        chance = pooled * (1 - pooled)
        between = (spread - chance / average) / (1 - 1 / average) if average > 1 else 0.0
        strength = chance / between - 1 if between > 0 else np.inf
        return Fit(float(np.log(pooled / (1 - pooled))), max(float(strength), LEAST * middle_size(prior)))
    between = spread - pooled / average
    return Fit(float(np.log(pooled)), float(np.square(pooled) / between) if between > 0 else np.inf)


def possible(prior: Prior) -> tuple[Floats, Floats, Floats]:
    """Places, strengths and weights of the priors that the areas leave possible: the weights add up to 1.

    Before the areas are seen every shrinkage strength / (strength + middle size) from 0 to 1 is as probable as every
    other, and so is every place of the mean. Christiansen, C. L. and Morris, C. N. (1997), Hierarchical Poisson
    regression modeling, Journal of the American Statistical Association 92: 618-632. Strengths are summed by
    Gauss-Legendre's rule, places by Gauss-Hermite's around the best one.
    """
    nodes, weights = np.polynomial.legendre.leggauss(STRENGTHS)
    shrinkage = (nodes + 1) / 2
    strengths = middle_size(prior) * shrinkage / (1 - shrinkage)
    centres = best_places(prior, strengths)
    errors = _errors(prior, centres, strengths)
    steps, step_weights = np.polynomial.hermite.hermgauss(PLACES)
    places = centres[:, np.newaxis] + np.sqrt(2) * errors[:, np.newaxis] * steps
    every = np.broadcast_to(strengths[:, np.newaxis], places.shape)
    logs = prior.log_likelihood(places, every) + np.square(steps)
    found = np.exp(logs - logs.max()) * step_weights * (errors * weights)[:, np.newaxis]
    return places.reshape(-1), every.reshape(-1), (found / found.sum()).reshape(-1)


def best_places(prior: Prior, strengths: Floats) -> Floats:
    """For each strength the place of the mean at which the likelihood is largest."""
    ends = np.full(strengths.shape, WIDEST_PLACE)
    with np.errstate(over="ignore"):
        return solve_increasing(lambda place: -prior.place_score(place, strengths), -ends, ends)


def middle_size(prior: Prior) -> float:
    """The size of a typical area: in cases, of rates in the events expected of it."""
    size = float(np.median(prior.size))
    return size if isinstance(prior, BetaPrior) else size * float(prior.count.sum() / prior.size.sum())


def _slope(prior: Prior, log_strengths: Floats) -> Floats:
    strengths = np.exp(log_strengths)
    return prior.strength_score(best_places(prior, strengths), strengths)


def _errors(prior: Prior, places: Floats, strengths: Floats) -> Floats:
    """Standard errors of the places, from how fast the slope of the likelihood changes, at most `WIDEST_ERROR`."""
    step = 1e-4
    change = prior.place_score(places - step, strengths) - prior.place_score(places + step, strengths)
    return np.asarray(np.minimum(np.sqrt(2 * step / np.maximum(change, 1e-12)), WIDEST_ERROR))
