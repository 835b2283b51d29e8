"""The rows of estimates from a survey: everybody together first, then every area."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.checked import Floats
from dueregard.measures.comparison_rows import Columns, flat
from dueregard.measures.surveys.domains import Domains
from dueregard.measures.surveys.survey_questions import Question
from dueregard.measures.surveys.survey_values import SurveyValues


def estimate_columns(
    found: SurveyValues, domains: Domains, question: Question, not_stated: NDArray[np.int64]
) -> Columns:
    """One row for each domain and quantile. ``not_stated``: rows of each domain outside the base, with no answer."""
    measures = question.measures
    n_rows = len(domains) * len(measures)
    flags = found.flag.reshape(len(domains), -1) | _base_flags(found, domains, question, not_stated)[:, np.newaxis]
    columns: Columns = {
        "measure": measures * len(domains),
        **{name: [area[i] for area in domains.areas for _ in measures] for i, name in enumerate(question.by)},
        "period": [question.period] * n_rows,
        "row_type": ["group"] * n_rows,
        "nobs": flat(found.nobs),
        "outcome_missing": flat(np.repeat(not_stated, len(measures))),
        "value": flat(found.value),
        "se": flat(found.se),
        "unit_of_measure": [question.unit_of_measure] * n_rows,
        "confidence_level": [question.level] * n_rows,
        "low": flat(found.low),
        "high": flat(found.high),
        "flag": [Flag(int(bits)) for bits in flags.reshape(-1)],
        "method": [found.method] * n_rows,
        "effective_nobs": flat(found.effective_nobs),
        "design_effect": flat(found.design_effect),
        "degrees_of_freedom": flat(found.degrees_of_freedom),
    }
    if found.count is not None:
        columns["count"] = flat(found.count)
    if question.statistic == "quantile":
        columns["quantile"] = list(question.quantiles) * len(domains)
    return columns


def _base_flags(
    found: SurveyValues, domains: Domains, question: Question, not_stated: NDArray[np.int64]
) -> NDArray[np.int64]:
    """What there is to know about the base of each domain."""
    shape = len(domains), -1
    nobs, size = found.nobs.reshape(shape)[:, 0], _worth(found, question).reshape(shape)[:, 0]
    reasons: dict[Flag, Any] = {
        Flag.EMPTY_GROUP: domains.counts.sum(axis=1) == 0,
        Flag.SMALL_BASE: (nobs > 0) & (size < SMALL_BASE),
        Flag.MISSING_ANSWERS: not_stated > 0,
    }
    total = np.zeros(len(domains), np.int64)
    for flag, on in reasons.items():
        total |= np.where(on, int(flag), 0)
    return total


def _worth(found: SurveyValues, question: Question) -> Floats:
    """Effective numbers of cases, never above plain ones, which stand for those not known and for those of totals."""
    nobs = found.nobs.astype(np.float64)
    return nobs if question.statistic == "total" else np.fmin(nobs, found.effective_nobs)
