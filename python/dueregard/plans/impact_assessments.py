"""An equality impact assessment, due and completed, and the mitigations that came of it."""

import datetime as dt
from dataclasses import dataclass

from dueregard.plans.context import Context, status_of
from dueregard.records.toml_files import TomlTable


@dataclass(frozen=True)
class ImpactAssessment:
    """One assessment; ``completed`` is None while it is not."""

    id: str
    title: str
    due: dt.date | None = None
    completed: dt.date | None = None
    owner: str | None = None
    objective: str | None = None
    group: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Mitigation:
    """What is done about an impact that an assessment found; open until it is done."""

    id: str
    assessment: str
    title: str
    status: str
    owner: str | None = None
    due: dt.date | None = None
    done: dt.date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status != "done"


def read_assessment(row: TomlTable, context: Context) -> ImpactAssessment:
    """An assessment from its row; ``group`` is the part of the organisation that it is of."""
    row.only("id", "title", "due", "completed", "owner", "objective", "group", "source")
    return ImpactAssessment(
        id=context.new_id(row, "assessments"),
        title=row.text("title"),
        due=row.date("due", None),
        completed=context.past(row, "completed"),
        owner=context.owner(row),
        objective=context.known(row, "objective", "objectives") if "objective" in row else None,
        group=row.text("group", None),
        source=row.text("source", None),
    )


def read_mitigation(row: TomlTable, context: Context) -> Mitigation:
    """A mitigation from its row; its owner is that of the assessment unless it has one of its own."""
    row.only("id", "assessment", "title", "status", "owner", "due", "done")
    assessment = context.items["assessments"][context.known(row, "assessment", "assessments")]
    done = context.past(row, "done")
    return Mitigation(
        id=context.new_id(row, "mitigations"),
        assessment=assessment.id,
        title=row.text("title"),
        status=status_of(row, done),
        owner=context.owner(row) or assessment.owner,
        due=row.date("due", None),
        done=done,
    )
