"""How fast is the score interval of a difference and of a ratio, with its p-value?"""

import json
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from harness import Question, check_equal
from numpy.typing import NDArray
from statsmodels.stats.proportion import confint_proportions_2indep

from dueregard import _core

TABLES = 1_000_000
FOR_STATSMODELS = 200
PROMISES = {"difference": (2, 400), "ratio": (1, 100)}
STATSMODELS_NAME = {"difference": "diff", "ratio": "ratio"}
TRUSTED = Path(__file__).parents[1] / "tests" / "inference" / "r_score_limits.json"

Floats = NDArray[np.float64]


def tables(n: int) -> list[Floats]:
    """Groups of 1 to 400, shares of every size: count1, nobs1, count2, nobs2."""
    rng = np.random.default_rng(1985)
    n1, n2 = rng.integers(1, 401, (2, n))
    x1, x2 = rng.binomial(n1, rng.random(n)), rng.binomial(n2, rng.random(n))
    return [column.astype(np.float64) for column in (x1, n1, x2, n2)]


def with_dueregard(counts: list[Floats], measure: str) -> Floats:
    null = np.full(len(counts[0]), 0.0 if measure == "difference" else 1.0)
    return _core.compare_proportions(*counts, null, measure, "score", 0.95, "two-sided")


def with_statsmodels(table: tuple[int, ...], measure: str) -> tuple[float, float] | None:
    """None where it raises an error."""
    try:
        low, high = confint_proportions_2indep(*table, compare=STATSMODELS_NAME[measure], method="score")
    except Exception:
        return None
    return float(low), float(high)


def check_trusted(measure: str) -> None:
    """The limits that a bisection solver found."""
    rows = [[float(value) for value in row] for row in json.loads(TRUSTED.read_text())["bisection"][f"{measure} score"]]
    *counts, low, high = (np.array(column) for column in zip(*rows, strict=True))
    found = with_dueregard(counts, measure)[1:3]
    check_equal("dueregard", bool(np.allclose(found, [low, high], rtol=1e-9, atol=1e-9)), True)


def comparable(counts: list[Floats], found: Floats, measure: str) -> tuple[list[tuple[int, ...]], int, int]:
    """The tables on which statsmodels gives the same limits, and how many it gives others for or none."""
    same, other, none = [], 0, 0
    for i in range(FOR_STATSMODELS):
        table = tuple(int(column[i]) for column in counts)
        limits = with_statsmodels(table, measure)
        if limits is None:
            none += 1
        elif np.allclose(limits, found[1:3, i], rtol=1e-5, atol=1e-5):
            same.append(table)
        else:
            other += 1
    return same, other, none


def all_of(function: Callable[..., Any], items: list[tuple[int, ...]], measure: str) -> None:
    for item in items:
        function(item, measure)


def run() -> Question:
    question = Question(
        "Score interval and p-value of two proportions",
        f"{TABLES:,} tables of groups of 1 to 400 (Miettinen and Nurminen, 95%), one thread. statsmodels answers one "
        f"table a call and without the p-value; of the first {FOR_STATSMODELS} tables it is timed on those for which "
        "it gives the right limits.",
    )
    counts = tables(TABLES)
    for measure, (bound, least) in PROMISES.items():
        check_trusted(measure)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            same, other, none = comparable(counts, with_dueregard(counts, measure), measure)
            ours, theirs = f"dueregard: {measure}, {TABLES:,} tables", f"statsmodels: {measure}, {len(same)} tables"
            seconds = question.race(
                {
                    ours: partial(with_dueregard, counts, measure),
                    theirs: partial(all_of, with_statsmodels, same, measure),
                },
                runs=7,
            )
        question.note += f" {measure.capitalize()}: right for {len(same)}, wrong for {other}, an error for {none}."
        each = seconds[ours] / TABLES
        question.at_most(f"dueregard: {measure}, microseconds a table", each * 1e6, bound)
        question.at_least(f"statsmodels / dueregard: {measure}, each table", seconds[theirs] / len(same) / each, least)
    return question
