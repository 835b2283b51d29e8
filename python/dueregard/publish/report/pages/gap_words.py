"""The words of a page on gaps, and what its rows are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dueregard.publish.readings import Row, is_area, known, rows_of
from dueregard.publish.report.pages.parts import joined

if TYPE_CHECKING:
    from dueregard.findings import Findings


@dataclass(frozen=True)
class Wording:
    """The words for one survey.

    ``excluded`` are the answers left out, ``said`` whether people gave them; ``sampled`` is how the sample was drawn
    and what its intervals are, ``form`` the chart if not the usual one, ``key`` the page's.
    """

    outcome: str
    people: str
    period: str
    threshold: float
    title: str = "Satisfaction gap by borough"
    short: str = "Satisfaction gap"
    excluded: Sequence[str] = ()
    said: bool = True
    characteristic: str = ""
    key: str = "satisfaction"
    sampled: str = ""
    form: str | None = None


def plural(by: Sequence[str]) -> str:
    """What areas are called, more than one of them.

    >>> plural(["borough"]), plural(["borough", "month"]), plural(["Gender"])
    ('boroughs', 'areas', 'levels of gender')
    """
    if not any(map(is_area, by)):
        return f"levels of {joined([name.replace('_', ' ').lower() for name in by])}"
    return f"{by[0].replace('_', ' ')}s" if len(by) == 1 and not by[0].endswith("s") else "areas"


def is_spread(row: Row) -> bool:
    """Whether a row says how much the gaps of areas vary."""
    return row["row_type"] == "variation" and known(row["pvalue"])


def is_beyond_chance(row: Row) -> bool:
    """Whether a row shows that areas differ by more than chance."""
    return is_spread(row) and known(row["low"]) and row["low"] > 0


def reference_of(findings: Findings) -> str:
    return next((str(row["reference"]) for row in rows_of(findings, "group") if row["reference"]), "the reference")
