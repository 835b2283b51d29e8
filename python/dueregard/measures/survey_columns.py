"""What rows of a survey with a design have that others have not."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.measures.gaps.against_target import HeldAgainst
from dueregard.measures.grouped import Grouped


def survey_flags(grouped: Grouped, against: Grouped | HeldAgainst | None = None) -> Any:
    """How the precision of each group, and of what it is compared with, was found."""
    if grouped.survey is None or grouped.precision is None:
        return np.int64(0)
    if grouped.survey.cells.is_full_count:
        return np.int64(Flag.FULL_COUNT)
    flags = grouped.survey.estimates.flags(0).reshape(grouped.nobs.shape) | grouped.precision.flag
    if isinstance(against, Grouped) and against.precision is not None:
        flags = flags | against.precision.flag
    clustered = bool((grouped.survey.cells.nobs > 1).any())
    return flags | (int(Flag.CLUSTERED) if clustered else 0)


def survey_columns(
    grouped: Grouped, *, chance: bool = True, shown: NDArray[np.bool_] | None = None
) -> dict[str, list[Any]]:
    """Degrees of freedom of each group; and of shares that are ``shown`` alone, their linearised standard errors."""
    if grouped.survey is None or grouped.precision is None:
        return {}
    shape = grouped.nobs.shape
    degrees = np.where(grouped.nobs > 0, grouped.survey.estimates.degrees_of_freedom.reshape(shape), np.nan)
    columns: dict[str, list[Any]] = {"degrees_of_freedom": degrees.reshape(-1).tolist()}
    if shown is not None and chance:
        told = shown & (grouped.size > 0) & ~grouped.precision.edge
        se = np.where(told, np.sqrt(np.maximum(grouped.survey.estimates.variance(0).reshape(shape), 0.0)), np.nan)
        columns["se"] = (100 * se).reshape(-1).tolist()
    return columns
