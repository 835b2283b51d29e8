"""Columns whose codes are known already, each with the text that it stands for."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.missing import NOT_STATED
from dueregard.records.coded import CodedColumn
from dueregard.records.columns import Coded, Interrupt

Codes = NDArray[np.integer[Any]]


@dataclass(frozen=True)
class CodedLabels:
    """A column of codes from 0 on; see `dueregard.records.columns.Column`. Labels may repeat."""

    name: str
    codes: Codes
    labels: list[str]

    @property
    def n_rows(self) -> int:
        return len(self.codes)

    def code(self, start: int, stop: int, first_row: int, interrupt: Interrupt) -> Coded:
        column = CodedColumn(self.name, self.codes[start:stop], 0, max(len(self.labels), 1))
        return Coded(column, list(self.labels) or [NOT_STATED])


def narrow(codes: NDArray[np.int32], n_labels: int) -> Codes:
    """A copy in the narrowest type that holds codes of so many labels."""
    return codes.astype(np.min_scalar_type(max(n_labels - 1, 0)))
