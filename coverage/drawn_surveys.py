"""Surveys that were drawn, as the sums by ward and the groups by area that the rows of their records come to."""

from typing import Any

import numpy as np
from survey_population import Floats, Integers

from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.clusters import Clusters
from dueregard.measures.grouped import Grouped
from dueregard.measures.surveyed import Surveyed


def totals_of(asked: Integers, weight: Floats) -> ClusterTotals:
    """Sums by ward and by part, area, group and answer, as from the rows of the survey; an area is a stratum.

    ``asked`` are numbers of interviews by area, ward, part of the survey (such as a year), group, household and answer,
    ``weight`` what one stands for by area, ward, part and household.
    """
    n_areas, n_wards, n_parts = asked.shape[:3]
    each = weight[:, :, :, np.newaxis, :, np.newaxis]
    nobs, sums, squares = (part.sum(axis=4) for part in (asked, asked * each, asked * each * each))
    found = np.nonzero(nobs)
    area, ward, part, group, answer = found
    domain = ((part * n_areas + area) * 2 + group) * 2 + answer
    return ClusterTotals(
        Clusters(np.repeat(np.arange(n_areas, dtype=np.int32), n_wards), np.zeros(n_areas)),
        4 * n_areas * n_parts,
        (area * n_wards + ward).astype(np.int32),
        domain.astype(np.int32),
        nobs[found],
        squares[found],
        sums[found][:, np.newaxis],
    )


def groups_of(totals: ClusterTotals, by: tuple[str, ...], areas: list[tuple[Any, ...]]) -> Grouped:
    """The reference and the group in each area, as measures arrange them."""
    n = len(areas)
    cells = np.arange(4 * n).reshape(n, 2, 2)
    top = np.arange(2 * n), cells[..., 0].reshape(-1), 2 * n
    base = np.repeat(np.arange(2 * n), 2), cells.reshape(-1), 2 * n
    sums = (totals.domain_nobs, totals.domain_sums[:, 0], totals.domain_squares)
    return grouped(by, areas, *(each.reshape(n, 2, 2) for each in sums)).of_survey(
        Surveyed(totals, top, base, weighted=True)
    )


def grouped(
    by: tuple[str, ...], areas: list[tuple[Any, ...]], nobs: Integers, weight: Floats, squares: Floats
) -> Grouped:
    """Counts, sums of weights and of their squares by area, group and answer, without a design."""
    return Grouped(
        by=by,
        areas=areas,
        groups=["reference", "group"],
        known_group=np.ones(2, np.bool_),
        known_area=np.ones(len(areas), np.bool_),
        count=nobs[..., 0],
        nobs=nobs.sum(axis=-1),
        outcome_missing=np.zeros(nobs.shape[:2], np.int64),
        weight_count=weight[..., 0],
        weight=weight.sum(axis=-1),
        squares=squares.sum(axis=-1),
        weighted=not np.array_equal(nobs, weight),
    )
