"""Levels as rows of findings: the organisation's first, then each unit's."""

from typing import Any

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.frameworks.framework import MINIMUM, SHARE_MET, WEAKEST_SECTION
from dueregard.assessment.scores.answer_counts import AnswerCounts
from dueregard.assessment.scores.levels_reached import Reached, judged, of_organisation, reached
from dueregard.assessment.scores.threshold_rows import CANNOT_TELL, MET, NOT_MET
from dueregard.flags import Flag

METHODS = {
    MINIMUM: "minimum rule: every assessable indicator of a level, and of those below it, is met",
    SHARE_MET: "the level's percent of assessable indicators is met, and every level below is reached",
    WEAKEST_SECTION: "the level's percent of assessable indicators is met in every section",
}
NONE = "none"


def level_columns(counts: AnswerCounts) -> dict[str, list[Any]]:
    """Columns of the levels reached."""
    framework, units = counts.framework, reached(counts)
    n = judged(counts)
    rows = [_organisation_row(units, framework, n)]
    rows += [_unit_row(counts.responses.units[i], units, i, framework, n) for i in range(len(counts.responses.units))]
    for row, kind in zip(rows, [counts.responses.kind, *counts.responses.kinds], strict=True):
        row["kind"] = kind
    return {name: [row[name] for row in rows] for name in rows[0]}


def _unit_row(unit: str, units: Reached, i: int, framework: Framework, n: int) -> dict[str, Any]:
    found = tuple(int(part[i]) for part in units[:3])
    row = _row(found, bool(units.assessable[i]), framework, n, min(n, int(units.judged[i])))
    if units.assessable[i] and units.is_open(n)[i]:
        above = f"nothing to assess at {framework.levels[units.judged[i]].label}"
        row["note"] = "; ".join([*filter(None, [row["note"]]), above])
    return {"unit": unit, **row, "method": METHODS[framework.rule]}


def _organisation_row(units: Reached, framework: Framework, n: int) -> dict[str, Any]:
    rule = "every unit is at it" if framework.organisation == "every unit" else "the target's share of units is at it"
    found = of_organisation(units, framework, n)
    method = f"{METHODS[framework.rule]}; the organisation is at a level when {rule}"
    told = bool((units.assessable & ~units.is_open(n)).any())
    row = {"unit": None, **_row(found, told, framework, n, n), "method": method}
    left_out = int((~units.assessable | units.is_open(n)).sum())
    if left_out:
        words = (
            f"{left_out} unit{'' if left_out == 1 else 's'} with nothing to assess, at some level or at all, left out"
        )
        row["note"] = "; ".join(filter(None, [row["note"], words]))
    return row


def _row(found: tuple[int, ...], assessable: bool, framework: Framework, n: int, own: int) -> dict[str, Any]:
    """Numbers of levels, 0 for none, and their names; n levels are judged, and ``own`` of them here."""
    low, high, evidence = found
    names = [NONE, *(level.label for level in framework.levels)]
    known = assessable and own > 0
    flag = Flag.FULL_COUNT if assessable else Flag.FULL_COUNT | Flag.NO_CASES
    return {
        "measure": "level reached",
        "row_type": "group",
        "value": float(low) if known else float("nan"),
        "low": float(low) if known else float("nan"),
        "high": float(high) if known else float("nan"),
        "unit_of_measure": "level",
        "reference": framework.aimed.label,
        "reference_value": float(framework.level_ids.index(framework.aim) + 1),
        "verdict": _verdict(low, high, framework, own) if known else CANNOT_TELL,
        "flag": flag | Flag.MISSING_ANSWERS if low != high else flag,
        "level": names[low] if known else None,
        "highest_level": names[high] if known else None,
        "evidence": names[evidence] if known and not _shared(framework) else None,
        "levels": "; ".join(names[1:]),
        "note": _note(low, high, names, framework, n) if assessable else "nothing to assess",
    }


def _shared(framework: Framework) -> bool:
    """Whether levels share their indicators and answers are met or not: any that is met would be evidence of all."""
    by_answer = framework.is_graded or len(framework.levels) == 1
    return not by_answer and all(indicator.level is None for indicator in framework.indicators)


def _verdict(low: int, high: int, framework: Framework, n: int) -> str:
    """Whether the level aimed at is reached; where it is not judged, only one that fell short before can be told."""
    aim = framework.level_ids.index(framework.aim) + 1
    if low >= aim:
        return MET
    return NOT_MET if high < min(aim, n) else CANNOT_TELL


def _note(low: int, high: int, names: list[str], framework: Framework, n: int) -> str | None:
    """What missing answers decide, and why no level above is judged."""
    notes = [f"{names[low]} to {names[high]}: missing answers decide"] if low != high else []
    if high == n < len(framework.levels):
        notes += _why_not_judged(framework, n)
    return "; ".join(notes) or None


def _why_not_judged(framework: Framework, n: int) -> list[str]:
    """Why nobody's n-th level is judged."""
    above = framework.levels[n]
    unknown = above.percent is None and framework.rule != MINIMUM
    return [f"{above.label} {'has no published threshold' if unknown else 'was not assessed'}"]
