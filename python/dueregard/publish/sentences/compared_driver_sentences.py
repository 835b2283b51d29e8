"""Whether drivers matter more to one group than to another, in plain English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.measures.decomposition.cannot_say import caution
from dueregard.measures.verdicts import CLEAR, NO_DIFFERENCE
from dueregard.missing import is_missing
from dueregard.publish.driver_sets import is_told
from dueregard.publish.levels import statements
from dueregard.publish.numbers import chance, decimals_for, plain, threshold_in
from dueregard.publish.readings import area_of, is_all_areas, known
from dueregard.publish.sentences.area_counts import FEW_AREAS, counted, of_areas
from dueregard.publish.sentences.assessments.parts import capital, listing
from dueregard.publish.sentences.comparison_sentences import intervals_of
from dueregard.publish.sentences.driver_words import driver_of, gain_unit, more_of, outcome_of
from dueregard.publish.sentences.survey_words import survey_words
from dueregard.publish.sentences.wording import Row, members_of, opening, percent_level, place_in, reference_of, too_few
from dueregard.publish.units.amounts import Unit, unit_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

By = Sequence[str]
Told = Sequence[tuple[Row, Sequence[Row]]]
MOST = 4
"""So many drivers not shown to differ have their intervals told."""
NOT_SAID = (
    "That a driver is clear in one group and not in another does not show that they differ; only the comparison does."
)


def compared_driver_sentences(findings: Findings) -> list[str]:
    """What findings of kind "compared drivers" say: the drivers that differ, each; then those not shown to."""
    sets: dict[tuple[object, ...], list[tuple[Row, Sequence[Row]]]] = {}
    for row, *further in statements(findings.rows()):
        if row["row_type"] == "group" and not is_missing(row["group"]):
            sets.setdefault((*(row[name] for name in findings.by), row["group"]), []).append((row, further))
    by = findings.by
    areas = [rows for rows in sets.values() if by and not is_all_areas(dict(rows[0][0]), by)]
    whole = [rows for rows in sets.values() if not by or is_all_areas(dict(rows[0][0]), by)]
    said = [text for rows in whole for text in _of_set(rows, by, findings.threshold)]
    said += _in_areas(areas, by) or [text for rows in areas for text in _of_set(rows, by, findings.threshold)]
    said[1:1] = [survey_words(findings)] if said else []
    return [text for text in [*said, *([NOT_SAID, caution(findings.kind)] if said else [])] if text]


def _in_areas(sets: Sequence[Told], by: By) -> list[str]:
    """A sentence for each group, of many areas; nothing where they are so few that each can be told."""
    groups: dict[str, list[Told]] = {}
    for rows in sets:
        groups.setdefault(str(rows[0][0]["group"]), []).append(rows)
    if max(map(len, groups.values()), default=0) <= FEW_AREAS:
        return []
    return [_of_areas(own, by) for own in groups.values()]


def _of_areas(sets: Sequence[Told], by: By) -> str:
    """In how many areas a driver is shown to matter more to a group, or less."""
    first, found = sets[0][0][0], dict[str, dict[str, list[str]]]()
    for row, _ in (each for rows in sets for each in rows):
        if _is_clear(row):
            ways = found.setdefault(driver_of(row), {"more": [], "less": []})
            ways[_more_or_less(row)].append(area_of(dict(row), by))
    told = [f"{name} {way} in {counted(areas)}" for name, ways in found.items() for way, areas in ways.items() if areas]
    who = f"to {members_of(first)} than to those in {reference_of(first)}"
    outcome = f"for {outcome_of(first)} {who}"
    if not told:
        return f"In none {of_areas(len(sets), by)} is any driver shown to matter more or less {outcome}."
    return f"{capital(of_areas(len(sets), by))}, drivers are shown to matter more or less {outcome}: {listing(told)}."


def _is_clear(row: Row) -> bool:
    return str(row["verdict"] or "").startswith(CLEAR)


def _more_or_less(row: Row) -> str:
    return "more" if abs(row["value"]) > abs(row["reference_value"]) else "less"


def _of_set(rows: Told, by: By, threshold: float | None) -> list[str]:
    first = rows[0][0]
    subject = opening(first, f"of the drivers of {outcome_of(first)}{place_in(first, by)}")
    for nobs, who in ((first["nobs"], members_of(first)), (first["reference_nobs"], reference_of(first))):
        if too_few(None, nobs):
            return [f"{subject}: none is compared, as too few of {who} answered."]
    clear = [(row, further) for row, further in rows if _is_clear(row)]
    rest = [row for row, _ in rows if known(row["estimate"]) and not _is_clear(row)]
    small = [row for row in rest if str(row["verdict"] or "").startswith(NO_DIFFERENCE)]
    unsure = [row for row in rest if all(row is not one for one in small)]
    lost = [row for row, _ in rows if not known(row["estimate"])]
    said = [compared_sentence(row, by, further) for row, further in clear]
    said += [_alike(small, subject, threshold)] if small else []
    said += [_unsure(unsure, subject)] if unsure else []
    return said + ([f"{subject}: {_names(lost)} cannot be compared."] if lost else [])


def _names(rows: Sequence[Row]) -> str:
    return listing([driver_of(row) for row in rows])


def compared_sentence(row: Row, by: By, further: Sequence[Row] = ()) -> str:
    """One driver that matters more, or less, to a group."""
    unit, decimals = _unit(row), _decimals(row)
    limits = "; ".join(filter(None, (intervals_of(each, unit, decimals) for each in (row, *further))))
    pvalue = f"; {chance(row['adjusted_pvalue'])}" if known(row["adjusted_pvalue"]) else ""
    where = f"{place_in(row, by).strip()}, " if by else ""
    who = f"to {members_of(row)} than to those in {reference_of(row)}"
    subject = opening(row, f"{where}{driver_of(row)} matters {_more_or_less(row)} for {outcome_of(row)} {who}")
    difference = f"that is {unit.difference(row, decimals)} ({limits}{pvalue})"
    return f"{subject}: {_values(row, unit, decimals)}; {difference}.{_small(row, unit)}"


def _small(row: Row, unit: Unit) -> str:
    """That a clear difference is a small one."""
    small = threshold_in(str(row["verdict"]))
    return "" if small is None else f" That is within the {unit.mattering(small)}."


def _values(row: Row, unit: Unit, decimals: int) -> str:
    """What a driver comes to in both groups."""
    if row.get("compares") == "share":
        ends = [f"{plain(row[name], decimals)}%" for name in ("value", "reference_value")]
        return f"it accounts for {ends[0]} of what the drivers explain, against {ends[1]}"
    own, other = (
        f"{unit.size(plain(row[name], decimals))} {unit.side(row[name])}" for name in ("value", "reference_value")
    )
    return f"{more_of(row)} goes with {outcome_of(row)} being {own}, against {other}"


def _unit(row: Row) -> Unit:
    return unit_of({}) if row.get("compares") == "share" else gain_unit(row)


def _decimals(row: Row) -> int:
    """Of gains, which are small, one; of shares by how many answers there are."""
    return decimals_for(row["nobs"], row["reference_nobs"]) if row.get("compares") == "share" else 1


def _unsure(rows: Sequence[Row], subject: str) -> str:
    """The drivers whose difference could be chance, with the interval of each where they are few."""
    which = " or ".join(filter(None, (", ".join(map(driver_of, rows[:-1])), driver_of(rows[-1]))))
    said = f"{subject}: it is not shown that {which} matters differently to {_both(rows[0])}{_limits(rows)}."
    told = [row for row in rows if is_told(row, "estimate") and known(row["adjusted_pvalue"])]
    names = listing([f"{driver_of(row)} ({chance(row['adjusted_pvalue'])})" for row in told]) if told else ""
    may = "the difference may be chance once all that are compared are allowed for"
    return f"{said} Of {names} {may}." if told else said


def _alike(rows: Sequence[Row], subject: str, threshold: float | None) -> str:
    """The drivers whose difference is too small to matter."""
    small = f"by less than the {_unit(rows[0]).mattering(threshold)}" if threshold else "by too little to matter"
    return f"{subject}: what goes with {_names(rows)} differs {small} between {_both(rows[0])}{_limits(rows)}."


def _both(row: Row) -> str:
    return f"{members_of(row)} and those in {reference_of(row)}"


def _limits(rows: Sequence[Row]) -> str:
    """The interval of each difference, where they are few."""
    limits = [f"{driver_of(row)} {_span(row)}" for row in rows if known(row["low"])]
    level = f"{percent_level(rows[0])} interval{'s' if len(limits) > 1 else ''} of the difference"
    return f" ({level}: {'; '.join(limits)})" if limits and len(limits) <= MOST else ""


def _span(row: Row) -> str:
    return intervals_of(row, _unit(row), _decimals(row)).removeprefix(f"{percent_level(row)} interval ")
