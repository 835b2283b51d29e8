"""Stop and search files as coded columns: blanks get their kind of missing, and files are put one after the other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import labels as label_order
from dueregard import threads
from dueregard.missing import NOT_APPLICABLE, NOT_COLLECTED, NOT_STATED
from dueregard.records.coded_labels import CodedLabels, Codes
from dueregard.records.columns import Interrupt
from dueregard.records.known_files.csv_bytes import CodedText, Coder
from dueregard.records.known_files.published_files import PublishedFile
from dueregard.records.known_files.stop_search_columns import ADDED, PERSON, TYPE, VEHICLE_ONLY, settled
from dueregard.records.progress import Progress

GROUP_BYTES = 1 << 29  # of files that are put together: some two million rows
WIDE_BYTES = 1 << 26  # the same where every column is wanted
BYTES_PER_ROW = 200  # about

Settled = tuple[Codes | None, list[str]]
"""The codes of a column of one file, or None where all rows have the one label, and its labels, which may repeat."""


@dataclass(frozen=True)
class HeadedFile:
    """A file, the names of its columns, and the line that holds them."""

    file: PublishedFile
    header: tuple[str, ...]
    first_line: bytes

    def coded(self, columns: Sequence[str], coder: Coder, interrupt: Interrupt) -> CodedText:
        """Those of the columns that the file has, as it has them."""
        there = [name for name in dict.fromkeys(columns) if name in self.header]
        return coder.code(self.file.path, self.file.read(), self.first_line, self.header, there, interrupt)

    def settled(self, columns: Sequence[str], coder: Coder, interrupt: Interrupt) -> tuple[int, dict[str, Settled]]:
        """The number of rows and all the columns, their blanks told apart."""
        kinds = [TYPE] if set(columns) & set(PERSON) else []
        text = self.coded([*columns, *kinds], coder, interrupt)
        return text.n_rows, {name: self._column(name, text) for name in columns}

    def _column(self, name: str, text: CodedText) -> Settled:
        if name in ADDED:
            return None, [getattr(self.file, name)]
        if name not in text.codes:
            return None, [NOT_COLLECTED]
        codes, labels = text.codes[name], settled(name, text.labels[name])
        if name in PERSON and VEHICLE_ONLY in text.labels[TYPE]:
            return without_person(codes, labels, is_vehicle_only(text))
        return codes, labels


def is_vehicle_only(text: CodedText) -> NDArray[np.bool_]:
    """Which rows are searches of a vehicle alone."""
    return np.array([label == VEHICLE_ONLY for label in text.labels[TYPE]], bool)[text.codes[TYPE]]


def without_person(codes: Codes, labels: list[str], vehicle_only: NDArray[np.bool_]) -> Settled:
    """What is not stated of a vehicle does not apply; what is stated is kept."""
    unstated = np.array([label == NOT_STATED for label in labels], bool)[codes]
    wide = codes.astype(np.min_scalar_type(len(labels)))
    wide[vehicle_only & unstated] = len(labels)
    return wide, [*labels, NOT_APPLICABLE]


def batches(files: Sequence[HeadedFile], columns: Sequence[str], group_bytes: int) -> Iterator[dict[str, CodedLabels]]:
    """The columns of all files, those of about so many bytes put together."""

    def settle(headed: HeadedFile, coder: Coder, interrupt: Interrupt) -> tuple[int, dict[str, Settled]]:
        return headed.settled(columns, coder, interrupt)

    for parts in over_files(files, settle, group_bytes):
        sizes = [n_rows for n_rows, _ in parts]
        yield {name: _joined(name, sizes, [found[name] for _, found in parts]) for name in columns}


def over_files(
    files: Sequence[HeadedFile], work: Callable[[HeadedFile, Coder, Interrupt], Any], group_bytes: int = GROUP_BYTES
) -> Iterator[list[Any]]:
    """What ``work`` makes of each file, by several threads, group after group of files."""
    with Progress(sum(headed.file.size for headed in files)) as progress:

        def work_on(start: int, stop: int, interrupt: Interrupt) -> list[Any]:
            coder, done = Coder(), []
            for headed in group[start:stop]:
                done.append(work(headed, coder, interrupt))
                progress.advance(headed.file.size)
            return done

        for group in _groups(files, group_bytes):
            about = sum(headed.file.size for headed in group) // BYTES_PER_ROW
            n_threads = min(threads.choose(None, about), len(group))
            yield [one for part in threads.over_ranges(work_on, len(group), n_threads) for one in part]


def _groups(files: Sequence[HeadedFile], group_bytes: int) -> Iterator[Sequence[HeadedFile]]:
    start, size = 0, 0
    for i, headed in enumerate(files):
        size += headed.file.size
        if size >= group_bytes:
            yield files[start : i + 1]
            start, size = i + 1, 0
    if start < len(files):
        yield files[start:]


def _joined(name: str, sizes: Sequence[int], parts: Sequence[Settled]) -> CodedLabels:
    """One column of several files, its labels in their final order."""
    labels = label_order.arrange((label for _, found in parts for label in found), ordered=False)
    position = {label: i for i, label in enumerate(labels)}
    joined = np.empty(sum(sizes), np.min_scalar_type(max(len(labels) - 1, 0)))
    start = 0
    for n_rows, (codes, found) in zip(sizes, parts, strict=True):
        places = np.array([position[label] for label in found], joined.dtype)
        joined[start : start + n_rows] = places[0] if codes is None else places[codes]
        start += n_rows
    return CodedLabels(name, joined, labels)
