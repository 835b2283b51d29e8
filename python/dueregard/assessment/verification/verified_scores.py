"""`dueregard.verified_score`: what a unit's score would be if all its answers were checked as some of them were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.responses import Names
from dueregard.assessment.results import Assessment
from dueregard.assessment.verification import answer_codes
from dueregard.assessment.verification.answer_codes import Answers
from dueregard.assessment.verification.overturned import Unit, overturned
from dueregard.assessment.verification.pairs import check_units
from dueregard.assessment.verification.passing import verdict
from dueregard.assessment.verification.statistics import VERIFIED
from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.inference import checked as arguments

METHOD = "share overturned of answers met and not met; exact hypergeometric limits, both together at the level"


def verified_score(
    assessment: Assessment,
    checked: Any,
    *,
    claims_only: bool = False,
    confidence_level: float = 0.95,
    missing: Mapping[Any, str] | None = None,
    unit: str | None = None,
    indicator: str = "indicator",
    answer: str = "answer",
) -> Findings:
    """The score of each unit if what a dip sample overturned held for the answers that were not checked.

    Parameters
    ----------
    assessment
        What units answered themselves, by indicator.
    checked
        What the check answered, in any shape that `dueregard.assess` reads: answers drawn at random, as `dip_sample`
        draws them. In a table with a row for each answer, one without an answer was drawn and came to no result; in one
        with a column for each indicator it was not drawn.
    claims_only : bool
        Whether only answers that count as met were drawn from; those that do not then stand as they are.
    confidence_level : float
        Between 0 and 1.
    missing, unit, indicator, answer
        As in `dueregard.assess`, for ``checked``.

    Returns
    -------
    Findings
        One row a unit, in percent of its assessable indicators: ``value``, the score at the shares found;
        ``reference_value``, the score by its own answers; ``low`` and ``high``, the exact limits of the score that a
        check of everything would give, widened by answers that are still missing (not met in ``value`` and ``low``, met
        in ``high``); ``nobs`` assessable, ``checked``, ``lowered`` (met, found not met), ``raised`` and ``no_result``.
        ``verdict`` says whether the unit reaches the level that the framework aims at whatever lies between the limits.

        Where none of the answers met was checked with a result, ``value`` is NaN, flagged ``NO_CASES``, and the limits
        say what is possible. Where none of those not met was, they stand in ``value`` (``note`` says so), but not in
        the limits. With nothing assessable all are NaN.

    Raises
    ------
    TypeError, ValueError
        As in `agreement`; with ``claims_only``, for a check of an answer that did not count as met.

    Notes
    -----
    Answers that the unit gave as met, and those it gave as not met, are two strata. The number overturned in each has
    the limits of `dueregard.inference.finite_populations.hypergeometric.number_limits`; where both were drawn from in
    part, each at half the chance of error (Bonferroni), so that the level holds for the score. Nothing is assumed but
    that the sample was drawn at random. Cochran, W. G. (1977), Sampling Techniques, section 5A.9 (post-strata).

    Examples
    --------
    >>> import dueregard as dr
    >>> boroughs = dr.assess(dr.data.load("south_east_indicators"), dr.frameworks.esps())
    >>> found = dr.verified_score(boroughs, {"unit": ["Bromley"] * 4, "indicator": ["1B", "2B", "3B", "8B"],
    ...                                      "answer": ["met", "met", "not met", "not met"]})
    >>> row = next(found.filter(unit="Bromley").rows())
    >>> [round(row[name]) for name in ("reference_value", "value", "low", "high")]
    [83, 56, 11, 89]
    """
    own = answer_codes.of_assessment(assessment, "assessment")
    arguments.true_or_false("claims_only", claims_only)
    level = arguments.level(confidence_level)
    names = Names(unit, indicator, answer, None)
    (check,) = answer_codes.of_checks(checked, own, assessment.framework, names, missing, "").values()
    check_units(own.units, check.units)
    if claims_only:
        _refuse_other_checks(own, check, assessment.framework.indicator_ids)
    units = _units(own, check, claims_only)
    rows = [_row(name, each, level, assessment.framework) for name, each in zip(own.units, units, strict=True)]
    return Findings(
        {name: [row[name] for row in rows] for name in rows[0]} if rows else {"unit": []},
        by="unit",
        provenance=answer_codes.provenance(own, check),
        native=own.native,
        title=f"{assessment.framework.name}: score if the check held for all answers",
        higher_is_better=True,
        notes=_strangers(own, check),
        kind="verified scores",
    )


def _strangers(own: Answers, check: Answers) -> list[str]:
    unknown = [unit for unit in check.units if unit not in own.units]
    return [f"Checked, but without answers of their own: {', '.join(unknown)}"] if unknown else []


def _refuse_other_checks(own: Answers, check: Answers, indicators: tuple[str, ...]) -> None:
    place = {unit: i for i, unit in enumerate(check.units)}
    for i, unit in enumerate(own.units):
        if unit in place:
            other = check.given[place[unit]] & own.stated[i] & ~own.met[i]
            if other.any():
                identifier = indicators[int(np.argmax(other))]
                raise ValueError(f"claims_only: unit {unit!r}, indicator {identifier!r}: checked, but not given as met")


def _units(own: Answers, check: Answers, claims_only: bool) -> list[Unit]:
    place = {unit: i for i, unit in enumerate(check.units)}
    nothing = np.zeros(own.codes.shape[1], dtype=np.bool_)
    made = []
    for i, unit in enumerate(own.units):
        at = place.get(unit)
        given, stated, met = (nothing,) * 3 if at is None else (check.given[at], check.stated[at], check.met[at])
        claimed = own.met[i]
        other = own.stated[i] & ~claimed
        not_met = overturned(other, given | claims_only, stated | claims_only, stated & met)  # or they stand
        open_ = own.open[i]
        found = int((open_ & stated & met).sum()), int((open_ & stated & ~met).sum())
        made.append(Unit(overturned(claimed, given, stated, stated & ~met), not_met, int(open_.sum()), *found))
    return made


def _row(name: str, unit: Unit, level: float, framework: Framework) -> dict[str, Any]:
    size = unit.assessable or float("nan")
    low, high = (100 * number / size for number in unit.limits(level))
    no_result = unit.met.unclear + unit.not_met.unclear
    value = 100 * unit.expected / size
    return {
        "measure": VERIFIED,
        "unit": name,
        "row_type": "group",
        "nobs": unit.assessable,
        "outcome_missing": unit.still_missing,
        "value": value,
        "reference": "own answers",
        "reference_value": 100 * unit.met.total / size,
        "unit_of_measure": "percent",
        "confidence_level": level,
        "low": low,
        "high": high,
        "verdict": verdict(low, high, framework),
        "flag": _flag(unit, value, no_result),
        "method": METHOD,
        "checked": unit.drawn,
        "lowered": unit.met.overturned,
        "raised": unit.not_met.overturned,
        "no_result": no_result,
        "note": _note(unit),
    }


def _flag(unit: Unit, value: float, no_result: int) -> Flag:
    flag = Flag.NO_CASES if value != value else Flag(0)
    return flag | (Flag.MISSING_ANSWERS if unit.still_missing or no_result else Flag(0))


def _note(unit: Unit) -> str | None:
    """Why there is no value, or what it takes as it stands."""
    if unit.assessable == 0:
        return "nothing to assess"
    if unit.met.expected != unit.met.expected:
        return "no answer given as met was checked with a result"
    stand = unit.not_met.expected != unit.not_met.expected
    return "no answer given as not met was checked with a result: in the value they stand" if stand else None
