"""Which rows a gap taken apart has: each part, its factors and their levels."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.measures.decomposition.samples.gap_samples import Term

CONSTANT = "constant"
WITH_CONSTANT = 1
"""The part that the constants of the models differ in: unexplained, or coefficients."""
TOTAL = -1
"""The column of a part's total, which may be known where its columns are not."""


class WantedRow(NamedTuple):
    """One row: its part by number, its factor and level, and the columns it is the sum of.

    Column 0 is the constant, 1 to p those of the model, the last the total.
    """

    part: int
    factor: str | None
    level: Any
    columns: tuple[int, ...]
    is_number: bool = False
    """Whether it is of a factor with numbers."""


def wanted_rows(terms: Sequence[Term], n_parts: int, detailed: Mapping[int, str]) -> list[WantedRow]:
    """All rows below the gap.

    ``detailed`` are the parts that are known by "factor", or by factor and "level", by number.
    """
    found = []
    for part in range(n_parts):
        found.append(WantedRow(part, None, None, (TOTAL,)))
        if part not in detailed:
            continue
        for term in terms:
            found += _of_term(part, term, detailed[part])
        if part == WITH_CONSTANT:
            found.append(WantedRow(part, CONSTANT, None, (0,)))
    return found


def _of_term(part: int, term: Term, depth: str) -> list[WantedRow]:
    columns = tuple(column + 1 for column in term.columns)
    rows = [WantedRow(part, term.name, None, columns, term.levels is None)]
    if term.levels is not None and depth == "level":
        rows += [
            WantedRow(part, term.name, level, (column,)) for level, column in zip(term.levels, columns, strict=True)
        ]
    return rows


def summed(parts: Floats, rows: Sequence[WantedRow]) -> Floats:
    """The gap, then each row, (..., 1 + rows), of parts by column, (..., number of parts, p + 2).

    Added up in one order for each of the leading axes, so that the order of a sample's rows makes no difference.
    """
    found = np.empty((*parts.shape[:-2], 1 + len(rows)))
    found[..., 0] = parts[..., TOTAL].sum(axis=-1)
    for i, row in enumerate(rows, 1):
        found[..., i] = parts[..., row.part, list(row.columns)].sum(axis=-1)
    return found
