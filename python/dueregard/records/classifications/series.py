"""Columns on their own: read as plain values, and given back as the kind that came."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.missing import KINDS


def cells_of(argument: str, values: Any) -> list[Any]:
    """The values of an array, list or series in one dimension, None where one is missing."""
    if hasattr(values, "to_native"):  # a narwhals series
        values = values.to_native()
    if getattr(values, "ndim", 1) != 1:
        raise TypeError(f"{argument} must have one dimension, not {values.ndim}")
    if isinstance(values, str | bytes | dict) or not hasattr(values, "__iter__"):
        raise TypeError(f"{argument} must be an array, a list or a series, not {type(values).__name__}")
    if isinstance(values, np.ma.MaskedArray):
        hidden = np.ma.getmaskarray(values).tolist()
        return [None if masked else cell for cell, masked in zip(values.data.tolist(), hidden, strict=True)]
    ways = [way for way in ("to_pylist", "to_list", "tolist") if hasattr(values, way)]
    return [_plain(cell) for cell in (getattr(values, ways[0])() if ways else values)]


def _plain(cell: Any) -> Any:
    if type(cell).__name__ in ("NAType", "NaTType") or cell != cell:
        return None
    return cell.item() if isinstance(cell, np.generic) else cell


def like(values: Any, made: NDArray[np.str_], names: Sequence[str]) -> Any:
    """The labels made as a pandas or Polars series whose categories are ``names``, else as they are."""
    library = type(values).__module__.partition(".")[0]
    if library == "narwhals":
        import narwhals as nw

        return nw.from_native(like(values.to_native(), made, names), series_only=True)
    if library not in ("pandas", "polars") or not hasattr(values, "name"):
        return made
    there = [*names, *(kind for kind in KINDS if kind in made)]
    if library == "polars":
        import polars as pl

        return pl.Series(values.name, made.tolist(), dtype=pl.Enum(there))
    import pandas as pd

    return pd.Series(
        pd.Categorical(made.tolist(), there, ordered=True), index=getattr(values, "index", None), name=values.name
    )
