"""Rows whose figures are withheld, as too few people answered: that they are, and nothing else of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.publish.numbers import spoken
from dueregard.publish.sentences.chance_words import flag_of
from dueregard.publish.sentences.variation_sentences import is_spread
from dueregard.publish.sentences.wording import Row, group_of, kinds_of, opening, place_in, reference_of

if TYPE_CHECKING:
    from dueregard.findings import Findings


def parted(findings: Findings) -> tuple[Findings, list[str]]:
    """The findings without the rows that are withheld, and what is said of those."""
    rows = list(findings.rows())
    texts = [withheld_sentence(row, findings.by) for row in rows]
    if all(text is None for text in texts):
        return findings, []
    kept = [row for row, text in zip(rows, texts, strict=True) if text is None]
    shown = findings.with_columns({name: [row[name] for row in kept] for name in findings.columns})
    return shown, [text for text in texts if text]


def withheld_sentence(row: Row, by: Sequence[str]) -> str | None:
    """What is said of a row that is withheld, wholly or without its comparison; None of all other rows."""
    if Flag.BELOW_MINIMUM not in flag_of(row) or not (row["nobs"] is None or _without_reference(row)):
        return None
    whose = "" if row["group"] is None else f" for {group_of(row)}"
    what = opening(row, spoken(row["measure"] or "value"))
    if row["row_type"] == "variation":
        some = f"{what}{whose}: how much this differs by {kinds_of(by)} is not shown, as too few answered in some."
        return some if is_spread(row) else ""
    subject = what + place_in(row, by)
    if row["nobs"] is None:
        return f"{subject}{whose}: not shown, as too few answered."
    return f"{subject}{whose}: not compared, as too few of {reference_of(row)} answered."


def _without_reference(row: Row) -> bool:
    return row["reference"] is not None and row["row_type"] != "reference" and row["reference_nobs"] is None
