"""The embedded tables: read from CSV, each with its source."""

import csv
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.data.example_records import ExampleRecords


def names() -> list[str]:
    """Names of the embedded tables, for `load`.

    Returns
    -------
    list of str
        In the order of their contents page.

    Examples
    --------
    >>> import dueregard as dr
    >>> "borough_answers" in dr.data.names()
    True
    """
    return _columns("contents")["name"].tolist()  # type: ignore[no-any-return]


def load(name: str) -> ExampleRecords:
    """One embedded table, as the documents state it.

    Parameters
    ----------
    name
        One of `names`.

    Returns
    -------
    ExampleRecords
        A dict of NumPy columns: whole numbers as int64, other numbers as float64, text as strings. A blank is NaN
        in a column of numbers (which is then float64) and "" in a column of text. Tables taken from documents have
        the columns ``document`` and ``line`` (of the document's text); ``load("documents")`` lists the documents.

    Raises
    ------
    ValueError
        When there is no such table; the message lists them.

    Examples
    --------
    >>> import dueregard as dr
    >>> boroughs = dr.data.load("borough_answers")
    >>> int(boroughs["very"].sum()), boroughs.provenance
    (196, 'Metropolitan Police reports, 2003 to 2013 (archived material)')
    """
    contents = _columns("contents")
    known = contents["name"].tolist()
    if name not in known:
        raise ValueError(f"name: no table {name!r}; the tables are {', '.join(known)}")
    at = known.index(name)
    return ExampleRecords(
        _columns(name), provenance=str(contents["provenance"][at]), notes=[str(contents["title"][at])]
    )


def _columns(name: str) -> dict[str, NDArray[Any]]:
    text = files("dueregard.data").joinpath("tables", f"{name}.csv").read_text(encoding="utf-8")
    header, *rows = csv.reader(text.splitlines())
    return {column: _array(cells) for column, cells in zip(header, zip(*rows, strict=True), strict=True)}


def _array(cells: tuple[str, ...]) -> NDArray[Any]:
    """Whole numbers, numbers or text, whichever holds every cell."""
    if "" not in cells:
        try:
            return np.array([int(cell) for cell in cells], dtype=np.int64)
        except ValueError:
            pass
    try:
        if any(cells):
            return np.array([float(cell or "nan") for cell in cells])
    except ValueError:
        pass
    return np.array(cells)
