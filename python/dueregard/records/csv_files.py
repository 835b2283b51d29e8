"""CSV files looked over before they are counted: UTF-8, and as many cells in every row as in the header.

Polars fills short rows with nulls, passes over cells that are too many and text that is not UTF-8 in columns that are
not asked for, and takes a blank line for a row: a shifted or broken file would be counted in silence.
"""

import csv
from collections.abc import Callable, Iterator
from typing import NoReturn

BLOCK = 1 << 22
QUOTE, RETURN = b'"', b"\r"
NOT_STRUCTURE = bytes(set(range(256)) - set(b',\n"'))


def header(path: str) -> list[str]:
    """The names in the first line that is not blank."""
    return next((cells for _, cells in _records(path) if cells), [])


def check(path: str, n_columns: int, advance: Callable[[int], None]) -> None:
    """Refuse a file that is not UTF-8 or has a row of more or fewer cells than the header, naming the line.

    ``advance`` is told how many bytes have been looked over. What is kept of a block is its commas, line ends and
    quotes, which are compared with those of rows as they should be. Where they differ the rows are read one by one.
    """
    shape = _Shape(n_columns)
    line = 1
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            block += file.readline()
            require_text(path, block, line)
            if not shape.fits(block):
                _refuse_ragged(path, n_columns)
                shape = _AnyShape()
            line += block.count(b"\n")
            advance(len(block))
    if not shape.ends():
        _refuse_ragged(path, n_columns)


class _Shape:
    """The commas and line ends outside quotes, block after block."""

    def __init__(self, n_columns: int) -> None:
        self.row = b"," * (n_columns - 1) + b"\n"
        self.rest, self.quoted, self.started, self.open = b"", False, False, False

    def fits(self, block: bytes) -> bool:
        """Whether all rows that end in this block have their commas."""
        self.open = not block.endswith(b"\n")
        if RETURN in block and block.count(RETURN) != block.count(b"\r\n"):
            return False
        kept = self.rest + self._outside(block.translate(None, NOT_STRUCTURE))
        if not self.started:  # blank lines may stand before the header
            kept = kept.lstrip(b"\n") if len(self.row) > 1 else kept
            self.started = bool(kept)
        end = kept.rfind(b"\n") + 1
        self.rest = kept[end:]
        return kept[:end] == self.row * (end // len(self.row))

    def _outside(self, kept: bytes) -> bytes:
        """What is not between quotes; a quote inside quotes is written twice, which changes nothing here."""
        if not (self.quoted or QUOTE in kept):
            return kept
        pieces = kept.split(QUOTE)
        outside = b"".join(pieces[self.quoted :: 2])
        self.quoted ^= len(pieces) % 2 == 0
        return outside

    def ends(self) -> bool:
        """Whether the last row is whole; its line end may be missing."""
        return not self.quoted and self.rest == (self.row[:-1] if self.open else b"")


class _AnyShape(_Shape):
    """After the rows have been read one by one."""

    def __init__(self) -> None:
        super().__init__(1)

    def fits(self, block: bytes) -> bool:
        return True


def require_text(path: str, block: bytes, line: int) -> None:
    """Refuse bytes that are not UTF-8, the first of which are on ``line``."""
    if block.isascii():
        return
    try:
        block.decode()
    except UnicodeDecodeError as error:
        _refuse_bytes(path, line + block.count(b"\n", 0, error.start), block[error.start])


def _refuse_bytes(path: str, line: int, byte: int) -> NoReturn:
    hint = "it looks like UTF-16" if line == 1 and byte in (0xFE, 0xFF) else "it may be Latin-1 or Windows-1252"
    raise ValueError(f"{path}: line {line} is not UTF-8 (byte 0x{byte:02X}); {hint}: save the file as UTF-8")


def _refuse_ragged(path: str, n_columns: int) -> None:
    """Raise for the first row that has not as many cells as the header, if there is one."""
    started = False
    for line, cells in _records(path):
        if len(cells) == n_columns or not (cells or started) or (n_columns == 1 and not cells):
            started |= bool(cells)
            continue
        if not cells:
            raise ValueError(f"{path}: line {line} is blank; take blank lines out, for they would count as rows")
        hint = "; a text that holds a comma must stand in quotes" if len(cells) > n_columns else ""
        raise ValueError(f"{path}: line {line} has {_cells(len(cells))}, the header {n_columns}{hint}")


def _cells(number: int) -> str:
    return f"{number} cell{'' if number == 1 else 's'}"


def _records(path: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file with the lines on which they begin; a blank line is an empty list."""
    with open(path, newline="", encoding="utf-8-sig", errors="surrogateescape") as file:
        reader = csv.reader(_lines(path, file), strict=True)
        line = 1
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            raise ValueError(f"{path}: line {line} cannot be read: {error}") from error


def _lines(path: str, file: Iterator[str]) -> Iterator[str]:
    """The lines of a file, those that are not UTF-8 and those that end in a carriage return alone refused."""
    quoted = False
    for number, text in enumerate(file, 1):
        quoted ^= text.count('"') % 2 == 1
        if not text.isascii():
            escaped = [c for c in text if "\udc80" <= c <= "\udcff"]
            if escaped:
                _refuse_bytes(path, number, ord(escaped[0]) - 0xDC00)
        if text.endswith("\r") and not quoted:
            raise ValueError(f"{path}: line {number} ends in a carriage return alone; save the file with line ends")
        yield text
