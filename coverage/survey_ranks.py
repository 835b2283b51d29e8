"""How often intervals of ranks hold the true ranks, and how often an average area is called one of the worst."""

import csv
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rank_population import ASKED, POPULATIONS, UNITS, Areas, draw
from survey_population import Floats

import dueregard as dr

RESULTS = Path(__file__).parent / "survey_ranks.csv"
REPETITIONS = 2_000
SEED = 13
N_DRAWS = 4_000
"""Of errors, in each repetition."""

LEVEL = 0.95
SURE = 0.9
"""The chance of being in the bottom quarter above which an area would be named."""


class Told(NamedTuple):
    """Of one survey: 1 or 0, and of ``alone`` and ``named`` one for each area.

    ``shown``: areas are shown to differ. ``joint``, ``alone``: ranks are inside. ``named``: the chance of being in the
    bottom quarter is above 0.9, whether or not ranks are shown; ``named_shown``: and they are.
    """

    shown: Floats
    joint: Floats
    alone: Floats
    named: Floats
    named_shown: Floats


def told(areas: Areas, repetition: int) -> Told:
    """What `dueregard.rank` says of one survey."""
    seed = SEED + POPULATIONS.index(areas)
    table = {
        "area": list(range(UNITS)),
        "satisfied": draw(areas, (seed, repetition)).tolist(),
        "asked": [ASKED] * UNITS,
    }
    found = dr.rank(table, by="area", count="satisfied", nobs="asked", higher_is_better=True, insist="coverage",
                    confidence_level=LEVEL, n_draws=N_DRAWS, rng=repetition, threads=1)  # fmt: skip
    pvalue = next(found.filter(row_type="variation").rows())["adjusted_pvalue"]
    rows = found.filter(row_type="group")
    low, high, joint_low, joint_high, bottom = (
        np.array(rows[name])
        for name in ("rank_low", "rank_high", "joint_rank_low", "joint_rank_high", "bottom_quarter")
    )
    best, last, shown = areas.best, areas.last, np.float64(pvalue < 1 - LEVEL)
    joint = np.float64(((joint_low <= best) & (last <= joint_high)).all())
    named = (bottom > SURE).astype(np.float64)
    return Told(shown, joint, ((low <= best) & (last <= high)).astype(np.float64), named, named * shown)


def sums(areas: Areas, start: int, stop: int) -> list[Floats]:
    """What is told in the repetitions, added up; the last two also as whether any average area is named."""
    every = [told(areas, i) for i in range(start, stop)]
    total = [np.sum([getattr(each, name) for each in every], axis=0) for name in Told._fields]
    anybody = [sum(getattr(each, name)[areas.average].any() for each in every) for name in ("named", "named_shown")]
    return [*total, *map(np.float64, anybody)]


def simulate(areas: Areas, repetitions: int, processes: int = 2, step: int = 100) -> list[Floats]:
    """Shares of the repetitions, the same however they are shared out."""
    starts = range(0, repetitions, step)
    with ProcessPoolExecutor(processes) as pool:
        parts = list(pool.map(sums, repeat(areas), starts, [min(start + step, repetitions) for start in starts]))
    return [sum(each) / repetitions for each in zip(*parts, strict=True)]


COLUMNS = (
    "spread",
    "tied",
    "repetitions",
    "shown",
    "joint_coverage",
    "coverage",
    "lowest_coverage",
    "average_named",
    "average_named_shown",
    "any_average_named",
    "any_average_named_shown",
    "last_named",
)


def row(areas: Areas, repetitions: int) -> dict[str, float | int | str]:
    """One line of the results."""
    shown, joint, alone, named, named_shown, anybody, anybody_shown = simulate(areas, repetitions)
    average = areas.average
    figures = (shown, joint, alone.mean(), alone.min(), named[average].mean(), named_shown[average].mean())
    more = (*figures, anybody, anybody_shown, named[0])
    return dict(zip(COLUMNS, (areas.spread, areas.tied, repetitions, *(f"{x:.5f}" for x in more)), strict=True))


def write(repetitions: int) -> None:
    rows = [row(areas, repetitions) for areas in POPULATIONS]
    with RESULTS.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    write(int(sys.argv[1]) if len(sys.argv) > 1 else REPETITIONS)
