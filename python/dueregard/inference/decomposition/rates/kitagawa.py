"""Kitagawa's decomposition: how much of a difference is composition, and how much is rates, category by category."""

from typing import Any, NamedTuple

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats

PARTS = (2, 3)
SUMS_TO_ONE = 1e-6
"""How far the shares of a population may be from 1: published shares are rounded."""


class Kitagawa(NamedTuple):
    """The parts of a difference of two rates, and what each category adds to each part (the last axis).

    ``difference`` is ``composition`` + ``rates`` + ``interaction``; of two parts the last is 0.
    """

    difference: Floats
    composition: Floats
    rates: Floats
    interaction: Floats
    composition_by_category: Floats
    rates_by_category: Floats
    interaction_by_category: Floats


def kitagawa(share: Any, reference_share: Any, rate: Any, reference_rate: Any, *, parts: int = 2) -> Kitagawa:
    """Split the difference of two overall rates into composition and rates.

    Parameters
    ----------
    share, reference_share : array of float, shape (..., categories)
        What part of each population is in each category; each population sums to 1.
    rate, reference_rate : array of float, shape (..., categories)
        The rate in each category, in any unit, which is that of the result. All four broadcast against each other.
    parts : {2, 3}
        2: each part at the mean of the two populations' shares or rates. 3: each at those of the reference, and what
        the two together add as an interaction.

    Returns
    -------
    Kitagawa
        ``difference``, ``composition``, ``rates`` and ``interaction``, of shape (...), population minus reference; and
        what each category adds, of shape (..., categories). NaN where a rate that counts is NaN.

    Raises
    ------
    TypeError
        If an argument is not made of numbers, or ``parts`` is no whole number.
    ValueError
        If a share is not from 0 to 1, shares do not sum to 1 (within 1e-6), a rate is infinite, shapes do not broadcast
        or have no categories, or ``parts`` is neither 2 nor 3.

    Notes
    -----
    With shares w, v and rates r, s of the population and the reference, two parts are the sums of (r + s)/2 (w - v) and
    (w + v)/2 (r - s); three are those of s (w - v), v (r - s) and (w - v)(r - s). Kitagawa, E. M. (1955), Components of
    a difference between two rates, Journal of the American Statistical Association 50: 1168-1194.

    What single categories add to the composition depends on where rates are counted from, the sum does not:
    `dueregard.decompose_gap` counts them from the mean of the two overall rates.

    A category in which a population has nobody has no rate there: give NaN where neither share counts (both 0), and
    decide on a rate elsewhere, as `dueregard.decompose_gap` does by its argument ``empty``.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.kitagawa([0.6, 0.4], [0.4, 0.6], [0.7, 0.8], [0.75, 0.85])  # under 25, 25 and over
    >>> [round(100 * float(each), 2) for each in (found.difference, found.composition, found.rates)]
    [-7.0, -2.0, -5.0]
    """
    if checked.integer("parts", parts) not in PARTS:
        raise ValueError(f"parts: {parts} is neither 2 nor 3")
    read = {"share": share, "reference_share": reference_share}
    shares = {name: _shares(name, each) for name, each in read.items()}
    rates = {name: _rates(name, each) for name, each in (("rate", rate), ("reference_rate", reference_rate))}
    w, v, r, s = checked.broadcast(**shares, **rates)
    unused = (w == 0) & (v == 0)
    r, s = np.where(unused, 0.0, r), np.where(unused, 0.0, s)
    half = 0.5 if parts == 2 else 0.0
    composition = (s + half * (r - s)) * (w - v)
    rated = (v + half * (w - v)) * (r - s)
    both = (w - v) * (r - s) if parts == 3 else np.zeros(w.shape)
    difference = (w * r).sum(axis=-1) - (v * s).sum(axis=-1)
    by_category = (composition, rated, both)
    totals = [np.asarray(each.sum(axis=-1)) for each in by_category]
    return Kitagawa(np.asarray(difference), totals[0], totals[1], totals[2], *by_category)


def _shares(name: str, values: Any) -> Floats:
    found = checked.finite_numbers(name, values)
    if found.ndim == 0:
        raise ValueError(f"{name}: one number has no categories; give an array with a share for each")
    checked.refuse_first(name, found, (found < 0) | (found > 1), "is not between 0 and 1")
    total = found.sum(axis=-1)
    checked.refuse_first(name, np.asarray(total), np.abs(total - 1) > SUMS_TO_ONE, "is the sum of shares, not 1")
    return found


def _rates(name: str, values: Any) -> Floats:
    found = np.asarray(values)
    if found.dtype.kind not in "iuf":
        found = checked.finite_numbers(name, values)
    found = found.astype(np.float64)
    checked.refuse_first(name, found, np.isinf(found), "is infinite")
    return found
