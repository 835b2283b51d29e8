"""Design effects without the rows of a sample: that behind a published half-width, that of clusters and weights."""

from __future__ import annotations

import math

from dueregard.inference import checked
from dueregard.inference.two_groups import sample_plans
from dueregard.inference.two_groups.precision_sizes import precision_sample_size


def implied_design_effect(
    half_width: float,
    nobs: float,
    p1: float,
    p2: float | None = None,
    *,
    share: float | None = None,
    method: str = "score",
    confidence_level: float = 0.95,
) -> float:
    """How many times larger a variance is, by a published half-width, than that of a simple random sample.

    Parameters
    ----------
    half_width : float
        The published one, as a fraction.
    nobs : float
        The cases that it was made from.
    p1, p2, share, method, confidence_level
        As in `dueregard.precision_sample_size`.

    Returns
    -------
    float
        ``nobs`` over the effective number of cases that gives the half-width. Below 1 the sample was better than a
        simple one, or the half-width is of fewer cases, or of another level, than was said.

    Raises
    ------
    TypeError, ValueError
        As `dueregard.precision_sample_size`.

    Examples
    --------
    >>> import dueregard as dr
    >>> round(dr.implied_design_effect(0.019, 18_000, 0.81, 0.74, share=0.71), 2)
    1.92
    """
    cases = float(sample_plans.cases(checked.number("nobs", nobs)))
    return (
        cases
        / precision_sample_size(
            half_width, p1, p2, share=share, method=method, confidence_level=confidence_level
        ).effective_nobs
    )


def cluster_design_effect(per_cluster: float, likeness: float, *, weight_variation: float = 0.0) -> float:
    """The design effect to expect of a sample in clusters, with weights.

    Parameters
    ----------
    per_cluster : float
        Cases of a cluster that answer, at least 1, on average: of one group, if it is about that group.
    likeness : float
        How alike answers of one cluster are: the correlation of two of them, from 0 to 1.
    weight_variation : float
        The standard deviation of weights over their mean.

    Returns
    -------
    float
        (1 + weight_variation^2) (1 + (per_cluster - 1) likeness).

    Raises
    ------
    TypeError, ValueError
        If an argument is not a number, or outside its range.

    Notes
    -----
    Kish, L. (1965), Survey Sampling, sections 5.4 and 11.7; (1987), Weighting in Deft2, The Survey Statistician 17.

    Examples
    --------
    >>> import dueregard as dr
    >>> round(dr.cluster_design_effect(12, 0.03, weight_variation=0.4), 2)
    1.54
    """
    size, alike = checked.number("per_cluster", per_cluster), checked.number("likeness", likeness)
    uneven = checked.number("weight_variation", weight_variation)
    if not 1 <= size < math.inf:
        raise ValueError(f"per_cluster: {per_cluster!r} is not a finite number from 1")
    if not 0 <= alike <= 1:
        raise ValueError(f"likeness: {likeness!r} is not between 0 and 1")
    if not 0 <= uneven < math.inf:
        raise ValueError(f"weight_variation: {weight_variation!r} is not a finite number from 0")
    return (1 + uneven**2) * (1 + (size - 1) * alike)
