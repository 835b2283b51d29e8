"""Columns of mixed Python values, given one type each, as a frame of the library that the user works with."""

from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

LIBRARIES = ("pandas", "polars", "pyarrow")


def build_frame(columns: Mapping[str, Sequence[Any]], native: str | None) -> Any:
    """A frame of the library named; without a name, of Polars if it is installed, else of pandas.

    Missing values are what the library uses for them: NaN or ``<NA>`` in pandas, null in Polars and pyarrow
    (where NaN would sort above, and compare as more than, every number).
    """
    library = native or installed()
    if library not in LIBRARIES:
        raise ValueError(f"native: {library!r} is not one of {', '.join(LIBRARIES)}")
    return _BUILDERS[library]({name: tidy_values(values) for name, values in columns.items()})


def installed() -> str:
    """The frame library to use when none came in."""
    for library in ("polars", "pandas", "pyarrow"):
        if find_spec(library) is not None:
            return library
    raise ModuleNotFoundError(
        "no frame library is installed: pip install 'dueregard[files]', or use to_dict(), which needs none"
    )


def parquet_bytes(columns: Mapping[str, Sequence[Any]]) -> bytes:
    """The columns as a Parquet file, made with the frame library that is installed."""
    import io

    library = installed()
    frame, held = build_frame(columns, library), io.BytesIO()
    if library == "polars":
        frame.write_parquet(held)
    elif library == "pandas":
        return bytes(frame.to_parquet(None))  # engines may close a buffer that they are given
    else:
        import pyarrow.parquet

        pyarrow.parquet.write_table(frame, held)
    return held.getvalue()


def tidy_values(values: Sequence[Any]) -> tuple[type, list[Any]]:
    """One type for a column, and its values with None where missing; labels of mixed types become text."""
    cleaned = [None if _is_nan(value) else value for value in values]
    kinds = {type(value) for value in cleaned if value is not None}
    if any(isinstance(value, float) for value in values) and kinds <= {float, int}:
        return float, [None if value is None else float(value) for value in cleaned]
    if len(kinds) == 1 and (kind := next(iter(kinds))) in (bool, int, float):
        return kind, cleaned
    return str, [None if value is None else str(value) for value in cleaned]


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and value != value


def _pandas(columns: Mapping[str, tuple[type, list[Any]]]) -> Any:
    import pandas as pd

    types = {float: "float64", int: "Int64", bool: "boolean"}
    series = {
        name: pd.Series(values, dtype=types[kind]) if kind in types else pd.Series(_or_object(values))
        for name, (kind, values) in columns.items()
    }
    return pd.DataFrame(series)


def _or_object(values: list[Any]) -> Any:
    """Text as pandas would infer it; a column with nothing in it keeps its None."""
    import numpy as np

    return values if any(value is not None for value in values) else np.array(values, dtype=object)


def _polars(columns: Mapping[str, tuple[type, list[Any]]]) -> Any:
    import polars as pl

    types = {float: pl.Float64, int: pl.Int64, bool: pl.Boolean, str: pl.String}
    return pl.DataFrame([pl.Series(name, values, dtype=types[kind]) for name, (kind, values) in columns.items()])


def _pyarrow(columns: Mapping[str, tuple[type, list[Any]]]) -> Any:
    import pyarrow as pa

    types = {float: pa.float64(), int: pa.int64(), bool: pa.bool_(), str: pa.string()}
    return pa.table({name: pa.array(values, types[kind]) for name, (kind, values) in columns.items()})


_BUILDERS: dict[str, Callable[[Mapping[str, tuple[type, list[Any]]]], Any]] = {
    "pandas": _pandas,
    "polars": _polars,
    "pyarrow": _pyarrow,
}
