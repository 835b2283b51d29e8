"""The population behind "confidence_drivers": how answers come about, and what its drivers are by calculation.

A person has an overall view of the police, from it a view of each topic, from that an answer to each question on the
topic: so answers on one topic are more alike than answers on two. How good a job the police do follows from the
answers by a straight line. Every mean and every product of two answers is therefore a short sum, without a draw.
"""

from itertools import permutations
from math import factorial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.data.borough_people import group_shares
from dueregard.data.seed_tables import load
from dueregard.data.survey_targets import targets

Floats = NDArray[np.float64]

GROUPS = ("White", "Minority ethnic")
TOPICS = {
    "Engagement": ("listens", "understands"),
    "Fair treatment": ("treats_fairly", "respectful"),
    "Dealing with crime": ("deals_with_crime",),
    "Worry about disorder": ("worry_asb",),
    "Information": ("informed",),
}
DRIVERS = {topic: items for topic, items in TOPICS.items() if topic != "Information"}
"""The four drivers of the confidence model, each with its questions; being informed underlies them."""

ITEMS = tuple(item for items in TOPICS.values() for item in items)
STEPS = {item: 3 if item in ("worry_asb", "informed") else 4 for item in ITEMS}
"""How many steps lead from the worst answer to the best."""

VIEWS = ((0.20, 0.34, 0.46), (0.24, 0.36, 0.40))
"""Critical, middling and favourable people in each of `GROUPS`, in a borough like the force."""

TOPIC_VIEWS = ((0.72, 0.20, 0.08), (0.18, 0.64, 0.18), (0.06, 0.22, 0.72))
"""Views of a topic, by overall view."""

STEP_CHANCES = {
    "listens": (0.25, 0.60, 0.86),
    "understands": (0.28, 0.62, 0.88),
    "treats_fairly": (0.26, 0.64, 0.92),
    "respectful": (0.34, 0.70, 0.94),
    "deals_with_crime": (0.24, 0.58, 0.86),
    "worry_asb": (0.26, 0.58, 0.88),
    "informed": (0.24, 0.56, 0.84),
}
"""The chance of each step up the scale, by view of the topic."""

SLOPES = {
    "listens": (0.17, 0.14),
    "understands": (0.13, 0.10),
    "treats_fairly": (0.15, 0.25),
    "respectful": (0.12, 0.19),
    "deals_with_crime": (0.13, 0.11),
    "worry_asb": (0.08, 0.07),
    "informed": (0.0, 0.0),
}
"""Points of good job for a point of each answer, in each of `GROUPS`. Being informed has no effect of its own."""

LEVEL = (0.15, 0.07)
"""Good job, of 0 to 1, where every answer is the worst."""

BOROUGH_LEAN = 0.5  # where 10 points more say good job, 5 points more are favourable and 5 fewer critical
POINT_LEAN = 0.08  # at most: how many more people are favourable at a sampling point than in its borough
POINT_LEVEL = 0.06  # at most: by how much good job is higher there than answers say


class DriverTruth(NamedTuple):
    """What holds in the population.

    ``share`` of what the drivers explain, in percent, adds up to 100; ``r_squared`` is in percent; ``level`` is the
    mean answer from 0 (worst) to 100 (best); ``gain`` is by how much good job (0 to 100) is higher where every answer
    on the driver is 10 points higher and the other drivers are equal.
    """

    r_squared: float
    share: dict[str, float]
    level: dict[str, float]
    gain: dict[str, float]


def driver_truth(group: str | None = None) -> DriverTruth:
    """What the drivers in ``example("confidence_drivers")`` are in the population that the interviews are drawn from.

    Parameters
    ----------
    group
        "White", "Minority ethnic", or everybody unless given.

    Returns
    -------
    DriverTruth
        Of the four drivers, each with all its questions, without controls: calculated, not drawn. Shares are averages
        over all orders of the drivers (Lindeman, Merenda and Gold 1980).

    Raises
    ------
    ValueError
        For another group.

    Examples
    --------
    >>> import dueregard as dr
    >>> truth = dr.data.driver_truth()
    >>> {driver: round(share, 1) for driver, share in truth.share.items()}
    {'Engagement': 32.5, 'Fair treatment': 43.7, 'Dealing with crime': 14.4, 'Worry about disorder': 9.5}
    """
    if group is not None and group not in GROUPS:
        raise ValueError(f"group: there is no group {group!r}; the groups are {', '.join(GROUPS)}")
    mean, products = moments(group)
    covariance = products - np.outer(mean, mean)
    columns = {driver: [ITEMS.index(item) for item in items] for driver, items in DRIVERS.items()}
    every = [column for each in columns.values() for column in each]
    slopes = dict(zip(every, np.linalg.solve(covariance[np.ix_(every, every)], covariance[every, -1]), strict=True))
    shares = _average_over_orders(covariance, list(columns.values()))
    return DriverTruth(
        float(100 * shares.sum()),
        dict(zip(columns, (100 * shares / shares.sum()).tolist(), strict=True)),
        {driver: float(100 * mean[each].mean()) for driver, each in columns.items()},
        {driver: float(10 * sum(slopes[column] for column in each)) for driver, each in columns.items()},
    )


