"""The table of gaps by area: its columns, what stands in them, and which rows are not listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dueregard.missing import is_missing
from dueregard.publish.readings import Row, area_of, by_columns, is_all_areas, known, remade, rows_of
from dueregard.publish.report.pages.gap_words import reference_of
from dueregard.publish.report.pages.parts import joined

if TYPE_CHECKING:
    from dueregard.findings import Findings

NEEDED, REFERENCE_MISSING, EFFECTIVE = "times_needed", "reference_outcome_missing", "effective_nobs"
RANK = "rank_words"


def gap_columns(findings: Findings, groups: Sequence[Any], ranks: Findings | None) -> dict[str, Any]:
    """The columns of the table and the headings that are not the usual ones."""
    names = [*by_columns(findings), *(["group"] if len(groups) > 1 or not findings.by else [])]
    has_side = "reference" in findings["row_type"]
    numbers = ["nobs", "reference_nobs", "value", "reference_value", "estimate", "low", "high", "verdict", NEEDED]
    left_out = ["outcome_missing", *([REFERENCE_MISSING] if has_side else [])]
    group = str(groups[0]) if len(groups) == 1 else "group"
    heads = {
        "value": f"{group[:1].upper()}{group[1:]} (%)",
        "nobs": f"Base ({group})",
        "reference_nobs": f"Base ({reference_of(findings)})",
        "outcome_missing": f"Left out ({group})",
        "estimate": "Difference (points)",
        NEEDED: "Times the numbers needed for a clear verdict",
    }
    level = next((r["confidence_level"] for r in rows_of(findings, "group") if known(r["confidence_level"])), None)
    heads |= {name: f"{100 * level:g}% {name}" for name in ("low", "high")} if level else {}
    heads |= {REFERENCE_MISSING: f"Left out ({reference_of(findings)})"} if has_side else {}
    if EFFECTIVE in findings.columns and any(map(known, findings[EFFECTIVE])):
        numbers.insert(1, EFFECTIVE)
        heads |= {EFFECTIVE: f"Effective base ({group})"}
        left_out = []  # told in a sentence: the table is as wide as a page allows
    if ranks is not None:
        numbers[-1] = RANK
        heads |= {RANK: "Rank (95% interval)"}
    return {"columns": names + numbers + left_out, "headings": heads}


def listed(findings: Findings, groups: Sequence[Any]) -> Findings:
    """The rows of the table: those of the groups compared, without areas that are not known and have no answers."""
    rows = [row for row in rows_of(findings, "group") if row["group"] in groups]
    return remade(findings, [row for row in rows if not _is_empty(row, by_columns(findings))])


def _is_empty(row: Row, by: Sequence[str]) -> bool:
    """Whether a row is of an area that is not known, without answers on either side."""
    return any(is_missing(row[name]) for name in by) and not row["nobs"] and not row["reference_nobs"]


def unlisted(findings: Findings) -> list[str]:
    by = by_columns(findings)
    rows = [row for row in rows_of(findings, "group") if not is_missing(row["group"]) and _is_empty(row, by)]
    places = dict.fromkeys(area_of(row, by) for row in rows)
    if not places:
        return []
    names = joined([name.replace("_", " ") for name in by])
    return [f"Not listed, because there are no answers on either side: {names} {joined(list(places))}."]


def with_needed(findings: Findings) -> Findings:
    """The verdict, the multiple of the present numbers that would make it clear, and both sides' missing answers."""
    rows, by = rows_of(findings), by_columns(findings)
    sides = {tuple(row[name] for name in by): row["outcome_missing"] for row in rows if row["row_type"] == "reference"}
    for row in rows:
        row[REFERENCE_MISSING] = sides.get(tuple(row[name] for name in by))
        verdict, _, many = str(row["verdict"] or "").partition(": ")
        row["verdict"] = verdict or None
        row[NEEDED] = many.removesuffix(" times the present numbers needed") or None
    return remade(findings, rows)


def with_ranks(findings: Findings, ranks: Findings | None) -> Findings:
    """The rank of each row with its interval, where ranks are shown."""
    if ranks is None:
        return findings
    by = by_columns(findings)
    places = {_place(row, by): _rank(row) for row in rows_of(ranks, "group")}
    ranked = (
        row | {RANK: "[z]" if is_all_areas(row, by) else places.get(_place(row, by))} for row in rows_of(findings)
    )
    return remade(findings, list(ranked))


def _place(row: Row, by: Sequence[str]) -> tuple[Any, ...]:
    return row["group"], *(row[name] for name in by)


def _rank(row: Row) -> str | None:
    if not known(row["rank"]):
        return None
    return f"{row['rank']:.0f} ({row['rank_low']:.0f} to {row['rank_high']:.0f})"
