"""A column of small integers and how to read them: what the counting kernels take."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class CodedColumn(NamedTuple):
    """Codes of one column, as the kernels read them.

    The level of a row is ``code - base`` and must lie in ``0 .. n_levels - 1``. A row whose validity bit is 0 has
    level 0 whatever its code, so a column that can hold nulls uses a base one below its lowest code; pandas' own
    code -1 then lands in level 0 as well.
    """

    name: str
    codes: NDArray[Any]
    """1-D, any integer type or bool, any stride, byte order or alignment; may be read-only. For a packed Arrow
    boolean column: the bytes of the bitmap."""
    base: int
    n_levels: int
    valid: NDArray[np.uint8] | None = None
    """Arrow validity bitmap (bit 1 = present, least significant bit first), or None."""
    valid_offset: int = 0
    """Bit of ``valid`` that belongs to row 0."""
    bit_offset: int = -1
    """0 or more when ``codes`` is a packed bitmap: the bit that belongs to row 0."""
    n_rows: int = -1
    """Number of rows; only needed (and only used) for a packed bitmap."""


class Batch(NamedTuple):
    """Aligned coded columns of some rows, with what their levels mean.

    ``labels[i]`` has one entry per level of ``columns[i]``; the entry for level 0 of a column that can hold nulls is
    None. ``ordered[i]`` says that the labels have an order of their own, which is kept with its unused levels.
    """

    columns: list[CodedColumn]
    labels: list[list[Any]]
    ordered: list[bool]
    weight: NDArray[np.float64] | None
    n_rows: int
    weight_name: str = "weight"
