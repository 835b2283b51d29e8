"""How often intervals of a gap in a survey hold the gap of the population that it was drawn from."""

import csv
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from survey_population import AREAS, SAMPLED_WARDS, Floats, Integers, Population, draw, population

from dueregard.inference.surveys.cluster_totals import Clusters, ClusterTotals
from dueregard.inference.surveys.design_contrasts import DesignContrast
from dueregard.inference.surveys.edge_intervals import survey_shares
from dueregard.inference.surveys.ratios import shares

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


def contrast_of(totals: ClusterTotals, method: str) -> DesignContrast:
    """The gap of the group, in each area, as `dueregard.gap` compares it."""
    n = totals.n_domains // 4
    area, group, answer = np.unravel_index(np.arange(totals.n_domains), (n, 2, 2))
    own = area * 2 + group
    every = np.arange(totals.n_domains)
    members = np.concatenate([own, 2 * n + area]), np.concatenate([every, every]), 3 * n
    found = shares(totals, members, answer == 0)
    covariance = found.covariance(np.concatenate([np.repeat(np.arange(n), 2), np.arange(n)]))
    sides = survey_shares(
        *(part[: 2 * n] for part in (found.value, covariance.variance, found.nobs, found.kish, found.clusters)),
        found.degrees_of_freedom[: 2 * n],
    )
    first, second = (sides.taken(np.arange(i, 2 * n, 2)) for i in (1, 0))
    together = covariance.of(np.arange(1, 2 * n, 2), np.arange(0, 2 * n, 2))
    return DesignContrast(first, second, together, found.degrees_of_freedom[2 * n :], np.zeros(n), "difference", method)


def held(people: Population, repetition: int) -> Integers:
    """Which limits hold the true gap, by method and area; and below, above which it lies."""
    totals = totals_of_draw(*draw(people, DRAWS, repetition))
    rows = []
    for method in METHODS:
        found = contrast_of(totals, method).compare(LEVEL)
        rows.append([people.gap < found.low, people.gap > found.high])
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
