"""The rows of findings on agreement: one for each figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from dueregard.assessment.verification import statistics as words
from dueregard.assessment.verification.agreement_figures import Figures
from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.agreement.clusters import JACKKNIFE, KORN_GRAUBARD, MOVER, Estimate
from dueregard.units import KAPPA, STEPS

HYPERGEOMETRIC = "exact hypergeometric limits for all answers of the unit"
FULL = "full count: every answer of the unit was checked"
STANDARD_ERROR = "large-sample standard error"


class Rule(NamedTuple):
    """A difference that matters: percentage points of met, and of steps that percentage of the length of the scale."""

    points: float

    def verdict(self, found: Estimate, scale: float, unit: str, full: bool) -> str | None:
        """The verdict on a difference, where the threshold is ``scale`` times the points."""
        threshold = self.points * scale
        if full:
            side = words.GENEROUS if found.estimate > 0 else words.SEVERE
            return side if abs(found.estimate) >= threshold else words.NO_DIFFERENCE
        if np.isnan(found.low):
            return None
        inside = -threshold < found.low and found.high < threshold
        if found.low <= 0 <= found.high:
            return words.NO_DIFFERENCE if inside else words.TOO_FEW
        side = words.GENEROUS if found.low > 0 else words.SEVERE
        return f"{side} by less than {threshold:g} {unit}" if inside else side


def rows(figures: Figures, rule: Rule) -> Iterator[dict[str, Any]]:
    """All figures of the same pairs."""
    pairs = figures.pairs
    steps = np.where(pairs.both, pairs.own - pairs.check, 0)
    own, check = (pairs.both & pairs.met[np.maximum(side, 0)] for side in (pairs.own, pairs.check))
    yield _share(figures, words.SAME_ANSWER, pairs.both & (steps == 0))
    yield _kappa(figures)
    yield _difference(figures, words.STEPS_HIGHER, steps, len(pairs.met) - 1, rule)
    yield _share(figures, words.MORE_GENEROUS, steps > 0)
    yield _share(figures, words.MORE_SEVERE, steps < 0)
    yield _share(figures, words.MET_OWN, own, known=figures.one_unit)  # a unit's own answers are known, all of them
    yield _share(figures, words.MET_CHECK, check)
    yield _difference(figures, words.MET_DIFFERENCE, own.astype(np.int64) - check, None, rule)


def _share(figures: Figures, measure: str, has: Any, known: bool = False) -> dict[str, Any]:
    found, method = figures.share(has), HYPERGEOMETRIC if figures.one_unit else KORN_GRAUBARD
    percent = _times(Estimate(found.estimate) if known else found, 100)
    return {
        **_row(figures, measure, percent, "percent", FULL if figures.of_all else method),
        "count": int(figures.by_unit(has).sum()),
    }


def _kappa(figures: Figures) -> dict[str, Any]:
    kappa, found = figures.kappa
    independent = not figures.one_unit and figures.nobs > 0 and figures.sizes.max() == 1
    row = _row(figures, words.WEIGHTED_KAPPA, found, KAPPA, STANDARD_ERROR if independent else JACKKNIFE)
    row |= {"possible_low": kappa.least_possible, "possible_high": kappa.most_possible}
    row["method"] = f"{figures.weights} weights; {row['method']}"
    if figures.nobs and np.isnan(kappa.estimate):
        row["flag"] |= Flag.UNDEFINED
        row["note"] = "all answers of both sides are the same one, so that chance alone would agree on all"
    elif figures.nobs and kappa.least_possible == kappa.most_possible:
        row["note"] = "one side gave the same answer throughout, so that kappa is 0 whatever the other gave"
    return row


def _difference(figures: Figures, measure: str, values: Any, length: int | None, rule: Rule) -> dict[str, Any]:
    """Mean steps on a scale of this length, or without one a difference of shares in percentage points."""
    found = figures.mean(values, length or 1)
    factor, unit = (100.0, "percentage points") if length is None else (1.0, STEPS)
    found = _times(found, factor)
    row = _row(figures, measure, found, unit, MOVER)
    short = "points" if length is None else "steps"
    row["verdict"] = rule.verdict(found, 1 if length is None else length / 100, short, figures.of_all)
    return row | {"mcnemar_mid_p": figures.mid_p if length is None else None}


def _times(found: Estimate, factor: float) -> Estimate:
    """The same in another unit."""
    estimate, se, low, high, pvalue = found
    return Estimate(factor * estimate, factor * se, factor * low, factor * high, pvalue)


def _row(figures: Figures, measure: str, found: Estimate, unit: str, method: str) -> dict[str, Any]:
    limits = not np.isnan(found.low)
    clustered = limits and not figures.one_unit and figures.sizes.max() > 1
    return {
        "measure": measure,
        "row_type": "group",
        "nobs": figures.nobs,
        "outcome_missing": figures.own_missing + figures.check_missing,
        "value": found.estimate,
        "se": found.se,
        "unit_of_measure": unit,
        "confidence_level": figures.confidence_level if limits else None,
        "low": found.low,
        "high": found.high,
        "pvalue": found.pvalue,
        "flag": _flag(figures, limits) | (Flag.CLUSTERED if clustered else Flag(0)),
        "method": method if limits else FULL if figures.of_all else "no interval",
        "not_checked": figures.not_checked,
        "own_missing": figures.own_missing,
        "check_missing": figures.check_missing,
        "units": len(figures.sizes),
    }


def _flag(figures: Figures, limits: bool) -> Flag:
    flag = Flag(0) if figures.nobs else Flag.NO_CASES
    if figures.of_all:
        flag |= Flag.FULL_COUNT
    elif 0 < figures.nobs < SMALL_BASE:
        flag |= Flag.SMALL_BASE
    if figures.own_missing or figures.check_missing:
        flag |= Flag.MISSING_ANSWERS
    if figures.nobs and not limits and not figures.one_unit:
        flag |= Flag.TOO_FEW_AREAS if len(figures.sizes) < 2 else Flag.UNDEFINED
    return flag
