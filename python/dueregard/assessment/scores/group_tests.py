"""Areas or kinds of unit compared: units are shuffled between them, since one unit's answers are no sample."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.assessment.scores.answer_counts import AnswerCounts
from dueregard.assessment.scores.groupings import By, Groups, unit_groups
from dueregard.flags import Flag
from dueregard.inference.areas.shuffled_means import Largest, differs_from_rest, largest_difference
from dueregard.inference.two_groups.multiplicity import adjust_pvalues

MEASURE = "mean score of units"
METHOD = "difference of the mean scores of units, tested by shuffling units between groups; Holm's adjustment"
FEWEST = 2
"""Groups of fewer units are shown and not tested."""


def group_columns(
    counts: AnswerCounts, by: str, level: str, seed: int, confidence_level: float
) -> dict[str, list[Any]]:
    """Columns of the findings: whether the groups vary beyond chance, then each group against the rest."""
    groups = unit_groups(counts.responses, by)
    every = counts.groups(By("unit", None), level)
    totals = counts.totals(*every, level).flat()
    scores = totals.percent(totals.met)
    rows = [_variation(groups, scores, by, seed)]
    rows += [_group(label, members, scores, by, seed) for label, members in zip(*groups, strict=True)]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    if by != "kind":
        columns["kind"] = [counts.responses.kind, *groups.shared(counts.responses.kinds)]
    return _judged(columns, confidence_level)


def _group(
    label: str | None, members: NDArray[np.int64], scores: NDArray[np.float64], by: str, seed: int
) -> dict[str, Any]:
    known = ~np.isnan(scores)
    inside = np.zeros(len(scores), dtype=np.bool_)
    inside[members] = True
    own, rest = scores[inside & known], scores[~inside & known]
    enough = min(len(own), len(rest)) >= FEWEST
    mean, other = (float(part.mean()) if len(part) else float("nan") for part in (own, rest))
    return {
        "measure": MEASURE,
        by: label,
        "row_type": "group",
        "nobs": len(own),
        "value": mean,
        "reference": "rest",
        "reference_nobs": len(rest),
        "reference_value": other,
        "estimate": mean - other,
        "unit_of_measure": "percentage points",
        "pvalue": differs_from_rest(own, rest, seed) if enough else float("nan"),
        "flag": Flag.FULL_COUNT if enough else Flag.FULL_COUNT | Flag.TOO_FEW_AREAS,
        "method": METHOD,
        "note": None if enough else f"{len(own)} unit{'' if len(own) == 1 else 's'}: not tested",
    }


def _variation(groups: Groups, scores: NDArray[np.float64], by: str, seed: int) -> dict[str, Any]:
    """How far the group that differs most is from the rest, and how far it would be if the grouping meant nothing."""
    parts = [np.sort(part[~np.isnan(part)]) for part in (scores[members] for members in groups.members)]
    by_size = sorted(parts, key=lambda part: (len(part), part.tolist()))  # whatever they are called and when they came
    tested = [part for part in by_size if len(part) >= FEWEST]
    enough = len(tested) > 1
    found = largest_difference(tested, seed) if enough else Largest(float("nan"), float("nan"), float("nan"))
    return {
        "measure": MEASURE,
        by: None,
        "row_type": "variation",
        "nobs": int(sum(map(len, tested))),
        "value": found.seen,
        "reference": "rest",
        "reference_nobs": None,
        "reference_value": float("nan"),
        "estimate": found.expected,
        "unit_of_measure": "percentage points",
        "pvalue": found.pvalue,
        "flag": Flag.FULL_COUNT if enough else Flag.FULL_COUNT | Flag.TOO_FEW_AREAS,
        "method": f"largest difference from the rest, seen and expected by shuffling units; groups of {FEWEST} or more",
        "note": None,
    }


def _judged(columns: dict[str, list[Any]], confidence_level: float) -> dict[str, list[Any]]:
    """With adjusted p-values over the groups, and verdicts: finding nothing is not showing that there is none."""
    pvalues = np.array(columns["pvalue"])
    tested = ~np.isnan(pvalues)
    tested[0] = False
    adjusted = pvalues.copy()
    if len(pvalues) > 3:  # of two groups, each against the rest is one comparison
        adjusted[tested] = adjust_pvalues(pvalues[tested], method="holm")
    verdicts: list[str | None] = []
    for kind, estimate, pvalue in zip(columns["row_type"], columns["estimate"], adjusted.tolist(), strict=True):
        clear = pvalue < 1 - confidence_level
        words = "varies beyond chance" if kind == "variation" else "higher" if estimate > 0 else "lower"
        verdicts.append(None if np.isnan(pvalue) else words if clear else "too few to tell")
    return columns | {"adjusted_pvalue": adjusted.tolist(), "verdict": verdicts}
