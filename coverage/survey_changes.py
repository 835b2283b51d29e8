"""How often intervals of a change of a gap hold how the gap of the population has changed."""

import csv
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from changing_population import PLANS, Plan, Years, draw, draw_simply, populations, true_change
from drawn_surveys import grouped, groups_of, totals_of
from survey_population import AREAS, Floats, Integers

from dueregard.inference.intervals import normal_quantile
from dueregard.measures.gaps.compared import Question
from dueregard.measures.grouped import Grouped
from dueregard.measures.trends.change_pieces import Changing
from dueregard.measures.trends.changed_counts import PIECES, of_pieces

RESULTS = Path(__file__).parent / "survey_changes.csv"
REPETITIONS = 4_000
PEOPLE, DRAWS = 2010, 11
"""Seeds of the population and of the surveys."""

LEVEL = 0.95
BY = ("area",)
COLUMNS = ("survey", "method", "area", "share", "part", "change", "repetitions", "below", "above", "coverage")
METHODS = ("mover", "wald")


class Survey(NamedTuple):
    """A plan with its design, or as many people drawn one by one, for whom wards are nothing."""

    plan: Plan
    simple: bool

    @property
    def name(self) -> str:
        return f"{self.plan.months}, {'no wards' if self.simple else self.plan.wards}"


SURVEYS = (*(Survey(plan, False) for plan in PLANS), *(Survey(plan, True) for plan in PLANS[::2]))


def changing_of(asked: Integers, weight: Floats) -> Changing:
    """The change in each area, of a survey with a design, as `dueregard.gap_change` arranges it."""
    totals = totals_of(asked, weight)
    return _changing(groups_of(totals, ("piece", *BY), _areas(len(asked))))


def simply_changing(asked: Integers) -> Changing:
    """The same of people drawn one by one."""
    nobs = asked.reshape(-1, 2, 2)
    weight = nobs.astype(np.float64)
    return _changing(grouped(("piece", *BY), _areas(asked.shape[1]), nobs, weight, weight))


def _areas(n_areas: int) -> list[tuple[Any, ...]]:
    return [(piece, area) for piece in PIECES for area in range(n_areas)]


def _changing(every: Grouped) -> Changing:
    asked = Question("satisfied", "difference", "mover", "none", "group", BY, "reference", 0, (), "cases", None, True)
    return of_pieces(every, BY).changing(asked, gap=True)


def held(people: Years, truth: Floats, survey: Survey, repetition: int) -> Integers:
    """Which limits leave out the true change, by method and area; it lies below them, or above."""
    key = (DRAWS + SURVEYS.index(survey), repetition)
    if survey.simple:
        changing = simply_changing(draw_simply(people, survey.plan, key))
    else:
        changing = changing_of(*draw(people, survey.plan, key))
    limits = [changing.changes(method).reach.limits(np.asarray(normal_quantile(LEVEL))) for method in METHODS]
    return np.array([[truth < low[1::2], truth > high[1::2]] for low, high in limits]).astype(np.int64)


def missed(survey: Survey, start: int, stop: int) -> Integers:
    """In how many of the repetitions the true change lies below and above the limits: (methods, 2, areas)."""
    people = populations(PEOPLE)
    truth = true_change(people, survey.plan)
    nothing = np.zeros((len(METHODS), 2, len(AREAS)), np.int64)
    return sum((held(people, truth, survey, i) for i in range(start, stop)), nothing)


def simulate(survey: Survey, repetitions: int, processes: int = 2, step: int = 250) -> Integers:
    """The same counts however the repetitions are shared out."""
    starts = range(0, repetitions, step)
    with ProcessPoolExecutor(processes) as pool:
        ends = [min(start + step, repetitions) for start in starts]
        return np.sum(list(pool.map(missed, repeat(survey), starts, ends)), axis=0)


def rows_of(survey: Survey, found: Integers, repetitions: int) -> list[tuple[Any, ...]]:
    """The lines of the results."""
    truth = true_change(populations(PEOPLE), survey.plan)
    rows: list[tuple[Any, ...]] = []
    for method, (below, above) in zip(METHODS, found, strict=True):
        for i, area in enumerate(AREAS):
            counts = int(below[i]), int(above[i])
            covered = 1 - sum(counts) / repetitions
            told = (area.share, area.part, f"{truth[i]:.4f}", repetitions, *counts, f"{covered:.5f}")
            rows.append((survey.name, method, i + 1, *told))
    return rows


def write(repetitions: int) -> None:
    rows = [row for each in SURVEYS for row in rows_of(each, simulate(each, repetitions), repetitions)]
    with RESULTS.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


if __name__ == "__main__":
    write(int(sys.argv[1]) if len(sys.argv) > 1 else REPETITIONS)