def _average_over_orders(covariance: Floats, drivers: list[list[int]]) -> Floats:
    """The share of variance that each driver adds to those before it, on average over all orders."""
    added = np.zeros(len(drivers))
    for order in permutations(range(len(drivers))):
        for place, driver in enumerate(order):
            before = [column for each in order[:place] for column in drivers[each]]
            added[driver] += explained(covariance, before + drivers[driver]) - explained(covariance, before)
    return added / factorial(len(drivers))


def explained(covariance: Floats, columns: list[int]) -> float:
    """The share of the variance of the last column that ``columns`` explain."""
    with_outcome = covariance[columns, -1]
    slopes = np.linalg.solve(covariance[np.ix_(columns, columns)], with_outcome)
    return float(with_outcome @ slopes / covariance[-1, -1])


def moments(group: str | None = None) -> tuple[Floats, Floats]:
    """Means of `ITEMS` and of good job after them, from 0 to 1, and means of their products."""
    people = group_people()
    parts = [_group_moments(i) for i in range(len(GROUPS))]
    chosen = people / people.sum() if group is None else np.eye(len(GROUPS))[GROUPS.index(group)]
    return (
        np.asarray(sum(share * mean for share, (mean, _) in zip(chosen, parts, strict=True))),
        np.asarray(sum(share * products for share, (_, products) in zip(chosen, parts, strict=True))),
    )


def _group_moments(group: int) -> tuple[Floats, Floats]:
    """The moments of one of `GROUPS`.

    Good job is four steps, each taken with chance m: its mean is m, the mean of its square m/4 + 3m^2/4. What a
    sampling point adds to m is anything between its bounds, whatever the answers.
    """
    views = group_views(group)
    mean, products = views @ _item_means(), np.tensordot(views, _item_products(), 1)
    slope, level = np.array([SLOPES[item][group] for item in ITEMS]), LEVEL[group]
    m, m_squared = level + slope @ mean, level**2 + 2 * level * slope @ mean + slope @ products @ slope
    m_squared += POINT_LEVEL**2 / 3
    with_outcome = level * mean + products @ slope
    last = np.append(with_outcome, m / 4 + 0.75 * m_squared)
    return np.append(mean, m), np.vstack([np.column_stack([products, with_outcome]), last])


def _item_means() -> Floats:
    """The mean of each item by overall view, (3, items)."""
    return np.asarray(np.array(TOPIC_VIEWS) @ np.array(list(STEP_CHANCES.values())).T)


def _item_products() -> Floats:
    """Means of products of two items by overall view, (3, items, items)."""
    mean, chance = _item_means(), np.array(list(STEP_CHANCES.values()))
    topic = np.repeat(np.arange(len(TOPICS)), [len(items) for items in TOPICS.values()])
    alike = np.einsum("vt,it,jt->vij", np.array(TOPIC_VIEWS), chance, chance)
    products = np.where(topic[:, np.newaxis] == topic, alike, mean[:, :, np.newaxis] * mean[:, np.newaxis])
    item, steps = np.arange(len(ITEMS)), np.array(list(STEPS.values()))
    products[:, item, item] += (mean - alike[:, item, item]) / steps  # of a number of steps
    return np.asarray(products)


def group_people() -> Floats:
    """The people in each of `GROUPS`, all boroughs together."""
    return np.asarray(_people().sum(axis=0))


def group_views(group: int) -> Floats:
    """The overall views of a group, all boroughs together."""
    people = _people()[:, group]
    return np.asarray(people @ views_by_borough()[:, group] / people.sum())


def _people() -> Floats:
    shares = group_shares(not_stated=0.0) / 100
    both = np.column_stack([shares[:, 0], shares[:, 1:].sum(axis=1)])
    return np.asarray(load("boroughs")["population"][:, np.newaxis] * both)


def views_by_borough() -> Floats:
    """Critical, middling and favourable people in each borough and group, (boroughs, 2, 3)."""
    percent = targets("good_job").percent
    lean = BOROUGH_LEAN * (percent - percent.mean()) / 100
    return np.asarray(np.array(VIEWS) + lean[:, np.newaxis, np.newaxis] * np.array([-1.0, 0.0, 1.0]))
