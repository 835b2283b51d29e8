"""The arguments that describe a sample before it is drawn."""

from __future__ import annotations

from typing import Any

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats


def shares(name: str, values: Any) -> Floats:
    array = checked.finite_numbers(name, values)
    checked.refuse_first(name, array, (array < 0) | (array > 1), "is not between 0 and 1")
    return array


def parts(values: Any) -> Floats:
    array = checked.finite_numbers("share", values)
    checked.refuse_first("share", array, (array <= 0) | (array >= 1), "is not between 0 and 1")
    return array


def cases(values: Any) -> Floats:
    array = checked.finite_numbers("nobs", values)
    checked.refuse_first("nobs", array, array <= 0, "is not above 0")
    return array


def effects(values: Any) -> Floats:
    array = checked.finite_numbers("design_effect", values)
    checked.refuse_first("design_effect", array, array <= 0, "is not above 0")
    return array


def degrees(clusters: Any, strata: Any, nobs: Floats) -> Floats:
    """Clusters less strata; NaN where nothing is said of clusters. Each has one of the cases at least."""
    if clusters is None:
        return np.array(np.nan)
    sampled, groups, present = checked.broadcast(
        clusters=checked.whole_numbers("clusters", clusters), strata=checked.whole_numbers("strata", strata), nobs=nobs
    )
    checked.refuse_first("strata", groups, groups < 1, "is below 1")
    checked.refuse_first("clusters", sampled, sampled <= groups, "is not above the number of strata")
    checked.refuse_first("clusters", sampled, sampled > present, "is above the number of cases")
    return np.asarray(sampled - groups)
