"""The part of docs/coverage.md on ranks, from the simulated results."""

import csv

from rank_population import ASKED, MIDDLE, UNITS
from survey_ranks import RESULTS

TEXT = """## Ranks

{units} areas of {asked} people each, {middle:.0f}% satisfied on average, are surveyed {repetitions:,} times; their true
shares are at equal steps, each area's its own or four areas' the same. What `dueregard.rank` says, at 95%:

{table}

*Ranks shown*: how often areas are shown to differ, which where none does is to be 5%. *All ranks inside*: all the joint
intervals hold the true ranks at once, and *one rank inside* is the plain interval of one area, on average and for the
area where it is lowest; areas that are alike may have any rank among them, and the interval is to hold all of these.
These are of all surveys, whether ranks are shown or withheld. *Average area named*: an area among the eight in the
middle (where none differs, any area) has a chance above 90% of being in the bottom quarter and ranks are shown, for one
area named beforehand and for any of them. *Last area named*: the same of the area that is truly last. What areas are
shown to differ is tested pair by pair, so that intervals hold more often than 95% where some pairs plainly differ.
"""

HEADINGS = (
    "spread of true shares, points",
    "alike",
    "ranks shown",
    "all ranks inside",
    "one rank inside (lowest)",
    "average area named",
    "any of them",
    "last area named",
)


def read() -> list[dict[str, str]]:
    """The lines of the results."""
    with RESULTS.open(newline="") as file:
        return list(csv.DictReader(file))


def rank_part() -> str:
    """The section, with a line for each population."""
    rows = read()
    lines = [f"| {' | '.join(HEADINGS)} |", "|--:|---|" + "--:|" * (len(HEADINGS) - 2), *map(_line, rows)]
    repetitions = int(rows[0]["repetitions"])
    return TEXT.format(units=UNITS, asked=ASKED, middle=100 * MIDDLE, repetitions=repetitions, table="\n".join(lines))


def _line(row: dict[str, str]) -> str:
    shown, joint, alone, lowest, named, anybody, last = (
        f"{100 * float(row[name]):.1f}%"
        for name in (
            "shown",
            "joint_coverage",
            "coverage",
            "lowest_coverage",
            "average_named_shown",
            "any_average_named_shown",
            "last_named",
        )
    )
    tied = {1: "none", UNITS: "all"}.get(int(row["tied"]), f"{row['tied']} each")
    if int(row["tied"]) == UNITS:
        last = ""
    return (
        f"| {float(row['spread']):g} | {tied} | {shown} | {joint} | {alone} ({lowest}) | {named} | {anybody} | {last} |"
    )
