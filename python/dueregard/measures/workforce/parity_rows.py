"""The rows of parity: people short of it now, joiners it would take, and years at the present flow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference import random_keys
from dueregard.inference.checked import Floats
from dueregard.inference.staff.share_contrasts import ShareContrast
from dueregard.measures.comparison_rows import Columns, flat, only_where, percent, stacked
from dueregard.measures.workforce.parity_flows import Flow, Outlook, outlook_of
from dueregard.measures.workforce.serving import Served

NOW, JOIN, YEARS = "people now", "joiners a year", "years to parity"
ROUNDING = 1e-9
"""A shortfall this little above a whole number is that number."""


@dataclass(frozen=True)
class ParityQuestion:
    """What is asked of staff, the people they serve, and who comes and goes."""

    name: str
    characteristic: str
    by: tuple[str, ...]
    period: str | None
    level: float
    years: float
    within: float
    horizon: float
    start: float | None
    draws: int
    rng: Any


def parity_columns(served: Sequence[Served], flows: tuple[Flow, Flow] | None, question: ParityQuestion) -> Columns:
    """All rows of the findings, as columns: all staff together, then each area; up to three rows a group."""
    everywhere = flows and (flows[0].summed(), flows[1].summed())
    parts = [_part(each, everywhere if i == 0 else flows, question) for i, each in enumerate(served)]
    return stacked(parts)


def _part(served: Served, flows: tuple[Flow, Flow] | None, question: ParityQuestion) -> Columns:
    """The rows of some areas, those of a group one below another."""
    blocks = [_now(served, question)]
    if flows is not None:
        outlook = outlook_of(served, flows[0].count, flows[1].count, question)
        blocks += [_joiners(served, outlook, flows, question), _years(served, outlook, question)]
    whole = stacked(blocks)
    n_rows = len(blocks[0]["group"])
    order = [block * n_rows + i for i in range(n_rows) for block in range(len(blocks))]
    return {name: [values[i] for i in order] for name, values in whole.items()}


def _now(served: Served, question: ParityQuestion) -> Columns:
    """How many more of each group there would have to be now."""
    staff, people = served.staff, served.people
    assert people is not None
    share, below, above = people.shares
    own = np.where(staff.known_group, staff.share, np.nan)
    size = np.where(np.isnan(own), 0.0, staff.size)
    contrast = ShareContrast(own, size, share, below, above, "difference")
    found = contrast.compare(question.level)
    expected, count = share * staff.nobs, staff.count.astype(np.float64)
    estimate = np.where(np.isnan(found.estimate), np.nan, expected - count)
    growth = np.divide(expected - count, 1 - share, out=np.full(share.shape, np.nan), where=share < 1)
    compared = ~np.isnan(estimate)
    return _columns(served, question, NOW) | {
        "measure": [f"{question.name} needed now for parity"] * estimate.size,
        "value": flat(np.where(compared, count, np.nan)),
        "reference_value": flat(np.where(compared, expected, np.nan)),
        "estimate": flat(estimate),
        "low": flat(-staff.nobs * found.high),
        "high": flat(-staff.nobs * found.low),
        "pvalue": flat(found.pvalue),
        "unit_of_measure": ["people"] * estimate.size,
        "method": [contrast.method] * estimate.size,
        "needed": _whole(estimate),
        "needed_by_growth": _whole(np.where(compared, growth, np.nan)),
    }


def _joiners(served: Served, outlook: Outlook, flows: tuple[Flow, Flow], question: ParityQuestion) -> Columns:
    """How many of those who replace the leavers of a year would have to be of each group."""
    estimate, low, high = (np.maximum(each, 0.0) for each in outlook.needed)
    posts = np.broadcast_to(outlook.posts, estimate.shape)
    now = np.where(np.isnan(estimate), np.nan, flows[0].count / question.years)
    rows = zip(flat(now), flat(estimate), flat(posts), strict=True)
    texts = [_joiners_verdict(*row, within=question.within) for row in rows]
    return _columns(served, question, JOIN) | {
        "measure": [f"joiners a year needed for parity within {spelt(question.within)}"] * estimate.size,
        "value": flat(now),
        "reference_value": flat(estimate),
        "estimate": flat(estimate),
        "low": flat(low),
        "high": flat(high),
        "unit_of_measure": ["people"] * estimate.size,
        "method": [_method(question)] * estimate.size,
        "flag": [flag | few for flag, few in zip(_flags(served), outlook.flags, strict=True)],
        "verdict": texts,
        "needed": _whole(estimate),
        "posts": flat(np.where(np.isnan(estimate), np.nan, posts)),
        "within": [question.within] * estimate.size,
    }


def _joiners_verdict(now: float, needed: float, posts: float, *, within: float) -> str | None:
    if np.isnan(needed):
        return None
    if needed > posts:
        return f"not possible by replacing leavers within {spelt(within)}"
    return "more than join now" if needed > now else "no more than join now"


def _years(served: Served, outlook: Outlook, question: ParityQuestion) -> Columns:
    """In how many years each group is at its share, if people come and go as they do."""
    estimate, low, high = outlook.years
    named = {"year": estimate, "year_low": low, "year_high": high}
    calendar = {name: [_year(each, question.start) for each in flat(years)] for name, years in named.items()}
    return _columns(served, question, YEARS) | {
        "measure": ["years to parity at the present flow"] * estimate.size,
        "estimate": flat(estimate),
        "low": flat(low),
        "high": flat(high),
        "unit_of_measure": ["years"] * estimate.size,
        "method": [_method(question)] * estimate.size,
        "flag": [flag | few for flag, few in zip(_flags(served), outlook.flags, strict=True)],
        "verdict": [_years_verdict(each, question.horizon) for each in flat(estimate)],
        "within": [question.horizon] * estimate.size,
        **calendar,
    }


def _years_verdict(years: float, horizon: float) -> str | None:
    if np.isnan(years):
        return None
    if years == 0:
        return "at or above its share now"
    return "reached at the present flow" if np.isfinite(years) else f"not reached in {spelt(horizon)}"


def spelt(years: float) -> str:
    """A number of years in words: "1 year", "10 years"."""
    return f"{years:g} year{'' if years == 1 else 's'}"


def _year(years: float, start: float | None) -> int | None:
    return int(start + years) if start is not None and np.isfinite(years) else None


def _method(question: ParityQuestion) -> str:
    key = random_keys.in_words(question.rng, random_keys.key_of(question.rng))
    return f"constant flows, {question.draws:,} draws, {key}"


def _columns(served: Served, question: ParityQuestion, part: str) -> Columns:
    """What every row of a part has."""
    staff, people = served.staff, served.people
    assert people is not None
    n_areas, n_groups = staff.nobs.shape
    n_rows = n_areas * n_groups
    shown = staff.known_group & ~np.isnan(people.count)
    total = np.broadcast_to(np.nansum(people.count, axis=-1, keepdims=True), shown.shape).astype(np.int64)
    return {
        "characteristic": [question.characteristic] * n_rows,
        "group": staff.groups * n_areas,
        **{name: [area[i] for area in staff.areas for _ in staff.groups] for i, name in enumerate(question.by)},
        "period": [question.period] * n_rows,
        "row_type": ["group"] * n_rows,
        "count": flat(staff.count),
        "nobs": flat(staff.nobs),
        "outcome_missing": flat(staff.outcome_missing),
        "reference": ["population"] * n_rows,
        "reference_count": only_where(shown.reshape(-1), flat(np.where(shown, people.count, 0).astype(np.int64))),
        "reference_nobs": only_where(shown.reshape(-1), flat(total)),
        "confidence_level": [question.level] * n_rows,
        "flag": _flags(served),
        "part": [part] * n_rows,
        "share": percent(np.where(staff.known_group, staff.share, np.nan)),
        "population_share": percent(np.where(shown, people.shares[0], np.nan)),
        **{name: [value] * n_rows for name, value in served.about.items()},
    }


def _whole(values: Floats) -> list[int | None]:
    """The least whole numbers of people that are enough."""
    rounded = np.ceil(values - ROUNDING * np.maximum(np.abs(values), 1.0))
    return [None if value != value else max(int(value), 0) for value in flat(rounded)]


def _flags(served: Served) -> list[Flag]:
    staff, people = served.staff, served.people
    assert people is not None
    known: NDArray[np.bool_] = np.broadcast_to(staff.known_group, staff.nobs.shape)
    share, below, above = people.shares
    bits: dict[Flag, Any] = {
        Flag.NO_CASES: staff.nobs == 0,
        Flag.SMALL_BASE: (staff.nobs > 0) & (staff.nobs < SMALL_BASE),
        Flag.MISSING_ANSWERS: staff.outcome_missing > 0,
        Flag.MISSING_GROUP: ~known,
        Flag.NO_POPULATION: known & (np.isnan(share) | (share == 0)),
        Flag.ESTIMATED_POPULATION: known & ((below > 0) | (above > 0)),
        Flag.AREAS_LEFT_OUT: np.full(known.shape, served.areas_left_out),
    }
    total = np.zeros(known.shape, np.int64)
    for flag, on in bits.items():
        total |= np.where(on, int(flag), 0)
    return [Flag(int(bit)) for bit in total.reshape(-1)]
