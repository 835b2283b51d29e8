"""The population behind "explained_gap": who is in each group, how satisfied they are, and what follows exactly.

Whoever is alike in age, deprivation and prior opinion is 2 points less often satisfied if of a minority ethnic group;
effects of the three add up. So the 7 points of the gap are 5 of composition and 2 that remain, by any method that
holds the three equal, whichever group it takes as the standard.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

GROUPS = ("White", "Minority ethnic")
LEVELS = {
    "age_band": ("16-24", "25-44", "45-64", "65 and over"),
    "deprivation": ("1 most deprived", "2", "3", "4", "5 least deprived"),
    "prior_opinion": ("Negative", "Neither", "Positive"),
}
"""The factors, with their levels."""

SHARES = {
    "age_band": ((0.14, 0.36, 0.32, 0.18), (0.24, 0.44, 0.24, 0.08)),
    "deprivation": ((0.16, 0.19, 0.21, 0.22, 0.22), (0.32, 0.26, 0.20, 0.14, 0.08)),
    "prior_opinion": ((0.16, 0.34, 0.50), (0.26, 0.34, 0.40)),
}
"""How many of each of `GROUPS` are at each level: minority ethnic users are younger, live in more deprived places and
had a worse opinion of the police before."""

EFFECTS = {
    "age_band": (0.0, 0.02, 0.045, 0.08),
    "deprivation": (0.0, 0.02, 0.04, 0.06, 0.08),
    "prior_opinion": (-0.16, 0.0, 0.09),
}
"""How much more often users at each level are satisfied: with `SHARES`, 1, 1.5 and 2.5 points between the groups."""

BASE, REMAINS = 0.7116, 0.02
"""Satisfied where every effect is 0, and by how much less in the minority ethnic group: 81% and 74% on the whole."""

TOGETHER = {
    ("age_band", "deprivation"): 0.06,
    ("age_band", "prior_opinion"): 0.15,
    ("deprivation", "prior_opinion"): 0.12,
}
"""How much more often high levels of two factors come together than if they had nothing to do with each other."""


class GapTruth(NamedTuple):
    """Percentage points, minority ethnic less White: the gap is the sum of the other two.

    ``by_factor`` splits the composition by what each factor does where the others are equal, as regression does;
    ``by_crossing`` by the average over all orders in which factors can be crossed (Shapley). Levels of factors come
    together, so the two differ a little.
    """

    gap: float
    composition: float
    rates: float
    by_factor: dict[str, float]
    by_crossing: dict[str, float]


def gap_truth() -> GapTruth:
    """What the gap in ``example("explained_gap")`` is made of, in the population that the users are drawn from.

    Returns
    -------
    GapTruth
        Calculated from the chances of every combination of levels, not drawn.

    Examples
    --------
    >>> import dueregard as dr
    >>> truth = dr.data.gap_truth()
    >>> round(truth.gap, 9), round(truth.composition, 9), round(truth.rates, 9)
    (-7.0, -5.0, -2.0)
    >>> {factor: round(points, 9) for factor, points in truth.by_factor.items()}
    {'age_band': -1.0, 'deprivation': -1.5, 'prior_opinion': -2.5}
    """
    shares, rates = cell_shares(), cell_rates()
    gap = float(np.diff((shares * rates).sum(axis=(1, 2, 3)))[0])
    composition = composition_of(tuple(LEVELS))
    return GapTruth(
        100 * gap,
        100 * composition,
        100 * (gap - composition),
        {f: float(100 * np.dot(EFFECTS[f], np.subtract(*SHARES[f][::-1]))) for f in LEVELS},
        {factor: 100 * _average_over_orders(factor) for factor in LEVELS},
    )


def cell_shares() -> Floats:
    """How many of each of `GROUPS` have each combination of levels, (2, 4, 5, 3); each group adds up to 1."""
    return np.stack([_joint(group) for group in range(len(GROUPS))])


def cell_rates() -> Floats:
    """The chance of being satisfied in each group and combination, (2, 4, 5, 3)."""
    age, deprivation, opinion = (np.array(effects) for effects in EFFECTS.values())
    everybody = BASE + age[:, np.newaxis, np.newaxis] + deprivation[:, np.newaxis] + opinion
    return np.stack([everybody, everybody - REMAINS])


def _joint(group: int) -> Floats:
    """Products of the shares, leaned so that levels come together; the shares of each factor stay what they are."""
    own = {factor: np.array(shares[group]) for factor, shares in SHARES.items()}
    product = np.multiply.outer(np.multiply.outer(own["age_band"], own["deprivation"]), own["prior_opinion"])
    names, lean = list(LEVELS), np.ones(product.shape)
    for (one, other), strength in TOGETHER.items():
        first, second = (_along(_centred(own[name]), names.index(name)) for name in (one, other))
        lean = lean + strength * first * second
    return np.asarray(product * lean)


def _centred(shares: Floats) -> Floats:
    """The number of each level less the mean, so that what is added to some is taken from others."""
    level = np.arange(len(shares))
    return np.asarray(level - shares @ level)


def _along(values: Floats, axis: int) -> Floats:
    return values.reshape([-1 if i == axis else 1 for i in range(len(LEVELS))])


def composition_of(factors: tuple[str, ...]) -> float:
    """What of the gap is composition where ``factors`` are crossed and nothing else is known (Kitagawa 1955)."""
    left_out = tuple(1 + i for i, factor in enumerate(LEVELS) if factor not in factors)
    shares = cell_shares()
    crossed, satisfied = shares.sum(axis=left_out), (shares * cell_rates()).sum(axis=left_out)
    rates = satisfied / crossed
    return float(((crossed[1] - crossed[0]) * (rates[0] + rates[1]) / 2).sum())


def _average_over_orders(factor: str) -> float:
    """What the factor adds to the composition, averaged over the orders of three factors."""
    one, other = (each for each in LEVELS if each != factor)
    first, last = composition_of((factor,)), composition_of(tuple(LEVELS)) - composition_of((one, other))
    middle = sum(composition_of((each, factor)) - composition_of((each,)) for each in (one, other))
    return (2 * first + middle + 2 * last) / 6
