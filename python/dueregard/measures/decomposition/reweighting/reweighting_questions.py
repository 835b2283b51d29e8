"""What is asked of a gap with the same profile."""

from collections.abc import Sequence
from dataclasses import dataclass

from dueregard.inference.decomposition.reweighting.reweighting import TOWARDS
from dueregard.measures.decomposition.samples.gap_samples import Term
from dueregard.measures.decomposition.samples.wanted_rows import TOTAL, WantedRow

MODELS = ("cells", "logit")


@dataclass(frozen=True)
class ReweightingQuestion:
    """The arguments of `reweighted_gap` that say what is computed and how it is called."""

    towards: str
    model: str
    trim: float | None
    level: float
    adjust: str
    threshold: float | None
    draws_orders: bool = False

    @property
    def share(self) -> float:
        """What the group's profile counts for."""
        return TOWARDS[self.towards]

    @property
    def part_names(self) -> tuple[str, ...]:
        names = ("explained", "unexplained", "not comparable")
        return names if self.model == "cells" else names[:2]

    def rows(self, terms: Sequence[Term]) -> list[WantedRow]:
        """The parts in total."""
        return [WantedRow(part, None, None, (TOTAL,)) for part in range(len(self.part_names))]

    @property
    def words(self) -> str:
        """The method, in words."""
        to = {
            "reference": "to the profile of the reference",
            "group": "to the profile of the group",
            "both": "to the profile halfway between",
        }[self.towards]
        how = "cells" if self.model == "cells" else "logit propensities"
        cut = "" if self.trim is None else f", weights cut at {self.trim:g} times"
        return f"reweighted {to}, by {how}{cut}"
