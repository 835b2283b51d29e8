"""Student's t in normal deviates: how much further limits reach when few clusters tell of the variance."""

import numpy as np

from dueregard.inference.checked import Floats

FARTHEST = 30.0
"""Normal deviates beyond which nobody asks for a p-value, and quantiles of few degrees cannot be found."""

NEAREST = 1e-6
"""Normal deviates below which quantiles are as good as proportional to them."""

WIDEST = 1e6
"""The most that limits are stretched."""


def student(z: Floats | float, degrees_of_freedom: Floats | float) -> Floats:
    """The quantile of t with as much beyond it as a normal has beyond z; z itself of infinitely many degrees."""
    from scipy.special import ndtr, stdtrit

    z, degrees = np.broadcast_arrays(np.asarray(z, np.float64), np.asarray(degrees_of_freedom, np.float64))
    finite = np.isfinite(degrees) & (degrees > 0)
    reach = -stdtrit(np.where(finite, degrees, 1.0), ndtr(-z))
    return np.where(finite, reach, np.where(degrees > 0, z, np.inf))


def stretch(z: Floats | float, degrees_of_freedom: Floats, own: Floats) -> Floats:
    """How many times as far as a simple sample's, of ``own`` degrees of freedom, limits reach; at least once."""
    from scipy.special import ndtr, stdtrit

    z = np.clip(z, NEAREST, FARTHEST)
    shape = np.broadcast_shapes(np.shape(z), np.shape(degrees_of_freedom), np.shape(own))
    z, degrees, own = (np.broadcast_to(each, shape) for each in (z, degrees_of_freedom, own))
    found = np.ones(shape)
    fewer = np.asarray(degrees < own)
    if fewer.any():
        tail = ndtr(-z[fewer])
        enough = np.isfinite(own[fewer])
        simple = np.where(enough, -stdtrit(np.where(enough, own[fewer], 1.0), tail), z[fewer])
        found[fewer] = np.clip(-stdtrit(np.maximum(degrees[fewer], 1.0), tail) / simple, 1.0, WIDEST)
    return found


def pvalue(statistic: Floats, degrees_of_freedom: Floats | float) -> Floats:
    """The chance of a t at least as far out, in either direction."""
    from scipy.special import ndtr, stdtr

    far, degrees = np.broadcast_arrays(-np.abs(statistic), degrees_of_freedom)
    finite = np.isfinite(degrees)
    return np.where(finite, 2 * stdtr(np.where(finite, degrees, 1.0), far), 2 * ndtr(far))
