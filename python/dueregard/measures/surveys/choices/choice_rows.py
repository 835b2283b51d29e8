"""The rows of a question of which several answers may be chosen: shares in the order of their ranks, or compared."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from dueregard.inference import random_keys
from dueregard.inference.areas import uncertain_values
from dueregard.inference.areas.rank_intervals import limits_of, ranks_of
from dueregard.inference.areas.uncertain_values import Draws
from dueregard.inference.surveys.intervals.design_contrasts import DesignContrast
from dueregard.measures.comparison_rows import Columns, block_columns, flat, only_where, percent
from dueregard.measures.gaps.compared import Question, compare
from dueregard.measures.grouped import Grouped
from dueregard.measures.row_flags import row_flags
from dueregard.measures.share_rows import share_columns
from dueregard.measures.survey_columns import survey_flags
from dueregard.measures.surveys.choices.choice_chances import judged
from dueregard.measures.surveys.choices.choices import OPTION, Choices

LIMITS = ("rank_low", "rank_high", "joint_rank_low", "joint_rank_high")
RANKS = ("rank", *LIMITS)
DRAWS = 20_000
"""For each area and group: of a chance of 5% known to 0.15 points."""


def choice_rows(choices: Choices, shown: Sequence[int], question: Question) -> Columns:
    """The rows of some areas: of each option shown every group's share and rank, compared if there is a reference.

    Ranks are among all options.
    """
    part = choices.of_options(shown)
    columns = share_columns(part.grouped, question) if question.reference is None else _compared(part, question)
    columns["measure"] = [f"{question.name} {option}" for option in columns[OPTION]]
    return columns | _ranks(choices, shown, question)


def _compared(choices: Choices, question: Question) -> Columns:
    """Every option and area with its groups compared with the reference; all are one family."""
    sides = compare(choices.grouped, question)
    assert isinstance(sides.shown, Grouped)  # a figure that is no group is refused
    columns = share_columns(sides.grouped, question)
    named = sides.comparable.reshape(-1)
    kinds = ["reference" if i == question.position else "group" for i in range(len(choices.groups))]
    fixed = {name: values for name, values in columns.items() if name not in ("low", "high", "confidence_level")} | {
        "row_type": kinds * len(sides.grouped.areas),
        "reference": [question.reference_text] * len(named),
        "reference_count": only_where(named, flat(sides.shown.count)),
        "reference_nobs": only_where(named, flat(sides.shown.nobs)),
        "reference_value": percent(np.where(sides.comparable, sides.shown.share, np.nan)),
        "unit_of_measure": ["percentage points"] * len(named),
        "flag": row_flags(
            sides.grouped,
            sides.against,
            sides.comparable,
            chance=question.chance,
            also=survey_flags(sides.grouped, sides.against),
        ),
    }
    contrast = sides.contrast(question)
    if isinstance(contrast, DesignContrast) and question.chance:
        fixed["se"] = flat(question.scale * contrast.se)
    return block_columns(fixed, contrast, sides.family(question), question)


def _ranks(choices: Choices, shown: Sequence[int], question: Question) -> Columns:
    """The ranks of the options shown in each area and group, in the order of the rows: area, option, group."""
    n_areas, n_groups = choices.nobs.shape
    areas = [[_ranks_of(choices, area, group, question) for group in range(n_groups)] for area in range(n_areas)]
    return {
        name: [ranks[name][option] for groups in areas for option in shown for ranks in groups]
        for name in ("rank", "rank_words", *LIMITS)
    }


def _ranks_of(choices: Choices, area: int, group: int, question: Question) -> Columns:
    """The ranks of the options among some people, with what they may be by chance; None where nobody answered."""
    share = choices.shares(area, group)
    if np.isnan(share).any() or not question.chance:
        ranks = [None] * len(share) if np.isnan(share).any() else _places(share)
        nothing: list[Any] = [None] * len(share)
        return {"rank": ranks, "rank_words": _words(ranks)} | dict.fromkeys(LIMITS, nothing)
    (level,) = question.levels
    values, covariance = judged(choices, area, group, level)
    units, draws = uncertain_values.read(values, None, covariance), Draws(DRAWS, random_keys.key_of(random_keys.SEED))
    limits = zip(LIMITS, limits_of(units, level, draws), strict=True)
    ranks = flat(ranks_of(units.value))
    return {"rank": ranks, "rank_words": _words(ranks)} | {name: flat(found) for name, found in limits}


def _places(share: Any) -> list[Any]:
    return [1 + int((share > each).sum()) for each in share]


def _words(ranks: list[Any]) -> list[str | None]:
    """Ranks as they are written, those of ties with a sign: "3=".

    >>> _words([1, 2, 2, 4])
    ['1', '2=', '2=', '4']
    """
    return [None if rank is None else f"{rank}=" if ranks.count(rank) > 1 else str(rank) for rank in ranks]
