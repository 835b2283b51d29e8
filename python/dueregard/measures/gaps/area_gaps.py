"""The gaps of one group in all areas, on a scale on which chance adds up: points, or logarithms of ratios."""

from dataclasses import dataclass

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.two_groups.variation import chance_rate
from dueregard.measures.gaps.against_target import HeldAgainst
from dueregard.measures.gaps.compared import Compared

MOST = {"difference": 1.0, "ratio": 20.0, "odds-ratio": 20.0}
"""The largest gap there can be; of a logarithm, one that is never reached."""


@dataclass(frozen=True)
class AreaGaps:
    """Gaps of areas and their variances if only chance is at work."""

    measure: str
    gap: Floats
    variance: Floats

    @property
    def most(self) -> float:
        return MOST[self.measure]

    def shown(self, value: float) -> float:
        """As it is reported: in percentage points, or as a factor."""
        return 100 * value if self.measure == "difference" else float(np.exp(value))


def area_gaps(compared: Compared, i: int, measure: str) -> AreaGaps:
    """The gaps of the group at ``i``, in the areas in which both sides have cases."""
    used = compared.usable[:, i]
    ours = _side(compared.grouped.cases[used, i], compared.grouped.size[used, i], measure)
    if isinstance(compared.against, HeldAgainst):  # the same for all areas, whatever chance did to it
        return AreaGaps(measure, ours[0] - _on_scale(compared.against.target.share, measure), ours[1])
    theirs = _side(compared.against.cases[used, i], compared.against.size[used, i], measure)
    gap, variance = ours[0] - theirs[0], ours[1] + theirs[1]
    if compared.surveyed is not None:  # sides that live in the same clusters move together
        together = np.reshape(compared.surveyed.contrast("difference", "mover").capped_correlation, compared.part.shape)
        variance = variance - 2 * together[used, i] * np.sqrt(ours[1] * theirs[1])
    part = compared.part[used, i]
    if measure == "difference":
        return AreaGaps(measure, (1 - part) * gap, np.square(1 - part) * variance)
    # against a whole that the group is part of: the logarithm of r / (w r + 1 - w), and its slope in log r
    inside = part * np.exp(gap) + 1 - part
    return AreaGaps(measure, gap - np.log(inside), np.square((1 - part) / inside) * variance)


def _on_scale(share: float, measure: str) -> float:
    """One share as it is, by its logarithm, or by its log odds."""
    if measure == "difference":
        return share
    return float(np.log(share)) - (0.0 if measure == "ratio" else float(np.log(1 - share)))


def _side(cases: Floats, size: Floats, measure: str) -> tuple[Floats, Floats]:
    """Shares, their logarithms or their log odds, with the variances of chance by `chance_rate`.

    Half a case is added to both counts before logarithms are taken (Haldane, Anscombe), so that 0 and all have one.
    """
    rate, variance = chance_rate(cases / size, size)
    if measure == "difference":
        return cases / size, variance
    if measure == "ratio":
        return np.log((cases + 0.5) / (size + 0.5)), variance / np.square(rate)
    return np.log((cases + 0.5) / (size - cases + 0.5)), variance / np.square(rate * (1 - rate))
