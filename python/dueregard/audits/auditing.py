"""The audit of published figures: of a table, a table of claims, a workbook or a text."""

from __future__ import annotations

from typing import Any

from dueregard.audits.claim_tables import check_claims
from dueregard.audits.outcomes import findings
from dueregard.audits.possible_counts import ROUNDINGS
from dueregard.audits.sheets import read_sheet
from dueregard.audits.sources import read_sources
from dueregard.findings import Findings

def audit(claims: Any, *, against: Any=None, strict: bool=True, rounding: str="either") -> Findings:
    sheet=read_sheet(claims)
    return findings(check_claims(sheet, read_sources(against), strict=strict, rounding=rounding), title="Audit", provenance=sheet.provenance)
