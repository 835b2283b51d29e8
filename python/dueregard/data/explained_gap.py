"""The example survey of users in which it is known how much of the gap is explained: 5 of 7 points."""

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.example_records import PLAUSIBLE, ExampleRecords
from dueregard.data.gap_population import GROUPS, LEVELS, cell_rates, cell_shares, gap_truth
from dueregard.data.satisfaction import INTERVIEWS, MONTHS, NOT_SATISFIED, SATISFIED, WHITE_SHARE

LOST = (0.975, 0.015, 0.010)  # answered, don't know, not stated
GROUP_NOT_STATED, OPINION_NOT_STATED = 0.025, 0.010

Integers = NDArray[np.int64]


def explained_gap(seed: int) -> ExampleRecords:
    """One row a user interviewed; see `dueregard.data.example`."""
    rng = draws.generator("explained_gap", seed)
    n = INTERVIEWS
    group = (rng.random(n) >= WHITE_SHARE).astype(np.int64)
    cell = draws.drawn(rng, cell_shares().reshape(len(GROUPS), -1), group)
    satisfied = rng.random(n) < cell_rates().reshape(len(GROUPS), -1)[group, cell]
    levels = np.unravel_index(cell, tuple(len(each) for each in LEVELS.values()))
    columns = {
        "interview": np.arange(1, n + 1),
        "month": draws.labelled(MONTHS, np.arange(n) * len(MONTHS) // n),
        "ethnic_group_broad": _lost(rng, draws.labelled(GROUPS, group), GROUP_NOT_STATED),
        **{name: draws.labelled(labels, level) for (name, labels), level in zip(LEVELS.items(), levels, strict=True)},
        "satisfaction": _answers(rng, satisfied),
    }
    columns["prior_opinion"] = _lost(rng, columns["prior_opinion"], OPINION_NOT_STATED)
    return ExampleRecords(columns, provenance=PLAUSIBLE, notes=_notes())


def _lost(rng: np.random.Generator, answers: NDArray[np.str_], share: float) -> NDArray[np.str_]:
    """The same answers, a few not stated, whoever gives them."""
    return np.asarray(np.where(rng.random(len(answers)) < share, "not stated", answers))


def _answers(rng: np.random.Generator, satisfied: NDArray[np.bool_]) -> NDArray[np.str_]:
    labels = (*SATISFIED, *NOT_SATISFIED, "Don't know", "not stated")
    shares = np.zeros((4, len(labels)))
    shares[0, :3], shares[1, 3:7] = list(SATISFIED.values()), list(NOT_SATISFIED.values())
    shares[2, 7] = shares[3, 8] = 1
    lost = draws.drawn(rng, LOST, np.zeros(len(satisfied), np.int64))
    return draws.labelled(labels, draws.drawn(rng, shares, np.where(lost == 0, ~satisfied, lost + 1)))


def _notes() -> tuple[str, ...]:
    truth = gap_truth()
    split = ", ".join(f"{factor} {-points:.1f}" for factor, points in truth.by_factor.items())
    return (
        "Only plausible, every column and every effect: 81% and 74% satisfied, and that part of the gap comes from "
        "age, deprivation and opinions of the police, were published; how much of it was not.",
        "Built in: in the population that the users are drawn from, 81% of White and 74% of minority ethnic users are "
        f"satisfied. Of the {-truth.gap:.0f} points {-truth.composition:.0f} are composition ({split}): minority "
        "ethnic users are younger, live in more deprived places and had a worse opinion of the police before. "
        f"{-truth.rates:.0f} points remain between users who are alike in all three. dueregard.data.gap_truth() "
        "calculates it.",
        "Satisfied means completely, very or fairly satisfied; Don't know and not stated are outside the percentages. "
        "Who does not state a group, an opinion or an answer is drawn, whatever they would have said.",
    )
