"""A tally whose first dimension is time: every period of the calendar once, in order, whatever the data have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs.designed import check_design
from dueregard.designs.survey_design import SurveyDesign
from dueregard.inference.trends.windows import rolled
from dueregard.measures.grouped import tally_of
from dueregard.measures.survey_tallies import SurveyTally
from dueregard.measures.trends.calendars import Calendar, calendar_of
from dueregard.tallies import Tally

EVERYBODY = "everybody"
"""The dimension of a series without groups: one group, that has no name."""


@dataclass(frozen=True)
class Series:
    """Counts by period. ``absent`` marks the periods of which the data have no row at all.

    ``timeless`` is how many rows state no period, and are in none.
    """

    tally: Tally
    calendar: Calendar
    absent: NDArray[np.bool_]
    timeless: int

    @property
    def time(self) -> str:
        return self.tally.dims[0]

    def windows(self, length: int) -> Tally:
        """The tally of every window, named by its last period; exact, and the same work whatever the length."""
        tally = self.plain
        sums, squares = (each and each.rolled(length) for each in (tally.exact_sums, tally.exact_squares))
        labels = tally.labels | {self.time: self.calendar.labels[length - 1 :]}
        return replace(
            tally, counts=rolled(tally.counts, length), labels=labels, exact_sums=sums, exact_squares=squares
        )

    @property
    def plain(self) -> Tally:
        """The counts without the clusters of a design."""
        fields = {name: getattr(self.tally, name) for name in Tally.__dataclass_fields__}
        return Tally(**fields)

    @property
    def is_survey(self) -> bool:
        """Whether there is a design, whose clusters windows that overlap cannot share."""
        return isinstance(self.tally, SurveyTally)

    def over(self, places: Sequence[int]) -> Tally:
        """The tally of some periods together, without the dimension of time."""
        index = np.full(self.calendar.n_periods, -1)
        index[list(places)] = 0
        return self.tally.relabelled({self.time: (index.tolist(), ["window"])}).margin(*self.tally.dims[1:])

    def lacks(self, start: int, end: int) -> bool:
        """Whether a period of a window is missing from the data."""
        return bool(self.absent[start : end + 1].any())

    def notes(self) -> list[str]:
        """What a reader has to know of periods that are missing, and of rows without one."""
        said = []
        gone = [self.calendar.label(int(i)) for i in np.flatnonzero(self.absent)]
        if gone:
            more = f" and {len(gone) - 6} more" if len(gone) > 6 else ""
            said.append(f"No data for {', '.join(gone[:6])}{more}: windows with such a period have no value.")
        if self.timeless:
            rows = "1 row states" if self.timeless == 1 else f"{self.timeless:,} rows state"
            said.append(f"{rows} no {self.calendar.word} and {'is' if self.timeless == 1 else 'are'} in no window.")
        return said


def series_of(tally: Tally, time: str) -> Series:
    """The series of a tally, one of whose dimensions is time."""
    calendar = calendar_of(time, tally.labels[time])
    ordered = tally.margin(time, *(name for name in tally.dims if name != time))
    of_label = ordered.counts.reshape(len(calendar.places), -1).sum(axis=1)
    timeless = int(of_label[[place < 0 for place in calendar.places]].sum())
    spread = ordered.relabelled({time: (calendar.places, calendar.labels)})
    absent = ~spread.counts.reshape(calendar.n_periods, -1).any(axis=1)
    return Series(spread, calendar, np.asarray(absent), timeless)


def read_series(
    data: Any,
    columns: Sequence[str],
    *,
    time: str,
    outcome: str | None,
    group: str | None,
    weight: Any,
    where: Any,
    labels: Mapping[str, Sequence[Any]] | None,
    missing: Mapping[Any, str] | None,
    threads: int | None,
    count: str | None,
    design: SurveyDesign | None = None,
) -> Series:
    """The data counted by time, the columns, the group and the outcome; dates count in their month."""
    named = [time, *columns, *([] if group is None else [group])]
    if design is not None:
        check_design(data, design, weight)
    others = [name for name in (outcome, weight, count) if isinstance(name, str)]
    dated, keep = _by_month(data, time, None if design is not None else [*named, *others], where)
    tally = tally_of(
        dated, named, outcome=outcome, weight=weight, where=keep, labels=labels, missing=missing, threads=threads,
        count=count, design=design,
    )  # fmt: skip
    if dated is not data:
        from dueregard import records

        tally = replace(tally, provenance=records.provenance_of(data), native=records.native_of(data))
    kept = tally.margin(*named, *([] if outcome is None else [outcome]))
    return series_of(kept if group is not None else with_one_group(kept, outcome), time)


def with_one_group(tally: Tally, outcome: str | None) -> Tally:
    """The tally with everybody in one group, which stands before the outcome."""
    at = len(tally.dims) - (outcome is not None)
    names = list(tally.labels.items())
    shape = tuple(len(each) for _, each in names)
    wide = (*shape[:at], 1, *shape[at:])
    sums, squares = (
        each and replace(each, digits=each.digits.reshape(*wide, -1))
        for each in (tally.exact_sums, tally.exact_squares)
    )
    return replace(
        tally,
        counts=tally.counts.reshape(wide),
        labels=dict([*names[:at], (EVERYBODY, [None]), *names[at:]]),
        exact_sums=sums,
        exact_squares=squares,
    )


def _by_month(data: Any, time: str, columns: Sequence[str] | None, where: Any) -> tuple[Any, Any]:
    """Records with a column of dates, as a table of columns (None: all) with the month of each; others as they are."""
    if isinstance(data, Tally) or not _has_dates(data, time):
        return data, where
    from dueregard.records.dates import days_of
    from dueregard.records.whole_tables import column_names, table_of

    table, keep = table_of(data, list(dict.fromkeys(column_names(data) if columns is None else columns)), where)
    days = days_of("time", time, table[time])
    return table | {time: np.datetime_as_string(days.astype("datetime64[M]"))}, keep


def _has_dates(data: Any, time: str) -> bool:
    """Whether the column of time holds dates rather than labels."""
    import datetime as dt

    from dueregard.records import files, frames

    if isinstance(data, Mapping):
        column = data.get(time)
        if isinstance(column, np.ndarray) and column.dtype.kind == "M":
            return True
        if isinstance(column, list | tuple) or (isinstance(column, np.ndarray) and column.dtype.kind == "O"):
            return next((isinstance(each, dt.date | np.datetime64) for each in column if each is not None), False)
        return _is_dated(column)
    if files.is_path(data) and not str(data).lower().endswith(".parquet"):
        return False
    if not files.is_path(data) and not frames.is_frame(data):
        return False
    from dueregard.records.whole_tables import frame_of

    schema = frame_of(data).collect_schema()
    return time in schema and _of_dates(schema[time])


def _is_dated(column: Any) -> bool:
    """Whether a series of a frame library holds dates."""
    import narwhals as nw

    series = nw.from_native(column, series_only=True, pass_through=True)
    return isinstance(series, nw.Series) and _of_dates(series.dtype)


def _of_dates(kind: Any) -> bool:
    import narwhals as nw

    return isinstance(kind, nw.Date | nw.Datetime)
