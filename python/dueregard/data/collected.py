"""Which protected characteristics are collected with which measure."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.data.example_records import PLAUSIBLE, ExampleRecords
from dueregard.data.examples import example
from dueregard.missing import KINDS

CHARACTERISTICS = (
    "age",
    "disability",
    "gender reassignment",
    "marriage and civil partnership",
    "pregnancy and maternity",
    "race",
    "religion or belief",
    "sex",
    "sexual orientation",
)
MEASURES = {
    "satisfaction": "satisfaction",
    "confidence": "attitudes",
    "workforce": "workforce",
    "stop and search": "stop_search",
    "grievance and discipline": "cases",
}
COLUMNS = {  # the columns that hold a characteristic; the first that a table has is used
    "age": ("age_band", "Age range"),
    "disability": ("disability",),
    "gender reassignment": ("gender_reassignment",),
    "marriage and civil partnership": ("marriage_and_civil_partnership",),
    "pregnancy and maternity": ("pregnancy_and_maternity",),
    "race": ("ethnic_group", "Self-defined ethnicity"),
    "religion or belief": ("religion",),
    "sex": ("gender", "Gender"),
    "sexual orientation": ("sexual_orientation",),
}
ENOUGH = 80  # percent stated
MISSING = (*KINDS, "", "Not Stated (NS)")
NOTES = (
    "collected: the records have a column for it and at least 80% of them state it; partly: they have the column, and "
    "fewer state it; not: they have no column for it.",
    "Computed from the example records, so it describes them and no real collection.",
)


def coverage(*, seed: int = 2011) -> ExampleRecords:
    """Which of the nine protected characteristics the example records collect.

    Parameters
    ----------
    seed
        Seed of the example records.

    Returns
    -------
    ExampleRecords
        One row for each measure and characteristic: ``measure``, ``characteristic``, ``status`` ("collected" when
        the records have a column for it and at least 80% state it, "partly" when fewer do, "not" when they have no
        column), ``column`` ("" when there is none), ``stated`` and ``records`` (counts) and ``percent_stated``
        (NaN when there is no column).

    Examples
    --------
    >>> import dueregard as dr
    >>> matrix = dr.data.coverage()
    >>> matrix.n_rows
    45
    >>> row = next(r for r in matrix.rows() if r["measure"] == "workforce" and r["characteristic"] == "age")
    >>> row["status"], row["percent_stated"]
    ('collected', 100.0)
    """
    rows = [
        _row(measure, characteristic, records)
        for measure, name in MEASURES.items()
        for records in [example(name, seed=seed)]
        for characteristic in CHARACTERISTICS
    ]
    columns: dict[str, NDArray[Any]] = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    return ExampleRecords(columns, provenance=PLAUSIBLE, notes=NOTES)


def _row(measure: str, characteristic: str, records: ExampleRecords) -> dict[str, Any]:
    column = next((name for name in COLUMNS[characteristic] if name in records), "")
    stated = int((~np.isin(records[column], MISSING)).sum()) if column else 0
    percent = 100 * stated / records.n_rows if column and records.n_rows else float("nan")
    status = "not" if not column else "collected" if percent >= ENOUGH else "partly"
    return {
        "measure": measure,
        "characteristic": characteristic,
        "status": status,
        "column": column,
        "stated": stated,
        "records": records.n_rows,
        "percent_stated": percent,
    }
