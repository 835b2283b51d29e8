"""Groups beside what they are compared with."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.references import Reference, Target
from dueregard.inference.surveys.intervals.design_contrasts import DesignContrast
from dueregard.inference.two_groups.constant_contrasts import ConstantContrast
from dueregard.inference.two_groups.contrasts import Contrast
from dueregard.inference.two_groups.families import Family, against_all, against_figure, against_one
from dueregard.measures.area_means import mean_over_areas
from dueregard.measures.gaps.against_target import HeldAgainst
from dueregard.measures.gaps.survey_gaps import SurveySides
from dueregard.measures.gaps.survey_targets import SurveyHeld
from dueregard.measures.grouped import Grouped
from dueregard.measures.thresholds import Threshold
from dueregard.measures.verdicts import Rule

AnyContrast = Contrast | ConstantContrast | DesignContrast


@dataclass(frozen=True)
class Question:
    """What is asked of the counts. ``position`` is that of the reference group, if it is one."""

    name: str
    measure: str
    method: str
    adjust: str
    characteristic: str | None
    by: tuple[str, ...]
    reference: Any
    position: int | None
    rules: tuple[Rule, ...]
    pool: str
    period: str | None
    chance: bool
    practical: Threshold | None = None
    """The threshold of a ratio, which is written in the rows."""
    higher_is_better: bool | None = None
    verdict_unit: str = "points"
    is_chosen: bool = False
    """Whether the reference is the best group: chance had a part in choosing it."""

    @property
    def levels(self) -> tuple[float, ...]:
        """The confidence levels asked for."""
        return tuple(rule.confidence_level for rule in self.rules)

    @property
    def scale(self) -> float:
        """What takes a comparison to what is shown: differences are shown in points."""
        return 100.0 if self.measure == "difference" else 1.0

    @property
    def reference_text(self) -> Any:
        return self.reference.value if isinstance(self.reference, (Reference, Target)) else self.reference


@dataclass(frozen=True)
class Compared:
    """Groups and what they are compared with; arrays of shape (areas, groups).

    ``shown`` is the reference as it is reported, ``against`` the cases compared with (for OVERALL: the rest), and
    ``part`` each group's share of the cases of ``shown``, 0 where it is no part of them.
    """

    grouped: Grouped
    shown: Grouped | HeldAgainst
    against: Grouped | HeldAgainst
    part: Floats
    comparable: NDArray[np.bool_]
    """Groups that are compared at all: not a kind of missing, not the reference itself."""

    @property
    def usable(self) -> NDArray[np.bool_]:
        return self.comparable & (self.grouped.size > 0) & (self.against.size > 0)

    def of_areas(self, keep: NDArray[np.bool_]) -> "Compared":
        """Some of the areas."""
        return Compared(
            self.grouped.of_areas(keep),
            self.shown.of_areas(keep),
            self.against.of_areas(keep),
            self.part[keep],
            self.comparable[keep],
        )

    @cached_property
    def surveyed(self) -> SurveySides | SurveyHeld | None:
        """Both sides of a survey with a design."""
        if self.grouped.survey is None:
            return None
        if isinstance(self.against, HeldAgainst):
            return SurveyHeld(self.grouped, self.against.target, self.usable)
        assert isinstance(self.shown, Grouped)
        return SurveySides(self.grouped, self.against, self.shown, self.part, self.usable)

    def contrast(self, question: Question) -> AnyContrast:
        """One comparison for each area and group, in that order."""
        if self.surveyed is not None:
            return self.surveyed.contrast(question.measure, question.method)
        arrays = (self.grouped.cases, self.grouped.size, self.against.cases, self.against.size)
        count1, nobs1, count2, nobs2 = (np.where(self.usable, a, 0.0).reshape(-1) for a in arrays)
        if isinstance(self.against, HeldAgainst):
            return self.against.contrast(count1, nobs1, question.measure, question.method)
        return Contrast(count1, nobs1, count2, nobs2, self.part.reshape(-1), question.measure, question.method)

    def mean_contrast(self, question: Question) -> AnyContrast:
        """One comparison for each group: the plain means over the areas in which both sides have cases."""
        if self.surveyed is not None:
            return self.surveyed.mean_contrast(question.measure, question.method)
        outside = np.where(self.usable, 1 - self.part, 0.0)
        total, areas = outside.sum(axis=0), self.usable.sum(axis=0)
        weight = np.divide(outside, total, out=np.zeros_like(outside), where=total > 0)
        share1, size1 = mean_over_areas(self.grouped.share, self.grouped.size, weight)
        if isinstance(self.against, HeldAgainst):
            count1, nobs1 = (np.where(areas > 0, a, 0.0) for a in (share1 * size1, size1))
            return self.against.contrast(count1, nobs1, question.measure, question.method)
        share2, size2 = mean_over_areas(self.against.share, self.against.size, weight)
        part = 1 - np.divide(total, areas, out=np.zeros(total.shape), where=areas > 0)
        arrays = (share1 * size1, size1, share2 * size2, size2)
        count1, nobs1, count2, nobs2 = (np.where(areas > 0, a, 0.0) for a in arrays)
        return Contrast(count1, nobs1, count2, nobs2, part, question.measure, question.method)

    def family(self, question: Question) -> Family:
        """How the comparisons are adjusted together."""
        if question.adjust != "maximum":
            return Family(question.adjust)
        sizes = self.grouped.size
        if isinstance(self.against, HeldAgainst):
            return Family(question.adjust, against_figure(sizes, self.against.target.nobs, self.comparable))
        if question.position is None:
            return Family(question.adjust, against_all(sizes, self.comparable))
        return Family(question.adjust, against_one(sizes, question.position, self.comparable))


def compare(grouped: Grouped, question: Question) -> Compared:
    """Each group with what it is compared with."""
    if isinstance(question.reference, Target):
        held = HeldAgainst(question.reference, grouped.nobs.shape)
        comparable = np.broadcast_to(grouped.known_group, grouped.nobs.shape)
        return Compared(grouped, held, held, np.zeros(grouped.nobs.shape), comparable)
    overall = question.reference is Reference.OVERALL
    against = grouped.opposite(question.position)
    shown = grouped.opposite(None, own=True) if overall else against
    part = np.zeros(grouped.weight.shape)
    if overall:
        part = 1 - np.divide(against.weight, shown.weight, out=np.zeros_like(part), where=shown.weight > 0)
    others = np.arange(len(grouped.groups)) != question.position
    comparable = np.broadcast_to(grouped.known_group & others, part.shape)
    return Compared(grouped, shown, against, part, comparable)
