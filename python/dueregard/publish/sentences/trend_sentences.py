"""Rolling windows in plain English: the latest, what windows that share months do not say, and which are missing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.measures.trends.calendars import period_of
from dueregard.publish.days import month_of
from dueregard.publish.levels import statements
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import area_of, is_all_areas, known
from dueregard.publish.sentences.assessments.parts import listing
from dueregard.publish.sentences.chance_words import flag_of
from dueregard.publish.sentences.comparison_sentences import comparison
from dueregard.publish.sentences.rate_sentences import rate_sentence
from dueregard.publish.sentences.survey_words import survey_words
from dueregard.publish.sentences.variation_sentences import is_beyond_chance, is_spread, of_few_people, variation
from dueregard.publish.sentences.window_words import MISSING, why_no_window, window_words
from dueregard.publish.sentences.wording import Row, group_of, opening, percent_level, place_in, too_few
from dueregard.publish.units.rate_units import rate_text

if TYPE_CHECKING:
    from dueregard.findings import Findings

MOST = 3
"""Windows without figures that are named one by one."""


def trend_sentences(findings: Findings) -> list[str]:
    """What findings of kind "rolling" and "rolling rates" say: the latest window in full, and what of the others."""
    rows = list(findings.rows())
    if not rows:
        return []
    ends = list(dict.fromkeys(row["window_end"] for row in rows))
    whole = [row["window_end"] for row in rows if not why_no_window(row)]
    latest = [row for row in rows if whole and row["window_end"] == whole[-1]]
    first, *others = _latest(latest, findings) or [""]
    survey = survey_words(findings, latest[0]) if latest else ""
    said = [first, survey, _overlap(rows[0], ends), *_missing(rows, ends), *others]
    return [text for text in [*said, *_empty(latest, findings)] if text]


def _latest(rows: Sequence[Row], findings: Findings) -> list[str]:
    """What the latest window that has figures says of everybody and each area."""
    told = map(_by_last_month, rows)
    said = [_of_row(row, further, findings) for row, *further in statements(told) if row["row_type"] != "variation"]
    first = sum(is_all_areas(dict(row), findings.by) and row["row_type"] != "variation" for row, *_ in statements(rows))
    few = of_few_people(rows, findings.by)
    whole = [row for row in rows if is_spread(row) or (row["measure"], row["group"]) not in few]
    said[first:first] = variations(whole, findings.by)
    return [text for text in said if text]


def variations(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """How much the gaps of areas vary in one window."""
    varying = [row for row in rows if row["row_type"] == "variation"]
    differ = {row["group"]: is_beyond_chance(row) for row in varying if is_spread(row) and known(row["low"])}
    said = [
        variation({**row, "period": None}, by, differ.get(row["group"]), further)
        for row, *further in statements(varying)
    ]
    return [text for text in said if text]


def _by_last_month(row: Row) -> Row:
    """A row with its period as "the 12 months to March 2011"; a rate that is compared says how long its window is."""
    compared_rate = row.get("basis") is not None and row["reference"] is not None
    return row if compared_rate else {**row, "period": window_words(row)}


def _of_row(row: Row, further: Sequence[Row], findings: Findings) -> str:
    if row.get("basis") is not None and row["reference"] is None:
        return _rate(row, findings.by, further)
    if row["reference"] is not None:
        tell = comparison if row.get("basis") is None else rate_sentence
        return "" if row["row_type"] == "reference" else tell(row, findings.by, findings.threshold, further)
    return share_sentence(row, findings.by, further)


def _rate(row: Row, by: Sequence[str], further: Sequence[Row]) -> str:
    """A rate that is compared with nothing; its measure ends with the length of the window."""
    events, _, base = spoken(row["measure"]).rpartition(" in ")[0].partition(" per ")
    of = "" if row["group"] is None else f" for {group_of(row)}"
    subject = opening(row, f"{events} per {base}{place_in(row, by)}")
    if not known(row["value"]):
        return f"{subject} cannot be given{of}: nobody in the population, or no records."
    if row["count"] == 1 or too_few(None, row["nobs"]):
        return f"{subject}: too few{of} to describe."
    spans = "; ".join(
        f"{percent_level(each)} interval {rate_text(each['low'])} to {rate_text(each['high'])}"
        for each in (row, *further)
        if known(each["low"]) and known(each["high"])
    )
    number = f"{row['count']:,} {events}"
    return f"{subject} were {rate_text(row['value'])}{of} ({'; '.join(filter(None, (number, spans)))})."


def share_sentence(row: Row, by: Sequence[str], further: Sequence[Row] = ()) -> str:
    """A share of everybody or of a group that is compared with nothing, with the limits of each level."""
    of = "" if row["group"] is None else f" for {group_of(row)}"
    subject = f"{opening(row, spoken(row['measure']) + place_in(row, by))}"
    if not row["nobs"] or not known(row["value"]):
        return f"{subject} cannot be given{of}: no cases."
    if too_few(row["count"], row["nobs"]):
        return f"{subject}: too few people{'' if row['group'] is None else f' in {group_of(row)}'} to describe."
    decimals = decimals_for(row["nobs"])
    spans = "; ".join(
        f"{percent_level(each)} interval {plain(each['low'], decimals)} to {plain(each['high'], decimals)}"
        for each in (row, *further)
        if known(each["low"]) and known(each["high"])
    )
    return f"{subject} was {plain(row['value'], decimals)}%{of}{f' ({spans})' if spans else ''}."


def _overlap(row: Row, ends: Sequence[str]) -> str:
    """That one window after another is no test of a change, where they share months."""
    if len(ends) < 2:
        return ""
    (last, unit), (before, _) = (period_of("window_end", end) for end in (ends[-1], ends[-2]))
    if (last - before) * unit >= row["months"]:
        return ""
    return (
        "Windows that follow each other share months, so that their intervals do not show whether one differs from "
        "another by more than chance: the change has to be computed."
    )


def _missing(rows: Sequence[Row], ends: Sequence[str]) -> list[str]:
    """Which windows have no figures, those together that stand beside each other and have the same reason."""
    by_end = {row["window_end"]: row for row in reversed(rows) if row["row_type"] != "variation"}
    runs: dict[str, list[str]] = {}
    for why, run in groupby(ends, key=lambda end: why_no_window(by_end[end])):
        if why:
            runs.setdefault(why, []).append(_run([window_words(by_end[end]) for end in run]))
    alone = rows[0]["months"] == 1
    return [_no_figure(named, "there are no data for them" if alone and why == MISSING else why)
            for why, named in runs.items()]  # fmt: skip


def _run(windows: Sequence[str]) -> str:
    """Windows without figures that stand beside each other."""
    return listing(windows) if len(windows) <= MOST else f"any window from {windows[0]} up to {windows[-1]}"


def _no_figure(named: Sequence[str], why: str) -> str:
    """That there are none, and the reason."""
    reason = f"values are {why}" if why.startswith("not ") else why
    return f"No figure is given for {'; for '.join(named)}, as {reason}."


def _empty(rows: Sequence[Row], findings: Findings) -> list[str]:
    """Areas without a case in some month of the latest window."""
    areas = [area_of(dict(row), findings.by) for row in rows if Flag.EMPTY_PERIOD in flag_of(row)]
    if not areas:
        return []
    last = month_of(str(rows[0]["window_end"]))
    return [f"In {listing(list(dict.fromkeys(areas)))} some month of the window to {last} has no cases."]
