"""The table of an audit: where each figure is printed, what it is about and what was found, in 80 characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dueregard.audits.outcomes import PRINTED_AT
from dueregard.publish.readings import clean
from dueregard.publish.sentences.audit_sentences import is_audit
from dueregard.publish.tables.shown import Row, Shown, text

if TYPE_CHECKING:
    from dueregard.findings import Findings

ABOUT = text("group", "About", 14)
WIDE, NARROW = 45, 29
"""The characters of what was found, without and with what it is about."""


def audit_columns(findings: Findings) -> list[Shown] | None:
    """The columns of the table of an audit; None for all other findings."""
    if not is_audit(findings):
        return None
    about = [ABOUT] if any(findings["group"]) else []
    found = text("note", "What was found", NARROW if about else WIDE)
    return [Shown(PRINTED_AT, "Printed at", _place, 19), *about, found, text("verdict", "Verdict")]


def _place(row: Row) -> str:
    """Where a figure is printed, so that a long name of a document breaks before the line and not within its number."""
    return re.sub(r":(?=\d+$)", " line ", clean(row[PRINTED_AT]))
