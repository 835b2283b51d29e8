"""The example answers of 132 business areas to the 142 questions of an equality framework of five levels."""

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.example_records import SYNTHETIC, ExampleRecords

AREAS, QUESTIONS = 132, 142
ANSWERS = ("none", "level_1", "level_2", "level_3", "level_4", "level_5")
REACHED, ABOVE, TOP = 3, 4, 5
NAMED = (  # equality-standard-2008, lines 53 and 65
    "Westminster", "Kensington & Chelsea", "Palace of Westminster (SO17)", "Serious and Organised Crime Group (SCD7)",
    "Directorate of Professional Standards", "Human Resources",
)  # fmt: skip
EXAMPLES = ("Westminster", "Human Resources")  # of activity at level 5, lines 65 and 67
WITH_TOP, MOST_TOPS = 40, 3  # areas with an answer at level 5, and how many at most
ABOVE_SHARES = (0.05, 0.55)  # of an area's answers at level 4, from the area with fewest to the one with most
NOTES = (
    "Set to what was published: 132 areas and 142 questions; every area is at level 3 by its lowest answer and none at "
    "level 4; isolated answers at level 5, among them in Westminster and Human Resources, which the document gives as "
    "examples.",
    f"Only plausible: which answers those are. {WITH_TOP} areas have one to {MOST_TOPS} answers at level 5.",
    "The documents speak of 132 areas and of over 132, and name six; the others are numbered. They do not print the "
    "questions, which are numbered too.",
)


def business_areas(seed: int) -> ExampleRecords:
    """One row a business area and question; see `dueregard.data.example`."""
    rng = draws.generator("business_areas", seed)
    units = [*NAMED, *(f"Business area {number}" for number in range(len(NAMED) + 1, AREAS + 1))]
    columns = {
        "unit": np.repeat(units, QUESTIONS),
        "indicator": np.tile([str(question) for question in range(1, QUESTIONS + 1)], AREAS),
        "answer": draws.labelled(ANSWERS, _answers(rng, units).ravel()),
    }
    return ExampleRecords(columns, provenance=SYNTHETIC, notes=NOTES)


def _answers(rng: np.random.Generator, units: list[str]) -> NDArray[np.int64]:
    """Codes (areas, questions): each area's first questions, in a random order, are at level 5, the last at level 3."""
    low, high = ABOVE_SHARES
    share = low + (high - low) * rng.random((AREAS, 1))
    codes = np.where(rng.random((AREAS, QUESTIONS)) < share, ABOVE, REACHED)
    place = np.argsort(rng.random((AREAS, QUESTIONS)), axis=1, kind="stable").argsort(axis=1)
    codes[place < _tops(rng, units)[:, None]] = TOP
    codes[place == QUESTIONS - 1] = REACHED
    return codes


def _tops(rng: np.random.Generator, units: list[str]) -> NDArray[np.int64]:
    """Answers at level 5 in each area: the examples first, then others at random."""
    turn = np.where(np.isin(units, EXAMPLES), -1.0, rng.random(AREAS)).argsort(kind="stable").argsort()
    return np.where(turn < WITH_TOP, 1 + np.floor(MOST_TOPS * rng.random(AREAS)), 0).astype(np.int64)
