"""CSV text read character by character, and some of its columns as codes: what `_core.code_csv` must give."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dueregard.reference.text_coding import code


def code_csv(
    text: bytes, start: int, n_columns: int, wanted: NDArray[np.int32], codes: NDArray[np.int32]
) -> tuple[int, list[list[str]]]:
    """The number of rows from byte ``start`` on, and the labels of each column wanted; their codes go to ``codes``.

    Examples
    --------
    >>> codes = np.zeros((1, 2), np.int32)
    >>> code_csv(b"a,x\\nb,x\\n", 0, 2, np.array([1], np.int32), codes), codes.tolist()
    ((2, [['x']]), [[0, 0]])
    """
    found = list(rows(text.decode(), len(text[:start].decode()), n_columns))
    if len(found) > codes.shape[1]:
        raise ValueError(f"codes has room for {codes.shape[1]} rows and the text has more")
    labels = []
    for i, column in enumerate(wanted.tolist()):
        codes[i, : len(found)], names = code(row[column] for row in found)
        labels.append(names)
    return len(found), labels


def rows(text: str, start: int, n_columns: int) -> Iterator[list[str]]:
    """The cells of each row; ValueError naming the line on which a row begins that is not as it should be."""
    at = start
    while at < len(text):
        line = 1 + text.count("\n", 0, at)
        cells, end = _row(text, at, line)
        if n_columns > 1 and text[at:end] in ("\n", "\r\n"):
            raise ValueError(f"line {line} is blank; take blank lines out, for they would count as rows")
        if len(cells) != n_columns:
            number = f"{len(cells)} cell{'' if len(cells) == 1 else 's'}"
            hint = "; a text that holds a comma must stand in quotes" if len(cells) > n_columns else ""
            raise ValueError(f"line {line} has {number}, the header {n_columns}{hint}")
        yield cells
        at = end


def _row(text: str, at: int, line: int) -> tuple[list[str], int]:
    """The cells of the row that begins at ``at``, and where the next row begins."""
    cells = []
    while True:
        cell, at = _quoted(text, at, line) if text[at : at + 1] == '"' else _plain(text, at)
        cells.append(cell)
        if text[at : at + 1] == "\r" and text[at + 1 : at + 2] != "\n":
            raise ValueError(f"line {line} has a carriage return without a line feed; save the file with line ends")
        if text[at : at + 1] != ",":
            return cells, at + (2 if text[at : at + 1] == "\r" else 1)
        at += 1


def _plain(text: str, at: int) -> tuple[str, int]:
    """A cell without quotes around it, and where it ends."""
    end = at
    while end < len(text) and text[end] not in ",\r\n":
        end += 1
    return text[at:end], end


def _quoted(text: str, at: int, line: int) -> tuple[str, int]:
    """A cell in quotes, two of which inside it are one, and where it ends."""
    cell, at = "", at + 1
    while True:
        end = text.find('"', at)
        if end < 0:
            raise ValueError(f"line {line} begins a row in which a quote is not closed")
        cell, at = cell + text[at:end], end + 1
        if text[at : at + 1] != '"':
            break
        cell, at = cell + '"', at + 1
    if at < len(text) and text[at] not in ",\r\n":
        raise ValueError(f"line {line} has text after the quote that ends a cell")
    return cell, at
