"""That figures are weighted, or of a sample survey, said once: what that does to the numbers of cases behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.publish.numbers import plain
from dueregard.publish.readings import is_all_areas, is_area, known
from dueregard.publish.sentences.chance_words import flag_of
from dueregard.publish.sentences.wording import Row, members_of, too_few
from dueregard.publish.units.area_units import areas_word

if TYPE_CHECKING:
    from dueregard.findings import Findings

DESIGNED = "degrees_of_freedom"
"""The column that findings of a survey with its design have."""
OTHERS = frozenset({"weighting classes", "precision"})
"""Kinds in which it is that of a test, or of a sample that is only planned."""
DESIGN_WORDS = (
    "These figures are weighted and from a sample survey, and intervals allow for its design",
    "a simple random sample",
)
DRAWN_WORDS = ("These figures are from a sample survey, and intervals allow for its design", DESIGN_WORDS[1])
WEIGHT_WORDS = (
    "These figures are weighted, and intervals allow for unequal weights, not for how a sample was drawn",
    "equal weight",
)
"""What is said once, and what answers are held against."""


def is_designed(findings: Findings) -> bool:
    """Whether findings are of a survey with its design; of ranks that are made of findings the flags alone tell.

    >>> from dueregard.findings import Findings
    >>> is_designed(Findings({"value": [74.0], "degrees_of_freedom": [320.0]}))
    True
    """
    if findings.kind == "ranks" and _flagged(findings, Flag.CLUSTERED):
        return True
    return DESIGNED in findings.columns and findings.kind not in OTHERS


def has_weights(findings: Findings) -> bool:
    """Whether figures are weighted: a sample may be drawn in clusters without.

    >>> from dueregard.findings import Findings
    >>> has_weights(Findings({"value": [74.0], "flag": [int(Flag.EFFECTIVE_SIZE)]}))
    True
    """
    return _flagged(findings, Flag.EFFECTIVE_SIZE)


def is_weighted(findings: Findings) -> bool:
    """Whether findings are of records with weights, and of their design nothing else is known.

    >>> from dueregard.findings import Findings
    >>> is_weighted(Findings({"value": [74.0], "flag": [int(Flag.EFFECTIVE_SIZE)]}))
    True
    """
    return not is_designed(findings) and has_weights(findings)


def is_of_everybody(findings: Findings) -> bool:
    """Whether findings are a full count: every row of them that has flags.

    >>> from dueregard.findings import Findings
    >>> is_of_everybody(Findings({"value": [74.0], "flag": [int(Flag.FULL_COUNT)]}))
    True
    """
    flags = [flag_of(row) for row in findings.rows()] if "flag" in findings.columns else []
    return bool(flags) and all(Flag.FULL_COUNT in flag for flag in flags)


def _flagged(findings: Findings, flag: Flag) -> bool:
    return "flag" in findings.columns and any(flag in flag_of(row) for row in findings.rows())


def survey_words(findings: Findings, row: Row | None = None) -> str:
    """One sentence for findings of a survey with its design, or with weights alone, with the cases of one row; nothing
    for all others. Of a full count nothing is said of how a sample was drawn."""
    if not is_designed(findings) and not is_weighted(findings):
        return ""
    if is_of_everybody(findings):
        return "These figures are weighted." if has_weights(findings) else ""
    drawn = DESIGN_WORDS if has_weights(findings) else DRAWN_WORDS
    said, alike = drawn if is_designed(findings) else WEIGHT_WORDS
    row = row or next((each for each in findings.rows() if each["row_type"] != "variation"), None)
    return said + ("." if row is None else f"{_worth(row, findings.kind, alike)}.{_whole(row, findings)}")


def _worth(row: Row, kind: str, alike: str) -> str:
    """What the cases are worth: a design effect is how many times fewer that is. Those of a share are everybody's."""
    if not known(row.get("effective_nobs")) or too_few(None, row["nobs"]):
        return ""
    of = "" if row["group"] is None or kind == "share" else f" of {members_of(row)}"
    return f": the {row['nobs']:,} answers{of} are worth {plain(row['effective_nobs'], 0)} of {alike}"


def _whole(row: Row, findings: Findings) -> str:
    """What the row for all areas together is."""
    if not is_all_areas(dict(row), findings.by) or "mean of areas" in str(row["method"]):
        return ""
    if not any(map(is_area, findings.by)):
        return ""
    weighted = has_weights(findings)
    if not weighted and findings.kind == "survey tests":  # of which no row says whether there are weights
        return ""
    people, interviews = "its population", "its number of interviews"
    counted = f"{people}, not by {interviews}" if weighted else f"{interviews}, not by {people}"
    return f" In the figure for all {areas_word(findings.by)} together each counts by {counted}."
