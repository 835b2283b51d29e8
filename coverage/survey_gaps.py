"""How often intervals of a gap in a survey hold the gap of the population that it was drawn from."""

import csv
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from survey_population import AREAS, SAMPLED_WARDS, Floats, Integers, Population, draw, population

from dueregard.inference.surveys.cluster_totals import Clusters, ClusterTotals
from dueregard.measures.gaps.survey_gaps import SurveySides
from dueregard.measures.grouped import Grouped
from dueregard.measures.surveyed import Surveyed

RESULTS = Path(__file__).parent / "survey_gaps.csv"
REPETITIONS = 20_000
PEOPLE, DRAWS = 2010, 7
"""Seeds of the population and of the surveys."""

METHODS = ("mover", "score", "wald")
LEVEL = 0.95


def totals_of_draw(asked: Integers, weight: Floats) -> ClusterTotals:
    """Sums by ward and by area, group and answer, as from the rows of the survey; an area is a stratum."""
    n_areas = len(asked)
    weighted = asked * weight[:, :, np.newaxis, :, np.newaxis]
    nobs, sums = asked.sum(axis=3), weighted.sum(axis=3)
    squares = (weighted * weight[:, :, np.newaxis, :, np.newaxis]).sum(axis=3)
    area, ward, group, answer = np.nonzero(nobs)
    domain = (area * 2 + group) * 2 + answer
    stratum = np.repeat(np.arange(n_areas, dtype=np.int32), SAMPLED_WARDS)
    found = area, ward, group, answer
    return ClusterTotals(
        Clusters(stratum, np.zeros(n_areas)),
        4 * n_areas,
        (area * SAMPLED_WARDS + ward).astype(np.int32),
        domain.astype(np.int32),
        nobs[found],
        squares[found],
        sums[found][:, np.newaxis],
    )


def sides_of(totals: ClusterTotals) -> SurveySides:
    """The group beside the reference in each area, as `dueregard.gap` arranges them."""
    n = totals.n_domains // 4
    cells = np.arange(4 * n).reshape(n, 2, 2)
    top = np.arange(2 * n), cells[..., 0].reshape(-1), 2 * n
    base = np.repeat(np.arange(2 * n), 2), cells.reshape(-1), 2 * n
    nobs, sums, squares = (
        each.reshape(n, 2, 2) for each in (totals.domain_nobs, totals.domain_sums[:, 0], totals.domain_squares)
    )
    grouped = Grouped(
        by=("area",),
        areas=[(area,) for area in range(n)],
        groups=["reference", "group"],
        known_group=np.ones(2, np.bool_),
        known_area=np.ones(n, np.bool_),
        count=nobs[..., 0],
        nobs=nobs.sum(axis=-1),
        outcome_missing=np.zeros((n, 2), np.int64),
        weight_count=sums[..., 0],
        weight=sums.sum(axis=-1),
        squares=squares.sum(axis=-1),
        weighted=True,
    ).of_survey(Surveyed(totals, top, base, weighted=True))
    against = grouped.opposite(0)
    usable = np.broadcast_to(np.array([False, True]), (n, 2))
    return SurveySides(grouped, against, against, np.zeros((n, 2)), usable)


def held(people: Population, repetition: int) -> Integers:
    """Which limits hold the true gap, by method and area; and below, above which it lies."""
    sides = sides_of(totals_of_draw(*draw(people, DRAWS, repetition)))
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
