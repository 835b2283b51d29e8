"""The figures that the report on the Equality Standard states, as claims to hold against an assessment."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from dueregard.data.example_records import ExampleRecords
from dueregard.data.seed_tables import load

Row = dict[str, Any]
SOUTH_EAST = "South East Area"
ANSWERS = ("not_at_all", "not_very", "fairly", "very")
SECTIONS = ("operational_delivery", "people_and_culture", "organisational_processes")
COLUMNS = (
    "claim",
    "unit",
    "section",
    "percent",
    "number",
    "parts",
    "named",
    "count",
    "of",
    "about",
    "document",
    "line",
)


def esps_claims(area: str | None = None) -> ExampleRecords:
    """The figures that the report on the Equality Standard states, for `dueregard.audit` against an assessment.

    Parameters
    ----------
    area
        None for the figures about all 32 boroughs, ``"South East Area"`` for those about its six.

    Returns
    -------
    ExampleRecords
        A table of claims: scores, answers that add up, averages, sections, and indicators not met.

    Raises
    ------
    ValueError
        For another area: the report has no more.

    Examples
    --------
    >>> import dueregard as dr
    >>> boroughs = dr.assess(dr.data.load("borough_answers"), dr.frameworks.esps())
    >>> found = dr.audit(dr.data.esps_claims(), against=boroughs)
    >>> for note in found.filter(verdict="inconsistent")["note"]:
    ...     print(note.partition(";")[0])
    Kensington & Chelsea: the answers add up to 17, and 18 indicators were asked about
    Average of the units: 88% published
    22 of 32 is 68.75%, not the 67% printed
    Organisational Processes of a borough: 18B, 19B, 21B published
    """
    if area not in (None, SOUTH_EAST):
        raise ValueError(f"area: {area!r} is neither None nor {SOUTH_EAST!r}")
    rows = list(_of_all() if area is None else _of_the_south_east())
    columns = {name: np.array([row.get(name, "") for row in rows], dtype=str) for name in COLUMNS}
    columns["line"] = columns["line"].astype(np.int64)
    return ExampleRecords(columns, provenance=load("documents").provenance, notes=["Figures stated of the standard"])


def _where(row: Row) -> Row:
    return {"document": row["document"], "line": row["line"]}


def _of_all() -> Iterator[Row]:
    for row in load("borough_answers").rows():
        about = {"unit": row["borough"], **_where(row)}
        yield {"claim": "score", "percent": row["stated_percent"], **about}
        yield {"claim": "answers", "parts": ";".join(str(row[name]) for name in ANSWERS), **about}
    for row in load("stated_averages").rows():
        yield {"claim": "average score", "percent": row["stated_percent"], **_where(row)}
    for row in load("section_results").rows():
        terms = {"count": row["met"], "of": row["assessed"], "percent": row["stated_percent"]}
        yield {"claim": "percent", "about": row["section"].replace("_", " ").capitalize(), **terms, **_where(row)}
    for row in load("section_indicators").rows():
        named = row["indicators"].replace(" ", ";")
        yield {"claim": "section indicators", "section": row["section"], "named": named, **_where(row)}


def _of_the_south_east() -> Iterator[Row]:
    for row in load("south_east_scores").rows():
        about = {"unit": row["borough"], **_where(row)}
        yield {"claim": "score", "percent": row["stated_percent"], **about}
        yield {"claim": "indicators met", "number": row["satisfactory"], **about}
        yield {"claim": "indicators not met", "number": row["not_satisfactory"], **about}
    for row in load("south_east_sections").rows():
        for section in SECTIONS:
            yield {"claim": "score", "unit": row["borough"], "section": section, "percent": row[section], **_where(row)}
    for row in load("south_east_weaknesses").rows():
        named = row["weaknesses"].replace(" ", ";")
        yield {"claim": "unmet", "unit": row["borough"], "section": row["section"], "named": named, **_where(row)}
