"""Rules for cases whose group is not known, what a comparison comes to under each, and how firm that is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.two_groups.comparisons import NO_EFFECT
from dueregard.inference.two_groups.contrasts import Answer, Contrast
from dueregard.inference.unknowns.allotments import DOWN, UP, Strata
from dueregard.inference.unknowns.tipping import tipping_point
from dueregard.measures.verdicts import Rule

STATED = "stated only"
IN_PROPORTION = "in proportion"
IN_REFERENCE = "all in the reference"
IN_OTHERS = "none in this group"
IN_GROUP = "all in this group"
LOWEST, HIGHEST = "lowest possible", "highest possible"
WITHIN = "at random within"
"""What an assumption begins with that goes by a second recording of the group."""

Conclusion = Callable[[Contrast], NDArray[np.int64]]


@dataclass(frozen=True)
class Ruled:
    """One assumption, and the comparisons under it."""

    assumption: str
    contrast: Contrast


@dataclass(frozen=True)
class Firmness:
    """How each comparison depends on the unknown cases.

    ``low`` and ``high`` hold every estimate, ``region_low`` and ``region_high`` every interval. ``holds`` is whether
    the conclusion is the same under every allotment; it means nothing where ``defined`` is False. ``odds`` and
    ``direction`` are those of `tipping_point`, ``matters_odds`` and ``matters_direction`` those at which the estimate
    crosses the practical threshold.
    """

    low: Floats
    high: Floats
    region_low: Floats
    region_high: Floats
    conclusion: NDArray[np.int64]
    holds: NDArray[np.bool_]
    defined: NDArray[np.bool_]
    odds: Floats
    direction: NDArray[np.int64]
    matters_odds: Floats
    matters_direction: NDArray[np.int64]


def ruled(strata: Strata, *, second: str | None, against_rest: bool) -> list[Ruled]:
    """The comparisons under every assumption, the stated cases alone first."""
    alike = strata.merged()
    rules = [Ruled(STATED, alike.stated_only()), Ruled(IN_PROPORTION, alike.at_random())]
    if second is not None:
        rules.append(Ruled(f"{WITHIN} {second}", strata.spread().at_random()))
    rules.append(Ruled(IN_OTHERS if against_rest else IN_REFERENCE, alike.all_in_reference()))
    rules.append(Ruled(IN_GROUP, alike.all_in_group()))
    if strata.exposure1 is None:  # of events the two rules before are the ends themselves
        rules += [Ruled(LOWEST, alike.extreme(DOWN)), Ruled(HIGHEST, alike.extreme(UP))]
    return rules


def firmness(strata: Strata, rule: Rule, *, chance: bool) -> Firmness:
    """Bounds, whether the conclusion holds under every allotment, and how far from random it would take to change."""
    alike = strata.merged()
    low, high = (alike.extreme(way).compare(rule.confidence_level) for way in (DOWN, UP))
    stated = alike.stated_only().compare(rule.confidence_level)
    conclusion, matters = conclusion_of(rule, chance=chance), beyond_threshold(rule)
    now, at_random = conclusion(alike.stated_only()), alike.at_random()
    undefined = np.isnan(at_random.compare(rule.confidence_level).low)  # nobody stated to go by
    others = [conclusion(alike.extreme(way)) for way in (DOWN, UP)] + [np.where(undefined, now, conclusion(at_random))]
    tip, threshold = tipping_point(alike, conclusion), tipping_point(alike, matters)
    return Firmness(
        low=low.estimate,
        high=high.estimate,
        region_low=low.low if chance else np.full(low.low.shape, np.nan),
        region_high=high.high if chance else np.full(high.high.shape, np.nan),
        conclusion=now,
        holds=np.logical_and.reduce([now == other for other in others]),
        defined=~np.isnan(stated.low),
        odds=tip.odds,
        direction=tip.direction,
        matters_odds=threshold.odds,
        matters_direction=threshold.direction,
    )


def conclusion_of(rule: Rule, *, chance: bool) -> Conclusion:
    """1 and -1 for a clear difference (of a full count any difference) upwards or downwards, 0 for none."""

    def conclude(contrast: Contrast) -> NDArray[np.int64]:
        found = contrast.compare(rule.confidence_level)
        clear = found.pvalue < 1 - rule.confidence_level if chance else np.ones(found.low.shape, bool)
        return np.where(clear, _side(found, rule.measure), 0)

    return conclude


def beyond_threshold(rule: Rule) -> Conclusion:
    """1 and -1 where the estimate lies above or below what is taken as not mattering, 0 within."""

    def conclude(contrast: Contrast) -> NDArray[np.int64]:
        estimate = contrast.compare(rule.confidence_level).estimate
        low, high = 1 / rule.threshold, rule.threshold
        if rule.measure == "difference":
            low, high = -rule.threshold / 100, rule.threshold / 100
        return (estimate > high).astype(np.int64) - (estimate < low).astype(np.int64)

    return conclude


def _side(found: Answer, measure: str) -> NDArray[np.int64]:
    null = NO_EFFECT[measure]
    estimate = np.where(np.isnan(found.estimate), null, found.estimate)
    return np.asarray(np.sign(np.round(estimate - null, 12)), np.int64)
