"""The table of an audit: where each figure is printed, what it is about and what was found, in 80 characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dueregard.audits.outcomes import PRINTED_AT
from dueregard.publish.readings import clean, rows_of
from dueregard.publish.tables.shown import Planned, Row, Shown, text

if TYPE_CHECKING:
    from dueregard.findings import Findings

ABOUT = text("group", "About", 14)
WIDE, NARROW = 45, 29
"""The characters of what was found, without and with what it is about."""


def audit_table(findings: Findings) -> Planned:
    """The table of an audit."""
    about = [ABOUT] if any(findings["group"]) else []
    found = text("note", "What was found", NARROW if about else WIDE)
    columns = [Shown(PRINTED_AT, "Printed at", _place, 19), *about, found, text("verdict", "Verdict")]
    return Planned(columns, rows_of(findings))


def _place(row: Row) -> str:
    """Where a figure is printed, so that a long name of a document breaks before the line and not within its number."""
    return re.sub(r":(?=\d+$)", " line ", clean(row[PRINTED_AT]))
