"""Notes on drivers: what they do not say, which rows were left out, and what is out of reach."""

import numpy as np
from numpy.typing import NDArray

from dueregard.measures import cannot_say
from dueregard.measures.drivers.driver_columns import DriverColumns
from dueregard.measures.drivers.driver_questions import DriverQuestion
from dueregard.measures.model_rows import ModelRows


def notes_of(rows: ModelRows, columns: DriverColumns, asked: DriverQuestion, kind: str) -> list[str]:
    """What a reader has to know: what drivers do not say, and which rows were left out."""
    said = cannot_say.notes(kind, asked.controls, unit=asked.unit)
    lost = {column.name: rows.missing_in(column) for column in (rows.outcome, *rows.columns)}
    lacking = [f"{n:,} {name!r}" for name, n in lost.items() if n]
    asked_rows, complete = int(rows.is_asked.sum()), int(rows.is_complete.sum())
    if lacking:
        said.append(f"Complete rows only, {complete:,} of {asked_rows:,}: without an answer to {', '.join(lacking)}.")
    said += rows.notes
    said += _too_far(columns, rows.weighs, asked.points)
    pooled = [name for name in columns.drivers if name not in asked.drivers]
    said += [f"{name!r} are made of one another and taken together." for name in pooled]
    return said


def _too_far(columns: DriverColumns, weighs: NDArray[np.bool_], points: float) -> list[str]:
    """A note where ``points`` are more than a driver differs by between any two people."""
    reach = np.append(np.ptp(columns.values[weighs, :-1], axis=0), np.inf)
    far = [repr(name) for name, of in zip(columns.drivers, columns.members, strict=True)
           if reach[np.append(of > 0, not of.any())].min() < points]  # fmt: skip
    if not far:
        return []
    return [f"{points:g} more of {', '.join(far)} is more than anybody's answer differs by: take fewer points."]
