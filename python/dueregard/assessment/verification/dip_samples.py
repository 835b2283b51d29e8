"""`dueregard.dip_sample`: which answers to check."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.responses import Names
from dueregard.assessment.results import Assessment
from dueregard.assessment.verification import answer_codes
from dueregard.assessment.verification.answer_codes import Answers
from dueregard.assessment.verification.statistics import TO_CHECK
from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.inference import checked

BY = (None, "unit", "section")
KEYED = "ordered by a BLAKE2b hash of seed, unit and indicator"


def dip_sample(
    responses: Any,
    n: int,
    *,
    seed: int,
    by: str | None = "unit",
    framework: Framework | None = None,
    claims_only: bool = False,
    missing: Mapping[Any, str] | None = None,
    unit: str | None = None,
    indicator: str = "indicator",
    answer: str = "answer",
    kind: str | None = None,
) -> Findings:
    """Draw the answers that are to be checked.

    Parameters
    ----------
    responses
        An `Assessment` that knows the indicators, or responses as `dueregard.assess` reads them (then with
        ``framework``).
    n : int
        Number of answers, at least 1: of each unit, of each unit and section, or in all; see `dip_sample_size`.
    seed : int
        From 0: another seed draws another sample.
    by : {"unit", "section", None}
        Whether ``n`` is the number a unit, a unit and section, or of all answers together.
    framework, missing, unit, indicator, answer, kind
        As in `dueregard.assess`.
    claims_only : bool
        Draw only from answers that count as met, where those that do not are taken as they stand.

    Returns
    -------
    Findings
        One row an answer to check, in the order of units and indicators: ``unit``, ``section``, ``indicator``, its
        ``text``; ``count`` of ``nobs`` answers of that unit (and section) were drawn, and ``outcome_missing`` are
        missing and so cannot be. The units' own answers are left out, so that who checks is not led by them: add a
        column ``answer`` and give the table to `agreement` or `verified_score`. A unit, or unit and section, of which
        there is nothing to check is a row without an indicator, flagged ``NO_CASES``. Where fewer than ``n`` answers
        can be drawn all are, flagged ``FULL_COUNT``.

    Raises
    ------
    TypeError, ValueError
        As in `dueregard.assess`; for a number below 1, a negative seed, or another ``by``.

    Notes
    -----
    Every answer has a permanent random number, a hash of seed, unit and indicator, and the lowest are drawn: a simple
    random sample, the same whatever the order of the rows and whichever other units there are, and part of every larger
    sample with that seed. Ohlsson, E. (1995), Coordination of samples using permanent random numbers, in Business
    Survey Methods, Wiley.

    Examples
    --------
    >>> import dueregard as dr
    >>> boroughs = dr.assess(dr.data.load("south_east_indicators"), dr.frameworks.esps())
    >>> drawn = dr.dip_sample(boroughs, 2, seed=2011)
    >>> len(drawn), drawn.filter(unit="Lambeth")["nobs"]
    (12, [18, 18])
    """
    size, key = checked.at_least_one("n", n), checked.integer("seed", seed)
    if key < 0:
        raise ValueError(f"seed: {seed} is negative")
    checked.one_of("by", by, BY)  # type: ignore[arg-type]
    checked.true_or_false("claims_only", claims_only)
    if isinstance(responses, Assessment):
        answers, framework = answer_codes.of_assessment(responses, "responses"), responses.framework
    elif framework is None:
        raise TypeError("framework: responses need one, such as dr.frameworks.esps() gives")
    else:
        answers = answer_codes.of_own(responses, framework, Names(unit, indicator, answer, kind), missing)
    return _findings(_rows(answers, framework, size, key, by, claims_only), framework, answers, key)


def _rows(
    answers: Answers, framework: Framework, size: int, seed: int, by: str | None, claims_only: bool
) -> list[dict[str, Any]]:
    """The rows of every stratum."""
    eligible = answers.met if claims_only else answers.stated
    order = _random_order(answers.units, framework.indicator_ids, seed)
    rows = []
    for stratum in _strata(eligible.shape, framework, by):
        drawn = _lowest(order, eligible & stratum, size)
        sampled = {"count": len(drawn), "nobs": int((eligible & stratum).sum())}
        sampled["outcome_missing"] = int((answers.open & stratum).sum())
        if not drawn:
            first = np.argwhere(stratum)
            rows += [_nothing(answers, framework, first[0].tolist(), by) | sampled] if len(first) else []
        rows += [_row(answers, framework, *place) | sampled | _flagged(sampled) for place in sorted(drawn)]
    return rows


def _random_order(units: list[str], indicators: tuple[str, ...], seed: int) -> dict[tuple[int, int], bytes]:
    """The permanent random number of every answer."""

    def number(unit: str, indicator: str) -> bytes:
        text = "\0".join((str(seed), unit, indicator))
        return hashlib.blake2b(text.encode(), digest_size=16).digest()

    return {(u, i): number(unit, each) for u, unit in enumerate(units) for i, each in enumerate(indicators)}


def _strata(shape: tuple[int, ...], framework: Framework, by: str | None) -> list[NDArray[np.bool_]]:
    """The answers that a number is drawn from, (n_units, n_indicators) each."""
    if by is None:
        return [np.ones(shape, dtype=np.bool_)]
    of_each = np.array([indicator.section if by == "section" else "" for indicator in framework.indicators])
    parts = [of_each == section for section in dict.fromkeys(of_each.tolist())]
    return [(np.arange(shape[0]) == unit)[:, None] & part for unit in range(shape[0]) for part in parts]


def _lowest(order: Mapping[tuple[int, int], bytes], eligible: NDArray[np.bool_], size: int) -> list[tuple[int, int]]:
    places = [(int(unit), int(indicator)) for unit, indicator in np.argwhere(eligible)]
    return sorted(places, key=lambda place: order[place])[:size]


def _row(answers: Answers, framework: Framework, unit: int, indicator: int) -> dict[str, Any]:
    asked = framework.indicators[indicator]
    return {
        "measure": TO_CHECK,
        "unit": answers.units[unit],
        "section": framework.sections[asked.section],
        "indicator": asked.id,
        "row_type": "group",
        "text": asked.text,
    }


def _flagged(sampled: Mapping[str, int]) -> dict[str, Any]:
    return {"flag": Flag.FULL_COUNT if sampled["count"] == sampled["nobs"] else Flag(0)}


def _nothing(answers: Answers, framework: Framework, place: list[int], by: str | None) -> dict[str, Any]:
    """A row that says that there is nothing to check."""
    row = _row(answers, framework, *place)
    shown = {"unit": row["unit"] if by else None, "section": row["section"] if by == "section" else None}
    return row | shown | {"indicator": None, "text": "nothing to check", "flag": Flag.NO_CASES}


def _findings(rows: list[dict[str, Any]], framework: Framework, answers: Answers, seed: int) -> Findings:
    names = list(rows[0]) if rows else ["measure", "unit", "section", "indicator", "text"]
    return Findings(
        {name: [row[name] for row in rows] for name in names} | {"method": [KEYED] * len(rows)},
        by=("unit", "section", "indicator"),
        provenance=answers.provenance,
        native=answers.native,
        title=f"{framework.name}: answers to check",
        notes=[f"Drawn at random with seed={seed}."],
        kind="answers to check",
    )
