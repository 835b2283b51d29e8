"""`dueregard.plan`: objectives, their measures, and what is done about them, judged at one day."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from dueregard.findings import Findings
from dueregard.plans.actions import Action
from dueregard.plans.costs import Cost
from dueregard.plans.impact_assessments import ImpactAssessment, Mitigation
from dueregard.plans.measures import Measure
from dueregard.plans.milestones import Milestone
from dueregard.plans.objectives import Objective
from dueregard.plans.reading_plans import SetAside, read_rows
from dueregard.plans.readings import Reading
from dueregard.plans.recommendations import Recommendation
from dueregard.plans.sources import read_source
from dueregard.plans.targets import Target
from dueregard.plans.updates import Update


@dataclass(frozen=True)
class Plan:
    """What `dueregard.plan` gives: the rows of a plan, and findings about them as at the day ``on``.

    A plan is never changed: what happens is added to its file as readings, updates and days on which things were done.
    """

    name: str
    on: dt.date
    objectives: tuple[Objective, ...] = ()
    measures: tuple[Measure, ...] = ()
    baselines: tuple[Reading, ...] = ()
    targets: tuple[Target, ...] = ()
    readings: tuple[Reading, ...] = ()
    actions: tuple[Action, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    cost_rows: tuple[Cost, ...] = ()
    recommendation_rows: tuple[Recommendation, ...] = ()
    assessment_rows: tuple[ImpactAssessment, ...] = ()
    mitigations: tuple[Mitigation, ...] = ()
    updates: tuple[Update, ...] = ()
    owners: tuple[str, ...] = ()
    rows_set_aside: tuple[SetAside, ...] = ()
    provenance: str | None = None
    notes: tuple[str, ...] = ()
