"""Stop and search records of one or many published files, read again for each question, in bounded memory."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from dueregard.frames import installed
from dueregard.records import filters, names
from dueregard.records.coded_labels import CodedLabels
from dueregard.records.known_files.stop_search_coding import (
    GROUP_BYTES,
    WIDE_BYTES,
    HeadedFile,
    batches,
    over_files,
)
from dueregard.records.known_files.stop_search_columns import ADDED
from dueregard.records.known_files.stop_search_facts import Facts, facts_of
from dueregard.records.known_files.stop_search_notes import notes_of
from dueregard.records.rows import Keep, Rows

WIDTH = 80


class StopSearchRecords:
    """The searches of published files; what `dueregard.read_stop_search` gives.

    It stands wherever a function of this package takes data. The files are read again by each such call; nothing but
    one batch of coded columns is held.
    """

    event_word = "searches"
    """What the rows are, in the plural."""

    def __init__(self, files: Sequence[HeadedFile], passed_over: Sequence[str] = ()) -> None:
        self._files = list(files)
        self._passed_over = list(passed_over)

    @property
    def columns(self) -> tuple[str, ...]:
        """``force`` and ``month``, which come from the names of the files, and the columns of the files."""
        there = dict.fromkeys(name for headed in self._files for name in headed.header)
        return (*ADDED, *there)

    @property
    def files(self) -> tuple[str, ...]:
        """The files, in the order in which they are read: by month, then by force."""
        return tuple(headed.file.path for headed in self._files)

    @property
    def forces(self) -> tuple[str, ...]:
        """The forces that have a file."""
        return tuple(sorted({headed.file.force for headed in self._files}))

    @property
    def months(self) -> tuple[str, ...]:
        """The months that have a file."""
        return tuple(sorted({headed.file.month for headed in self._files}))

    @property
    def period(self) -> str:
        """The month, or the first and the last: "2015-07 to 2016-06"."""
        first, last = self.months[0], self.months[-1]
        return first if first == last else f"{first} to {last}"

    @property
    def provenance(self) -> str | None:
        """What a file beside them says of made-up records; None for real ones."""
        return next((headed.file.provenance for headed in self._files if headed.file.provenance), None)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What was set aside or given another label, and why, with counts. The first call reads the files."""
        return notes_of(self._facts, self._passed_over)

    @property
    def n_rows(self) -> int:
        """The number of searches. The first call reads the files."""
        return sum(facts.n_rows for facts in self._facts)

    @cached_property
    def _facts(self) -> list[Facts]:
        return [facts for group in over_files(self._files, facts_of) for facts in group]

    def coded_rows(
        self, columns: Sequence[str], *, weight: Any = None, where: Any = None, labels: Mapping[str, Any] | None = None
    ) -> Iterator[Rows]:
        """The rows ready to be coded, as `dueregard.records.read` gives them."""
        if weight is not None:
            raise TypeError("weight: stop and search records have no weights; each search is one event")
        if labels:
            raise TypeError(f"labels: column {next(iter(labels))!r} is text, so it needs no labels")
        return self._rows(columns, where)

    def _rows(self, columns: Sequence[str], where: Any) -> Iterator[Rows]:
        names.require(list(columns), self.columns, "the stop and search files")
        keep = None if where is None or filters.is_expression(where) else filters.as_keep(where)
        is_wide = where is not None and keep is None
        wanted = self.columns if is_wide else columns
        start = 0
        for batch in batches(self._files, list(dict.fromkeys(wanted)), WIDE_BYTES if is_wide else GROUP_BYTES):
            n_rows = _height(batch)
            kept = _kept(batch, where) if keep is None else _part(keep, start, n_rows)
            yield Rows(n_rows, [(batch[name], 0) for name in columns], start, None, kept)
            start += n_rows
        if keep is not None and len(keep) != start:
            raise ValueError(f"where has {len(keep):,} values and the files {start:,} rows")

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[Any]:
        """Frames of some 300,000 rows, of Polars if it is installed, else of pandas.

        Parameters
        ----------
        columns : sequence of str, optional
            Which columns; all of them unless given. All are text; kinds of missing are labels.
        """
        wanted = list(self.columns if columns is None else columns)
        names.require(wanted, self.columns, "the stop and search files")
        for batch in batches(self._files, wanted, WIDE_BYTES):
            yield _frame(batch)

    __iter__ = batches

    def to_frame(self, columns: Sequence[str] | None = None) -> Any:
        """All rows as one frame, of Polars if it is installed, else of pandas; see `batches`."""
        frames = list(self.batches(columns))
        if len(frames) == 1:
            return frames[0]
        import narwhals as nw

        return nw.concat([nw.from_native(frame) for frame in frames]).to_native()

    def __repr__(self) -> str:
        n_files, forces = len(self._files), self.forces
        who = ", ".join(forces) if len(forces) <= 3 else f"{len(forces)} forces"
        lines = [
            f"Stop and search records of {who}, {self.period}: {n_files:,} file{'' if n_files == 1 else 's'}",
            f"Columns: {', '.join(self.columns)}",
            "What was set aside and why: .notes",
            *([self.provenance] if self.provenance else []),
        ]
        return "\n".join(textwrap.fill(line, WIDTH, subsequent_indent="  ") for line in lines)


def _height(batch: dict[str, CodedLabels]) -> int:
    return next(iter(batch.values())).n_rows


def _part(keep: Any, start: int, n_rows: int) -> Keep:
    if len(keep) < start + n_rows:
        raise ValueError(f"where has {len(keep):,} values and the files have more rows")
    part: Keep = keep[start : start + n_rows]
    return part


def _kept(batch: dict[str, CodedLabels], where: Any) -> Keep:
    if where is None:
        return None
    import narwhals as nw

    return filters.keep_of_frame(where, nw.from_native(_frame(batch), eager_only=True))


def _frame(batch: dict[str, CodedLabels]) -> Any:
    """The batch as text."""
    if installed() == "polars":
        import polars as pl

        return pl.DataFrame(
            [pl.Series(name, one.labels, pl.String).gather(one.codes.astype("u4")) for name, one in batch.items()]
        )
    import numpy as np
    import pandas as pd

    return pd.DataFrame({name: np.array(one.labels, object)[one.codes] for name, one in batch.items()})
