"""Small published tables, read cell by cell: as text and numbers, before anything is made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.records import csv_files, files, frames, names


@dataclass(frozen=True)
class PlainTable:
    """Some columns of a table, as lists of what the cells hold; None where a cell is empty."""

    columns: dict[str, list[Any]]
    one_csv: bool = False
    """Whether the rows are those of one CSV file, so that a message can name the line."""

    @property
    def n_rows(self) -> int:
        return len(next(iter(self.columns.values())))

    def at(self, row: int) -> str:
        """Which row, for a message; the header of a file is line 1."""
        return f"at row {row}" + (f" (line {row + 2})" if self.one_csv else "")


def read(data: Any, wanted: Sequence[str]) -> PlainTable:
    """The columns wanted of a dict of arrays, a data frame or files.

    Raises
    ------
    TypeError
        If the data is none of these.
    ValueError
        If a column is not there or is there twice, lengths differ, or a file cannot be read.
    FileNotFoundError
        If no file has that name.

    Examples
    --------
    >>> read({"group": ["White", "Black"], "people": ["1,234", 5]}, ["group", "people"]).columns["people"]
    ['1,234', 5]
    """
    if isinstance(data, Mapping):
        names.require(wanted, list(data), "the table")
        table = PlainTable({name: _listed(name, data[name]) for name in wanted})
    elif files.is_path(data):
        table = _of_files(data, wanted)
    elif frames.is_frame(data):
        table = _of_frame(frames.native(data), wanted)
    else:
        raise TypeError(f"the table must be a dict of arrays, a data frame or a path, not {type(data).__name__}")
    lengths = {name: len(values) for name, values in table.columns.items()}
    if len(set(lengths.values())) > 1:
        listed = ", ".join(f"{name!r} has {length:,}" for name, length in lengths.items())
        raise ValueError(f"the columns differ in length: {listed}")
    return table


def _listed(name: str, values: Any) -> list[Any]:
    """The cells of a column of a dict."""
    if isinstance(values, np.ma.MaskedArray):
        hidden = np.ma.getmaskarray(values).tolist()
        cells = [None if masked else cell for cell, masked in zip(values.data.tolist(), hidden, strict=True)]
    elif isinstance(values, str | bytes | Mapping) or not hasattr(values, "__iter__"):
        raise TypeError(f"column {name!r}: {type(values).__name__} is not an array or a list")
    else:
        convert = next(
            (getattr(values, way) for way in ("to_pylist", "to_list", "tolist") if hasattr(values, way)), None
        )
        cells = list(values) if convert is None else convert()
    return [_plain(cell) for cell in cells]


def _plain(cell: Any) -> Any:
    """A NumPy scalar as Python has it; pandas' and NumPy's own missing values as None."""
    if type(cell).__name__ in ("NAType", "NaTType"):
        return None
    return cell.item() if isinstance(cell, np.generic) else cell


def _of_files(data: Any, wanted: Sequence[str]) -> PlainTable:
    files.require_polars()
    paths = files.expand(data)
    columns: dict[str, list[Any]] = {name: [] for name in wanted}
    for path in paths:
        frame = files.scan(path)
        there = frame.collect_schema().names()
        names.require(wanted, there, path, files._other_separator(path, there))
        if files._is_csv(path):
            csv_files.check(path, len(there), lambda _: None)
        for name, values in frame.select(list(dict.fromkeys(wanted))).collect().to_dict(as_series=False).items():
            columns[name] += values
    return PlainTable(columns, len(paths) == 1 and files._is_csv(paths[0]))


def _of_frame(data: Any, wanted: Sequence[str]) -> PlainTable:
    import narwhals as nw

    if getattr(data, "ndim", 2) == 1:
        raise TypeError(f"the table is one column (a {type(data).__name__}), not a table")
    if type(data).__module__.startswith("pandas"):
        names.refuse_repeated(list(data.columns), "the data frame")
    frame: Any = nw.from_native(data, pass_through=True)
    if not isinstance(frame, nw.DataFrame | nw.LazyFrame):
        from dueregard.frames import installed

        backend: Any = next(name for name in (installed(), "pyarrow") if name in ("polars", "pyarrow"))
        frame = nw.from_arrow(data, backend=backend)
    names.require(wanted, frame.collect_schema().names(), "the table")
    chosen = frame.select(list(dict.fromkeys(wanted)))
    if isinstance(chosen, nw.LazyFrame):
        chosen = chosen.collect()
    return PlainTable({name: [_plain(cell) for cell in chosen[name].to_list()] for name in wanted})
