"""The part of docs/coverage.md on key drivers, from the simulated results."""

import csv

import numpy as np
from driver_shares import DRIVERS, MEASURES, REPLICATES, RESULTS, SURVEYS, Survey

TEXT = """## Key drivers

Good job, of 0 to 100, follows from the answers to six questions on four drivers, as in
`dueregard.data.example("confidence_drivers")`. What the drivers explain there is calculated and not drawn:
{truth}.
So many people are asked, {repetitions:,} times, one by one or at sampling points where views are alike, with weights.
How often `dueregard.key_drivers`, with {replicates} bootstrap replicates, holds what is true, at 95%: the mean
of the four drivers, and the lowest to the highest.

{table}

*Share* is of what the drivers explain, *explained* of the variance, *gain* what goes with 10 points more of a driver.
Every *rank* that tests of each driver against each other do not rule out is in its interval, which is wrong more seldom
than it may be.
"""

WORDS = {"share": "share", "explained": "explained", "gain": "gain", "rank": "rank"}


def read() -> list[dict[str, str]]:
    """The lines of the results."""
    with RESULTS.open(newline="") as file:
        return list(csv.DictReader(file))


def driver_part() -> str:
    """The section, with a line for each survey."""
    rows = read()
    shares = {row["driver"]: float(row["truth"]) for row in rows if row["measure"] == "share"}
    heads = " | ".join(WORDS[measure] for measure in MEASURES)
    lines = [f"| people asked | {heads} |", "|---|" + "--:|" * len(MEASURES)]
    lines += [
        f"| {_asked(survey)} | {' | '.join(_cell(rows, survey, each) for each in MEASURES)} |" for survey in SURVEYS
    ]
    return TEXT.format(
        truth=", ".join(f"{driver.lower()} {shares[driver]:.1f}%" for driver in DRIVERS),
        repetitions=int(rows[0]["repetitions"]),
        replicates=REPLICATES,
        table="\n".join(lines),
    )


def _asked(survey: Survey) -> str:
    how = f"at {survey.points:,} sampling points" if survey.clustered else "one by one"
    return f"{survey.people:,} {how}"


def covered(rows: list[dict[str, str]], survey: Survey, measure: str) -> np.ndarray:
    """The coverage of each driver."""
    asked = (str(survey.people), str(survey.points), measure)
    return np.array([float(r["coverage"]) for r in rows if (r["people"], r["points"], r["measure"]) == asked])


def _cell(rows: list[dict[str, str]], survey: Survey, measure: str) -> str:
    found = 100 * covered(rows, survey, measure)
    return f"{found.mean():.1f}% ({found.min():.1f} to {found.max():.1f})"
