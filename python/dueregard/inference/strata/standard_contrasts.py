"""Pairs of rates compared within strata or in a standard population, element by element."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.strata import standardised_comparisons, stratified_rates
from dueregard.inference.strata.standardised import Sums
from dueregard.inference.strata.standardised_comparisons import both_rates
from dueregard.inference.strata.stratified_rates import Strata
from dueregard.inference.two_groups.contrasts import Answer
from dueregard.inference.two_groups.rates import NO_EFFECT
from dueregard.inference.two_groups.two_samples import Null


@dataclass(frozen=True)
class StratifiedContrast:
    """First group against second within strata, whose axis is the last; counts may be effective numbers."""

    strata: Strata
    measure: str
    method: ClassVar[str] = "Mantel-Haenszel, score limits"

    def compare(self, confidence_level: float) -> Answer:
        """Against no effect, two-sided."""
        null = Null(np.full(self.strata.count1.shape[:-1], NO_EFFECT[self.measure]))
        rows = stratified_rates.answered_for(self.strata, self.measure, "score", null, "two-sided", confidence_level)
        return Answer(*rows)

    def times(self, multiple: Floats) -> "StratifiedContrast":
        """As if all numbers were that many times as large, with every rate unchanged; multiples broadcast."""
        return replace(self, strata=Strata(*(multiple[..., np.newaxis] * numbers for numbers in self.strata)))

    @property
    def rates(self) -> tuple[Floats, Floats]:
        """The two rates whose quotient and difference are compared: means by the weights of Mantel and Haenszel."""
        first, second = stratified_rates.sums(self.strata, "ratio")
        weight = self.strata.weight.sum(axis=-1)
        some = np.where(weight > 0, weight, np.nan)
        return first / some, second / some


@dataclass(frozen=True)
class StandardisedContrast:
    """First group against second, each with its rates weighted as a standard is made up."""

    strata: Strata
    standard: Floats
    measure: str
    method: ClassVar[str] = "standardised rates, MOVER of gamma limits"

    def compare(self, confidence_level: float) -> Answer:
        """Against no effect, two-sided."""
        null = Null(np.full(self.strata.count1.shape[:-1], NO_EFFECT[self.measure]))
        rows = standardised_comparisons.answered_for(
            self._sums(), self.measure, "mover", null, "two-sided", confidence_level
        )
        return Answer(*rows)

    def times(self, multiple: Floats) -> "StandardisedContrast":
        """As if all numbers were that many times as large, with every rate unchanged; multiples broadcast."""
        return replace(self, strata=Strata(*(multiple[..., np.newaxis] * numbers for numbers in self.strata)))

    @property
    def rates(self) -> tuple[Floats, Floats]:
        """The two standardised rates."""
        first, second = self._sums()
        return first.rate, second.rate

    def _sums(self) -> tuple[Sums, Sums]:
        standard = np.broadcast_to(self.standard, self.strata.count1.shape)
        nobody = ~standard.any(axis=-1, keepdims=True)  # of a group without people, who has no rate anyway
        return both_rates(*self.strata, np.where(nobody, 1.0, standard))
