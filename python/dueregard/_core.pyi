"""The compiled module. Each function has a plain-Python twin in ``dueregard.reference``."""

from collections.abc import Sequence

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
