"""Replicates of a design: those whose weights came with the data, and those made from its clusters."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs import row_weights
from dueregard.designs.replicate_columns import scales_of
from dueregard.designs.survey_design import SurveyDesign
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.replicates import replicate_designs
from dueregard.inference.surveys.replicates.replicates import Replicates
from dueregard.inference.surveys.summing import cluster_totals
from dueregard.records.rows import Keep

Floats = NDArray[np.float64]
RANK_TOLERANCE = 1e-10
"""Of the squares: as R's survey, which takes columns of replicate weights for dependent below 1e-5."""


def read(table: dict[str, Any], columns: Sequence[str], keep: Keep) -> Floats | None:
    """The replicate weights of each row, one replicate after the other."""
    if not columns:
        return None
    return np.array([row_weights.checked("replicate_weights", name, table[name], keep) for name in columns])


def summed(
    design: SurveyDesign,
    weights: Floats,
    cell: NDArray[np.int32],
    n_cells: int,
    values: Floats | None,
    threads: int | None,
) -> Replicates:
    """Replicates as sums of each cell: of every replicate, the rows once more with its weights."""
    everything = Clusters(np.zeros(1, np.int32), np.zeros(1), "remove")
    together = np.zeros(len(cell), np.int32)
    totals = np.array(
        [
            cluster_totals(together, cell, n_cells, weight, everything, values=values, threads=threads).domain_sums
            for weight in weights
        ]
    )
    scale, scales = scales_of(design, len(weights))
    freedom = design.degrees_of_freedom
    return Replicates(
        str(design.replicates),
        scale=scale,
        scales=scales,
        mse=design.mse,
        degrees_of_freedom=float(rank(weights) - 1) if freedom is None else freedom,
        totals=totals,
    )


def made(design: SurveyDesign, clusters: Clusters, strata: Sequence[Any]) -> Replicates | None:
    """Replicates made from the clusters, if the design asks for them."""
    if design.replicates is None or design.replicate_weights is not None:
        return None
    kind = design.replicates
    try:
        found = replicate_designs.make(
            kind, clusters, design.n_replicates, fay=design.fay, mse=design.mse, rng=design.rng
        )
    except replicate_designs.StratumSizeError as error:
        size, name = clusters.size[error.stratum], strata[error.stratum]
        where = "the sample" if design.stratum is None else f"stratum {name!r}"
        raise ValueError(f"replicates: {kind!r} needs 2 clusters in each stratum; {where} has {size}") from None
    if design.replicate_scales is not None and len(design.replicate_scales) != found.n:
        given = len(design.replicate_scales)
        raise ValueError(f"replicate_scales: {given} numbers for the {found.n} replicates that {kind!r} makes here")
    if design.scale is not None:
        found = replace(found, scale=design.scale)
    if design.replicate_scales is not None:
        found = replace(found, scales=np.array(design.replicate_scales))
    if design.degrees_of_freedom is not None:
        found = replace(found, degrees_of_freedom=design.degrees_of_freedom)
    return found


def rank(weights: Floats) -> int:
    """How many of the replicates' weights are not combinations of others'."""
    length = np.sqrt(np.einsum("rn,rn->r", weights, weights))
    unit = weights / np.where(length > 0, length, 1)[:, None]
    return int(np.linalg.matrix_rank(unit @ unit.T, tol=RANK_TOLERANCE * len(weights), hermitian=True))
