"""How often intervals of what drivers explain, and of their ranks, hold those of the population that was asked."""

import csv
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

import dueregard as dr
from dueregard.data import confidence_drivers, draws
from dueregard.data import driver_population as people

RESULTS = Path(__file__).parent / "driver_shares.csv"
REPETITIONS = 2_000
REPLICATES = 500
DRAWS = 7
DRIVERS = {driver: list(items) for driver, items in people.DRIVERS.items()}
QUESTIONS = [*(item for items in DRIVERS.values() for item in items), "good_job"]
SCALES = {question: list(confidence_drivers.SCALES[question]) for question in QUESTIONS}
MEASURES = ("share", "explained", "gain", "rank")


class Survey(NamedTuple):
    """How many are asked at how many sampling points; one at each is a sample drawn one by one."""

    people: int
    points: int

    @property
    def clustered(self) -> bool:
        return self.points < self.people


SURVEYS = (Survey(640, 640), Survey(640, 40), Survey(20_480, 20_480), Survey(20_480, 1_280))


def records(survey: Survey, repetition: int) -> dict[str, NDArray[Any]]:
    """The answers of a survey, everybody's; people at one sampling point lean the same way."""
    rng = draws.generator(f"{DRAWS}, {survey.people}, {survey.points}", repetition)
    point = np.arange(survey.people) * survey.points // survey.people
    share = people.group_people() / people.group_people().sum()
    minority = (rng.random(survey.people) < share[1]).astype(np.int64)
    lean, more = (2 * rng.random((2, survey.points)) - 1)[:, point] * [[people.POINT_LEAN], [people.POINT_LEVEL]]
    views = np.array([people.group_views(group) for group in range(2)])[minority]
    view = draws.drawn(rng, views + lean[:, np.newaxis] * np.array([-1.0, 0.0, 1.0]), np.arange(survey.people))
    steps = confidence_drivers.answer_steps(rng, view, minority, more)
    answers = {item: draws.labelled(scale, steps[item]) for item, scale in SCALES.items()}
    adults = 1 + draws.drawn(rng, confidence_drivers.ADULTS, np.zeros(survey.people, np.int64))
    weight = (adults if survey.clustered else np.ones(survey.people)).astype(np.float64)
    return {**answers, "sampling_point": point, "weight": weight}


def limits(survey: Survey, repetition: int) -> list[list[float]]:
    """The limits of each driver in the order of `MEASURES`."""
    clustered = dr.survey_design(weight="weight", psu="sampling_point") if survey.clustered else None
    found = dr.key_drivers(
        records(survey, repetition),
        outcome="good_job",
        drivers=DRIVERS,
        scores=SCALES,
        design=clustered,
        n_replicates=REPLICATES,
        threads=1,
        rng=repetition,
    )
    names = ("low", "high", "explained_low", "explained_high", "gain_low", "gain_high", "rank_low", "rank_high")
    rows = [row for row in found.rows() if row["driver"] is not None]
    return [[float(row[name]) for name in names] for row in rows]


def truths() -> NDArray[np.float64]:
    """What holds in the population, (drivers, measures)."""
    truth = people.driver_truth()
    share = np.array(list(truth.share.values()))
    rank = 1 + (share[:, np.newaxis] < share).sum(axis=1)
    return np.column_stack([share, share * truth.r_squared / 100, list(truth.gain.values()), rank])


def missed(survey: Survey, start: int, stop: int) -> NDArray[np.int64]:
    """In how many of the repetitions the truth lies below and above the limits: (drivers, measures, 2)."""
    true, found = truths(), np.zeros((len(DRIVERS), len(MEASURES), 2), np.int64)
    for repetition in range(start, stop):
        each = np.array(limits(survey, repetition)).reshape(len(DRIVERS), len(MEASURES), 2)
        assert (each[..., 0] <= each[..., 1]).all(), (survey, repetition)
        found += np.stack([true < each[..., 0], true > each[..., 1]], axis=-1)
    return found


def simulate(survey: Survey, repetitions: int, processes: int = 2, step: int = 20) -> NDArray[np.int64]:
    """The same counts however the repetitions are shared out."""
    starts = range(0, repetitions, step)
    with ProcessPoolExecutor(processes) as pool:
        stops = [min(start + step, repetitions) for start in starts]
        return np.sum(list(pool.map(missed, [survey] * len(stops), starts, stops)), axis=0)


def write(found: list[NDArray[np.int64]], repetitions: int) -> None:
    """What was found for each of `SURVEYS`."""
    true = truths()
    with RESULTS.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("people", "points", "driver", "measure", "truth", "repetitions", "below", "above", "coverage"))
        for survey, each in zip(SURVEYS, found, strict=True):
            for (i, driver), (j, measure) in product(enumerate(DRIVERS), enumerate(MEASURES)):
                below, above = each[i, j].tolist()
                covered = 1 - (below + above) / repetitions
                told = (f"{true[i, j]:.4f}", repetitions, below, above, f"{covered:.4f}")
                writer.writerow((*survey, driver, measure, *told))


if __name__ == "__main__":
    n_asked = int(sys.argv[1]) if len(sys.argv) > 1 else REPETITIONS
    write([simulate(survey, n_asked) for survey in SURVEYS], n_asked)
