"""Returns in plain English: the response rate, what became of each return, what was set aside, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.numbers import plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.wording import Row

if TYPE_CHECKING:
    from dueregard.findings import Findings


def return_sentences(findings: Findings) -> list[str]:
    """A sentence for each row."""
    says = {"register": register_sentence, "inconsistent answers": inconsistency_sentence}
    return [says.get(findings.kind, set_aside_sentence)(row) for row in findings.rows()]


def register_sentence(row: Row) -> str:
    """How many units, or what one unit has done."""
    round = f" ({spoken(row['round'])})" if row["round"] else ""
    note = f"; {spoken(row['note'])}" if row["note"] else ""
    if row["unit"] is None:
        of = "" if row["nobs"] is None else f" of {row['nobs']:,}"
        units = "unit" if (row["count"] if row["nobs"] is None else row["nobs"]) == 1 else "units"
        percent = f" ({plain(row['value'], 0)}%)" if known(row["value"]) else ""
        return f"{_capital(row['measure'])}{round}: {row['count']:,}{of} {units}{percent}{note}."
    answered = f"; {row['count']} of {row['nobs']} indicators answered" if known(row["value"]) else ""
    return f"{spoken(row['unit'])}{round}: {row['verdict']}{answered}{note}."


def inconsistency_sentence(row: Row) -> str:
    """What a check found, or why an answer should be looked at again."""
    if row["unit"] is None:
        return f"{_capital(row['measure'])}: {row['count']:,} of the {row['nobs']:,} looked at."
    place = ", ".join(spoken(row[name]) for name in ("unit", "indicator") if row[name] is not None)
    return f"{place} ({spoken(row['answer'])}): {spoken(row['note'])}."


def set_aside_sentence(row: Row) -> str:
    """Why a row or a file was not taken."""
    return f"{_capital(row['measure'])}: {spoken(row['note'])}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
