"""Totals of the population that the weights were made to add up to: checked, and taken into clusters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs.survey_design import SurveyDesign
from dueregard.hints import did_you_mean
from dueregard.inference.surveys.calibration import Calibration
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.summing import cluster_totals
from dueregard.missing import is_missing
from dueregard.records.levels import Levels, levels_of

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]

TOLERANCE = 1e-3
"""How far weights may be from a total, as a share of it: raking stops somewhere."""


@dataclass(frozen=True, eq=False)
class Margins:
    """The combination of categories that each row is in, and the category of each combination in each margin.

    Categories are numbered through all margins. Without margins there is one combination and no category.
    """

    codes: Codes
    category: Codes
    n_categories: int


def combined(table: dict[str, Any], design: SurveyDesign, weight: Floats) -> Margins:
    """The margins of a table whose weights add up to them."""
    codes, category = np.zeros(len(weight), np.int64), np.zeros((1, 0), np.int64)
    n_categories = 0
    names = list(design.population_totals)
    for name, levels in zip(names, levels_of(table, names, None, kinds={}) if names else [], strict=True):
        of_row = _checked(name, levels, design.population_totals[name], weight)
        pairs, codes = np.unique(codes * len(levels.labels) + of_row, return_inverse=True)
        before, own = np.divmod(pairs, len(levels.labels))
        category = np.column_stack([category[before], n_categories + own])
        n_categories += len(levels.labels)
    return Margins(codes, category, n_categories)


def calibration(
    margins: Margins, cluster: NDArray[np.int32], weight: Floats, before: Floats
) -> tuple[Calibration | None, NDArray[np.int32] | None]:
    """The calibration, and the piece of its cluster that each row is in."""
    if not margins.n_categories:
        return None, None
    n = len(margins.category)
    pairs, numbers = np.unique(cluster.astype(np.int64) * n + margins.codes, return_inverse=True)
    of_piece, combination = np.divmod(pairs, n)
    piece = numbers.astype(np.int32)
    sums = [_by_piece(piece, len(pairs), each) for each in (weight, before)]
    found = Calibration(of_piece.astype(np.int32), margins.category[combination], margins.n_categories, *sums)
    return found, piece


def _by_piece(piece: NDArray[np.int32], n_pieces: int, weight: Floats) -> Floats:
    alone = Clusters(np.zeros(n_pieces, np.int32), np.zeros(1), "remove")
    everything = np.zeros(len(piece), np.int32)
    return np.ascontiguousarray(cluster_totals(piece, everything, 1, weight, alone).sums[:, 0])


def pieces(calibration: Calibration, clusters: Clusters) -> Clusters:
    """The pieces in place of the clusters, to be summed by."""
    return Clusters(clusters.stratum[calibration.cluster], clusters.fraction, "remove")


def _checked(name: str, levels: Levels, totals: Mapping[Any, float], weight: Floats) -> Codes:
    """The category of each row; rows that weigh nothing may have none."""
    codes = levels.codes
    known = np.array([not is_missing(label) for label in levels.labels], bool)
    absent = ~known[codes] & (weight > 0)
    if absent.any():
        row = int(absent.argmax())
        raise ValueError(f"population_totals: {name!r} is missing at row {row}; every row with a weight needs a label")
    sums = np.bincount(codes, weight, len(levels.labels))
    for label, total in zip(levels.labels, sums.tolist(), strict=True):
        if total > 0 and label not in totals:
            hint = did_you_mean(label, list(totals))
            raise ValueError(f"population_totals: {name!r} has no total for {label!r}{hint}")
    found = dict(zip(levels.labels, sums.tolist(), strict=True))
    for label, wanted in totals.items():
        total = found.get(label, 0.0)
        if abs(total - wanted) > TOLERANCE * wanted:
            _refuse(name, label, wanted, total, label in found, levels.labels)
    return codes


def _refuse(name: str, label: Any, wanted: float, total: float, is_there: bool, there: list[Any]) -> None:
    if not is_there:
        raise ValueError(f"population_totals: no row has the label {label!r} of {name!r}{did_you_mean(label, there)}")
    raise ValueError(
        f"population_totals: the weights of {label!r} in {name!r} add up to {total:,.6g}, not to {wanted:,.6g} (a "
        f"thousandth of it is allowed): rake them first; see dr.survey_design"
    )
