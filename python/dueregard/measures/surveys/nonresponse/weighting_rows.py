"""The rows of a check of weighting classes: all together, then each class with the weight it would have."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.inference.surveys.nonresponse.weighting_classes import (
    class_weights,
    likeness_of_response,
    weighting_cost,
)
from dueregard.measures.comparison_rows import Columns, flat
from dueregard.measures.gaps.compared import Question
from dueregard.measures.surveys.nonresponse.classes import Classes

DIFFER, ALIKE = "classes respond differently", "no more different than chance"
EXPECTED = 5
"""Numbers expected in a cell, below which Pearson's p-value is rough."""

Places = NDArray[np.int64]


def _weights(found: Classes, to: Places) -> NDArray[np.float64]:
    """The weight of each class, of those that are weighted together the same."""
    n, whole = (np.bincount(to, weights=each, minlength=len(to)) for each in (found.respondents, found.asked))
    return class_weights(n.astype(np.int64), whole.astype(np.int64))[to]


def class_columns(found: Classes, to: Places) -> Columns:
    """What the classes are of those asked and of respondents, and their weights."""
    weight, n, whole = _weights(found, to), found.respondents.sum(), found.asked.sum()
    known = ~np.isnan(weight)  # of those asked in classes without respondents nobody is weighted up to
    mean = found.asked[known].sum() / n if n else np.nan
    share = found.respondents / n if n else np.full(len(to), np.nan)
    together = [" + ".join(found.names[j] for j in np.flatnonzero(to == place)) for place in to]
    return {
        "asked_percent": flat(100 * found.asked / whole) if whole else [],
        "respondents_percent": flat(100 * share),
        "weight": flat(weight),
        "relative_weight": flat(weight / mean) if whole else [],
        "weighting_class": together,
    }


def with_flags(columns: Columns, found: Classes, least: int) -> Columns:
    """A flag on classes with fewer respondents than the minimum."""
    few = [Flag.BELOW_MINIMUM if n < least else Flag(0) for n in found.respondents.tolist()]
    return columns | {"flag": [flag | more for flag, more in zip(columns["flag"], few, strict=True)]}


def summary_row(found: Classes, to: Places, question: Question) -> Columns:
    """All classes together: the response rate, whether classes respond alike, and what weights would cost."""
    n, whole = int(found.respondents.sum()), int(found.asked.sum())
    weight, level = _weights(found, to), question.rules[0].confidence_level
    rate = n / whole if whole else float("nan")
    low, high = wilson(np.array([rate]), np.array([float(whole)]), normal_quantile(level))
    statistic, freedom, pvalue, least = likeness_of_response(found.respondents, found.asked)
    cost, known = weighting_cost(found.respondents, weight), weight[found.respondents > 0]
    row: dict[str, Any] = {
        "measure": question.name,
        "characteristic": question.characteristic,
        "period": question.period,
        "row_type": "overall",
        "count": n,
        "nobs": whole,
        "value": 100 * n / whole if whole else float("nan"),
        "unit_of_measure": "percent",
        "confidence_level": level,
        "low": 100 * float(low[0]),
        "high": 100 * float(high[0]),
        "pvalue": pvalue,
        "adjusted_pvalue": pvalue,
        "verdict": None if np.isnan(pvalue) else DIFFER if pvalue < 1 - level else ALIKE,
        "flag": _flag(n, whole, least),
        "method": "Wilson; Pearson's chi-squared of response by class",
        "statistic": statistic,
        "degrees_of_freedom": float(freedom),
        "weight": whole / n if n else float("nan"),
        "relative_weight": 1.0 if n else float("nan"),
        "smallest_weight": float(known.min()) if len(known) else float("nan"),
        "largest_weight": float(known.max()) if len(known) else float("nan"),
        "effective_nobs": cost.size,
        "design_effect": cost.design_effect,
        "lost_nobs": n - cost.size,
    }
    return {name: [value] for name, value in row.items()}


def _flag(n: int, whole: int, least: float) -> Flag:
    flag = Flag.NO_CASES if not whole else Flag.SMALL_BASE if n < SMALL_BASE or least < EXPECTED else Flag(0)
    return flag | (Flag.UNDEFINED if np.isnan(least) else Flag(0))
