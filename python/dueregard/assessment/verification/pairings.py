"""`dueregard.pair_units`: which stronger unit can teach which weaker one most."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.assessment.results import Assessment
from dueregard.assessment.verification import answer_codes
from dueregard.assessment.verification import statistics as words
from dueregard.assessment.verification.answer_codes import Answers
from dueregard.assessment.verification.passing import level_words, percent_needed
from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats

HALF = "half"
METHOD = "most indicators learned in all: linear assignment; ties by the framework's order, then by name"


class Sides(NamedTuple):
    """Units that are weaker, stronger, and of which missing answers decide; and what the dividing line is called."""

    weaker: list[int]
    stronger: list[int]
    undecided: list[int]
    line: str


def pair_units(assessment: Assessment, *, at_most: int = 1, threshold: float | str | None = None) -> Findings:
    """Pair each weaker unit with a stronger one that meets what it does not.

    Parameters
    ----------
    assessment : Assessment
        With the answers to each indicator.
    at_most : int
        The most weaker units that one stronger unit is paired with, at least 1.
    threshold : float or "half", optional
        A unit is weaker when it meets a smaller percent of its assessable indicators than this, even with its missing
        answers, and stronger when it does not even without them; the percent of the level that the framework aims at
        unless given. With "half", weaker are the units that meet less of what they answered than the median unit does,
        and all others stronger.

    Returns
    -------
    Findings
        One row for each unit that is not stronger, in the order of units: ``partner``, the unit that it is paired with;
        ``count`` of the ``nobs`` indicators that it answered and does not meet can be learned from it (``learn``, their
        ids); ``from_others`` lists those that another stronger unit meets, ``from_nobody`` those that none does.
        Missing answers (``outcome_missing``) are no weaknesses. ``verdict``: "paired", "nothing to learn", "no partner"
        (``note`` says why), or "cannot tell" where missing answers decide whether it is weaker.

    Raises
    ------
    TypeError, ValueError
        When ``assessment`` is none, or does not know the indicators; for a number of partners below 1, a threshold
        outside 0 to 100, or none where the framework has no one percent for its level.

    Notes
    -----
    The pairs do not depend on the order of rows. Of all ways of pairing, the one in which most indicators are learned
    in all: the linear assignment problem (`scipy.optimize.linear_sum_assignment`; Crouse, D. F. (2016), On implementing
    2D rectangular assignment algorithms, IEEE Transactions on Aerospace and Electronic Systems 52: 1679-1696). For each
    weaker unit the stronger ones have places: first by what it can learn from them, indicator by indicator in the
    framework's order, then by name. Among ways that teach as many, the one with the smallest sum of the partners'
    places, of the first weaker unit by name times the number of weaker units, of the last times one. Names are sorted
    as text. A stronger unit that teaches nothing is no partner.

    Examples
    --------
    >>> import dueregard as dr
    >>> boroughs = dr.assess(dr.data.load("south_east_indicators"), dr.frameworks.esps())
    >>> row = next(dr.pair_units(boroughs, threshold="half").rows())
    >>> row["unit"], row["partner"], row["learn"], row["from_nobody"]
    ('Lambeth', 'Bexley', '6B, 18B, 19B', '8B')
    """
    answers = answer_codes.of_assessment(assessment, "assessment")
    most = checked.at_least_one("at_most", at_most)
    sides = _sides(answers, assessment, threshold)
    partners = _partners(answers, sides, most)
    shown = sorted([*sides.weaker, *sides.undecided])
    rows = [_row(unit, partners.get(unit), answers, sides, assessment.framework.indicator_ids, most) for unit in shown]
    return Findings(
        {name: [row[name] for row in rows] for name in rows[0]} if rows else {"unit": [], "partner": []},
        by="unit",
        provenance=answers.provenance,
        native=answers.native,
        title=f"{assessment.framework.name}: who can learn from whom",
        notes=[f"Weaker: {sides.line}. Units weaker: {len(sides.weaker):,}; stronger: {len(sides.stronger):,}."],
        kind="pairs",
    )


def _sides(answers: Answers, assessment: Assessment, threshold: float | str | None) -> Sides:
    """Who is weaker and who is stronger."""
    met, stated, missing = (each.sum(axis=1) for each in (answers.met, answers.stated, answers.open))
    if isinstance(threshold, str):
        checked.one_of("threshold", threshold, (HALF,))
        score = _percent(met, stated)
        middle = float(np.median(score[stated > 0])) if (stated > 0).any() else 0.0
        low, high, line, least = score, score, f"below the median unit, {middle:.1f}% of what it answered", middle
    else:
        least = _threshold(threshold, assessment)
        low, high = _percent(met, stated + missing), _percent(met + missing, stated + missing)
        words_of = f"{level_words(assessment.framework)}, " if threshold is None else ""
        line = f"below {words_of}{least:g}% of the indicators met"
    weaker, stronger = high < least, low >= least  # neither where nothing was answered, or missing answers decide
    parts = [np.flatnonzero(each).tolist() for each in (weaker, stronger, ~weaker & ~stronger)]
    return Sides(parts[0], parts[1], parts[2], line)


def _percent(count: NDArray[np.int64], size: NDArray[np.int64]) -> Floats:
    return 100 * count / np.where(size > 0, size, np.nan)


def _threshold(threshold: float | None, assessment: Assessment) -> float:
    if threshold is None:
        needed = percent_needed(assessment.framework)
        if needed is None:
            name = level_words(assessment.framework)
            raise ValueError(f"threshold: the framework has no percent for {name}; give one, or 'half'")
        return needed
    found = checked.number("threshold", threshold)
    if not 0 <= found <= 100:
        raise ValueError(f"threshold: {threshold} is outside 0 to 100")
    return found


def _partners(answers: Answers, sides: Sides, most: int) -> dict[int, int]:
    """The stronger unit that each weaker one is paired with; both in the order of their names, not of rows."""
    weaker, stronger = (sorted(side, key=lambda unit: answers.units[unit]) for side in (sides.weaker, sides.stronger))
    lacking, met = answers.stated[weaker] & ~answers.met[weaker], answers.met[stronger]
    teaches = lacking.astype(np.int64) @ met.astype(np.int64).T
    if not teaches.any():
        return {}
    return {weaker[w]: stronger[s] for w, s in _assigned(teaches, _places(lacking, met), most)}


def _places(lacking: NDArray[np.bool_], met: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(n_weaker, n_stronger): the place of each stronger unit for each weaker one, the best first."""
    places = np.empty((len(lacking), len(met)), np.int64)
    for place, lacks in zip(places, lacking, strict=True):
        first_to_last = np.lexsort((~(met & lacks)).T[::-1])  # stable: those that teach the same stay by name
        place[first_to_last] = np.arange(len(met))
    return places


