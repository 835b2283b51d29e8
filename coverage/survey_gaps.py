"""How often intervals of a gap in a survey hold the gap of the population that it was drawn from."""

import csv
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from drawn_surveys import groups_of, totals_of
from survey_population import AREAS, Floats, Integers, Population, draw, population

from dueregard.measures.gaps.survey_gaps import SurveySides

RESULTS = Path(__file__).parent / "survey_gaps.csv"
REPETITIONS = 20_000
PEOPLE, DRAWS = 2010, 7
"""Seeds of the population and of the surveys."""

METHODS = ("mover", "score", "wald")
LEVEL = 0.95


def sides_of(asked: Integers, weight: Floats) -> SurveySides:
    """The group beside the reference in each area, as `dueregard.gap` arranges them."""
    totals = totals_of(asked[:, :, np.newaxis], weight[:, :, np.newaxis])
    grouped = groups_of(totals, ("area",), [(area,) for area in range(len(asked))])
    against = grouped.opposite(0)
    usable = np.broadcast_to(np.array([False, True]), grouped.nobs.shape)
    return SurveySides(grouped, against, against, np.zeros(grouped.nobs.shape), usable)


def held(people: Population, repetition: int) -> Integers:
    """Which limits hold the true gap, by method and area; and below, above which it lies."""
    sides = sides_of(*draw(people, DRAWS, repetition))
    rows = []
    for method in METHODS:
        found = sides.contrast("difference", method).compare(LEVEL)
        low, high = found.low[1::2], found.high[1::2]
        rows.append([people.gap < low, people.gap > high])
    return np.array(rows).astype(np.int64)


def missed(start: int, stop: int) -> Integers:
    """In how many of the repetitions the true gap lies below and above the limits: (methods, 2, areas)."""
    people = population(PEOPLE)
    return sum((held(people, i) for i in range(start, stop)), np.zeros((len(METHODS), 2, len(AREAS)), np.int64))


def simulate(repetitions: int, processes: int = 2, step: int = 250) -> Integers:
    """The same counts however the repetitions are shared out."""
    starts = range(0, repetitions, step)
    with ProcessPoolExecutor(processes) as pool:
        parts = pool.map(missed, starts, [min(start + step, repetitions) for start in starts])
        return sum(parts, np.zeros((len(METHODS), 2, len(AREAS)), np.int64))


def write(found: Integers, repetitions: int) -> None:
    gaps = population(PEOPLE).gap
    with RESULTS.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("method", "area", "share", "part", "gap", "repetitions", "below", "above", "coverage"))
        for method, (below, above) in zip(METHODS, found, strict=True):
            for i, area in enumerate(AREAS):
                counts = int(below[i]), int(above[i])
                covered = 1 - sum(counts) / repetitions
                told = (area.share, area.part, f"{gaps[i]:.4f}", repetitions, *counts, f"{covered:.5f}")
                writer.writerow((method, i + 1, *told))


if __name__ == "__main__":
    n_asked = int(sys.argv[1]) if len(sys.argv) > 1 else REPETITIONS
    write(simulate(n_asked), n_asked)
