"""The shares of areas of a survey with a design: how precise they are, and how they move together."""

import numpy as np

from dueregard.inference.areas.uncertain_values import UncertainValues, correlated, independent
from dueregard.inference.checked import Floats
from dueregard.measures.grouped import Grouped

NOTHING = 1e-9
"""Correlations as small as this are what rounding leaves of none."""


def survey_precision(survey: Grouped, z: float) -> tuple[Floats, Floats, Floats]:
    """Effective numbers of cases, smaller for few degrees of freedom, and the limits that go with them; flat."""
    precision = survey.precision
    assert precision is not None
    low, high = precision.limits(z)
    return np.reshape(precision.adjusted_size(z), -1), np.reshape(low, -1), np.reshape(high, -1)


def survey_correlation(survey: Grouped) -> Floats:
    """Of all shares, flat; 0 between those of which one does not tell its own precision."""
    precision = survey.precision
    assert precision is not None and survey.survey is not None
    shares = survey.survey.estimates.quotients
    told = np.reshape((precision.size > 0) & ~precision.edge, -1) & (shares.variance > 0)
    found = np.eye(len(told))
    places, matrix = shares.covariance().matrix()
    error = np.sqrt(np.where(told, shares.variance, 1.0))[places]
    both = told[places][:, np.newaxis] & told[places]
    found[np.ix_(places, places)] = np.where(both, matrix / np.outer(error, error), np.eye(len(places)))
    return np.where(np.abs(found) > NOTHING, found, 0.0)


def together(value: Floats, error: Floats, correlation: Floats) -> UncertainValues:
    """Shares with these errors that move together so; NaN stays where an error is not known."""
    known = ~np.isnan(error)
    used = correlated(value[known], correlation[np.ix_(known, known)] * np.outer(error[known], error[known]))
    own, shared = error.copy(), np.full((len(value), used.shared.shape[1]), 0.0)
    own[known], shared[known] = used.own, used.shared
    return UncertainValues(value, own, shared) if shared.size else independent(value, own)
