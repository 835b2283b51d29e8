"""Text and wide integers as codes, in the order in which the labels first appear: what `_core.code_*` must give."""

from collections.abc import Iterable
from typing import Any


def code(values: Iterable[Any]) -> tuple[list[int], list[Any]]:
    """The code of each value, -1 for None and NaN, and the label of each code.

    Examples
    --------
    >>> code(["b", "a", None, "b"])
    ([0, 1, -1, 0], ['b', 'a'])
    """
    numbers: dict[Any, int] = {}
    codes = []
    for value in values:
        if is_missing(value):
            codes.append(-1)
        else:
            codes.append(numbers.setdefault(value, len(numbers)))
    return codes, list(numbers)


def is_missing(value: Any) -> bool:
    """None, NaN (which differs from itself), and pandas' NA and NaT."""
    return value is None or type(value).__name__ in ("NAType", "NaTType") or bool(value != value)


def text_at(data: bytes, offsets: list[int], row: int) -> str:
    """Row ``row`` of an Arrow text column with offsets; ValueError if they point outside the data."""
    start, end = offsets[row], offsets[row + 1]
    if not 0 <= start <= end <= len(data):
        raise ValueError(f"the offset of row {row} lies outside the text")
    return data[start:end].decode()


def text_of_view(view: bytes, buffers: list[bytes]) -> str:
    """The text of a 16-byte Arrow string view: up to 12 bytes inside it, else a buffer, an offset and a length."""
    length = int.from_bytes(view[:4], "little", signed=True)
    if length <= 12:
        return view[4 : 4 + length].decode()
    number, start = (int.from_bytes(view[i : i + 4], "little") for i in (8, 12))
    return buffers[number][start : start + length].decode()
