"""CSV files coded block by block as they are read, every row checked on the way: in one pass, in bounded memory."""

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, NoReturn

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.records import csv_files, names
from dueregard.records.coded_labels import CodedLabels, narrow

BLOCK = 1 << 24
MOST_ROWS = 1 << 20
LONGEST_ROW = 1 << 26
BLANK_LINES = re.compile(rb"[\r\n]*")
LINE = re.compile(r"line (\d+) (.*)", re.DOTALL)


@dataclass(frozen=True)
class CsvBlock:
    """Some rows of a file."""

    height: int
    columns: dict[str, CodedLabels]


@dataclass(frozen=True)
class CsvText:
    """A CSV file and the names of its columns."""

    path: str
    header: list[str]

    def blocks(self, columns: Sequence[str], advance: Callable[[float], None]) -> Iterator[CsvBlock]:
        """The columns named, some rows at a time. ``advance`` is told how many bytes have been gone through.

        Raises
        ------
        ValueError
            For the first row that has not as many cells as the header, or is not UTF-8, naming its line.
        """
        with open(self.path, "rb") as file:
            window = _Window(file)
            try:
                yield from self._blocks(window, columns, advance)
            except ValueError as error:
                self._refuse(error, window.first_byte)

    def _blocks(
        self, window: "_Window", columns: Sequence[str], advance: Callable[[float], None]
    ) -> Iterator[CsvBlock]:
        wanted = np.array([self.header.index(name) for name in columns], np.int32)
        window.read_on()
        window.skip_blank_lines()
        n_rows, _ = self._rows(window, wanted[:0], 1)
        while not (n_rows or window.is_last):  # a header that goes on beyond the first block
            window.read_on()
            n_rows, _ = self._rows(window, wanted[:0], 1)
        while True:
            start = window.at
            room = min(MOST_ROWS, (len(window.text) - start) // len(self.header) + 1)
            n_rows, coded = self._rows(window, wanted, room)
            if n_rows:
                yield CsvBlock(n_rows, dict(zip(columns, coded, strict=True)))
                advance(window.at - start)
            if n_rows < room and window.is_last:
                return
            if n_rows < room:
                window.read_on()

    def _rows(self, window: "_Window", wanted: NDArray[np.int32], room: int) -> tuple[int, list[CodedLabels]]:
        """As many rows as there are whole ones and room for; the window moves on beyond them."""
        codes = np.empty((len(wanted), room), np.int32)
        n_rows, window.at, labels = _core.code_csv(
            window.text, window.at, window.is_last, len(self.header), wanted, codes
        )
        return n_rows, [
            CodedLabels(self.header[column], narrow(codes[i, :n_rows], len(labels[i])), labels[i])
            for i, column in enumerate(wanted.tolist())
        ]

    def _refuse(self, error: ValueError, first_byte: int) -> NoReturn:
        """Say it with the line of the file, which is gone through again."""
        csv_files.check(self.path, len(self.header), lambda _: None)
        found = LINE.fullmatch(str(error))
        said = str(error) if found is None else f"line {int(found[1]) + self._lines_before(first_byte)} {found[2]}"
        raise ValueError(f"{self.path}: {said}") from error

    def _lines_before(self, byte: int) -> int:
        with open(self.path, "rb") as file:
            return sum(file.read(min(BLOCK, byte - at)).count(b"\n") for at in range(0, byte, BLOCK))


class _Window:
    """The part of a file that is held: what is left of the block before, and the next block."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.text, self.at, self.is_last = file, b"", 0, False
        self.first_byte = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def read_on(self) -> None:
        """Go on by one block; UnicodeDecodeError if it is not UTF-8."""
        if len(self.text) - self.at > LONGEST_ROW:
            line = 1 + self.text.count(b"\n", 0, self.at)
            raise ValueError(f"line {line} begins a row of more than {LONGEST_ROW:,} bytes")
        block = self.file.read(BLOCK)
        self.is_last = len(block) < BLOCK
        if self._decoder.getstate()[0] or not block.isascii():
            self._decoder.decode(block, final=self.is_last)
        self.first_byte += self.at
        self.text, self.at = self.text[self.at :] + block, 0

    def skip_blank_lines(self) -> None:
        """Pass over a byte-order mark and the blank lines that may stand before the header."""
        while len(self.text) < len(codecs.BOM_UTF8) and not self.is_last:
            self.read_on()
        self.at = len(codecs.BOM_UTF8) if self.text.startswith(codecs.BOM_UTF8) else 0
        while True:
            found = BLANK_LINES.match(self.text, self.at)
            self.at = self.at if found is None else found.end()
            if self.at < len(self.text) or self.is_last:
                return
            self.read_on()


def open_csv(path: str) -> CsvText | None:
    """The file, its header looked at; None for one without a header."""
    header = csv_files.header(path)
    names.refuse_repeated(header, path)
    return CsvText(path, header) if header else None
