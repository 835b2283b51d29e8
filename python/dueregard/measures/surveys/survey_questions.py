"""What is asked of a survey: which statistic of which columns, in words for messages and rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dueregard.inference import checked
from dueregard.inference.surveys.intervals.edge_intervals import METHODS as SHARE_METHODS
from dueregard.measures.grouped import as_labels, words_for

STATISTICS = ("proportion", "mean", "total", "ratio", "quantile")


@dataclass(frozen=True)
class Question:
    """One statistic; ``values`` are the columns of numbers it needs."""

    statistic: str
    value: str | None
    denominator: str | None
    outcome: str | None
    positive: Any
    exclude: Any
    quantiles: tuple[float, ...]
    by: tuple[str, ...]
    method: str
    level: float
    name: str | None
    unit: str | None
    period: str | None

    @property
    def values(self) -> list[str]:
        """The columns of numbers."""
        return [name for name in (self.value, self.denominator) if name is not None]

    @property
    def measures(self) -> list[str]:
        """What is measured, in words: one text, or one for each quantile."""
        if self.outcome is not None:
            what = self.name or words_for(self.outcome, self.positive)
            return [f"people: {what}" if self.statistic == "total" else what]
        if self.value is None:
            return [self.name or "people"]
        what = self.name or self.value
        if self.statistic == "ratio":
            return [self.name or f"{self.value} over {self.denominator}"]
        if self.statistic == "quantile":
            return [f"median {what}" if share == 0.5 else f"quantile {share:g} of {what}" for share in self.quantiles]
        return [f"{self.statistic} {what}"]

    @property
    def unit_of_measure(self) -> str:
        """The unit of the values."""
        if self.statistic == "proportion":
            return "percent"
        if self.statistic == "ratio":
            return "ratio"
        return self.unit or ("people" if self.value is None else f"units of {self.value}")


def statistic_of(statistic: str | None, value: str | None, outcome: str | None) -> str:
    """The statistic that is asked for: without a word, proportions of outcomes and means of values."""
    if value is not None and outcome is not None:
        raise ValueError("value and outcome: give one of the two, a column of numbers or a column of answers")
    if statistic is None:
        if value is None and outcome is None:
            raise TypeError("survey_estimate needs value=, a column of numbers, or outcome=, a column of answers")
        return "mean" if outcome is None else "proportion"
    if statistic == "median":
        raise ValueError("statistic: a median is statistic='quantile', with quantiles=0.5 or without")
    checked.one_of("statistic", statistic, STATISTICS)
    if statistic == "proportion" and outcome is None:
        raise TypeError("statistic: 'proportion' needs outcome= and positive=")
    if statistic in ("mean", "ratio", "quantile") and value is None:
        raise TypeError(f"statistic: {statistic!r} needs value=, a column of numbers")
    return statistic


def check_parts(statistic: str, outcome: str | None, positive: Any, denominator: str | None, quantiles: Any) -> None:
    """Refuse arguments that are missing, or have no part in the statistic."""
    if outcome is not None and positive is None:
        raise TypeError("survey_estimate needs positive=: the answers that count")
    if outcome is None and positive is not None:
        raise TypeError("positive: there is no outcome= that it could be an answer to")
    if statistic == "ratio" and denominator is None:
        raise TypeError("statistic: 'ratio' needs denominator=, a column of numbers")
    if statistic != "ratio" and denominator is not None:
        raise ValueError(f"denominator: only for statistic='ratio', not for {statistic!r}")
    if statistic != "quantile" and quantiles is not None:
        raise ValueError(f"quantiles: only for statistic='quantile', not for {statistic!r}")


def quantile_shares(quantiles: Any) -> tuple[float, ...]:
    """The shares asked for; the median unless given."""
    wanted: Sequence[Any] = as_labels(0.5 if quantiles is None else quantiles)
    if not wanted:
        raise ValueError("quantiles: there is none")
    return tuple(checked.between("quantiles", each, 0, 1) for each in wanted)


def method_of(method: str | None, statistic: str) -> str:
    """The interval: Wilson's of proportions, Student's t of everything else."""
    if statistic != "proportion":
        if method not in (None, "t"):
            raise ValueError(f"method: {method!r} is for proportions; the interval of a {statistic} is 't'")
        return "t"
    if method is None:
        return "wilson"
    checked.one_of("method", method, (*SHARE_METHODS, "t"))
    return method
