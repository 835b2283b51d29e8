"""What a group of a sample is like: its outcome, who is in it, and what there is to know about that."""

from typing import Any, NamedTuple

import numpy as np

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.checked import Floats
from dueregard.measures.decomposition.samples.gap_samples import GapSample
from dueregard.measures.decomposition.samples.wanted_rows import WantedRow
from dueregard.missing import is_missing


class Levels(NamedTuple):
    """A group in an area: its mean outcome, and of each column the mean, the outcome where it is 1, and the people."""

    outcome: float
    mean: Floats
    outcome_at: Floats
    people: Floats


def levels_of(sample: GapSample, area: int, group: int) -> Levels:
    """NaN where there is nobody."""
    cross, members = sample.crossed(area, group), sample.members(area, group)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = cross[0, 1:-1] / cross[0, 0] + sample.centre
        at = cross[1:-1, -1] / cross[0, 1:-1]
        outcome = cross[0, -1] / cross[0, 0]
    return Levels(float(outcome), mean, at, (sample.x[members] == 1).sum(axis=0))


def beside(row: WantedRow | None, own: Levels, other: Levels) -> dict[str, Any]:
    """What stands beside a row: the levels of the outcome, shares of people at a level, means of a factor."""
    if row is None:
        return {"value": own.outcome, "reference_value": other.outcome}
    if row.factor is None:
        return {}
    column = row.columns[0] - 1
    if row.level is not None:
        return {
            "value": float(own.outcome_at[column]),
            "reference_value": float(other.outcome_at[column]),
            "group_share": float(100 * own.mean[column]),
            "reference_share": float(100 * other.mean[column]),
            "nobs": int(own.people[column]),
            "reference_nobs": int(other.people[column]),
        }
    if row.is_number:
        return {"also": {"group_mean": float(own.mean[column]), "reference_mean": float(other.mean[column])}}
    return {}


def spread(sample: GapSample, area: int) -> float:
    """The standard deviation of the outcome in the reference."""
    members = sample.members(area, sample.reference)
    weight, y = sample.weight[members], sample.y[members]
    if not weight.sum() > 0:
        return np.nan
    mean = weight @ y / weight.sum()
    return float(np.sqrt(weight @ np.square(y - mean) / weight.sum()))


def group_flags(sample: GapSample, area: int, group: int) -> int:
    """What there is to know about a group in an area and its reference."""
    nobs, missing = sample.nobs(area, group), sample.outcome_missing(area, group)
    others, is_compared = sample.nobs(area, sample.reference), group in sample.compared
    reasons = {
        Flag.EMPTY_GROUP: not nobs and not missing,
        Flag.NO_CASES: not nobs,
        Flag.SMALL_BASE: 0 < nobs < SMALL_BASE,
        Flag.NO_REFERENCE: is_compared and not others,
        Flag.SMALL_REFERENCE: is_compared and 0 < others < SMALL_BASE,
        Flag.MISSING_ANSWERS: missing > 0,
        Flag.MISSING_GROUP: is_missing(sample.groups[group]),
        Flag.ZERO_WEIGHT: nobs > 0 and not sample.weighing(area, group),
        Flag.EFFECTIVE_SIZE: sample.rows.read.tally.weighted,
        Flag.CLUSTERED: not sample.is_full_count and bool((sample.rows.read.cells.nobs > 1).any()),
        Flag.FULL_COUNT: sample.is_full_count,
    }
    return sum(int(flag) for flag, on in reasons.items() if on)
