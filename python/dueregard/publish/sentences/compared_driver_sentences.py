"""Whether drivers matter more to one group than to another, in plain English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.measures.verdicts import CLEAR
from dueregard.missing import is_missing
from dueregard.publish.levels import statements
from dueregard.publish.numbers import chance, decimals_for, plain, threshold_in
from dueregard.publish.readings import known
from dueregard.publish.sentences.assessments.parts import listing
from dueregard.publish.sentences.comparison_sentences import intervals_of
from dueregard.publish.sentences.driver_words import driver_of, gain_unit, more_of, outcome_of
from dueregard.publish.sentences.survey_words import survey_words
from dueregard.publish.sentences.wording import Row, members_of, opening, place_in, reference_of, too_few
from dueregard.publish.units.amounts import Unit, unit_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

By = Sequence[str]
MOST = 4
"""So many drivers not shown to differ have their intervals told."""
NOT_SAID = (
    "That a driver is clear in one group and not in another does not show that they differ; only the comparison does. "
    "These are associations: they do not say why."
)


def compared_driver_sentences(findings: Findings) -> list[str]:
    """What findings of kind "compared drivers" say: the drivers that differ, each; then those not shown to."""
    sets: dict[tuple[object, ...], list[tuple[Row, Sequence[Row]]]] = {}
    for row, *further in statements(findings.rows()):
        if row["row_type"] == "group" and not is_missing(row["group"]):
            sets.setdefault((*(row[name] for name in findings.by), row["group"]), []).append((row, further))
    said = [text for rows in sets.values() for text in _of_set(rows, findings.by)]
    said[1:1] = [survey_words(findings)] if said else []
    return [text for text in [*said, NOT_SAID if said else ""] if text]


def _of_set(rows: Sequence[tuple[Row, Sequence[Row]]], by: By) -> list[str]:
    first = rows[0][0]
    subject = opening(first, f"of the drivers of {outcome_of(first)}{place_in(first, by)}")
    for nobs, who in ((first["nobs"], members_of(first)), (first["reference_nobs"], reference_of(first))):
        if too_few(None, nobs):
            return [f"{subject}: none is compared, as too few of {who} answered."]
    clear = [(row, further) for row, further in rows if str(row["verdict"] or "").startswith(CLEAR)]
    unsure = [row for row, _ in rows if known(row["estimate"]) and all(row is not one for one, _ in clear)]
    lost = [row for row, _ in rows if not known(row["estimate"])]
    said = [compared_sentence(row, by, further) for row, further in clear]
    if unsure:
        said.append(_unsure(unsure, subject))
    return said + ([f"{subject}: {_names(lost)} cannot be compared."] if lost else [])


def _names(rows: Sequence[Row]) -> str:
    return listing([driver_of(row) for row in rows])


def compared_sentence(row: Row, by: By, further: Sequence[Row] = ()) -> str:
    """One driver that matters more, or less, to a group."""
    unit, decimals = _unit(row), _decimals(row)
    limits = "; ".join(filter(None, (intervals_of(each, unit, decimals) for each in (row, *further))))
    more = "more" if abs(row["value"]) > abs(row["reference_value"]) else "less"
    pvalue = f"; {chance(row['adjusted_pvalue'])}" if known(row["adjusted_pvalue"]) else ""
    subject = opening(row, f"{driver_of(row)} matters {more} for {outcome_of(row)} to {members_of(row)}")
    return f"{subject} than to those in {reference_of(row)}{place_in(row, by)}: {_values(row, unit, decimals)}, " + (
        f"{unit.difference(row, decimals)} ({limits}{pvalue}).{_small(row, unit)}"
    )


def _small(row: Row, unit: Unit) -> str:
    """That a clear difference is a small one."""
    small = threshold_in(str(row["verdict"]))
    return "" if small is None else f" That is within the {unit.mattering(small)}."


def _values(row: Row, unit: Unit, decimals: int) -> str:
    """What a driver comes to in both groups."""
    if row.get("compares") == "share":
        ends = [f"{plain(row[name], decimals)}%" for name in ("value", "reference_value")]
        return f"it accounts for {ends[0]} of what the drivers explain against {ends[1]}"
    own, other = (
        f"{unit.size(plain(row[name], decimals))} {unit.side(row[name])}" for name in ("value", "reference_value")
    )
    return f"{more_of(row)} goes with {outcome_of(row)} {own} against {other}"


def _unit(row: Row) -> Unit:
    return unit_of({}) if row.get("compares") == "share" else gain_unit(row)


def _decimals(row: Row) -> int:
    """Of gains, which are small, one; of shares by how many answers there are."""
    return decimals_for(row["nobs"], row["reference_nobs"]) if row.get("compares") == "share" else 1


def _unsure(rows: Sequence[Row], subject: str) -> str:
    """The drivers whose difference could be chance, with the interval of each where they are few."""
    who = f"{members_of(rows[0])} and those in {reference_of(rows[0])}"
    limits = [f"{driver_of(row)} {intervals_of(row, _unit(row), _decimals(row))}" for row in rows if known(row["low"])]
    told = f" (difference of {'; '.join(limits)})" if limits and len(limits) <= MOST else ""
    which = _names(rows) if len(rows) == 1 else f"any of {_names(rows)}"
    return f"{subject}: it is not shown that {which} matters differently to {who}{told}."
