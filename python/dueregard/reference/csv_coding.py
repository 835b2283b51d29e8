"""CSV text read character by character, and some of its columns as codes: what `_core.code_csv` must give."""

from collections.abc import Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from dueregard.reference.text_coding import code

LONE_RETURN = "has a carriage return without a line feed; save the file with line ends"
AFTER_QUOTE = "has text after the quote that ends a cell"
OPEN_QUOTE = "begins a row in which a quote is not closed"


def code_csv(
    text: bytes, start: int, is_last: bool, n_columns: int, wanted: NDArray[np.int32], codes: NDArray[np.int32]
) -> tuple[int, int, list[list[str]]]:
    """The number of rows from byte ``start`` on, where they end, and the labels of each column wanted.

    The codes go to ``codes``, in which there may be room for the first rows alone. If more text follows (not
    ``is_last``), the row that goes on in it is left to it.

    Examples
    --------
    >>> codes = np.zeros((1, 2), np.int32)
    >>> code_csv(b"a,x\\nb,x\\nc,", 0, False, 2, np.array([1], np.int32), codes), codes.tolist()
    ((2, 8, [['x']]), [[0, 0]])
    """
    characters = text.decode()
    end = len(text[:start].decode())
    found: list[list[str]] = []
    for cells, stop in islice(rows(characters, end, n_columns, is_last=is_last), codes.shape[1]):
        found.append(cells)
        end = stop
    labels = []
    for i, column in enumerate(wanted.tolist()):
        codes[i, : len(found)], names = code(row[column] for row in found)
        labels.append(names)
    return len(found), len(characters[:end].encode()), labels


def rows(text: str, start: int, n_columns: int, *, is_last: bool = True) -> Iterator[tuple[list[str], int]]:
    """The cells of each row and where it ends; ValueError naming the line on which a row begins that is wrong."""
    at = start
    while at < len(text):
        line = 1 + text.count("\n", 0, at)
        cells, end, wrong = _row(text, at)
        if not is_last and (end > len(text) or wrong == OPEN_QUOTE):
            return  # it goes on in the text that follows
        if wrong:
            raise ValueError(f"line {line} {wrong}")
        if n_columns > 1 and text[at:end] in ("\n", "\r\n"):
            raise ValueError(f"line {line} is blank; take blank lines out, for they would count as rows")
        if len(cells) != n_columns:
            number = f"{len(cells)} cell{'' if len(cells) == 1 else 's'}"
            hint = "; a text that holds a comma must stand in quotes" if len(cells) > n_columns else ""
            raise ValueError(f"line {line} has {number}, the header {n_columns}{hint}")
        at = min(end, len(text))
        yield cells, at


def _row(text: str, at: int) -> tuple[list[str], int, str]:
    """The cells of the row at ``at``, where the next one begins (beyond a text that ends first), and what is wrong."""
    cells = []
    while True:
        cell, at, wrong = _quoted(text, at) if text[at : at + 1] == '"' else (*_plain(text, at), "")
        cells.append(cell)
        if wrong:
            return cells, at, wrong
        if text[at : at + 1] == "\r" and text[at + 1 : at + 2] != "\n":
            return cells, at + 2, LONE_RETURN
        if text[at : at + 1] != ",":
            return cells, at + (2 if text[at : at + 1] == "\r" else 1), ""
        at += 1


def _plain(text: str, at: int) -> tuple[str, int]:
    """A cell without quotes around it, and where it ends."""
    end = at
    while end < len(text) and text[end] not in ",\r\n":
        end += 1
    return text[at:end], end


def _quoted(text: str, at: int) -> tuple[str, int, str]:
    """A cell in quotes, two of which inside it are one, where it ends, and what is wrong with it."""
    cell, at = "", at + 1
    while True:
        end = text.find('"', at)
        if end < 0:
            return cell, at, OPEN_QUOTE
        cell, at = cell + text[at:end], end + 1
        if text[at : at + 1] != '"':
            break
        cell, at = cell + '"', at + 1
    return cell, at, AFTER_QUOTE if at < len(text) and text[at] not in ",\r\n" else ""
