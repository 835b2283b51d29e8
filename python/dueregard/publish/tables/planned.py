"""Which kinds of findings have a table that is laid out for them, and by which file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from dueregard.kinds import ASSESSMENTS
from dueregard.publish.tables import driver_grids, part_grids, plan_grids, return_grids, survey_grids
from dueregard.publish.tables.assessment_grids import assessment_table
from dueregard.publish.tables.audit_grids import audit_table
from dueregard.publish.tables.rank_grids import rank_table
from dueregard.publish.tables.shown import Planned
from dueregard.publish.tables.trend_grids import change_table, rolling_table

if TYPE_CHECKING:
    from dueregard.findings import Findings

TABLES: Mapping[str, Callable[[Findings], Planned]] = {
    **dict.fromkeys(ASSESSMENTS, assessment_table),
    **dict.fromkeys(plan_grids.SHOWN, plan_grids.plan_table),
    **dict.fromkeys(return_grids.SHOWN, return_grids.return_table),
    "audit": audit_table,
    "gap change": change_table,
    "change": change_table,
    "ranks": rank_table,
    "key drivers": driver_grids.driver_table,
    "compared drivers": driver_grids.compared_driver_table,
    "gap parts": part_grids.part_table,
    "gap change parts": part_grids.change_part_table,
    "precision": survey_grids.precision_table,
    "response rates": survey_grids.response_table,
    "weighting classes": survey_grids.class_table,
    "unanswered bounds": survey_grids.unanswered_table,
    "multiple responses": survey_grids.option_table,
    "survey tests": survey_grids.test_table,
    "rolling": rolling_table,
    "rolling rates": rolling_table,
}


WHOLE: Mapping[str, Callable[[Findings], Planned]] = {
    "gap parts": partial(part_grids.part_table, whole=True),
    "gap change parts": partial(part_grids.change_part_table, whole=True),
}
"""Tables that have more rows where a file keeps them than on a screen."""


def planned(findings: Findings, *, whole: bool = False) -> Planned | None:
    """The columns and rows of findings of a kind that is laid out; None for those with the table of all others."""
    tables = {**TABLES, **WHOLE} if whole else TABLES
    return tables[findings.kind](findings) if findings.kind in tables else None
