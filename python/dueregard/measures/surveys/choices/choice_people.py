"""The people asked a question of which several answers may be chosen: where each belongs, and what each weighs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs import cell_codes, row_weights
from dueregard.designs.designed import Designed, designed
from dueregard.designs.survey_design import SurveyDesign
from dueregard.inference.checked import Floats
from dueregard.records.rows import Keep
from dueregard.tallies import Tally


@dataclass(frozen=True, eq=False)
class People:
    """The rows of a table by cell of the tally, -1 where they are left out; with a design, their sample."""

    tally: Tally
    cell: NDArray[np.int32]
    weight: Floats | None
    sample: Designed | None = None


def of_table(
    table: Mapping[str, Any], columns: Sequence[str], weight: str | None, keep: Keep, **options: Any
) -> People:  # fmt: skip
    """Rows by the columns crossed; ``options`` are labels, missing and threads."""
    weighs = None if weight is None else row_weights.checked("weight", weight, table[weight], keep)
    n_rows = len(next(iter(table.values())))
    crossed = {name: table[name] for name in columns} or cell_codes.everybody(n_rows)
    return People(*cell_codes.coded(crossed, None, weighs, keep, **options), weighs)


def of_sample(data: Any, columns: Sequence[str], design: SurveyDesign, where: Any, **options: Any) -> People:
    """Rows of a sample, in the same order."""
    read = designed(data, columns, design, where=where, **options)
    return People(read.tally, read.rows.cell, read.rows.weight, read)
