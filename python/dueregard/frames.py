"""Columns as a data frame of the library the user came with."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any


def to_native(columns: Mapping[str, Sequence[Any]], native: str | None) -> Any:
    """A pandas, Polars or pyarrow table of ``columns``.

    Without a frame library in the input (``native`` is None) Polars is used if it is installed, else pandas.
    """
    library = native or _installed()
    if library == "polars":
        import polars

        return polars.DataFrame(dict(columns), strict=False)
    if library == "pyarrow":
        import pyarrow

        return pyarrow.table(dict(columns))
    import pandas

    return pandas.DataFrame(dict(columns))


def _installed() -> str:
    for library in ("polars", "pandas"):
        if find_spec(library):
            return library
    raise ImportError("to_frame needs Polars or pandas: pip install 'dueregard[files]', or use to_dict()")
