"""Groups beside a reference, stratum by stratum, by one method of standardisation."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.strata.standard_contrasts import StandardisedContrast, StratifiedContrast
from dueregard.inference.strata.standardised import weighted
from dueregard.inference.strata.stratified_rates import Strata
from dueregard.measures.rates.encounters import Clustering
from dueregard.measures.rates.matched import Matched, Together
from dueregard.measures.rates.rate_rows import RateQuestion, RateSides, sides_of
from dueregard.measures.rates.standards import Standard

METHOD_NAMES = {"mantel-haenszel": "Mantel-Haenszel", "direct": "direct", "indirect": "indirect"}
"""Methods as the measure of a row names them."""

Contrasts = StratifiedContrast | StandardisedContrast


@dataclass(frozen=True)
class Block:
    """Groups beside the reference over the strata that both have, by one method. Arrays of groups by strata."""

    sides: RateSides
    strata: Strata
    method: str
    standard: Standard
    clustered: bool

    def contrast(self, measure: str = "ratio") -> Contrasts:
        """One comparison for each group."""
        if self.method == "mantel-haenszel":
            return StratifiedContrast(self.strata, measure)
        weight = self.strata.exposure1 if self.method == "indirect" else self.standard.weight
        return StandardisedContrast(self.strata, weight, measure)

    @property
    def standard_words(self) -> str:
        return {
            "mantel-haenszel": "weights of Mantel and Haenszel",
            "direct": self.standard.words,
            "indirect": "each group as it is made up itself",
        }[self.method]

    @property
    def compared(self) -> NDArray[np.bool_]:
        """Which groups are compared at all."""
        return np.asarray(self.sides.comparable.any(axis=0))


def block_of(
    matched: Together,
    question: RateQuestion,
    method: str,
    standard: Standard,
    clustering: tuple[Clustering, Clustering | None] | None,
) -> Block:
    """The strata of each group. All of a group's numbers are divided by the design effect of its crude ratio."""
    assert matched.areas is not None
    spread = sides_of(matched.total, question, None if clustering is None else clustering[0]).spread
    sides = sides_of(matched.areas, question, None)
    usable = sides.usable & matched.areas.known_area[:, np.newaxis]
    arrays = (sides.own.count, sides.own.exposure, sides.against.count, sides.against.exposure)
    strata = Strata(*(np.ascontiguousarray(np.where(usable, a / spread, 0.0).T) for a in arrays))
    return Block(sides, strata, method, standard, clustering is not None)


def by_words(question: RateQuestion) -> str:
    """The columns that divide the population: "borough", "borough and age"."""
    return " and ".join(question.by)


def in_use(block: Block) -> NDArray[np.bool_]:
    """Strata by groups: those in which a group is compared, or of groups that are not compared all known ones."""
    known = block.sides.own.known_area[:, np.newaxis]
    recorded = block.sides.own.recorded
    return np.asarray(known & np.where(block.compared, block.sides.usable, recorded | ~recorded.any(axis=0)))


def summed(values: Any, here: Any) -> Floats:
    """Over the strata in use; NaN where nothing is known of any."""
    known = here & ~np.isnan(values)
    total = np.where(known, values, 0).sum(axis=0)
    return np.where(known.any(axis=0) | (~here).all(axis=0), total, np.nan)


def alone(block: Block) -> Floats:
    """The rates of groups that are not compared: in the standard, or as they are."""
    own = block.sides.own
    here = own.known_area[:, np.newaxis] & own.recorded & (own.exposure > 0)
    count, exposure = (np.where(here, a, 0.0).T for a in (own.count, own.exposure))
    ever = np.asarray(own.recorded.any(axis=0))[:, np.newaxis]
    outside = ever & ~own.recorded.T  # an area without records is left out for all
    inside = np.where(outside, 0.0, block.standard.weight)
    standard = np.where(inside.any(axis=1, keepdims=True), inside, block.standard.weight)
    if block.method != "direct":
        standard = np.where(exposure.any(axis=1, keepdims=True), exposure, 1.0)
    return np.asarray(weighted(count, exposure, standard, count).rate)


def present(side: Matched) -> NDArray[np.bool_]:
    """Groups by strata: where there is somebody to whom an event could have happened."""
    return np.asarray((side.known_area[:, np.newaxis] & side.recorded & (side.exposure > 0)).T)


def left_out(block: Block) -> NDArray[np.bool_]:
    """Groups by strata: those that would count, and do not since one of the two sides has nobody there."""
    own, unused = block.sides.own, ~(block.strata.weight > 0)
    first, second = present(own), present(block.sides.against)
    if block.method == "indirect":
        return first & unused
    if block.method == "mantel-haenszel":
        return (first | second) & unused
    return unused & (block.standard.weight > 0) & own.recorded.any(axis=1)
