"""The part of docs/coverage.md on gaps in surveys, from the simulated results."""

import csv

import numpy as np
from survey_gaps import METHODS, RESULTS
from survey_population import ALIKE, AREAS, PER_WARD, SAMPLED_WARDS, WARDS

NAMES = {"mover": "mover (default)", "score": "score", "wald": "wald (R's t)"}

TEXT = """## Gaps in surveys

Surveys cannot be enumerated, so they are drawn: {repetitions:,} times from a known population of {areas} areas with
{wards:,} wards each, in which answers are alike within wards (correlation {alike}), groups live together, wards
differ in size, and one adult is asked in each household. In each area {sampled} wards are drawn and {per_ward} people
in each, 640 together. The true share satisfied runs from 10% to 95%, gaps from 15 points lower to 5 higher, and groups
have {smallest} to {largest} of the 640. Weights, strata and wards go into `dueregard.gap(..., design=...)`. How often
its 95% interval holds the gap of the population, with a standard error of the simulation below 0.2:

{table}

The t interval, which R gives, falls to {worst:.1f}% where {share:.0f}% are satisfied in a group of {asked} among the
640, and misses on one side: the true gap lies below it {below:.1f}% and above it {above:.1f}% of the time. Wards in
which few of a group live say little of its variance, so that the default counts its degrees of freedom for less than
clusters minus strata. Nor does it take a group for more than Kish's number of its cases, however little its answers
vary: what stratification gains is given up, and where clusters and weights matter little the interval holds more often
than it promises.
"""


def survey_part() -> str:
    """The section, with a table of every area."""
    with RESULTS.open(newline="") as file:
        rows = list(csv.DictReader(file))
    covered = {method: np.array([float(r["coverage"]) for r in rows if r["method"] == method]) for method in METHODS}
    repetitions = int(rows[0]["repetitions"])
    worst = min((r for r in rows if r["method"] == "wald"), key=lambda r: float(r["coverage"]))
    return TEXT.format(
        repetitions=repetitions,
        areas=len(AREAS),
        wards=WARDS,
        alike=ALIKE,
        sampled=SAMPLED_WARDS,
        per_ward=PER_WARD,
        table=_table(covered),
        smallest=_asked(min(area.part for area in AREAS)),
        largest=_asked(max(area.part for area in AREAS)),
        share=100 * float(worst["share"]),
        asked=_asked(float(worst["part"])),
        worst=100 * float(worst["coverage"]),
        below=100 * int(worst["below"]) / repetitions,
        above=100 * int(worst["above"]) / repetitions,
    )


def _asked(part: float) -> int:
    return round(part * SAMPLED_WARDS * PER_WARD)


def _table(covered: dict[str, np.ndarray]) -> str:
    lines = ["| coverage, % | mean of areas | lowest | highest |", "|---|--:|--:|--:|"]
    for method, shares in covered.items():
        cells = (f"{100 * each:.1f}" for each in (shares.mean(), shares.min(), shares.max()))
        lines.append(f"| dueregard {NAMES[method]} | {' | '.join(cells)} |")
    return "\n".join(lines)
