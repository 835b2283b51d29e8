"""Findings in plain English: the value, what it is compared with, the interval, and what cannot be said.

Every number in a sentence is a number of its row; `unsupported_numbers` is the check.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.publish.comparison_sentences import comparison
from dueregard.publish.levels import statements
from dueregard.publish.numbers import decimals_for, numbers_in, plain, spoken, unsupported_numbers
from dueregard.publish.rate_sentences import rate_sentence
from dueregard.publish.readings import known
from dueregard.publish.variation_sentences import is_beyond_chance, is_spread, variation
from dueregard.publish.wording import Row, group_of, opening, percent_level, place_in, too_few

if TYPE_CHECKING:
    from dueregard.findings import Findings

__all__ = ["numbers_in", "sentences", "unsupported_numbers"]


def sentences(findings: Findings) -> list[str]:
    """What each row says, in the order of the rows; the row of the reference itself says nothing of its own.

    Rows that differ in their confidence level alone are one sentence, with the verdict of the first.
    """
    rows = list(findings.rows())
    differing: dict[object, bool] = {}
    for row in rows:
        if is_spread(row) and known(row["low"]):
            differing.setdefault((row["measure"], row["group"]), is_beyond_chance(row))
    threshold = getattr(findings, "threshold", None)
    said = (
        sentence(row, findings.by, threshold, differing.get((row["measure"], row["group"])), further)
        for row, *further in statements(rows)
    )
    return [text for text in said if text]


def sentence(
    row: Row,
    by: Sequence[str],
    threshold: float | None = None,
    differs: bool | None = None,
    further: Sequence[Row] = (),
) -> str:
    """What one row says, with the further levels of the same statement.

    `threshold` is the difference taken as mattering, `differs` whether areas are shown to differ, if known.
    """
    if row["row_type"] == "variation":
        return variation(row, by, differs, further)
    if row["reference"] == "published":  # the comparison is written out in its note
        return f"{row['note']}."
    if any(name in row for name in ("unit", "indicator", "kind")):
        return _score(row, by)
    if row["reference"] is None:
        return _level(row, by)
    if row["row_type"] == "reference":
        return ""
    if row.get("basis") is not None:
        return rate_sentence(row, by, threshold, further)
    return comparison(row, by, threshold, further)


def _level(row: Row, by: Sequence[str]) -> str:
    """A value that is compared with nothing, such as a share."""
    place, group = place_in(row, by), group_of(row)
    what = spoken(row["measure"] or "value")
    part = what == f"share of {spoken(row['characteristic'])}"
    subject = opening(row, group if part else f"{what}{place}")
    if too_few(row["count"], row["nobs"]) and row["nobs"]:
        return f"{subject}{place if part else ''}: too few people to describe."
    if not known(row["value"]):
        why = "not part of the whole" if row["nobs"] else "no cases"
        return f"{opening(row, what)}{place} cannot be given for {group}: {why}."
    value = f"{plain(row['value'], decimals_for(row['nobs']))}%{_range(row)}"
    if part:
        return f"{subject} made up {value} of those with {what.removeprefix('share of ')} stated{place}."
    return f"{subject} was {value}{'' if row['group'] is None else f' for {group}'}."


def _score(row: Row, by: Sequence[str]) -> str:
    """A score of an assessment: a full count, so its range comes from missing answers alone."""
    subject = opening(row, ", ".join(spoken(row[name]) for name in by if row[name] is not None) or "all units")
    about = f"{subject}, {spoken(row['measure'])}" if row["measure"] else subject
    if not known(row["value"]):
        answer = row.get("answer")
        return f"{about}: {spoken(answer)}." if answer else f"{about}: nothing that can be scored."
    target = ""
    if known(row["reference_value"]):
        target = f", against {plain(row['reference_value'], 0)}% ({spoken(row['reference'])})"
    verdict = f": {row['verdict']}" if row["verdict"] else ""
    return f"{about}: {plain(row['value'], 0)}%{_range(row)}{target}{verdict}."


def _range(row: Row) -> str:
    """The interval of a value, or for a full count the range that missing answers leave."""
    low, high = row["low"], row["high"]
    if not (known(low) and known(high)) or low == high:
        return ""
    decimals = decimals_for(row["nobs"])
    span = f"{plain(low, decimals)} to {plain(high, decimals)}"
    if isinstance(row["flag"], int) and Flag.FULL_COUNT in Flag(row["flag"]):
        return f" ({span} depending on missing answers)"
    return f" ({percent_level(row)} interval {span})" if known(row["confidence_level"]) else f" ({span})"
