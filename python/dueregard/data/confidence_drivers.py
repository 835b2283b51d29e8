"""The example survey of what drives confidence: a year of interviews in which the effect of each driver is known."""

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data import driver_population as people
from dueregard.data.attitudes import DONT_KNOW
from dueregard.data.borough_people import group_shares
from dueregard.data.example_records import PLAUSIBLE, ExampleRecords
from dueregard.data.satisfaction import AGE_SHARES, AGES, BROAD, GROUPS, MONTHS
from dueregard.data.seed_tables import load

POINTS, INTERVIEWS = 40, 16  # sampling points of each borough, people at a point
ADULTS = (0.30, 0.45, 0.17, 0.08)  # households with one adult to four: one of them is interviewed
LOST = (0.975, 0.020, 0.005)  # of each question: answered, don't know, not stated
GROUP_NOT_STATED = 0.012
GOOD_JOB = ("Very poor", "Poor", "Fair", "Good", "Excellent")
AGREE = ("Strongly disagree", "Tend to disagree", "Neither agree nor disagree", "Tend to agree", "Strongly agree")
WORRY = ("Very worried", "Fairly worried", "Not very worried", "Not at all worried")
INFORMED = ("Not at all informed", "Not very well informed", "Fairly well informed", "Very well informed")
SCALES = {"good_job": GOOD_JOB} | {
    item: {"worry_asb": WORRY, "informed": INFORMED}.get(item, AGREE) for item in people.ITEMS
}
"""The answers to each question, from the worst to the best."""

Integers = NDArray[np.int64]


def confidence_drivers(seed: int) -> ExampleRecords:
    """One row a person interviewed; see `dueregard.data.example`."""
    rng = draws.generator("confidence_drivers", seed)
    boroughs = load("boroughs")
    point = np.repeat(np.arange(len(boroughs["borough"]) * POINTS), INTERVIEWS)
    borough, n = point // POINTS, len(point)
    adults = 1 + draws.drawn(rng, ADULTS, np.zeros(n, np.int64))
    month = draws.drawn(rng, np.ones(len(MONTHS)), np.zeros(n, np.int64))
    group = draws.drawn(rng, group_shares(not_stated=0.0), borough)
    minority = (group > 0).astype(np.int64)
    shown = np.where(rng.random(n) < GROUP_NOT_STATED, len(GROUPS) - 1, group)
    view = _views(rng, borough, point, minority)
    steps = answer_steps(rng, view, minority, people.POINT_LEVEL * _between(rng, point))
    columns = {
        "person": np.arange(1, n + 1),
        "month": draws.labelled(MONTHS, month),
        "borough": boroughs["borough"][borough],
        "sampling_point": np.array([f"P{i + 1:04}" for i in range(point[-1] + 1)])[point],
        "ethnic_group": draws.labelled(GROUPS, shown),
        "ethnic_group_broad": draws.labelled(BROAD, shown),
        "gender": draws.answers(rng, {"Female": 0.52, "Male": 0.48}, n),
        "age_band": draws.labelled(AGES, draws.drawn(rng, AGE_SHARES, minority)),
        **{item: _answers(rng, scale, steps[item]) for item, scale in SCALES.items()},
        "weight": _weights(boroughs["population"], adults, borough),
    }
    return ExampleRecords(columns, provenance=PLAUSIBLE, notes=_notes())


def answer_steps(
    rng: np.random.Generator, view: Integers, minority: Integers, more: NDArray[np.float64]
) -> dict[str, Integers]:
    """How many steps up the scale each person's answers are, from the overall views; good job last.

    ``more`` is what good job is higher by, of 0 to 1, than follows from the answers.
    """
    steps, n = {}, len(view)
    good = np.array(people.LEVEL)[minority] + more
    for items in people.TOPICS.values():
        topic = draws.drawn(rng, people.TOPIC_VIEWS, view)
        for item in items:
            chance = np.array(people.STEP_CHANCES[item])[topic]
            steps[item] = (rng.random((people.STEPS[item], n)) < chance).sum(axis=0)
            good = good + np.array(people.SLOPES[item])[minority] * steps[item] / people.STEPS[item]
    return steps | {"good_job": (rng.random((len(GOOD_JOB) - 1, n)) < good).sum(axis=0)}


def _views(rng: np.random.Generator, borough: Integers, point: Integers, minority: Integers) -> Integers:
    """Overall views; people at one sampling point lean the same way."""
    lean = people.POINT_LEAN * _between(rng, point)
    chances = people.views_by_borough()[borough, minority] + lean[:, np.newaxis] * np.array([-1.0, 0.0, 1.0])
    return draws.drawn(rng, chances, np.arange(len(point)))


def _between(rng: np.random.Generator, point: Integers) -> NDArray[np.float64]:
    """A number from -1 to 1 for each sampling point, the same for its people."""
    return np.asarray((2 * rng.random(int(point[-1]) + 1) - 1)[point])


def _answers(rng: np.random.Generator, scale: tuple[str, ...], steps: Integers) -> NDArray[np.str_]:
    """The words of the answers; a few people do not know, a few say nothing."""
    lost = draws.drawn(rng, LOST, np.zeros(len(steps), np.int64))
    labels = (*scale, DONT_KNOW, "not stated")
    return draws.labelled(labels, np.where(lost == 0, steps, len(scale) - 1 + lost))


def _weights(population: Integers, adults: Integers, borough: Integers) -> NDArray[np.float64]:
    """Adults of the household, raised to the population of the borough."""
    return np.asarray(adults * (population / np.bincount(borough, weights=adults))[borough])


def _notes() -> tuple[str, ...]:
    shares = ", ".join(f"{driver} {share:.1f}%" for driver, share in people.driver_truth().share.items())
    fair = [people.driver_truth(group).gain["Fair treatment"] for group in ("White", "Minority ethnic")]
    return (
        "Only plausible, every column and every effect: nothing of it was published.",
        f"In each of 32 boroughs {POINTS} sampling points, {INTERVIEWS} people at each: 640 people a borough, 20,480 "
        "in all. Views of one sampling point are alike. A weight is the adults of the household, raised so that the "
        "weights of a borough add up to its population.",
        "Built in: good job (Very poor 0 to Excellent 100) follows from the answers by a straight line in each group. "
        f"Of what the four drivers explain in the population: {shares}. Where answers on fair treatment are 10 points "
        f"higher, good job is {fair[0]:.1f} points higher among White and {fair[1]:.1f} among minority ethnic people. "
        "dueregard.data.driver_truth() gives the rest.",
        "Engagement is listens and understands; fair treatment is treats_fairly and respectful. Being informed has no "
        "effect of its own: informed people think better of the rest.",
        f"Of each question {100 * LOST[1]:g}% do not know and {100 * LOST[2]:g}% say nothing, whoever they are and "
        "whatever they think.",
    )
