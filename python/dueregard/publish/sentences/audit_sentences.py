"""What an audit of published figures says: the note of each claim, what needs a reader first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.audits.outcomes import BY_CONCERN, PRINTED_AT
from dueregard.publish.sentences.wording import Row

if TYPE_CHECKING:
    from dueregard.findings import Findings


def audit_sentences(findings: Findings) -> list[str]:
    """A sentence for each claim: inconsistent first, then rounding, then what cannot be told, then the others."""
    rows = sorted(findings.rows(), key=lambda row: BY_CONCERN.index(row["verdict"]))
    return [audit_sentence(row) for row in rows]


def audit_sentence(row: Row) -> str:
    """Where a claim is printed, what it is about, and what was found.

    >>> row = {"printed_at": "report:90", "group": "Boroughs", "verdict": "inconsistent", "note": "22 of 32 is 68.75%"}
    >>> audit_sentence(row)
    'report:90: Boroughs: 22 of 32 is 68.75% (inconsistent).'
    """
    note, group = str(row["note"]), row.get("group")
    about = f"{group}: " if group and not note.startswith(str(group)) else ""
    return f"{row[PRINTED_AT]}: {about}{note} ({row['verdict']})."
