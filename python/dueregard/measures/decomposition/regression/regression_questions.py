"""What is asked of a decomposition by regression."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.decomposition.regression.common_coefficients import COEFFICIENTS
from dueregard.inference.decomposition.regression.oaxaca_blinder import NAMES
from dueregard.inference.importance.shapley_subsets import EXACT, N_ORDERS
from dueregard.inference.random_keys import in_words
from dueregard.measures.decomposition.samples.gap_samples import Term
from dueregard.measures.decomposition.samples.wanted_rows import WantedRow, wanted_rows

MODELS = ("linear", "logit")
DETAILS = ("yun", "fairlie")


@dataclass(frozen=True)
class RegressionQuestion:
    """The arguments of `oaxaca_blinder` that say what is computed and how it is called."""

    coefficients: str | float
    parts: int
    model: str
    detail: str
    level: float
    adjust: str
    threshold: float | None
    n_factors: int
    key: NDArray[np.uint64]
    """Of random orders."""
    rng: Any = None

    @property
    def part_names(self) -> tuple[str, ...]:
        return NAMES[self.parts]

    @property
    def coefficients_used(self) -> str | float:
        """With three parts those in common have no part in it, and none are fitted."""
        return self.coefficients if self.parts == 2 else "reference"

    @property
    def draws_orders(self) -> bool:
        """Whether factors are exchanged in orders drawn by chance, of which there are too many to take all."""
        return self.detail == "fairlie" and self.n_factors > EXACT

    def rows(self, terms: Sequence[Term]) -> list[WantedRow]:
        """The rows below the gap."""
        by_rank = self.detail == "fairlie"  # which knows the explained part alone, and no levels
        return wanted_rows(terms, self.parts, {0: "factor"} if by_rank else dict.fromkeys(range(self.parts), "level"))

    @property
    def words(self) -> str:
        """The method, in words."""
        fold = "two-fold" if self.parts == 2 else "three-fold"
        common = "" if self.parts == 3 else f", {_coefficient_words(self.coefficients)}"
        model = "linear" if self.model == "linear" else f"logit, {self.detail.capitalize()}"
        drawn = (
            f", {N_ORDERS} orders or more drawn by chance, {in_words(self.rng, self.key)}" if self.draws_orders else ""
        )
        return f"Oaxaca-Blinder {fold}{common}; {model}{drawn}"


def _coefficient_words(coefficients: str | float) -> str:
    if coefficients == "pooled":
        return "coefficients of both groups with an indicator of the group"
    if coefficients == "neumark":
        return "coefficients of both groups without an indicator (Neumark)"
    if coefficients in COEFFICIENTS:
        return {
            "reference": "coefficients of the reference",
            "group": "coefficients of the group",
            "cotton": "mean coefficients by numbers (Cotton)",
            "reimers": "mean coefficients (Reimers)",
        }[str(coefficients)]
    return f"coefficients {coefficients:g} those of the group"
