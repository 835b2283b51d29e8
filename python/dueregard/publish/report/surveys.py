"""Survey records and how they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dueregard.designs.survey_design import SurveyDesign


@dataclass(frozen=True)
class Survey:
    """How survey records are read, in the arguments of ``dueregard.gap`` and ``dueregard.rolling``."""

    outcome: str
    positive: Any
    group: str
    reference: Any
    by: str | Sequence[str] | None = None
    exclude: Any = None
    missing: Mapping[Any, str] | None = None
    weight: Any = None
    design: SurveyDesign | None = None
    time: str | None = None
    window: int | str | None = None
    breaks: Any = None
    period: str | None = None
    threads: int | None = None

    @property
    def areas(self) -> list[str]:
        """The by columns as a list."""
        return [] if self.by is None else [self.by] if isinstance(self.by, str) else list(self.by)

    @property
    def answers(self) -> dict[str, Any]:
        """The outcome and what counts of it."""
        return {"outcome": self.outcome, "positive": listed(self.positive), "exclude": listed(self.exclude) or ()}

    @property
    def groups(self) -> dict[str, Any]:
        """What is compared with what."""
        return {"group": self.group, "reference": self.reference}

    def reading(self, data: Any) -> dict[str, Any]:
        """How rows are read; a Tally has been, and a design for one is refused by the measure."""
        from dueregard.tallies import Tally

        if isinstance(data, Tally):
            return {"design": self.design}
        return {"missing": self.missing, "weight": self.weight, "design": self.design, "threads": self.threads}


def read_once(data: Any, survey: Survey) -> Any:
    """A file as the columns that the survey and its design name, for several measures; other tables as they are."""
    from dueregard.records import files
    from dueregard.records.whole_tables import column_names, table_of

    if not files.is_path(data):
        return data
    design = survey.design
    if design is not None and isinstance(design.replicate_weights, str):  # a pattern
        return table_of(data, column_names(data), None)[0]
    named = [survey.outcome, survey.group, *survey.areas, survey.time, survey.weight]
    names = [name for name in (*named, *(() if design is None else design.columns)) if isinstance(name, str)]
    return table_of(data, list(dict.fromkeys(names)), None)[0]


def listed(labels: Any) -> Any:
    """Labels as measures take them."""
    return list(labels) if isinstance(labels, tuple) else labels


def texts(labels: Any) -> tuple[str, ...]:
    """Labels as texts, whether one or several are given."""
    several = isinstance(labels, Iterable) and not isinstance(labels, str)
    return tuple(map(str, labels)) if several else () if labels is None else (str(labels),)
