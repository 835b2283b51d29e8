"""Rows of a chart that rest on few cases: a line below it names them, and its title does not speak of a handful."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.flags import SMALL_BASE, Flag
from dueregard.missing import is_missing
from dueregard.publish.readings import Row, area_of, by_columns, clean, known, label, named, rows_of
from dueregard.publish.sentences.assessments.parts import listing
from dueregard.publish.sentences.chance_words import flag_of
from dueregard.publish.sentences.movements import few_people
from dueregard.publish.sentences.wording import too_few

if TYPE_CHECKING:
    from dueregard.findings import Findings

MARKED = frozenset({"gap", "survey estimates", "rolling", "gap change", "change", "ranks"})
"""Kinds whose rows are groups of people and areas with a base."""
MOST = 3
"""Rows that are named one by one."""


def few_line(findings: Findings) -> list[str]:
    """Which rows rest on fewer than 30 cases; nothing where none does."""
    rows = _drawn(findings)
    few = list(dict.fromkeys(_name(row, findings) for row in rows if Flag.SMALL_BASE in flag_of(row)))
    every = list(dict.fromkeys(_name(row, findings) for row in rows))
    if not few:
        return []
    if len(few) == len(every):
        return [f"Low reliability: fewer than {SMALL_BASE} cases in {'every row' if len(few) > 1 else 'all'}"]
    shown = few if len(few) <= MOST else [*few[: MOST - 1], f"{len(few) - MOST + 1} others"]
    return [f"Low reliability, fewer than {SMALL_BASE} cases: {listing(shown)}"]


def title_of_few(findings: Findings) -> str:
    """The title of a chart whose first figure is that of fewer people than are described; nothing of others."""
    rows = _drawn(findings)
    if not rows or findings.title:
        return ""
    lead = next(row for row in rows if row.get("window_end") == rows[-1].get("window_end"))
    sides = (("count", "nobs"), ("reference_count", "reference_nobs"))
    few = any(too_few(lead.get(count), lead.get(nobs)) for count, nobs in sides)
    if not (few_people(lead) if "before_end" in lead else few):
        return ""
    return f"{label(lead['measure'] or 'value')}: too few people to describe"


def _drawn(findings: Findings) -> list[Row]:
    if findings.kind not in MARKED:
        return []
    rows = [row for row in rows_of(findings, "group") if known(row["value"])]
    return [row for row in rows if not any(is_missing(row[name]) for name in (*by_columns(findings), "group"))]


def _name(row: Row, findings: Findings) -> str:
    by = by_columns(findings)
    parts = [area_of(row, by)] if by else []
    parts += [named(row["group"])] if row["group"] is not None and (not by or _several(findings)) else []
    parts += [str(row["window_end"])] if not parts and row.get("window_end") is not None else []
    return clean(", ".join(parts) or "all")


def _several(findings: Findings) -> bool:
    return len({row["group"] for row in _drawn(findings)}) > 1
