"""Tables of any kind become coded columns: small integers with labels.

`read` takes a dict of arrays, a data frame of any library, Arrow data, or paths to files, and gives `Rows`:
stretches of rows whose columns can be coded range by range, from several threads. Categorical, dictionary-encoded,
boolean and small integer columns are handed on as they lie in memory; text is coded once, in C.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dueregard.records.rows import Rows

__all__ = ["Rows", "native_of", "provenance_of", "read"]


def read(
    data: Any,
    columns: Sequence[str],
    *,
    weight: Any = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
) -> Iterator[Rows]:
    """The rows of a table, ready to be coded.

    Parameters
    ----------
    data : dict of arrays, data frame, Arrow data, path, glob, list of paths, or records of known files
        The table. Files are read in batches.
    columns : sequence of str
        The columns to code, in this order.
    weight : str or array, optional
        A column of the table, or one number a row.
    where : narwhals expression or array of bool, optional
        Only these rows are coded.
    labels : dict of str to sequence, optional
        Makes an integer column codes: code ``i`` stands for ``labels[column][i]``.

    Yields
    ------
    Rows
        At least one, which may have no rows. Rows are numbered through the whole table.

    Raises
    ------
    TypeError
        If a column cannot be used as groups, naming it and what to do.
    ValueError
        If a column is not there, lengths differ, a weight is missing, or a file cannot be read.
    FileNotFoundError
        If no file has that name.

    Examples
    --------
    >>> rows = next(read({"grade": ["PC", "Sgt", "PC", None]}, ["grade"]))
    >>> batch = rows.code(0, rows.n_rows)
    >>> batch.labels, batch.columns[0].codes.tolist()
    ([[None, 'PC', 'Sgt']], [0, 1, 0, -1])
    """
    from dueregard.records import arrays, files, frames

    given = _checked_labels(labels, columns)
    for name in (*columns, weight):
        if isinstance(name, str) and "\0" in name:  # engines hand names on as C strings; Polars ends the process
            raise ValueError(f"column {name!r} has a null character in its name; rename it")
    if hasattr(type(data), "coded_rows"):  # records of known files, which are not loaded for others
        found = data.coded_rows(columns, weight=weight, where=where, labels=given)
    elif isinstance(data, Mapping):
        found = arrays.read(data, columns, weight, where, given)
    elif files.is_path(data):
        found = files.read(data, columns, weight, where, given)
    elif frames.is_frame(data):
        found = frames.read(frames.native(data), columns, weight, where, given)
    else:
        kinds = "a dict of arrays, a data frame, Arrow data or a path"
        raise TypeError(f"data must be {kinds}, not {type(data).__name__}")
    return (replace(rows, weight_name=weight) for rows in found) if isinstance(weight, str) else found


def _checked_labels(labels: Mapping[str, Sequence[Any]] | None, columns: Sequence[str]) -> dict[str, Sequence[Any]]:
    if not isinstance(labels or {}, Mapping):
        raise TypeError(f"labels must be a dict of a list for each column, not {type(labels).__name__}")
    given = dict(labels or {})
    for name, values in given.items():
        if name not in columns:
            raise ValueError(f"labels: {name!r} is not one of the columns {list(columns)}")
        if isinstance(values, str | Mapping) or not hasattr(values, "__len__") or not len(values):
            raise ValueError(f"labels: {name!r} needs a list of labels, one for each code from 0 on")
        given[name] = values.tolist() if hasattr(values, "tolist") else list(values)
        for label in given[name]:
            if getattr(label, "__hash__", None) is None:
                raise TypeError(f"labels: {name!r} holds {label!r}, which cannot be a label")
    return given


def native_of(data: Any) -> str | None:
    """The frame library that the data came in: "pandas", "polars", "pyarrow" or None."""
    from dueregard.records import frames

    library = type(frames.native(data)).__module__.partition(".")[0]
    return library if library in ("pandas", "polars", "pyarrow") else None


def provenance_of(data: Any) -> str | None:
    """A warning that the data carry about themselves, such as "Synthetic: ...", or None."""
    found = getattr(data, "provenance", None)
    if isinstance(found, str):
        return found
    attributes = getattr(data, "attrs", None)
    found = attributes.get("provenance") if isinstance(attributes, dict) else None
    return found if isinstance(found, str) else None
