"""Columns of files without types: numbers are written out there, and read as text like everything else."""

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.records.numerals import number


def written_numbers(column: Any, no_number: Collection[Any] = ()) -> NDArray[np.float64] | None:
    """A column of text as numbers, NaN where it is blank; None where another text is no number, and of other columns.

    Parameters
    ----------
    column : series of a frame library
    no_number : collection of str
        Texts that stand for no number, such as "Don't know".

    Examples
    --------
    >>> import polars as pl
    >>> written_numbers(pl.Series(["4.5", None, "1,200", "n/a"]), ["n/a"]).tolist()
    [4.5, nan, 1200.0, nan]
    >>> written_numbers(pl.Series(["4.5", "high"])) is None
    True
    """
    import narwhals as nw

    series: Any = nw.from_native(column, series_only=True, pass_through=True)
    if not isinstance(series, nw.Series) or series.dtype != nw.String:
        return None
    values: dict[Any, float] = {}
    for text in series.unique().to_list():
        blank = text is None or not text.strip() or text in no_number
        found = float("nan") if blank else number(text)
        if isinstance(found, str):
            return None
        values[text] = float(found)
    if all(np.isnan(value) for value in values.values()):
        return None
    return np.array([values[text] for text in series.to_list()], np.float64)
