"""Two proportions compared, table by table and method by method."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from dueregard.reference import conditional_comparisons, mover_comparisons, score_comparisons, wald_comparisons
from dueregard.reference.two_proportions import Comparison, Question, Table

MEASURES = ("difference", "ratio", "odds-ratio")

# A method answers one question about one table in which neither group is empty.
Method = Callable[[Table, Question], Comparison]

METHODS: dict[tuple[str, str], Method] = {
    **{(measure, "score"): score_comparisons.score for measure in MEASURES},
    **{(measure, "score-uncorrected"): score_comparisons.score_uncorrected for measure in MEASURES},
    **{(measure, "skewness-corrected"): score_comparisons.skewness_corrected for measure in MEASURES},
    ("difference", "newcombe"): mover_comparisons.newcombe,
    ("difference", "agresti-caffo"): wald_comparisons.agresti_caffo,
    ("difference", "wald"): wald_comparisons.wald_difference,
    ("ratio", "katz"): wald_comparisons.katz,
    ("ratio", "mover"): mover_comparisons.mover_ratio,
    ("odds-ratio", "wald"): wald_comparisons.woolf,
    ("odds-ratio", "mover"): mover_comparisons.mover_odds_ratio,
    ("odds-ratio", "central"): conditional_comparisons.central,
    ("odds-ratio", "mid-p"): conditional_comparisons.mid_p,
    ("odds-ratio", "fisher"): conditional_comparisons.fisher,
}


def compare_proportions(
    count1: NDArray[np.float64],
    nobs1: NDArray[np.float64],
    count2: NDArray[np.float64],
    nobs2: NDArray[np.float64],
    null: NDArray[np.float64],
    measure: str,
    method: str,
    confidence_level: float,
    alternative: str,
) -> NDArray[np.float64]:
    """Rows estimate, low, high, statistic and pvalue; all NaN where a group is empty."""
    answers = np.full((5, len(count1)), np.nan)
    compare = METHODS[measure, method]
    for i, counts in enumerate(zip(count1, nobs1, count2, nobs2, strict=True)):
        table = Table(*map(float, counts))
        if table.n1 > 0 and table.n2 > 0:
            answers[:, i] = compare(table, Question(measure, float(null[i]), confidence_level, alternative))
    return answers
