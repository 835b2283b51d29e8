"""Student's t in normal deviates: how much further limits reach when few clusters tell of the variance."""

import numpy as np

from dueregard.inference.checked import Floats

FARTHEST = 30.0
"""Normal deviates beyond which nobody asks for a p-value, and quantiles of few degrees cannot be found."""

NEAREST = 1e-6
"""Normal deviates below which quantiles are as good as proportional to them."""

PRECISION = 1e-13
"""How near deviates are found, relatively."""

MOST_STEPS = 50

MANY = 1e7
"""Degrees of freedom from which on the slope of t is that of the normal."""

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


def drawn_in(reach: Floats, degrees_of_freedom: Floats, own: Floats) -> Floats:
    """The normal deviates that, times their `stretch`, come to ``reach``, from 0 to `FARTHEST`.

    Were a simple sample's limits those of a normal, it would be the deviate with as much beyond it as a t has beyond
    the reach. From there Newton's steps between logarithms, in which the reach is nearly straight, take nearly all of
    them there in three; each is of those alone that are not there yet.
    """
    from scipy.special import ndtri, stdtr

    shape = np.shape(reach)
    reach, degrees, own = (np.broadcast_to(each, shape).reshape(-1) for each in (reach, degrees_of_freedom, own))
    found = np.array(reach, np.float64)
    todo = np.flatnonzero((degrees < own) & (reach > NEAREST))
    rows = np.stack([reach[todo], np.maximum(degrees[todo], 1.0), own[todo]])
    z = np.clip(-ndtri(stdtr(rows[1], -rows[0])), NEAREST, rows[0])
    for _ in range(MOST_STEPS):
        found[todo] = z
        (few, slope), (many, own_slope) = (_student_slope(z, each) for each in rows[1:])
        off = np.log(z * few / many / rows[0])
        left = np.abs(off) > PRECISION
        if not left.any():
            break
        step = off[left] / (1 + slope[left] - own_slope[left])
        todo, rows = todo[left], rows[:, left]
        z = np.clip(z[left] * np.exp(-step), NEAREST, rows[0])
    return found.reshape(shape)


def _student_slope(z: Floats, degrees: Floats) -> tuple[Floats, Floats]:
    """Student's quantile, and how many percent further it is for one percent more of z."""
    from scipy.special import gammaln

    t, df = student(z, degrees), np.minimum(degrees, MANY)
    ratio = gammaln((df + 1) / 2) - gammaln(df / 2) - np.log(df / 2) / 2  # of the densities of t and of the normal at 0
    density = np.where(degrees < MANY, ratio - (df + 1) / 2 * np.log1p(np.square(t) / df), -np.square(t) / 2)
    return t, z / t * np.exp(-np.square(z) / 2 - density)


def pvalue(statistic: Floats, degrees_of_freedom: Floats | float) -> Floats:
    """The chance of a t at least as far out, in either direction."""
    from scipy.special import ndtr, stdtr

    far, degrees = np.broadcast_arrays(-np.abs(statistic), degrees_of_freedom)
    finite = np.isfinite(degrees)
    return np.where(finite, 2 * stdtr(np.where(finite, degrees, 1.0), far), 2 * ndtr(far))
