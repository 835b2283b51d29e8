"""`dueregard.progress`: what changed between two assessments, beside the rise to expect without action."""

from collections.abc import Sequence
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.assessment.answers import NOT_ASSESSABLE
from dueregard.assessment.results import Assessment
from dueregard.assessment.rounds.round_changes import GAINED, LOST, Pair, change_rows, paired
from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.hints import did_you_mean
from dueregard.inference.areas.regression_to_mean import expected_rise, kuder_richardson_20, kuder_richardson_21

METHOD = "full counts, so no sampling interval; the rise to expect is Kelley's regressed score, reliability {}"
CHOSEN, LOW = "chosen for a low score", "began below the threshold"
"""Why a unit has a rise to expect: it was said to be chosen, or it might have been."""


def progress(
    before: Assessment,
    after: Assessment,
    *,
    names: tuple[str, str] = ("before", "after"),
    chosen: Sequence[str] | None = None,
    reliability: float | None = None,
) -> Findings:
    """What changed between two assessments of the same units, with what a low score would have risen by anyway.

    Parameters
    ----------
    before, after
        Assessments against the same framework. Units that are in one alone are rows without a change.
    names
        What the two are called, such as dates.
    chosen
        Units that were chosen because their first score was low. Unless given, the rise to expect is shown for those
        that began below the framework's threshold, as what would come if they were picked for that.
    reliability
        How far a second assessment would repeat the first, from 0 to 1. By default Kuder and Richardson's formula 20
        over the first answers (21 where the indicators are not known), for each kind of unit.

    Returns
    -------
    Findings
        One row a unit: ``reference_value`` its first score, ``value`` its second, ``estimate`` the change in percentage
        points, with ``low`` and ``high`` the range that missing answers of both leave; ``gained`` and ``lost`` the
        indicators; for a unit that was chosen ``expected_rise``, what its score would rise by without any action, and
        ``beyond_expected``, the change less that, with ``chosen`` why it has one and the ``reliability`` it rests on;
        ``before_high`` and ``after_high`` the scores if what is missing were met. ``verdict``: "risen", "fallen",
        "unchanged", or "cannot tell" where missing answers decide; "no more than to expect without action" is added
        where a unit that was chosen, or may have been, rose by no more.

    Raises
    ------
    TypeError, ValueError
        When they are not assessments against one framework, no unit is in both, a unit was chosen that is in neither,
        or the reliability is outside 0 to 1.

    Notes
    -----
    A unit chosen for a low score will tend to score higher the next time, because part of what made it low was chance
    (regression to the mean): (1 - reliability)(mean - score), Kelley (1947). The reliability of one assessment is a
    stand-in for how far a second repeats it; where assessments were repeated without action, give what was seen then.
    With one unit of a kind, or no spread between them, it is not known: no rise is shown, and ``note`` says why.

    Examples
    --------
    >>> import dueregard as dr
    >>> first = {"unit": ["A", "B", "C"], "1B": [0, 1, 1], "2B": [0, 1, 1], "3B": [1, 1, 0]}
    >>> second = {"unit": ["A", "B", "C"], "1B": [1, 1, 1], "2B": [0, 1, 1], "3B": [1, 1, 0]}
    >>> esps = dr.frameworks.esps()
    >>> row = next(dr.progress(dr.assess(first, esps), dr.assess(second, esps)).rows())
    >>> row["unit"], row["gained"], round(row["estimate"], 1), row["verdict"]
    ('A', '1B', 5.6, 'cannot tell')
    """
    for name, one in (("before", before), ("after", after)):
        if not isinstance(one, Assessment):
            raise TypeError(f"{name}: {type(one).__name__} is not an Assessment, such as dr.assess gives")
    if reliability is not None and not 0 <= reliability <= 1:
        raise ValueError(f"reliability: {reliability} is outside 0 to 1")
    pair = paired(before, after, names)
    rows = _rows(pair, _chosen(pair, chosen), LOW if chosen is None else CHOSEN, reliability)
    rows += [_alone(pair, unit) for unit in [*before.units, *after.units] if unit not in pair.units]
    aimed = before.framework.aimed
    kinds = dict(zip([*before.units, *after.units], [*before.kinds, *after.kinds], strict=True))
    for row in rows:
        row |= {"kind": kinds[row["unit"]], "threshold": aimed.percent, "called": aimed.words}
        row |= {"from_round": names[0], "to_round": names[1]}
    columns = {name: [row.get(name) for row in rows] for name in rows[0]}
    title = f"{before.framework.name}: progress from {names[0]} to {names[1]}"
    return Findings(
        columns,
        by="unit",
        provenance=after.provenance or before.provenance,
        native=after.native,
        title=title,
        higher_is_better=True,
        notes=_rests_on(rows),
        kind="round progress",
    )


def _rests_on(rows: Sequence[dict[str, Any]]) -> list[str]:
    """What the rises to expect rest on, where any is shown."""
    shown = [row for row in rows if not isnan(row["expected_rise"])]
    kinds = dict.fromkeys((row["kind"], f"{row['reliability']:.2f}") for row in shown)
    if not kinds:
        return []
    of_each = len({reliability for _, reliability in kinds}) > 1
    said = [f"{reliability}{f' ({kind})' if of_each else ''}" for kind, reliability in kinds]
    given = any(row["chosen"] == CHOSEN for row in shown)
    whom = "for units chosen for a low score" if given else "if a unit that began below the threshold was picked for it"
    return [f"The rise to expect without action, {whom}, rests on a reliability of {', '.join(dict.fromkeys(said))}"]


