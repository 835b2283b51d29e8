"""That figures are weighted, or of a sample survey, said once: what that does to the numbers of cases behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.publish.numbers import plain
from dueregard.publish.readings import is_all_areas, is_area, known
from dueregard.publish.sentences.chance_words import flag_of
from dueregard.publish.sentences.wording import Row, members_of
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
WEIGHT_WORDS = (
    "These figures are weighted, and intervals allow for unequal weights, not for how a sample was drawn",
    "equal weight",
)
"""What is said once, and what answers are held against."""


def is_designed(findings: Findings) -> bool:
    """Whether findings are of a survey with its design.

    >>> from dueregard.findings import Findings
    >>> is_designed(Findings({"value": [74.0], "degrees_of_freedom": [320.0]}))
    True
    """
    return DESIGNED in findings.columns and findings.kind not in OTHERS


def is_weighted(findings: Findings) -> bool:
    """Whether findings are of records with weights, and of their design nothing else is known.

    >>> from dueregard.findings import Findings
    >>> is_weighted(Findings({"value": [74.0], "flag": [int(Flag.EFFECTIVE_SIZE)]}))
    True
    """
    return (
        "flag" in findings.columns
        and not is_designed(findings)
        and any(Flag.EFFECTIVE_SIZE in flag_of(row) for row in findings.rows())
    )


def survey_words(findings: Findings, row: Row | None = None) -> str:
    """One sentence for findings of a survey with its design, or with weights alone, with the cases of one row; nothing
    for all others."""
    if not is_designed(findings) and not is_weighted(findings):
        return ""
    said, alike = DESIGN_WORDS if is_designed(findings) else WEIGHT_WORDS
    row = row or next((each for each in findings.rows() if each["row_type"] != "variation"), None)
    return said + ("." if row is None else f"{_worth(row, findings.kind, alike)}.{_whole(row, findings)}")


def _worth(row: Row, kind: str, alike: str) -> str:
    """What the cases are worth: a design effect is how many times fewer that is. Those of a share are everybody's."""
    if not (row["nobs"] and known(row.get("effective_nobs"))):
        return ""
    of = "" if row["group"] is None or kind == "share" else f" of {members_of(row)}"
    return f": the {row['nobs']:,} answers{of} are worth {plain(row['effective_nobs'], 0)} of {alike}"


def _whole(row: Row, findings: Findings) -> str:
    """What the row for all areas together is."""
    if not is_all_areas(dict(row), findings.by) or "mean of areas" in str(row["method"]):
        return ""
    if not any(map(is_area, findings.by)):
        return ""
    areas = areas_word(findings.by)
    return f" In the figure for all {areas} together each counts by its population, not by its number of interviews."
