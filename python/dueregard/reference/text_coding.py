"""Text and wide integers as codes, in the order in which the labels first appear: what `_core.code_*` must give."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.reference.cell_counts import bit


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


def code_objects(array: NDArray[np.object_], codes: NDArray[np.int32], name: str, first_row: int) -> list[str]:
    """Python strings, with None, NaN and NA for missing. What is anything else is refused with its row."""
    values = array.tolist()
    for row, value in enumerate(values, first_row):
        if not (isinstance(value, str) or is_missing(value)):
            raise TypeError(f"column {name!r}: row {row} holds {type(value).__name__} {value!r} where text is expected")
    return _fill(codes, [str(value) if isinstance(value, str) else None for value in values])


def code_fixed(array: NDArray[np.str_], codes: NDArray[np.int32], name: str, first_row: int) -> list[str]:
    """NumPy text of a fixed width, in which nothing is missing."""
    return _fill(codes, array.tolist())


def code_integers(
    array: NDArray[Any],
    codes: NDArray[np.int32],
    name: str,
    valid: NDArray[np.uint8] | None = None,
    offset: int = 0,
) -> NDArray[Any]:
    """Integers, which stay of their type; bit ``offset + row`` of ``valid`` is 0 for a missing one."""
    values = [value if _is_present(valid, offset + row) else None for row, value in enumerate(array.tolist())]
    return np.array(_fill(codes, values), array.dtype)


def code_text(
    layout: str,
    index: NDArray[np.uint8],
    texts: tuple[NDArray[np.uint8], ...],
    valid: NDArray[np.uint8] | None,
    offset: int,
    codes: NDArray[np.int32],
    name: str,
    first_row: int,
) -> list[str]:
    """Rows from ``offset`` on of an Arrow text column: "utf8", "large_utf8" or "views"."""
    values: list[str | None] = []
    for i in range(len(codes)):
        row = offset + i
        try:
            values.append(_text(layout, index.tobytes(), texts, row) if _is_present(valid, row) else None)
        except UnicodeDecodeError:
            raise ValueError(f"column {name!r}: the text in row {first_row + i} is not UTF-8") from None
        except IndexError:
            raise ValueError(
                f"column {name!r}: the offset of row {first_row + i} lies outside the text (corrupt column)"
            ) from None
    return _fill(codes, values)


def _fill(codes: NDArray[np.int32], values: list[Any]) -> list[Any]:
    """Write the code of each value; gives the labels."""
    codes[:], labels = code(values)
    return labels


def _is_present(valid: NDArray[np.uint8] | None, row: int) -> bool:
    return valid is None or bool(bit(valid, row))


def _text(layout: str, index: bytes, texts: tuple[NDArray[np.uint8], ...], row: int) -> str:
    if layout == "views":
        return text_of_view(index[16 * row : 16 * row + 16], [text.tobytes() for text in texts])
    width = 4 if layout == "utf8" else 8
    start, end = (int.from_bytes(index[width * i :][:width], "little", signed=True) for i in (row, row + 1))
    return _between(texts[0].tobytes(), start, end)


def text_of_view(view: bytes, buffers: list[bytes]) -> str:
    """The text of a 16-byte Arrow string view: up to 12 bytes inside it, else a buffer, an offset and a length."""
    length = int.from_bytes(view[:4], "little", signed=True)
    if 0 <= length <= 12:
        return view[4 : 4 + length].decode()
    number, start = (int.from_bytes(view[i : i + 4], "little", signed=True) for i in (8, 12))
    if not 0 <= number < len(buffers):
        raise IndexError(number)
    return _between(buffers[number], start, start + length)


def _between(data: bytes, start: int, end: int) -> str:
    """Some bytes as text; IndexError if they are not all there."""
    if not 0 <= start <= end <= len(data):
        raise IndexError(start)
    return data[start:end].decode()