def _chosen(pair: Pair, chosen: Sequence[str] | None) -> set[str]:
    """The units chosen for a low score."""
    if chosen is not None:
        for unit in chosen:
            if unit not in pair.units:
                raise ValueError(f"chosen: {unit!r} is not in both assessments{did_you_mean(unit, pair.units)}")
        return set(chosen)
    percent = pair.before.framework.aimed.percent
    scores = pair.before.scores()
    low = zip(scores["unit"], scores["value"], strict=True)
    return {unit for unit, value in low if percent is not None and value < percent}


def _rows(pair: Pair, chosen: set[str], why: str, reliability: float | None) -> list[dict[str, Any]]:
    first, second = (
        [list(one.scores().rows())[i] for i in at]
        for one, at in ((pair.before, pair.at_before), (pair.after, pair.at_after))
    )
    changed = _changed(pair)
    rises, used = _rises(pair, reliability)
    rows = []
    for u, unit in enumerate(pair.units):
        rise = rises[u] if unit in chosen else float("nan")
        row = _row(unit, first[u], second[u], changed.get(unit, {}), rise, used[u])
        if unit in chosen:
            row |= {"chosen": why, "note": _not_known(pair, unit) if isnan(rise) else None}
        rows.append(row)
    return rows


def _not_known(pair: Pair, unit: str) -> str:
    """Why the rise to expect of a unit is not known."""
    kinds = pair.before.kinds
    if kinds.count(pair.kinds[pair.units.index(unit)]) == 1:
        return "rise without action not known: one unit of its kind"
    return "rise without action not known: no spread of first scores between units of its kind"


def _changed(pair: Pair) -> dict[str, dict[str, list[str]]]:
    """The indicators that each unit gained and lost, where the indicators are known."""
    found: dict[str, dict[str, list[str]]] = {}
    if pair.before.by_indicator and pair.after.by_indicator:
        for row in change_rows(pair, pair.before.framework.aim):
            found.setdefault(row["unit"], {}).setdefault(row["verdict"], []).append(row["indicator"])
    return found


def _rises(pair: Pair, reliability: float | None) -> tuple[NDArray[np.float64], list[float]]:
    """The rise to expect of each unit, and the reliability that it rests on, by kind of unit."""
    rises, used = np.full(len(pair.units), np.nan), np.full(len(pair.units), np.nan)
    scores = np.array(pair.before.scores()["value"])
    for kind in dict.fromkeys(pair.before.kinds):
        of_kind = np.array([one == kind for one in pair.before.kinds])
        found = _reliability(pair.before, of_kind) if reliability is None else reliability
        if not isnan(found) and not np.all(np.isnan(scores[of_kind])):
            every = np.full(len(scores), np.nan)
            every[of_kind] = expected_rise(scores[of_kind], found)
            mine = np.array([one == kind for one in pair.kinds])
            rises[mine], used[mine] = every[pair.at_before[mine]], found
    return rises, used.tolist()


def _reliability(assessment: Assessment, of_kind: NDArray[np.bool_]) -> float:
    """Of the scores of one kind of unit; an answer that is missing counts as not met."""
    if assessment.by_indicator:
        codes = assessment.answers[of_kind]
        asked = (assessment.scale.states[codes] != NOT_ASSESSABLE).all(axis=0)
        return kuder_richardson_20(assessment.scale.met[codes][:, asked])
    scores = list(assessment.scores().rows())
    mine = [row for row, here in zip(scores, of_kind, strict=True) if here]
    sizes = {row["nobs"] for row in mine}
    return kuder_richardson_21(np.array([row["count"] for row in mine], dtype=np.float64), max(sizes, default=0))


def _row(
    unit: str,
    first: dict[str, Any],
    second: dict[str, Any],
    changed: dict[str, list[str]],
    rise: float,
    reliability: float,
) -> dict[str, Any]:
    low, high = second["low"] - first["high"], second["high"] - first["low"]
    change = second["value"] - first["value"]
    return {
        "measure": "change in indicators met",
        "unit": unit,
        "row_type": "group",
        "count": second["count"],
        "nobs": second["nobs"],
        "value": second["value"],
        "reference": "before",
        "reference_count": first["count"],
        "reference_nobs": first["nobs"],
        "reference_value": first["value"],
        "estimate": change,
        "unit_of_measure": "percentage points",
        "low": low,
        "high": high,
        "verdict": _verdict(low, high, change, rise),
        "flag": first["flag"] | second["flag"],
        "method": METHOD.format("not known" if isnan(reliability) else f"{reliability:.2f}"),
        "gained": " ".join(changed.get(GAINED, [])) or None,
        "lost": " ".join(changed.get(LOST, [])) or None,
        "expected_rise": rise,
        "beyond_expected": change - rise,
        "chosen": None,
        "reliability": reliability,
        "before_high": first["high"],
        "after_high": second["high"],
        "note": None,
    }


def _verdict(low: float, high: float, change: float, rise: float) -> str:
    if isnan(change):
        return "cannot tell"
    if low == high == 0:
        return "unchanged"
    if low > 0:
        return "risen, no more than to expect without action" if change <= rise else "risen"
    return "fallen" if high < 0 else "cannot tell"


def _alone(pair: Pair, unit: str) -> dict[str, Any]:
    """A unit that is in one of the two assessments."""
    where = pair.names[0] if unit in pair.before.units else pair.names[1]
    return {
        "measure": "change in indicators met",
        "unit": unit,
        "row_type": "group",
        "value": float("nan"),
        "estimate": float("nan"),
        "unit_of_measure": "percentage points",
        "verdict": "cannot tell",
        "flag": Flag.FULL_COUNT | Flag.NO_CASES,
        "expected_rise": float("nan"),
        "beyond_expected": float("nan"),
        "reliability": float("nan"),
        "before_high": float("nan"),
        "after_high": float("nan"),
        "note": f"assessed in {where} alone",
    }
