"""Whether drivers matter more to one group than to another, in plain English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.inference.references import Reference
from dueregard.measures.cannot_say import caution
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
from dueregard.publish.sentences.model_variation import are_alike, driver_variation, groups_word
from dueregard.publish.sentences.survey_words import survey_words
from dueregard.publish.sentences.wording import Row, members_of, opening, percent_level, place_in, reference_of, too_few
from dueregard.publish.units.amounts import Unit, unit_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

By = Sequence[str]
Told = Sequence[tuple[Row, Sequence[Row]]]
EVERYBODY = tuple(str(each.value) for each in Reference)
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
    varies = driver_variation(findings)
    areas = [rows for rows in areas if not are_alike(findings, rows[0][0]["group"])]
    of_groups = _of_groups(whole, findings)
    said = of_groups or [
        *driver_variation(findings, of_groups=True),
        *(text for rows in whole for text in _of_set(rows, by, findings.threshold)),
    ]
    said += varies
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


def _of_groups(sets: Sequence[Told], findings: Findings) -> list[str]:
    """Groups that are held against all others, where they are more than can be told one by one: whether they differ
    beyond chance, and in how many that is shown."""
    first = sets[0][0][0] if sets else None
    if first is None or len(sets) <= FEW_AREAS or str(first["reference"]) not in EVERYBODY:
        return []
    what, found = groups_word(first["characteristic"]), _clear([(rows, str(rows[0][0]["group"])) for rows in sets])
    start = capital(f"of the {len(sets):,} {what}, each against {first['reference']}")
    shown = f"drivers are shown to matter more or less: {listing(found)}" if found else (
        "none is shown to differ in what goes with any driver"
    )  # fmt: skip
    return [*driver_variation(findings, of_groups=True), f"{start}, {shown}{_allowed(sets)}."]


def _allowed(sets: Sequence[Told]) -> str:
    """That all comparisons are allowed for, where they are."""
    n = sum(known(row["adjusted_pvalue"]) for rows in sets for row, _ in rows)
    return f", allowing for {n:,} comparisons" if "; " in str(sets[0][0][0]["method"]) else ""


def _clear(sets: Sequence[tuple[Told, str]]) -> list[str]:
    """Where each driver is shown to matter more, or less, in words."""
    found = dict[str, dict[str, list[str]]]()
    for rows, name in sets:
        for row in (row for row, _ in rows if _is_clear(row)):
            found.setdefault(driver_of(row), {"more": [], "less": []})[_more_or_less(row)].append(name)
    return [f"{name} {way} in {counted(areas)}" for name, ways in found.items() for way, areas in ways.items() if areas]


def _of_areas(sets: Sequence[Told], by: By) -> str:
    """In how many areas a driver is shown to matter more to a group, or less."""
    first, told = sets[0][0][0], _clear([(rows, area_of(dict(rows[0][0]), by)) for rows in sets])
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
