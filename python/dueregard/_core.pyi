"""The compiled module. Each function has a plain-Python twin in ``dueregard.reference``."""

from collections.abc import Sequence

from typing import Any

import numpy as np
from numpy.typing import NDArray
from typing_extensions import Buffer

from dueregard.records.coded import CodedColumn

def byte_sum(codes: NDArray[np.uint8]) -> int: ...
def code_text(
    layout: str,
    index: Buffer,
    texts: tuple[Buffer, ...],
    valid: Buffer | None,
    offset: int,
    codes: NDArray[np.int32],
    name: str,
    first_row: int,
    interrupt: NDArray[np.uint8] | None = None,
) -> list[str]: ...
def code_fixed(
    array: NDArray[np.str_],
    codes: NDArray[np.int32],
    name: str,
    first_row: int,
    interrupt: NDArray[np.uint8] | None = None,
) -> list[str]: ...
def code_objects(
    array: NDArray[np.object_],
    codes: NDArray[np.int32],
    name: str,
    first_row: int,
    interrupt: NDArray[np.uint8] | None = None,
) -> list[str]: ...
def code_integers(
    array: NDArray[np.int64] | NDArray[np.uint64],
    codes: NDArray[np.int32],
    name: str,
    valid: Buffer | None = None,
    offset: int = 0,
    interrupt: NDArray[np.uint8] | None = None,
) -> NDArray[np.int64] | NDArray[np.uint64]: ...
def count(
    columns: Sequence[CodedColumn],
    counts: NDArray[np.int64],
    first_row: int = 0,
    interrupt: NDArray[np.uint8] | None = None,
) -> None: ...
def count_weighted(
    columns: Sequence[CodedColumn],
    counts: NDArray[np.int64],
    weight: NDArray[np.float64],
    name: str,
    low: int,
    sums: NDArray[np.uint64],
    squares: NDArray[np.uint64],
    first_row: int = 0,
    interrupt: NDArray[np.uint8] | None = None,
) -> None: ...
def weight_exponents(
    weight: NDArray[np.float64],
    name: str,
    first_row: int = 0,
    interrupt: NDArray[np.uint8] | None = None,
) -> tuple[int, int] | None: ...
def round_digits(digits: NDArray[np.uint64], low: int) -> NDArray[np.float64]: ...
def cube(counts: NDArray[np.int64], shape: Sequence[int]) -> NDArray[np.int64]: ...
def integer_range(
    codes: NDArray[Any], interrupt: NDArray[np.uint8] | None = None
) -> tuple[int, int] | None: ...
