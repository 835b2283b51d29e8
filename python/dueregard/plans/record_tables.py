"""Tables of records as plans compute from them: columns, when each row is of, and the rows of a quarter.

The rows of a quarter keep the labels of the whole table, so that what did not happen in it is counted as 0.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.plans.spans import Span, part_of_year, year_of, year_words
from dueregard.records.dates import days_of
from dueregard.records.levelled import LevelledText
from dueregard.records.objects import is_null

DAYS = ("date", "Date", "date_opened", "due")
MONTH = "month"
"""The columns that say when a row is of; the first that a table has is used."""
ROUND = "round"
RESIDENTS = "population"


class Rows(dict[str, Any]):
    """Columns of a table, with where they come from."""

    def __init__(self, columns: Mapping[str, Any], *, provenance: str | None = None, notes: Sequence[str] = ()) -> None:
        super().__init__(columns)
        self.provenance = provenance
        self.notes = tuple(notes)

    def kept(self, rows: NDArray[np.bool_]) -> "Rows":
        """Some of the rows."""
        columns = {name: column[rows] for name, column in self.items()}
        return Rows(columns, provenance=self.provenance, notes=self.notes)


@dataclass(frozen=True)
class RecordTable:
    """One table.

    Parameters
    ----------
    name
        What it is called in calls.
    records
        Its columns; or what has no rows of its own, such as a Population.
    days
        The day that each row is of, or None where no column says.
    """

    name: str
    records: Any
    days: NDArray[np.datetime64] | None = None

    def within(self, span: Span) -> Any:
        """The rows of a period; all of a table that does not say when its rows are of."""
        if self.days is None:
            return self.records
        inside = (np.datetime64(span.start) <= self.days) & (self.days <= np.datetime64(span.end))
        return self.records.kept(inside)

    def outside(self, span: Span) -> int:
        """How many rows are of another time."""
        if self.days is None:
            return 0
        return int(((self.days < np.datetime64(span.start)) | (np.datetime64(span.end) < self.days)).sum())

    @property
    def quarters(self) -> list[Span]:
        """The quarters of financial years from its first row to its last."""
        if self.days is None or not len(self.days):
            return []
        first, last = self.days.min().item(), self.days.max().item()
        return [span for span in _quarters(year_of(first), year_of(last)) if first <= span.end and span.start <= last]


def record_table(name: str, data: Any) -> RecordTable:
    """A table from a dict of columns or a data frame; of a table with rounds, the last one.

    Raises
    ------
    TypeError
        If it is neither.
    ValueError
        If a month or a day is none; the message names the table and the row.
    """
    from dueregard.measures.populations.populations import Population

    if isinstance(data, Population):
        return RecordTable(name, data)
    records = _columns(name, data)
    if name == RESIDENTS:
        return RecordTable(name, _residents(records))
    days = _days(name, records)
    if ROUND in records and days is not None and len(days):
        rounds = np.asarray(records[ROUND])
        kept = rounds == rounds[days.argmax()]
        return RecordTable(name, records.kept(kept), days[kept])
    return RecordTable(name, records, days)


def _columns(name: str, data: Any) -> Rows:
    if isinstance(data, Mapping):
        columns = {str(column): np.asarray(values) for column, values in data.items()}
    else:
        import narwhals as nw

        frame = nw.from_native(data, eager_only=True, pass_through=True)
        if not isinstance(frame, nw.DataFrame):
            raise TypeError(f"records: {name!r} is a {type(data).__name__}, not a dict of columns or a data frame")
        columns = {column: frame[column].to_numpy() for column in frame.columns}
    made = {column: _levelled(values) for column, values in columns.items()}
    return Rows(made, provenance=getattr(data, "provenance", None), notes=getattr(data, "notes", ()))


def _levelled(values: NDArray[Any]) -> Any:
    """Text with its labels, null as blank, which is the same kind of missing; all else as it is."""
    if values.dtype.kind == "O" and all(isinstance(value, str) or is_null(value) for value in values):
        values = np.array([value if isinstance(value, str) else "" for value in values], dtype=np.str_)
    return LevelledText.of(values) if values.dtype.kind == "U" else values


def _plain(column: Any) -> NDArray[Any]:
    return np.asarray(column)


def _days(name: str, records: Mapping[str, Any]) -> NDArray[np.datetime64] | None:
    for column in DAYS:
        if column in records:
            return days_of(f"records[{name!r}]", column, _plain(records[column]))
    if MONTH not in records:
        return None
    written = np.asarray(records[MONTH]).astype(np.str_)
    texts, at = np.unique(written, return_inverse=True)
    return np.array([_first_day(name, text, written) for text in texts.tolist()], dtype="datetime64[D]")[at]


def _first_day(name: str, text: str, written: NDArray[Any]) -> np.datetime64:
    try:
        if len(text) == len("2010-04"):
            return np.datetime64(f"{text}-01", "D")
    except ValueError:
        pass
    row = int((written == text).argmax())
    raise ValueError(f"records[{name!r}]: row {row} of {MONTH!r} is {text!r}, not a month such as '2010-04'")


def _residents(records: Mapping[str, Any]) -> Any:
    """The published population of the example as a Population, by the groups that the example records have."""
    from dueregard.measures.populations.populations import population

    needed = ("characteristic", "group", "population")
    for column in needed:
        if column not in records:
            raise ValueError(f"records['{RESIDENTS}'] has no column {column!r}; give a dr.population of the residents")
    kept = records["characteristic"] == "ethnic group"
    people = {"population_group": _plain(records["group"])[kept], "people": _plain(records["population"])[kept]}
    return population(people, group="population_group", count="people", date="2011", ages="all ages",
                      source="London, as published")  # fmt: skip


def _quarters(first: int, last: int) -> Iterator[Span]:
    for year in range(first, last + 1):
        for part in ("Q1", "Q2", "Q3", "Q4"):
            yield Span(f"{year_words(year)} {part}", *part_of_year(year, part))
