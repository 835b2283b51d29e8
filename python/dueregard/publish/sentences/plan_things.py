"""What is to be done by a plan in plain English: how each thing stands, what it costs, what was answered."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.plans.standings import DONE_LATE, DUE, OVERDUE
from dueregard.plans.status_rows import RESERVATION_OPEN
from dueregard.publish.days import days_in_words
from dueregard.publish.numbers import spoken
from dueregard.publish.readings import fixed, known
from dueregard.publish.sentences.wording import Row


def noted(note: str) -> str:
    """A note inside a sentence."""
    return days_in_words(spoken(note))


def pressing(row: Row) -> tuple[bool, int]:
    """What is overdue stands first, the longest of it at the head; all else as the plan has it."""
    overdue = row["verdict"] == OVERDUE
    return not overdue, -(row["days"] or 0) if overdue else 0


def set_aside_sentence(row: Row, by: Sequence[str]) -> str:
    """Which row could not be read, and why."""
    return f"Set aside: {spoken(row['note'])}."


def status_sentence(row: Row, by: Sequence[str]) -> str:
    """How one thing stands, who owns it, and what was last said of it."""
    subject = f"{spoken(row['measure']).capitalize()} {spoken(row['item'])}, {spoken(row['text'])}"
    owner = f" ({spoken(row['owner'])})" if row["owner"] else " (no owner)"
    due = f", due on {days_in_words(row['due'])}" if row["due"] and row["verdict"] != "rejected" else ""
    waits = f"; {spoken(row['waits_for'])}" if row["waits_for"] else ""
    told = f"; on {days_in_words(row['update_date'])}: {spoken(row['update'])}" if row["update"] else ""
    return f"{subject}{owner}: {_stands(row)}{due}{waits}{told}."


def _stands(row: Row) -> str:
    """How a thing stands, with the days that it is late or has left."""
    verdict, late = row["verdict"], row["verdict"] == DONE_LATE
    if verdict in (OVERDUE, DUE):
        return spoken(row["note"])
    if verdict == RESERVATION_OPEN:
        return spoken(row["note"] or "not done")
    done = f" on {days_in_words(row['done'])}" if row["done"] else ""
    return f"done{done}, {spoken(row['note'])}" if late else f"{spoken(verdict)}{done}"


def cost_sentence(row: Row, by: Sequence[str]) -> str:
    """A sum, or that it is not known."""
    of = "all objectives" if row["objective"] is None else f"objective {spoken(row['objective'])}"
    when = f" in {spoken(row['year'])}" if row["year"] is not None else ""
    subject = f"{spoken(row['measure']).capitalize()} of {of}{when}"
    if known(row["value"]):
        return f"{subject}: £{fixed(row['value'], 0)}."
    if row["verdict"] == "none listed":
        return f"{subject}: none listed."
    part = f", of which £{fixed(row['known_part'], 0)} is known" if known(row["known_part"]) else ""
    return f"{subject}: unknown{part}; {row['count']:,} of {row['nobs']:,} sums are known."


def recommendation_sentence(row: Row, by: Sequence[str]) -> str:
    """What was answered to a recommendation, and how far it is; or how many have an answer."""
    if row["item"] is None:
        return _total(row)
    reserved = f": {spoken(row['reservation'])}" if row["reservation"] else ""
    decides = f" ({spoken(row['decides'])} to decide)" if row["decides"] and not row["decided"] else ""
    linked = f"; {row['count']:,} of {row['nobs']:,} linked actions done" if row["nobs"] else ""
    said = f"{row['answer']}{reserved}{decides}{linked}{_late(row)}"
    return f"Recommendation {spoken(row['item'])}, {spoken(row['text'])}: {said}."


def _late(row: Row) -> str:
    """That a recommendation is overdue, and which of its actions are; who is to decide has been said."""
    due = [f"overdue, due on {days_in_words(row['due'])}"] if row["verdict"] == OVERDUE else []
    waits = [spoken(each) for each in (row["waits_for"] or "").split("; ") if each.endswith(" overdue")]
    return "".join(f"; {each}" for each in [*due, *waits])


def _total(row: Row) -> str:
    share = f" ({fixed(row['value'], 0)}%)" if known(row["value"]) else ""
    return f"{spoken(row['measure']).capitalize()}: {row['count']:,} of {row['nobs']:,}{share}."


def assessment_sentence(row: Row, by: Sequence[str]) -> str:
    """How an equality impact assessment stands, with its open mitigations."""
    if row["item"] is None:
        return _total(row)
    how = noted(row["note"] or row["verdict"])
    open_ones = ""
    if row["mitigations"]:
        which = f" ({spoken(row['open'])})" if row["open"] else ""
        open_ones = f"; {row['mitigations_open']:,} of {row['mitigations']:,} mitigations open{which}"
    return f"Assessment {spoken(row['item'])}, {spoken(row['text'])}: {how}{open_ones}."
