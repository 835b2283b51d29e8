"""`dueregard.agreement`: own answers against those of a dip sample, a peer review or a community panel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.responses import Names
from dueregard.assessment.verification import agreement_rows, answer_codes
from dueregard.assessment.verification.agreement_figures import Figures
from dueregard.assessment.verification.agreement_rows import Rule
from dueregard.assessment.verification.pairs import Pairs, pair
from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.inference.agreement.kappas import WEIGHTS

BY = (None, "unit", "section", "indicator")
PLACES = (*BY, "source")
NOT_IN_TWO = "Some answers are known only as met or not met: all are compared as that."


def agreement(
    own: Any,
    other: Any,
    framework: Framework,
    *,
    by: str | None = None,
    weights: str = "linear",
    threshold: float = 5.0,
    confidence_level: float = 0.95,
    missing: Mapping[Any, str] | None = None,
    unit: str | None = None,
    indicator: str = "indicator",
    answer: str = "answer",
    kind: str | None = None,
    source: str = "source",
) -> Findings:
    """How far self-assessments agree with a check of them, and on which side they err.

    Parameters
    ----------
    own
        What units answered themselves: an `Assessment` that knows the indicators, or responses as `dueregard.assess`
        reads them.
    other
        What the check answered to the same indicators of the same units, in any of these shapes. It may cover some of
        the answers only: a dip sample, a peer review, a community panel. Units keep the kind that they have in ``own``.
    framework
        From `dueregard.frameworks`.
    by : {None, "unit", "section", "indicator"}
        What to give rows for, below those for all.
    weights : {"linear", "quadratic"}
        Of kappa: how much worse it is to be further apart on the scale.
    threshold : float
        What matters: so many percentage points more or fewer met, and of steps this percentage of the scale's length.
    confidence_level : float
        Between 0 and 1.
    missing, unit, indicator, answer, kind
        As in `dueregard.assess`, for both sides.
    source : str
        A column of ``other``, if there is one, that says whose check an answer is from: each has rows of its own.

    Returns
    -------
    Findings
        For all pairs, then for each unit, section or indicator, one row a figure (``measure``): "same answer",
        "weighted kappa" (with ``possible_low`` and ``possible_high``, the kappas that the same answers differently
        paired could have: where nearly all answers are alike even close agreement has a low kappa), "steps above"
        (the mean of own less checked place on the scale), "more generous", "more severe", "met, own", "met, check" and
        "met, difference" (own less check; ``mcnemar_mid_p`` treats the pairs as independent). ``nobs`` is pairs
        compared; ``not_checked``, ``own_missing`` and ``check_missing`` count those that could not be, the last two
        together in ``outcome_missing``. ``verdict``, on the steps and on the difference met: "more generous than the
        check", "more severe than the check" (perhaps "by less than" what matters), "no difference that matters" or
        "too few to tell".

        Without pairs a figure is NaN, flagged ``NO_CASES``; a kappa of answers that are all the same one is NaN,
        flagged ``UNDEFINED``. With pairs of one unit alone there are no limits, flagged ``TOO_FEW_AREAS``.

    Raises
    ------
    ModuleNotFoundError
        If statsmodels is not installed; the message names the extra.
    TypeError, ValueError
        As in `dueregard.assess`; also for counts that do not say which indicator an answer is to, when the check has no
        unit in common with ``own``, and for arguments that do not exist.

    Notes
    -----
    Answers of one unit are alike, so limits come from how units differ (flag ``CLUSTERED``): of shares by Korn and
    Graubard (1998, Survey Methodology 24: 193-201), of differences from those of what is above and what is below the
    check (MOVER; Zou and Donner 2008, Statistics in Medicine 27: 1693-1702), of kappas from the jackknife over units
    with Student's t; of kappas of one pair a unit from the standard error of Fleiss, Cohen and Everitt (1969,
    Psychological Bulletin 72: 323-327). Where none or all differ each unit counts as one pair. A unit is no sample of
    units: its shares have exact hypergeometric limits for all its answers, and none once all are checked.

    Examples
    --------
    >>> import dueregard as dr
    >>> own = {"unit": list("aabbcc"), "indicator": ["1B", "2B"] * 3,
    ...        "answer": ["very", "fairly", "very", "very", "fairly", "not_very"]}
    >>> peers = {"unit": list("aabbcc"), "indicator": ["1B", "2B"] * 3,
    ...          "answer": ["very", "not_very", "fairly", "very", "fairly", "not_at_all"]}
    >>> found = dr.agreement(own, peers, dr.frameworks.esps())
    >>> found.filter(measure=["same answer", "steps above"])["value"]
    [50.0, 0.5]
    """
    checked.one_of("by", by, BY)  # type: ignore[arg-type]
    checked.one_of("weights", weights, WEIGHTS)
    level, rule = checked.level(confidence_level), Rule(checked.between("threshold", threshold, 0, np.inf))
    names = Names(unit, indicator, answer, kind)
    answers = answer_codes.of_own(own, framework, names, missing)
    found = answer_codes.of_checks(other, answers, framework, names, missing, source)
    pairs = {label: pair(answers, check, framework) for label, check in found.items()}
    rows = []
    for label, one in pairs.items():
        for place, chosen in _selections(one, framework, by):
            figures = Figures(one, chosen, level, weights, by == "unit" and place is not None)
            at: dict[str | None, Any] = {"source": label, by: place}
            rows += [{**at, **row} for row in agreement_rows.rows(figures, rule)]
    by_columns = [*([] if None in pairs else ["source"]), *([by] if by else [])]
    return Findings(
        _columns(rows, by_columns),
        by=by_columns,
        provenance=answer_codes.provenance(answers, *found.values()),
        native=answers.native,
        title=f"{framework.name}: own answers and check",
        threshold=threshold,
        notes=_notes(pairs, len(framework.answers)),
        kind="agreement",
    )


def _selections(pairs: Pairs, framework: Framework, by: str | None) -> Iterator[tuple[str | None, NDArray[np.bool_]]]:
    """All pairs, then those of each unit, section or indicator."""
    shape = pairs.own.shape
    yield None, np.ones(shape, dtype=np.bool_)
    if by == "unit":
        for i, unit in enumerate(pairs.units):
            yield unit, np.broadcast_to((np.arange(shape[0]) == i)[:, None], shape)
    elif by is not None:
        of_each = [i.id if by == "indicator" else framework.sections[i.section] for i in framework.indicators]
        for label in dict.fromkeys(of_each):
            yield label, np.broadcast_to(np.array([other == label for other in of_each]), shape)


def _columns(rows: list[dict[Any, Any]], by: list[str]) -> dict[str, list[Any]]:
    """The columns of the rows, of those that say what a row is about the ones that are asked for."""
    names = [name for name in dict.fromkeys(name for row in rows for name in row) if name in by or name not in PLACES]
    return {name: [row.get(name) for row in rows] for name in names}


def _notes(pairs: Mapping[str | None, Pairs], n_answers: int) -> list[str]:
    """What a reader has to know of the pairs."""
    said = [NOT_IN_TWO] if any(len(one.met) < n_answers for one in pairs.values()) else []
    for label, one in pairs.items():
        if one.unknown:
            whose = "the check" if label is None else label
            said.append(f"Without answers of their own, but in {whose}: {', '.join(one.unknown)}")
    return said
