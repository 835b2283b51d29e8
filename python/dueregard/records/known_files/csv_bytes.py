"""CSV files that are read whole: their header, and some of their columns as codes, every row checked on the way."""

import csv
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.records import csv_files, names
from dueregard.records.coded_labels import Codes, narrow
from dueregard.records.columns import Interrupt

MARK = b"\xef\xbb\xbf"  # which programs put before UTF-8


class CodedText(NamedTuple):
    """Some columns of a file: a code a row, and the text of each code in the order of first appearance."""

    n_rows: int
    codes: dict[str, Codes]
    labels: dict[str, list[str]]


def header_of(path: str, first_line: bytes) -> list[str]:
    """The names of the columns; each may be there once."""
    csv_files.require_text(path, first_line, 1)
    try:
        (header,) = csv.reader([first_line.removeprefix(MARK).decode().rstrip("\r\n")], strict=True)
    except (csv.Error, ValueError) as error:
        raise ValueError(f"{path}: line 1 cannot be read: {error or 'it is blank'}") from error
    names.refuse_repeated(header, path)
    return header


class Coder:
    """Codes files one after the other in memory that is used again; each thread has its own."""

    def __init__(self) -> None:
        self._memory = np.empty(0, np.int32)

    def code(
        self,
        path: str,
        text: bytes,
        first_line: bytes,
        header: Sequence[str],
        columns: Sequence[str],
        interrupt: Interrupt,
    ) -> CodedText:
        """The columns named, of a file whose first line is its header; ValueError naming the first line at fault."""
        start = len(first_line)
        if not text.startswith(first_line):
            raise ValueError(f"{path}: the file has changed since its header was read")
        csv_files.require_text(path, text, 1)
        wanted = np.array([header.index(name) for name in columns], np.int32)
        most_rows = (len(text) - start) // len(header) + 1  # a row has a comma or line end for each cell
        codes = self._room(len(wanted), most_rows)
        try:
            n_rows, _, labels = _core.code_csv(text, start, True, len(header), wanted, codes, interrupt)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
        narrowed = [narrow(codes[i, :n_rows], len(found)) for i, found in enumerate(labels)]
        return CodedText(n_rows, dict(zip(columns, narrowed, strict=True)), dict(zip(columns, labels, strict=True)))

    def _room(self, n_columns: int, n_rows: int) -> NDArray[np.int32]:
        if len(self._memory) < n_columns * n_rows:
            self._memory = np.empty(n_columns * n_rows, np.int32)
        return self._memory[: n_columns * n_rows].reshape(n_columns, n_rows)
