"""The example self-assessment against the Equality Standard for the Police Service, in three rounds."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dueregard.data import draws, indicators_met
from dueregard.data.answer_rounds import MISSING, MOST_GAINED, Codes, rounds
from dueregard.data.example_records import SYNTHETIC, ExampleRecords
from dueregard.data.seed_tables import load
from dueregard.missing import NOT_STATED

ANSWERS = ("not_at_all", "not_very", "fairly", "very")
FIRST_DAY = {"first answer": "2010-09-06", "after further evidence": "2010-11-15", "after review": "2011-01-10"}
DAYS_TO_RETURN = 19  # and the review was over before the report of 15 February 2011
FAIRLY = (("Southwark", "8B"), ("Lewisham", "8B"))  # esps-review-2011, line 157
OTHER_UNITS, OTHER_KIND, OTHER_AREA = 41, "other unit", "Other units"
OTHERS_MEETING, OTHER_SHARES = 39, (0.78, 0.4)  # of 41 units, and the shares met by those that meet half and by others
HIGHER_SHARES = (0.6, 0.45)  # of answers not met: not very; of answers met: very
EVIDENCE = {
    "operational_delivery": ("Community profile", "Briefing and training records", "Case files", "Partnership minutes"),
    "people_and_culture": ("Staff survey", "Training records", "Staff association minutes", "Workforce figures"),
    "organisational_processes": ("Diversity action plan", "Business plan", "Complaints figures", "Contracts"),
}
NOTES = (
    "Set to published figures, after review: the four answers of each borough in load('borough_answers'), with the one "
    "that Kensington & Chelsea left out; the indicators met by the six south east boroughs in "
    "load('south_east_indicators'), with fairly for 8B in Southwark and Lewisham; boroughs at half or more of each "
    "section (32, 24 and 22); 27 boroughs over 80% of Operational Delivery and the nine named at 100%; each of 1B to "
    "5B, 9B and 11B met by more boroughs than any of 6B to 8B; 39 of the 41 other units at half or more.",
    "All of this is possible at once. 27 boroughs over 80% and nine at 100% can only be said of Operational Delivery: "
    "of all 18 indicators, 16 boroughs are over 80% and two at 100%. The answer that Kensington & Chelsea left out is "
    "to an indicator of another section, as it is one of the nine; it meets half of every section without it.",
    "Not reproduced, as other published figures contradict it: the average of 88%; 67% for 22 of 32 boroughs; "
    "Southwark's weaknesses without 7B; 21B among the indicators of boroughs.",
    "Only plausible: which indicators the other boroughs meet, every answer of the other units, both earlier rounds, "
    "dates and evidence. Further evidence only added, to each unit one to four indicators met, so that boroughs which "
    "end at exactly half were below it at first; the review raised one answer of some units and lowered one of others. "
    "From further evidence on, every borough meets half.",
    "The documents do not name the other units; they are numbered, and are in no area of boroughs.",
)


class Part(NamedTuple):
    """Units of one kind: what they are called, what they were asked, and their answers in each round."""

    units: ArrayLike
    kind: str
    areas: ArrayLike
    indicators: ArrayLike
    sections: list[str]
    rounds: list[Codes]


def self_assessment(seed: int) -> ExampleRecords:
    """One row a unit, indicator and round; see `dueregard.data.example`."""
    rng = draws.generator("self_assessment", seed)
    blocks = [block for part in (_boroughs(rng), _others(rng)) for block in _blocks(rng, part)]
    blocks.sort(key=lambda block: list(FIRST_DAY).index(block["round"][0]))
    columns = {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
    return ExampleRecords(columns, provenance=SYNTHETIC, notes=NOTES)


def _blocks(rng: np.random.Generator, part: Part) -> list[dict[str, NDArray[Any]]]:
    """The columns of each round."""
    n_units, n_indicators = part.rounds[0].shape
    kept = np.array([EVIDENCE[section] for section in part.sections])
    chosen = np.floor(kept.shape[1] * rng.random((n_units, n_indicators))).astype(np.int64)
    evidence = kept[np.arange(n_indicators), chosen]
    same = {
        "unit": np.repeat(part.units, n_indicators),
        "kind": np.full(n_units * n_indicators, part.kind),
        "area": np.repeat(part.areas, n_indicators),
        "indicator": np.tile(part.indicators, n_units),
    }
    return [
        same
        | {
            "round": np.full(codes.size, name),
            "answer": draws.labelled((*ANSWERS, NOT_STATED), codes.ravel()),
            "date": np.repeat(_dates(rng, first, n_units), n_indicators),
            "evidence": np.where((codes == 0) | (codes == MISSING), "", evidence).ravel(),
        }
        for (name, first), codes in zip(FIRST_DAY.items(), part.rounds, strict=True)
    ]


def _dates(rng: np.random.Generator, first: str, n: int) -> NDArray[np.datetime64]:
    """The day on which each unit's answers of a round came in."""
    return np.datetime64(first) + np.floor((DAYS_TO_RETURN + 1) * rng.random(n)).astype("timedelta64[D]")


def _boroughs(rng: np.random.Generator) -> Part:
    answers = load("borough_answers")
    indicators, sections = indicators_met.borough_indicators()
    met = indicators_met.met(rng)
    turn = rng.random(met.shape)
    for borough, indicator in FAIRLY:
        turn[answers["borough"].tolist().index(borough), indicators.index(indicator)] = -1
    counts = np.column_stack([answers[name] for name in ANSWERS])
    left_out = met.shape[1] - counts.sum(axis=1, keepdims=True)
    last = np.empty(met.shape, dtype=np.int64)
    for row, order, number in zip(last, np.lexsort((turn, met)), np.hstack([left_out, counts]), strict=True):
        row[order] = np.repeat([MISSING, *range(len(ANSWERS))], number)  # those not met come first in the order
    return Part(answers["borough"], "borough", answers["area"], indicators, sections, rounds(rng, last))


def _others(rng: np.random.Generator) -> Part:
    table = load("indicators")
    indicators = table["indicator"].tolist()
    count = _others_count(rng, len(indicators))
    chance = draws.scattered(rng, OTHER_UNITS * len(indicators)).reshape(OTHER_UNITS, -1)
    wish = indicators_met.LEAN * indicators_met.lean(indicators) + chance
    met = np.argsort(np.argsort(-wish, axis=1, kind="stable"), axis=1) < count[:, None]
    higher = rng.random(met.shape) < np.array(HIGHER_SHARES)[met.astype(np.int64)]
    last = (2 * met + higher).astype(np.int64)
    units = [f"Other unit {number}" for number in range(1, OTHER_UNITS + 1)]
    areas = [OTHER_AREA] * OTHER_UNITS
    return Part(units, OTHER_KIND, areas, indicators, table["section"].tolist(), rounds(rng, last))


def _others_count(rng: np.random.Generator, n_indicators: int) -> NDArray[np.int64]:
    """How many indicators each other unit meets: half or more in so many units as was published."""
    number = np.arange(n_indicators + 1)
    half = 2 * number >= n_indicators
    meeting, failing = (
        draws.binomial_chances(n_indicators, share) * possible
        for share, possible in zip(OTHER_SHARES, (half, ~half & (number > MOST_GAINED)), strict=True)
    )
    kinds = draws.dealt(rng, [OTHERS_MEETING, OTHER_UNITS - OTHERS_MEETING])
    return np.array([draws.picked(rng, failing if kind else meeting) for kind in kinds], dtype=np.int64)
