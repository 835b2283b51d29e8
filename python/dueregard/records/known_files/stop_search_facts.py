"""What is to be known of one stop and search file: what is blank in it, and when its searches were."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np

from dueregard.records.columns import Interrupt
from dueregard.records.known_files.csv_bytes import CodedText, Coder
from dueregard.records.known_files.stop_search_coding import HeadedFile, is_vehicle_only
from dueregard.records.known_files.stop_search_columns import (
    DATE,
    OPTIONAL,
    PERSON,
    TYPE,
    VEHICLE_ONLY,
    is_not_stated,
)


@dataclass(frozen=True)
class Blanks:
    """The answers in one column of one file that say nothing."""

    is_absent: bool = False
    """The file has no such column."""
    is_whole: bool = False
    """The file has rows, and none with an answer."""
    texts: Counter[str] = field(default_factory=Counter)
    """How many rows have each text that says nothing, a blank one too."""
    vehicle_only: int = 0
    """How many of these rows are searches of a vehicle alone."""
    stated_of_vehicles: int = 0
    """How many searches of a vehicle alone state something all the same."""


@dataclass(frozen=True)
class Facts:
    """One file."""

    path: str
    month: str
    force: str
    n_rows: int
    n_vehicle_only: int
    blanks: dict[str, Blanks]
    other_months: int
    """Searches with a date in another month, in London."""
    undated: int
    """Searches without a date that can be read."""


def facts_of(headed: HeadedFile, coder: Coder, interrupt: Interrupt) -> Facts:
    """One file gone through."""
    text = headed.coded([TYPE, DATE, *PERSON, *OPTIONAL], coder, interrupt)
    months = [london_month(label) for label in text.labels[DATE]]
    counts = np.bincount(text.codes[DATE], minlength=len(months)).tolist()
    file = headed.file
    return Facts(
        path=file.path,
        month=file.month,
        force=file.force,
        n_rows=text.n_rows,
        n_vehicle_only=int(is_vehicle_only(text).sum()),
        blanks={name: _blanks_of(text, name) for name in (*PERSON, *OPTIONAL)},
        other_months=sum(n for month, n in zip(months, counts, strict=True) if month not in (None, file.month)),
        undated=sum(n for month, n in zip(months, counts, strict=True) if month is None),
    )


def _blanks_of(text: CodedText, name: str) -> Blanks:
    if name not in text.codes:
        return Blanks(is_absent=True)
    codes, labels = text.codes[name], text.labels[name]
    silent = [is_not_stated(label) if name in PERSON else label == "" for label in labels]
    counts = np.bincount(codes, minlength=len(labels)).tolist()
    vehicles = _of_vehicles(text, name, silent) if name in PERSON else (0, 0)
    return Blanks(
        is_whole=text.n_rows > 0 and all(silent),
        texts=Counter({label: counts[i] for i, label in enumerate(labels) if silent[i]}),
        vehicle_only=vehicles[0],
        stated_of_vehicles=vehicles[1],
    )


def _of_vehicles(text: CodedText, name: str, silent: list[bool]) -> tuple[int, int]:
    """How many searches of a vehicle alone say nothing and something."""
    if VEHICLE_ONLY not in text.labels[TYPE]:
        return 0, 0
    found = np.array(silent, bool)[text.codes[name][is_vehicle_only(text)]]
    return int(found.sum()), int((~found).sum())


def london_month(text: str) -> str | None:
    """The month of a date in London, "2016-06"; None for what is not a date.

    Examples
    --------
    >>> london_month("2016-05-31T23:01:00+00:00"), london_month("2016-05-31T22:59:00+00:00"), london_month("May")
    ('2016-06', '2016-05', None)
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is not None and not 2 < moment.day < 28:  # others are in their month whatever the offset
        moment = moment.astimezone(UTC)
        moment += timedelta(hours=1) if _is_summer(moment) else timedelta()
    return f"{moment.year}-{moment.month:02}"


def _is_summer(moment: datetime) -> bool:
    """From one in the morning, UTC, of the last Sunday of March to that of October."""
    start, end = (_last_sunday(moment.year, month) for month in (3, 10))
    return start <= moment < end


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
