"""Costs and savings added up; a sum with an unknown part is unknown, and its known part stands beside it."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dueregard.flags import Flag
from dueregard.plans.costs import COST, SAVING, Cost
from dueregard.plans.rows import Columns, as_columns

if TYPE_CHECKING:
    from dueregard.plans.plans import Contents

KNOWN, UNKNOWN, NONE_LISTED = "known", "unknown", "none listed"
NET = "net cost"
FIRST = ("measure", "objective", "year", "value", "known_part", "count", "nobs", "verdict", "note")


def columns(contents: "Contents") -> Columns:
    """Each objective by year, an objective without any cost too, then all."""
    rows: list[dict[str, Any]] = []
    for objective in contents.objectives:
        own = [cost for cost in contents.costs if cost.objective == objective.id]
        years = sorted({cost.year for cost in own}, key=lambda year: (year is None, year or ""))
        for year in years or [None]:
            rows += _block([cost for cost in own if cost.year == year], objective.id, year)
        missing = _without_cost(contents, objective.id)
        if missing:
            rows[-1]["note"] = f"no cost is listed for {', '.join(missing)}"
    return as_columns([*rows, *_block(contents.costs, None, None)], FIRST)


def _without_cost(contents: "Contents", objective: str) -> list[str]:
    """Actions that have no cost of their own, where others of the objective do."""
    costed = {cost.action for cost in contents.costs if cost.kind == COST}
    return [each.id for each in contents.actions if each.objective == objective and each.id not in costed]


def _block(costs: Sequence[Cost], objective: str | None, year: str | None) -> list[dict[str, Any]]:
    cost, saving = (_sum(costs, kind) for kind in (COST, SAVING))
    rows = [cost, saving, _net(cost, saving)]
    return [
        {"objective": objective, "year": year, "row_type": "group", "unit_of_measure": "pounds"} | row for row in rows
    ]


def _sum(costs: Sequence[Cost], kind: str) -> dict[str, Any]:
    own = [cost.amount for cost in costs if cost.kind == kind]
    amounts = [amount for amount in own if amount is not None]
    verdict = NONE_LISTED if not own else KNOWN if len(amounts) == len(own) else UNKNOWN
    return {
        "measure": kind,
        "value": math.fsum(amounts) if verdict == KNOWN else math.nan,
        "known_part": math.fsum(amounts) if amounts else math.nan,
        "count": len(amounts),
        "nobs": len(own),
        "verdict": verdict,
        "flag": Flag(0) if own else Flag.NO_CASES,
    }


def _net(cost: dict[str, Any], saving: dict[str, Any]) -> dict[str, Any]:
    """Costs less savings; none listed takes nothing away, an unknown one leaves it unknown."""
    parts = [(1, cost), (-1, saving)]
    listed = [(sign, row) for sign, row in parts if row["verdict"] != NONE_LISTED]
    known = bool(listed) and all(row["verdict"] == KNOWN for _, row in listed)
    some = [sign * row["known_part"] for sign, row in listed if not math.isnan(row["known_part"])]
    return {
        "measure": NET,
        "value": math.fsum(sign * row["value"] for sign, row in listed) if known else math.nan,
        "known_part": math.fsum(some) if some else math.nan,
        "count": sum(row["count"] for _, row in parts),
        "nobs": sum(row["nobs"] for _, row in parts),
        "verdict": KNOWN if known else UNKNOWN if listed else NONE_LISTED,
        "flag": Flag(0) if listed else Flag.NO_CASES,
    }
