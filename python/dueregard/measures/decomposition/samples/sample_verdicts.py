"""Verdicts and adjusted p-values of the totals of gaps that were taken apart from records."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dueregard.inference.decomposition.part_contrasts import PartContrast
from dueregard.measures.decomposition.part_verdicts import Judged, Judging, verdicts
from dueregard.measures.decomposition.samples.part_limits import Precision
from dueregard.measures.decomposition.samples.wanted_rows import WantedRow
from dueregard.measures.verdicts import Rule

PERCENT = 100.0
Place = tuple[int, int]
"""An area and a group."""


def total_verdicts(
    found: Mapping[Place, Precision], rows: Sequence[WantedRow], level: float, adjust: str, threshold: float | None
) -> dict[Place, dict[int, dict[str, Any]]]:
    """Of the gap and of each part in total, by the place of its row; no verdicts without a threshold."""
    totals = {0: "gap", **{i: f"part {row.part}" for i, row in enumerate(rows, 1) if row.factor is None}}
    judged = [Judged(area, _contrast(each), totals) for (area, _), each in found.items()]
    judging = Judging(Rule(level, threshold or np.inf), adjust, "", True, 0)
    more = verdicts(judged, judging)
    if threshold is None:
        more = [{i: row | {"verdict": None} for i, row in each.items()} for each in more]
    return dict(zip(found, more, strict=True))


def _contrast(found: Precision) -> PartContrast:
    """Parts as fractions of a hundred points."""
    degrees = np.full(len(found.estimate), found.degrees_of_freedom)
    return PartContrast(found.estimate / PERCENT, found.se / PERCENT, degrees)
