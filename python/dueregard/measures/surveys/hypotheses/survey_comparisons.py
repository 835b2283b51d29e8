"""What is compared by a test of a survey, in words and columns."""

from dataclasses import dataclass
from typing import Any

from dueregard.hints import did_you_mean
from dueregard.inference.surveys.hypotheses.table_tests import METHODS as TABLE_METHODS

MEAN_METHODS = ("t", "rank")

METHOD_WORDS = {
    "rao-scott": "Rao-Scott, second order, F",
    "chi-square": "Rao-Scott, first order, chi-square",
    "wald": "Wald, F",
    "adjusted-wald": "adjusted Wald, F",
    "t": "design-based t",
    "rank": "design-based Wilcoxon",
}


@dataclass(frozen=True)
class Comparison:
    """Groups compared by their answers (``outcome``) or by their numbers (``value``) against a reference."""

    group: str
    outcome: str | None
    value: str | None
    reference: Any
    exclude: Any
    by: tuple[str, ...]
    method: str
    adjust: str
    level: float
    name: str | None
    unit: str | None
    period: str | None

    @property
    def measure(self) -> str:
        """What is measured, in words."""
        what = self.name or self.outcome or str(self.value)
        return {"t": f"mean {what}", "rank": f"chance of a higher {what}"}.get(self.method, what)


def method_of(method: str | None, value: str | None, outcome: str | None) -> str:
    """The test: Rao and Scott's of answers, t of numbers, unless another is asked for."""
    if (value is None) == (outcome is None):
        raise TypeError("survey_test needs one of value=, a column of numbers, and outcome=, a column of answers")
    kind, known = ("outcome", TABLE_METHODS) if value is None else ("value", MEAN_METHODS)
    if method is None:
        return known[0]
    if method not in known:
        every = (*TABLE_METHODS, *MEAN_METHODS)
        if method in every:
            raise ValueError(f"method: {method!r} is not for {kind}=; that has {', '.join(map(repr, known))}")
        hint = did_you_mean(method, every)
        raise ValueError(f"method: {method!r} is not one of {', '.join(map(repr, every))}{hint}")
    return method
