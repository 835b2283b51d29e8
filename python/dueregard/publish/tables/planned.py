"""Which findings have a table that is laid out for them, and by which file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.readings import rows_of
from dueregard.publish.tables.assessment_grids import assessment_table
from dueregard.publish.tables.audit_grids import audit_columns
from dueregard.publish.tables.plan_grids import plan_table
from dueregard.publish.tables.return_grids import return_columns
from dueregard.publish.tables.shown import Planned

if TYPE_CHECKING:
    from dueregard.findings import Findings


def planned(findings: Findings) -> Planned | None:
    """The columns and rows of plans, returns, audits and assessments; None for all other findings."""
    columns = return_columns(findings) or audit_columns(findings)
    if columns is not None:
        return Planned(columns, rows_of(findings))
    return plan_table(findings) or assessment_table(findings)
