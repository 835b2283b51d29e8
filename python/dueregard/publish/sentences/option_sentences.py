"""Questions of which several answers may be chosen, in plain English: the options in order, with ties, and by group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.missing import is_missing
from dueregard.publish.levels import statements
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.comparison_sentences import comparison
from dueregard.publish.sentences.rank_sentences import ordinal
from dueregard.publish.sentences.survey_words import survey_words
from dueregard.publish.sentences.wording import Row, group_of, opening, percent_level, place_in, too_few

if TYPE_CHECKING:
    from dueregard.findings import Findings

By = Sequence[str]


def option_sentences(findings: Findings) -> list[str]:
    """What findings of kind "multiple responses" say: of each place and group its options in order, then how groups
    differ in each."""
    rows = list(findings.rows())
    sets: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        sets.setdefault((*(row[name] for name in findings.by), row["group"]), []).append(row)
    said = [text for each in sets.values() for text in option_set(each, findings.by)]
    said[1:1] = [survey_words(findings)] if said else []
    for row, *further in statements(rows):
        if row["reference"] is not None and row["row_type"] == "group" and not is_missing(row["group"]):
            said.append(comparison(row, findings.by, findings.threshold, further))
    return [text for text in said if text]


def option_set(rows: Sequence[Row], by: By) -> list[str]:
    """The options of one place and group in the order of their ranks; of people of no known group nothing."""
    row = rows[0]
    if row["group"] is not None and is_missing(row["group"]):
        return []
    who = f"{row['nobs']:,} people{'' if row['group'] is None else f' of {group_of(row)}'}"
    subject = opening(row, f"of {who}{place_in(row, by)} who answered")
    if not row["nobs"]:
        return [f"{opening(row, f'no answers{_of(row)}{place_in(row, by)}')}."]
    if too_few(None, row["nobs"]):
        return [f"{opening(row, f'too few people{_of(row)}{place_in(row, by)}')} to describe."]
    ordered = sorted(rows, key=lambda each: each["rank"] if known(each["rank"]) else len(rows))
    chosen = "; ".join(_option(each) for each in ordered)
    return [f"{subject}, {chosen}.{_could_be(ordered)}"]


def _of(row: Row) -> str:
    return "" if row["group"] is None else f" of {group_of(row)}"


def _option(row: Row) -> str:
    """One option: "34% chose speeding (1st)", of ties "24% chose litter (3rd equal)"."""
    place = ""
    if known(row["rank"]):
        place = f" ({ordinal(row['rank'])}{' equal' if str(row['rank_words']).endswith('=') else ''})"
    if too_few(row["count"], row["nobs"]):
        return f"too few chose {spoken(row['option'])} to say{place}"
    return f"{plain(row['value'], decimals_for(row['nobs']))}% chose {spoken(row['option'])}{place}"


def _could_be(rows: Sequence[Row]) -> str:
    """Which options could stand at another place."""
    first = rows[0]
    unsure = [row for row in rows if known(row["rank_low"]) and row["rank_low"] != row["rank_high"]]
    if not known(first["rank_low"]):
        return ""
    if not unsure:
        return f" Each keeps its rank when chance is allowed for ({percent_level(first)} interval)."
    could = [f"{spoken(row['option'])} {ordinal(row['rank_low'])} to {ordinal(row['rank_high'])}" for row in unsure]
    return f" Allowing for chance ({percent_level(first)} interval), the rank could be: {'; '.join(could)}."
