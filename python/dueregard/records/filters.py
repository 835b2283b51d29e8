"""Which rows to count: an array of booleans, or a narwhals expression."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


def is_expression(where: Any) -> bool:
    """Whether ``where`` is a narwhals expression; a native one is refused with a hint."""
    if where is None or isinstance(where, np.ndarray | list | tuple):
        return False
    import narwhals as nw

    if isinstance(where, nw.Expr):
        return True
    if type(where).__name__ in ("Expr", "Expression"):
        raise TypeError("where is an expression of another library; write it with narwhals: nw.col('x') == 'y'")
    return False


def as_keep(where: Any) -> NDArray[np.bool_]:
    """An array of booleans; missing ones are refused."""
    if hasattr(where, "to_native"):
        where = where.to_native()
    if hasattr(where, "to_pylist"):  # an Arrow array, whose bits NumPy cannot read where they lie
        where = where.to_pylist()
    if hasattr(where, "to_numpy"):
        where = where.to_numpy()
    if isinstance(where, np.ma.MaskedArray):
        masked = where
        where = masked.data.astype(object)
        where[np.ma.getmaskarray(masked)] = None
    array = np.asarray(where)
    if array.dtype.kind == "O":
        for row, value in enumerate(array.flat):
            if not isinstance(value, bool | np.bool_):
                raise TypeError(f"where: row {row} holds {value!r}, which is neither True nor False")
        array = array.astype(bool)
    if array.dtype.kind != "b" or array.ndim != 1:
        what = array.dtype if array.dtype.kind != "b" else f"{array.ndim}-D"
        raise TypeError(f"where must be a narwhals expression or a 1-D array of bool, not {what}")
    return array


def keep_of_mapping(where: Any, data: Mapping[str, Any]) -> NDArray[np.bool_] | None:
    """Which rows of a dict of arrays to count."""
    if where is None:
        return None
    if not is_expression(where):
        return as_keep(where)
    import narwhals as nw

    from dueregard.frames import installed

    library: Any = installed()
    # A frame would take the values under a mask for values.
    columns = {name: v.tolist() if isinstance(v, np.ma.MaskedArray) else v for name, v in data.items()}
    return keep_of_frame(where, nw.from_dict(columns, backend=library))


def keep_of_frame(where: Any, frame: Any) -> NDArray[np.bool_] | None:
    """Which rows of a narwhals frame to count. An expression that is null for a row leaves it out, as a filter does."""
    if where is None:
        return None
    if not is_expression(where):
        return as_keep(where)
    import narwhals as nw

    try:
        series = frame.select(where.alias("where"))["where"]
    except nw.exceptions.ColumnNotFoundError as error:
        raise ValueError(f"where: {error}") from None
    if series.dtype != nw.Boolean:
        raise TypeError(f"where must say True or False for each row, not {series.dtype}")
    if len(series) != len(frame):
        raise ValueError(f"where gives {len(series):,} values for {len(frame):,} rows")
    return np.asarray(series.fill_null(False).to_numpy(), bool)
