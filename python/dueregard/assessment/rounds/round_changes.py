"""What changed between two assessments of the same units: answers, and crossings of thresholds."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.assessment.answers import MISSING, NOT_ASSESSABLE

if TYPE_CHECKING:
    from dueregard.assessment.results import Assessment

BY_ANSWERS = ("gained", "lost", "answers_given", "answers_withdrawn", "exempted")
"""What a crossing may be made of: columns of indicators."""
GAINED, LOST, MOVED, ANSWERED, WITHDRAWN = "gained", "lost", "moved", "answered", "withdrawn"


class Pair(NamedTuple):
    """Two assessments, what they are called, and where the units of both stand in each."""

    before: "Assessment"
    after: "Assessment"
    names: tuple[str, str]
    units: list[str]
    at_before: NDArray[np.int64]
    at_after: NDArray[np.int64]

    @property
    def kinds(self) -> list[str]:
        """The kind of each unit."""
        return [self.before.kinds[i] for i in self.at_before]


def paired(before: "Assessment", after: "Assessment", names: tuple[str, str]) -> Pair:
    """Two assessments against the same framework, by the units that are in both.

    Raises
    ------
    ValueError
        When the frameworks differ, no unit is in both, or a unit changed its kind.
    """
    if before.framework != after.framework:
        raise ValueError(
            f"after: was assessed against {after.framework.name!r}, before against {before.framework.name!r}"
        )
    places = {unit: i for i, unit in enumerate(after.units)}
    both = [(i, places[unit]) for i, unit in enumerate(before.units) if unit in places]
    if not both:
        raise ValueError("after: no unit is in both assessments")
    for i, j in both:
        if before.kinds[i] != after.kinds[j]:
            kinds = f"{before.kinds[i]!r} before and {after.kinds[j]!r} after"
            raise ValueError(f"kind: unit {before.units[i]!r} is {kinds}")
    at = np.array(both, dtype=np.int64)
    return Pair(before, after, names, [before.units[i] for i, _ in both], at[:, 0], at[:, 1])


def change_rows(pair: Pair, level: str) -> Iterator[dict[str, Any]]:
    """Every answer that changed, by unit and in the order of the framework."""
    first, second = pair.before.answers[pair.at_before], pair.after.answers[pair.at_after]
    scale, framework = pair.before.scale, pair.before.framework
    meets, stated = scale.meets(level), scale.stated
    for u, i in np.argwhere(first != second).tolist():
        old, new = int(first[u, i]), int(second[u, i])
        indicator = framework.indicators[i]
        yield {
            "measure": "answer changed",
            "unit": pair.units[u],
            "section": framework.sections[indicator.section],
            "indicator": indicator.id,
            "from_round": pair.names[0],
            "to_round": pair.names[1],
            "row_type": "group",
            "verdict": _kind(bool(meets[old]), bool(meets[new]), bool(stated[old]), bool(stated[new])),
            "before": scale.shown(old),
            "after": scale.shown(new),
            "text": indicator.text,
        }


def _kind(met_before: bool, met_after: bool, stated_before: bool, stated_after: bool) -> str:
    """What a change comes to."""
    if met_before != met_after:
        return GAINED if met_after else LOST
    if stated_before != stated_after:
        return ANSWERED if stated_after else WITHDRAWN
    return MOVED


def crossing_rows(pair: Pair, by: str | None, percents: Sequence[float] | float | None) -> Iterator[dict[str, Any]]:
    """Every threshold that a unit (or a unit's section) crossed, up or down, or that became decided or open."""
    held = [
        {_key(row, by): row for row in one.thresholds(by, percents=percents).rows()}
        for one in (pair.before, pair.after)
    ]
    changed = _answers_changed(pair, by)
    for key, new in held[1].items():
        old = held[0].get(key)
        if old is None or old["verdict"] == new["verdict"]:
            continue
        yield {
            "measure": "threshold crossed",
            "unit": new["unit"],
            "kind": new["kind"],
            **({by: new[by]} if by else {}),
            "from_round": pair.names[0],
            "to_round": pair.names[1],
            "row_type": "group",
            "value": new["value"],
            "reference": new["reference"],
            "reference_value": new["reference_value"],
            "unit_of_measure": "percent",
            "verdict": f"{old['verdict']} to {new['verdict']}",
            "before": old["value"],
            "called": new["called"],
            "missing_before": old["outcome_missing"],
            "outcome_missing": new["outcome_missing"],
            **{name: " ".join(changed.get(key[:2], {}).get(name, [])) or None for name in BY_ANSWERS},
        }


def _answers_changed(pair: Pair, by: str | None) -> dict[tuple[Any, ...], dict[str, list[str]]]:
    """The indicators of which the answers of each unit (or of its section) changed, by how; none where not known."""
    found: dict[tuple[Any, ...], dict[str, list[str]]] = {}
    if not (pair.before.by_indicator and pair.after.by_indicator):
        return found
    first, second = pair.before.answers[pair.at_before], pair.after.answers[pair.at_after]
    framework, scale = pair.before.framework, pair.before.scale
    for u, i in np.argwhere(first != second).tolist():
        old, new = int(first[u, i]), int(second[u, i])
        how = _how(int(scale.states[old]), int(scale.states[new]), bool(scale.met[old]), bool(scale.met[new]))
        indicator = framework.indicators[i]
        key = pair.units[u], framework.sections[indicator.section] if by else None
        if how is not None:
            found.setdefault(key, {}).setdefault(how, []).append(indicator.id)
    return found


def _how(before: int, after: int, met_before: bool, met_after: bool) -> str | None:
    """How an answer changed, told apart from whether it was given at all; None where it is as good as before."""
    if NOT_ASSESSABLE in (before, after):
        return "exempted" if before != after else None
    if before != after:
        return "answers_given" if before == MISSING else "answers_withdrawn"
    if met_before == met_after:
        return None
    return "gained" if met_after else "lost"


def _key(row: dict[str, Any], by: str | None) -> tuple[Any, ...]:
    return row["unit"], row[by] if by else None, row["reference_value"]
