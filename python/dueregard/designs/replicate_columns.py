"""Replicate weights as a design names them: which columns they are, and what their squared deviations count for."""

from fnmatch import fnmatchcase

import numpy as np
from numpy.typing import NDArray

from dueregard.designs.survey_design import SurveyDesign

Floats = NDArray[np.float64]


def replicate_columns(design: SurveyDesign, there: list[str]) -> tuple[str, ...]:
    """The columns of replicate weights: those named, or those of a table that match the pattern, in its order."""
    pattern = design.replicate_weights
    if not isinstance(pattern, str):
        return pattern or ()
    found = tuple(name for name in there if fnmatchcase(name, pattern))
    if len(found) < 2:
        what = f"only {found[0]!r} matches" if found else "no column matches"
        raise ValueError(f"replicate_weights: {what} {pattern!r}; the columns are {', '.join(map(repr, there[:20]))}")
    if design.replicate_scales is not None and len(design.replicate_scales) != len(found):
        scales = len(design.replicate_scales)
        raise ValueError(
            f"replicate_scales: {scales} numbers for {len(found)} columns of replicate weights {pattern!r}"
        )
    return found


def scales_of(design: SurveyDesign, n: int) -> tuple[float, Floats]:
    """What squared deviations of given replicates count for: Wolter (2007), Introduction to variance estimation."""
    of_kind = {
        "jk1": (n - 1) / n,
        "jkn": 1.0,
        "brr": 1 / n,
        "fay": 1 / (n * (1 - design.fay) ** 2),
        "bootstrap": 1 / (n - 1),
    }
    scale = of_kind[str(design.replicates)] if design.scale is None else design.scale
    return scale, np.ones(n) if design.replicate_scales is None else np.array(design.replicate_scales)
