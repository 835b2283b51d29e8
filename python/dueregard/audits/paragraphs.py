"""The paragraphs of a text: lines that were wrapped are joined, and every place in them knows its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

BULLET = re.compile(
    r"\s*(?:[-*+\N{BULLET}\N{EN DASH}\N{MIDDLE DOT}]|\d{1,3}[.)]|\(?(?:[a-z]|[ivx]+)\))\s+\S", re.IGNORECASE
)
ALONE = re.compile(r"\s*#{1,6}\s|\s*[=\-*_]{3,}\s*$|.*[\t|]|.*\S {3,}\S")
"""A heading, the line below one, and the row of a table: of tabs, strokes or wide spaces."""
GOES_ON = re.compile(r"\s|[a-z(]")
"""How a line begins that is the rest of the item of a list above it."""
SHORT = 40
"""A line of fewer characters was not wrapped: it is a heading or an item, unless what follows has no capital."""
MARKS = re.compile(r"^\s*(?:>\s?)+|\*\*(?=\S)|(?<=\S)\*\*")
"""What marks a quotation or bold words in Markdown."""
THREE_DIGITS = re.compile(r"\d{3}(?!\d)")


@dataclass(frozen=True)
class Paragraph:
    """Lines as one text. `starts` says where in it each begins, `first` is the number of the first."""

    text: str
    starts: Sequence[int]
    first: int

    def line_at(self, position: int) -> int:
        """The number of the line that a place in the text is on."""
        return self.first + bisect_right(self.starts, position) - 1


def paragraphs(lines: Sequence[str]) -> Iterator[Paragraph]:
    """The paragraphs of a text. A blank line ends one; headings, items of lists and rows of tables are their own.

    >>> lines = ["# Findings", "22 of 32", "boroughs (67%)", "", "- one", "- two"]
    >>> [(each.first, each.text) for each in paragraphs(lines)]
    [(1, '# Findings'), (2, '22 of 32 boroughs (67%)'), (5, '- one'), (6, '- two')]
    """
    block: list[str] = []
    for number, line in enumerate((MARKS.sub("", line) for line in lines), 1):
        if block and not _continues(block[-1], line):
            yield _joined(block, number - len(block))
            block = []
        if line.strip():
            block.append(line)
    if block:
        yield _joined(block, len(lines) - len(block) + 1)


def _continues(before: str, line: str) -> bool:
    """Whether a line is of the same paragraph as the one before it."""
    if not line.strip() or BULLET.match(line) or ALONE.match(line) or ALONE.match(before):
        return False
    if BULLET.match(before):
        return GOES_ON.match(line) is not None
    return len(before.strip()) >= SHORT or not line.strip()[0].isupper()


def _joined(block: Sequence[str], first: int) -> Paragraph:
    """Lines joined by spaces, but where a figure would come to stand beside one that is no part of it."""
    parts = [block[0].strip()]
    for line in map(str.strip, block[1:]):
        beside = parts[-1][-1].isdigit() and line[0].isdigit() and not THREE_DIGITS.match(line)
        parts += ["\n" if beside else " ", line]
    begins = [0, *accumulate(map(len, parts))]
    return Paragraph("".join(parts), begins[:-1:2], first)
