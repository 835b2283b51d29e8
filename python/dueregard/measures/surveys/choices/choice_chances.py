"""How the shares of options vary together by chance, as their ranks are judged."""

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.measures.surveys.choices.choices import Choices

COINS = 4
"""How many more people, two for an option and two against it, few answers are judged with."""


def judged(choices: Choices, area: int, group: int, confidence_level: float) -> tuple[Floats, Floats]:
    """The shares of some people as ranks judge them, in the same order, with their covariance.

    As if `COINS` more people had been asked, who toss one for every option: that a few people all chose the same does
    not say that everybody would (Agresti, A., Coull, B. A. (1998), The American Statistician 52: 119-126). Of a sample
    of n the covariance is then that of a mixture of n people and of those: (p_jk - p_j p_k) / n, or the design's, in
    the part of the people, and that of coins in theirs.
    """
    share = choices.shares(area, group)
    size, covariance = _seen(choices, area, group, share, confidence_level)
    people, coins, away = size / (size + COINS), COINS / (size + COINS), share - 0.5
    more = 0.25 * coins * np.eye(len(share)) + people * coins * np.outer(away, away)
    return people * share + coins * 0.5, np.square(people) * covariance + more / (size + COINS)


def _seen(
    choices: Choices, area: int, group: int, share: Floats, confidence_level: float
) -> tuple[float, Floats]:  # fmt: skip
    """How many people the answers are worth, and the covariance of their shares."""
    weight = choices.weight[area, group]
    size = float(weight * weight / choices.squares[area, group])
    if choices.survey is not None:
        size, covariance = _by_design(choices, area, group, share, confidence_level)
        if covariance is not None:
            return size, covariance
    both = choices.products[area, group] / weight
    return size, np.asarray((both - np.outer(share, share)) / size)


def _by_design(
    choices: Choices, area: int, group: int, share: Floats, confidence_level: float
) -> tuple[float, Floats | None]:  # fmt: skip
    """The smallest of the options' effective sizes, and their covariance by the scores of all of them together.

    Errors are larger by as much as few degrees of freedom leave unknown. Without the covariance where the sample does
    not tell it, such as of people who are all in one cluster.
    """
    precision = choices.grouped.precision
    assert precision is not None
    places = choices.places(area, group)
    sizes = precision.size, choices.grouped.size_at(confidence_level)
    size, adjusted = (np.asarray(np.reshape(each, -1)[places], np.float64) for each in sizes)
    told = ~np.reshape(precision.edge, -1)[places]
    if not told[(share > 0) & (share < 1)].all():
        return float(adjusted.min()), None
    reach = np.sqrt(size / adjusted)
    matrix = choices.sampled_covariance(area, group) * np.outer(reach, reach)
    return float(adjusted.min()), np.where(np.logical_and.outer(told, told), matrix, 0.0)
