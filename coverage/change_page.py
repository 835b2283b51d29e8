"""The part of docs/coverage.md on changes of gaps in surveys, from the simulated results."""

import csv

import numpy as np
from changing_population import KEPT, QUARTER
from survey_changes import METHODS, RESULTS, SURVEYS
from survey_page import NAMES
from survey_population import PER_WARD, SAMPLED_WARDS

TEXT = """## Changes of gaps in surveys

The same population has a second year, in which gaps change by up to {most:.0f} points, and {kept:.0f}% of its wards are
as much more or less satisfied than their area as they were. Windows of twelve months are surveyed {repetitions:,}
times, a year apart, or three months apart so that nine of their months are shared: in other wards each time ({sampled}
a year, {quarter} a quarter), or always in the same; and with as many people drawn one by one, without wards. How often
the 95% interval of `dueregard.gap_change(..., design=...)` holds the change of the population, with a standard error of
the simulation of {error:.1f} for an area:

{table}

Where the same wards are in both windows, their part in the variance is told once, not twice, and the degrees of freedom
are those of the wards. Farthest from 95% is {highest:.1f}%, with {where}, where {satisfied:.0f}% are satisfied and
{asked} of the group are asked in a quarter: the limits of so few answers, nearly all the same, are wide.
"""


def read() -> list[dict[str, str]]:
    """The lines of the results."""
    with RESULTS.open(newline="") as file:
        return list(csv.DictReader(file))


def change_part() -> str:
    """The section, with a line for each survey and method."""
    rows = read()
    repetitions = int(rows[0]["repetitions"])
    default = [row for row in rows if row["method"] == METHODS[0]]
    highest = max(default, key=lambda row: abs(float(row["coverage"]) - 0.95))
    return TEXT.format(
        most=100 * max(abs(float(row["change"])) for row in rows),
        kept=100 * KEPT,
        repetitions=repetitions,
        sampled=SAMPLED_WARDS,
        quarter=QUARTER,
        error=100 * (0.95 * 0.05 / repetitions) ** 0.5,
        table=_table(rows),
        highest=100 * float(highest["coverage"]),
        where=highest["survey"],
        satisfied=100 * float(highest["share"]),
        asked=round(float(highest["part"]) * QUARTER * PER_WARD),
    )


def _table(rows: list[dict[str, str]]) -> str:
    lines = ["| coverage, % | method | mean of areas | lowest | highest |", "|---|---|--:|--:|--:|"]
    for survey in SURVEYS:
        for method in METHODS:
            found = [float(r["coverage"]) for r in rows if (r["survey"], r["method"]) == (survey.name, method)]
            cells = (f"{100 * each:.1f}" for each in (np.mean(found), min(found), max(found)))
            name = NAMES[method].replace(" (R's t)", "")
            lines.append(f"| {survey.name} | {name} | {' | '.join(cells)} |")
    return "\n".join(lines)