def _assigned(teaches: NDArray[np.int64], places: NDArray[np.int64], most: int) -> list[tuple[int, int]]:
    """Weaker and stronger units that are paired, so that most is learned in all; among such ways by places."""
    from scipy.optimize import linear_sum_assignment

    n_weaker = len(teaches)
    copies = min(most, n_weaker)
    cost = np.arange(n_weaker, 0, -1)[:, np.newaxis] * places  # all costs together are below one indicator
    worth = teaches * (int(cost.max()) * n_weaker + 1) - cost
    weaker, stronger = linear_sum_assignment(np.repeat(worth, copies, axis=1), maximize=True)
    pairs = ((int(w), int(s) // copies) for w, s in zip(weaker, stronger, strict=True))
    return [(w, s) for w, s in pairs if teaches[w, s]]


def _row(
    unit: int, partner: int | None, answers: Answers, sides: Sides, ids: tuple[str, ...], most: int
) -> dict[str, Any]:
    lacking = answers.stated[unit] & ~answers.met[unit]
    from_partner = lacking & (answers.met[partner] if partner is not None else False)
    from_any = lacking & answers.met[sides.stronger].any(axis=0)
    verdict, note = _verdict(unit, partner, bool(lacking.any()), bool(from_any.any()), sides, most)
    missing = int(answers.open[unit].sum())
    return {
        "measure": words.PAIRING,
        "unit": answers.units[unit],
        "partner": None if partner is None else answers.units[partner],
        "row_type": "group",
        "count": int(from_partner.sum()),
        "nobs": int(lacking.sum()),
        "outcome_missing": missing,
        "verdict": verdict,
        "flag": Flag.MISSING_ANSWERS if missing else Flag(0),
        "method": METHOD,
        "learn": _listed(from_partner, ids),
        "from_others": _listed(from_any & ~from_partner, ids),
        "from_nobody": _listed(lacking & ~from_any, ids),
        "note": note,
    }


def _listed(chosen: NDArray[np.bool_], ids: tuple[str, ...]) -> str | None:
    return ", ".join(identifier for identifier, one in zip(ids, chosen, strict=True) if one) or None


def _verdict(
    unit: int, partner: int | None, lacks: bool, available: bool, sides: Sides, most: int
) -> tuple[str, str | None]:
    """What became of a unit, and why."""
    if unit in sides.undecided:
        return words.CANNOT_TELL, "missing answers decide whether it is weaker"
    if not lacks:
        return words.NOTHING_TO_LEARN, "every indicator that it answered is met"
    if partner is not None:
        return words.PAIRED, None
    if not sides.stronger:
        return words.NO_PARTNER, "no unit is stronger"
    if not available:
        return words.NO_PARTNER, "no stronger unit meets what it does not"
    return words.NO_PARTNER, f"those that could teach it are paired with {most} already"
