"""Text columns that NumPy and Python hold: fixed width, and Python strings."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.records.coded import CodedColumn
from dueregard.records.columns import Coded, Interrupt


def coded_text(name: str, codes: NDArray[np.int32], labels: list[Any]) -> Coded:
    """Codes from 0 with -1 for missing, as a column whose level 0 is the missing one."""
    return Coded(CodedColumn(name, codes, -1, len(labels) + 1), [None, *labels])


@dataclass(frozen=True)
class FixedTextColumn:
    """A NumPy array of text of a fixed width, any stride and byte order."""

    name: str
    values: NDArray[np.str_]

    @property
    def n_rows(self) -> int:
        return len(self.values)

    def code(self, start: int, stop: int, first_row: int, interrupt: Interrupt) -> Coded:
        codes = np.empty(stop - start, np.int32)
        labels = _core.code_fixed(self.values[start:stop], codes, self.name, first_row, interrupt)
        return coded_text(self.name, codes, labels)


@dataclass(frozen=True)
class ObjectColumn:
    """An array of Python strings; None, NaN and pandas' NA are missing."""

    name: str
    values: NDArray[np.object_]

    @property
    def n_rows(self) -> int:
        return len(self.values)

    def code(self, start: int, stop: int, first_row: int, interrupt: Interrupt) -> Coded:
        codes = np.empty(stop - start, np.int32)
        labels = _core.code_objects(self.values[start:stop], codes, self.name, first_row, interrupt)
        return coded_text(self.name, codes, labels)
