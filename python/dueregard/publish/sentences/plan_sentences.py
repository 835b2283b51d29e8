"""Plans in plain English: where each measure is and where it is heading; the rest is in `plan_things`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.plans.card_verdicts import CHANGES
from dueregard.plans.changes import CANNOT_TELL, TOO_FEW, UNCHANGED
from dueregard.plans.courses import NO_READING, NO_TARGET
from dueregard.plans.measures import PERCENT, POINTS
from dueregard.plans.progress_rows import HOLDS
from dueregard.publish.days import days_in_words, when
from dueregard.publish.numbers import spoken
from dueregard.publish.readings import fixed, known
from dueregard.publish.sentences.plan_things import (
    assessment_sentence,
    cost_sentence,
    noted,
    pressing,
    recommendation_sentence,
    set_aside_sentence,
    status_sentence,
)
from dueregard.publish.sentences.plan_variation import variation_sentence
from dueregard.publish.sentences.wording import Row, percent_level, too_few
from dueregard.publish.tables.plan_grids import RATIOS, value_text

if TYPE_CHECKING:
    from dueregard.findings import Findings


def plan_sentences(findings: Findings) -> list[str]:
    """A sentence or two for each row."""
    says = SAYS[findings.kind]
    rows = sorted(findings.rows(), key=pressing) if findings.kind == "plan status" else findings.rows()
    said = (_varies(row) if row["row_type"] == "variation" else says(row, findings.by) for row in rows)
    return [text for text in said if text]


def _varies(row: Row) -> str:
    group = f", {row['group']}" if row["group"] is not None else ""
    return variation_sentence(row, named=f"{row['measure']}{group}")


def _subject(row: Row, by: Sequence[str]) -> str:
    """The measure, the group and the place."""
    parts = [spoken(row["measure"])]
    parts += [spoken(row["group"])] if row["group"] is not None else []
    parts += [spoken(row[name]) for name in by if row.get(name) is not None]
    return ", ".join(parts)


def is_hidden(row: Row) -> bool:
    """Whether a sentence would describe fewer than ten people, or a single one; counts of units are no people."""
    sampled = row["confidence_level"] is not None and known(row["confidence_level"])
    return sampled and too_few(row["count"], row["nobs"])


def progress_sentence(row: Row, by: Sequence[str]) -> str:
    """Where a measure was and is, whether the change is real, and where it leads."""
    subject = _subject(row, by)
    if row["course"] == NO_READING:
        why = f": {noted(row['note'])}" if row["note"] else ""
        return f"{subject}: no reading{why}."
    if is_hidden(row):
        return f"{subject}: too few people to describe."
    now = value_text(row, row["value"]) if known(row["value"]) else "no value"
    counts = _full_count(row, "count", "nobs")
    return f"{subject}: {now}{_unit(row)} {when(spoken(row['period']))}{counts}{_change(row)}. {_course(row)}"


def _full_count(row: Row, count: str, nobs: str) -> str:
    """Of a share that is a full count: how many of how many."""
    full = Flag.FULL_COUNT in Flag(row["flag"] or 0) and row.get("measured_in") == PERCENT
    return f" ({row[count]:,} of {row[nobs]:,})" if full and row.get(nobs) else ""


def _unit(row: Row) -> str:
    return " percentage points" if row["measured_in"] == "percentage points" and known(row["value"]) else ""


def _change(row: Row) -> str:
    """The change since the baseline, with its interval and what it comes to."""
    if not known(row["reference_value"]):
        return "; there is no earlier reading to compare with"
    before = f", against {value_text(row, row['reference_value'])} {when(spoken(row['reference_period']))}"
    before += _full_count(row, "reference_count", "reference_nobs")
    before += "" if row["reference"] == "baseline" else " (the first reading, since no baseline was set)"
    if not known(row["estimate"]) or row["verdict"] == CANNOT_TELL:
        return f"{before}; whether that is a change cannot be told{': ' + noted(row['note']) if row['note'] else ''}"
    if row["verdict"] == UNCHANGED:
        return f"{before}: unchanged"
    limits = ""
    if known(row["low"]) and known(row["high"]):
        limits = f" ({percent_level(row)} interval {_span(row)})"
    verdict = (
        "too few to tell whether it changed" if row["verdict"] == TOO_FEW else f"it has {has_become(row['verdict'])}"
    )
    exact = "; a full count, without allowance for chance" if not limits else ""
    return f"{before}: {change_size(row)}{limits}: {verdict}{exact}"


def has_become(verdict: str) -> str:
    return f"become {verdict}" if verdict in ("higher", "lower") else verdict


def _narrows(row: Row) -> bool | None:
    """Whether a gap became smaller; None where it is no gap, changed sides, or where smaller is not better."""
    if row["measured_in"] != "percentage points" or row["value"] * row["reference_value"] < 0:
        return None
    if row.get("higher_is_better") == (row["value"] + row["reference_value"] > 0):
        return None
    return bool(abs(row["value"]) < abs(row["reference_value"]))


def change_size(row: Row) -> str:
    """The change in words: "the gap narrowed by 2 points"."""
    if row["measured_in"] in RATIOS:
        return f"{fixed(row['estimate'], 2)} times what it was"
    size = fixed(abs(row["estimate"]), 1)
    narrows = _narrows(row)
    if narrows is not None:
        return f"the gap {'narrowed' if narrows else 'widened'} by {size} percentage points"
    return f"{_amount(row, size)} {'higher' if row['estimate'] > 0 else 'lower'}"


def _amount(row: Row, size: str) -> str:
    return f"{size} percentage points" if row["measured_in"] in ("percent", "percentage points") else size


def _span(row: Row) -> str:
    """The interval of the change; of a gap "0.5 wider to 4.4 narrower"."""
    low, high = row["low"], row["high"]
    if row["measured_in"] in RATIOS:
        return f"{fixed(low, 2)} to {fixed(high, 2)}"
    words = ("lower", "higher")
    if _narrows(row) is not None:  # a negative gap narrows as it rises
        words = ("wider", "narrower") if (row["reference_value"] or row["value"]) < 0 else ("narrower", "wider")
    first, last = (fixed(abs(end), 1) for end in (low, high))
    if low < 0 < high:
        return f"{first} {words[0]} to {last} {words[1]}"
    return f"{first} to {last} {words[low >= 0]}" if low >= 0 else f"{last} to {first} {words[0]}"


def _course(row: Row) -> str:
    if row["course"] == NO_TARGET:
        return "No target was set."
    aim = f"The target is {value_text(row, row['target'])}"
    aim += f" by {days_in_words(row['target_date'])}" if row["target_date"] else ""
    if not known(row["projected"]) or row["course"] in ("target met", "target not met"):
        why = f" ({noted(row['course_why'])})" if row["course_why"] and row["course"] != "target met" else ""
        return f"{aim}: {row['course']}{why}."
    ends = [value_text(row, row[name]) for name in ("projected_low", "projected_high")]
    ahead = f"if it goes on as it did, {_ahead(row)}"
    since = ", since that interval holds the target" if row["course_why"] == HOLDS else ""
    return f"{aim}; {ahead} ({percent_level(row)} prediction interval {ends[0]} to {ends[1]}): {row['course']}{since}."


def _ahead(row: Row) -> str:
    """Where a line leads, with its unit; of a gap who would be above whom."""
    value, (group, other) = row["projected"], (row.get("characteristic"), row.get("comparator"))
    unit = f" {POINTS}" if row["measured_in"] == POINTS else ""
    if not (unit and group and other) or value == 0:
        return f"it would be {value_text(row, value)}{unit} then"
    side = "above" if value > 0 else "below"
    return f"{spoken(group)} would be {value_text(row, abs(value))}{unit} {side} {spoken(other)} then"


def scorecard_sentence(row: Row, by: Sequence[str]) -> str:
    """The latest value, its interval, the target and the verdict."""
    if is_hidden(row):
        return f"{_subject(row, by)}: too few people to describe."
    value = f"{value_text(row, row['value'])}" if known(row["value"]) else "no value"
    value += _full_count(row, "count", "nobs")
    limits = ""
    if known(row["low"]) and known(row["high"]):
        span = f"{value_text(row, row['low'])} to {value_text(row, row['high'])}"
        limits = f" ({percent_level(row)} interval {span})" if known(row["confidence_level"]) else f" ({span})"
    if not known(row["target"]):
        since = f" since the {row['reference']}" if row["change_verdict"] is not None else ""
        return f"{_subject(row, by)}: {value}{limits}: {row['verdict']}{since}."
    target = f", against a target of {value_text(row, row['target'])}"
    why = row.get("course_why") if row["verdict"] == CANNOT_TELL else None
    since = f", since {noted(why)}" if why else ""
    return f"{_subject(row, by)}: {value}{limits}{target}: {row['verdict']}{since}{_since(row)}."


def _since(row: Row) -> str:
    """What became of a measure since its baseline."""
    change = row["change_verdict"]
    return "" if change is None else f"; {CHANGES[change]} since the {row['reference']}"


def period_sentence(row: Row, by: Sequence[str]) -> str:
    """A reading of a quarter or half, or what was done in it."""
    name = spoken(row["measure"])
    to = f", counted to {days_in_words(row['counted_to'])}" if row["counted_to"] else ""
    subject = f"{name[:1].upper()}{name[1:]} in {spoken(row['period'])}{to}"
    if row["measure"].endswith("due and done"):
        if row["count"] is None:
            return f"{subject}: {row['verdict']}."
        return f"{subject}: {row['count']:,} done of {row['nobs']:,} due: {row['verdict']}."
    if is_hidden(row):
        return f"{subject}: too few people to describe."
    if not known(row["value"]):
        return f"{subject}: {row['verdict'] or 'no value'}."
    limits = ""
    if known(row["low"]) and known(row["high"]):
        limits = f" ({percent_level(row)} interval {value_text(row, row['low'])} to {value_text(row, row['high'])})"
    return f"{subject}: {value_text(row, row['value'])}{_full_count(row, 'count', 'nobs')}{limits}."


SAYS: Mapping[str, Callable[[Row, Sequence[str]], str]] = {
    "plan progress": progress_sentence,
    "scorecard": scorecard_sentence,
    "plan status": status_sentence,
    "plan costs": cost_sentence,
    "recommendations": recommendation_sentence,
    "impact assessments": assessment_sentence,
    "plan periods": period_sentence,
    "plan rows set aside": set_aside_sentence,
}
