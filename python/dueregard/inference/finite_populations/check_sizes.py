"""How many of a finite whole have to be checked to trust the rest."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference import checked
from dueregard.inference.finite_populations.hypergeometric import TIES, at_least, at_most

BLOCK = 4096
"""Sizes that are looked at together."""


class DipSampleSize(NamedTuple):
    """How many to check, out of how many, and what that guarantees."""

    sampled: int
    total: int
    guarantee: float
    meaning: str


def dip_sample_size(
    total: int,
    *,
    margin: float | None = None,
    share: float = 0.5,
    tolerable: float | None = None,
    expected: int = 0,
    confidence_level: float = 0.95,
) -> DipSampleSize:
    """How many answers to check so that the rest can be trusted.

    One of two questions: with ``margin``, how many to check to know the share that is wrong to within so much; with
    ``tolerable``, how many to check to be sure that no more than so much is wrong (discovery sampling).

    Parameters
    ----------
    total : int
        Number of answers there are, at least 1.
    margin : float, optional
        Between 0 and 1: the share in the sample shall be no further than this from the share in the whole.
    share : float
        With ``margin``: the share wrong that is planned for, from 0 to 1; a half needs most.
    tolerable : float, optional
        From 0 to below 1: the largest share wrong that can be lived with.
    expected : int
        With ``tolerable``: the number wrong that may be found in the sample and the conclusion still be drawn.
    confidence_level : float
        Between 0 and 1: how sure to be.

    Returns
    -------
    DipSampleSize
        ``sampled``, ``total``, ``guarantee`` and its ``meaning`` in words. With ``margin`` the guarantee is the chance
        that the sample's share is within the margin, if the number wrong is the whole number nearest to
        ``share * total``; it is reached with this size and with every larger one. With ``tolerable`` it is the chance
        of finding more than ``expected`` if the smallest number that is not tolerable were wrong.

    Raises
    ------
    TypeError
        If an argument is not a number of its kind.
    ValueError
        If neither or both of ``margin`` and ``tolerable`` are given, a number is outside its range, or even checking
        all could not tell because ``expected`` is itself more than tolerable.

    Notes
    -----
    Exact: hypergeometric tails, so that a small whole needs fewer. Cochran, W. G. (1977), Sampling Techniques, 3rd
    edition, Wiley, sections 3.6 and 4.4 (the normal approximation for a margin); Wright, T. (1991), Exact Confidence
    Bounds when Sampling from Small Finite Universes, Springer (discovery sampling).

    Examples
    --------
    >>> import dueregard as dr
    >>> size = dr.dip_sample_size(576, margin=0.05)
    >>> size.sampled, round(size.guarantee, 3)
    (239, 0.958)
    >>> dr.dip_sample_size(576, tolerable=0.05).sampled
    56
    """
    total = checked.at_least_one("total", total)
    level = checked.level(confidence_level)
    if (margin is None) == (tolerable is None):
        raise ValueError("margin, tolerable: give one of them")
    if margin is not None:
        return _within(total, checked.between("margin", margin, 0, 1), _share("share", share), level)
    least = int(np.floor(_share("tolerable", tolerable) * total * (1 + TIES))) + 1
    return _discovering(total, least, _allowed(expected, least, total), level)


def _share(name: str, value: float | None) -> float:
    found = checked.number(name, value)
    if not 0 <= found <= 1:
        raise ValueError(f"{name}: {value!r} is not from 0 to 1")
    return found


def _allowed(expected: int, least: int, total: int) -> int:
    """The number that may be found wrong, which must itself be tolerable."""
    if checked.integer("expected", expected) < 0:
        raise ValueError(f"expected: {expected} is negative")
    if least > total:
        raise ValueError("tolerable: 1 tolerates everything; give a share below 1")
    if expected >= least:
        raise ValueError(f"expected: {expected} wrong is more than is tolerable of {total:,}, which is {least - 1:,}")
    return expected


def _discovering(total: int, least: int, expected: int, level: float) -> DipSampleSize:
    """The smallest sample that finds more than ``expected`` if ``least`` are wrong; more are the easier to find."""
    low, high = expected + 1, total
    while low < high:
        middle = (low + high) // 2
        if at_most(expected, middle, least, total) <= (1 - level) * (1 + TIES):
            high = middle
        else:
            low = middle + 1
    guarantee = 1 - float(at_most(expected, low, least, total))
    more = "any" if expected == 0 else f"more than {expected:,}"
    return DipSampleSize(low, total, guarantee, f"chance of finding {more} if {least:,} of {total:,} are wrong")


def _within(total: int, margin: float, share: float, level: float) -> DipSampleSize:
    """The smallest sample from which on all are within the margin often enough; the chance does not only rise."""
    wrong = int(np.floor(share * total + 0.5))
    meaning = (
        f"chance that the share found is within {100 * margin:g} percentage points if {wrong:,} of {total:,} are wrong"
    )
    above = total
    for end in range(_surely(total, margin, level), 0, -BLOCK):
        sizes = np.arange(end, max(end - BLOCK, 0), -1)
        short = _chance_within(sizes, total, wrong, margin) < level * (1 - TIES)
        if short.any():
            above = int(sizes[np.argmax(short)]) + 1
            break
        above = int(sizes[-1])
    return DipSampleSize(above, total, float(_chance_within(np.array([above]), total, wrong, margin)[0]), meaning)


def _surely(total: int, margin: float, level: float) -> int:
    """A size that is enough whatever the share: Hoeffding's inequality, which holds without replacement too."""
    return min(total, int(np.ceil(np.log(2 / (1 - level)) / (2 * margin**2))))


def _chance_within(sizes: NDArray[np.int64], total: int, wrong: int, margin: float) -> checked.Floats:
    """The chance that the share of the sample is no further than the margin from that of the whole."""
    centre, slack = sizes * (wrong / total), sizes * margin * (1 + TIES)
    fewest, most = np.ceil(centre - slack), np.floor(centre + slack)
    return np.asarray(
        np.maximum(0.0, 1 - at_most(fewest - 1, sizes, wrong, total) - at_least(most + 1, sizes, wrong, total))
    )
