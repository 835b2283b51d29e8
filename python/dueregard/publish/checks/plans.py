"""The plan that a rule in a file, or a command, asks for, and the findings to show of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dueregard.data.sources import open_source
from dueregard.plans.spans import year_of
from dueregard.publish.checks.menus import Menu, chosen_arguments

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.plans.plans import Plan

SHOWN: Menu = {
    "scorecard": ("by",),
    "progress": ("by",),
    "status": ("within",),
    "quarterly": ("year",),
    "six-monthly": ("year",),
    "costs": (),
    "recommendations": (),
    "assessments": (),
    "set-aside": (),
}
"""What can be shown of a plan."""

ABOUT = ("by", "within", "year")
"""The arguments that say which of it to show."""


def make_plan(
    folder: Path, *, data: str | None = None, on: Any = None, readings: str | None = None, strict: bool = True
) -> "Plan":
    """A plan from a file, or the equality objectives of 2012-16 with their measures computed from example records.

    The embedded objectives are judged at the last day of their records unless a day is given.
    """
    import dueregard as dr

    options: dict[str, Any] = {"strict": strict} | ({} if on is None else {"on": on})
    source = None if data is None else open_source(data, folder=folder)
    if readings is not None:
        options["readings"] = open_source(readings, folder=folder)
    return dr.objectives_2012().plan(**options) if source is None else dr.plan(source, **options)


def shown_of_plan(plan: "Plan", show: str | None, arguments: Mapping[str, Any]) -> "Findings":
    """What to show of a plan: unless named its scorecard, or its status where it measures nothing.

    A year that is not given is the financial year in which the plan is judged.

    Raises
    ------
    ValueError
        When there is no such thing to show, or it does not take an argument that was given.
    """
    import dueregard as dr

    show = show or ("scorecard" if plan.contents.measures else "status")
    given = chosen_arguments(show, arguments, SHOWN)
    if "year" in SHOWN[show]:
        given.setdefault("year", year_of(plan.on))
    if show == "scorecard":
        return dr.scorecard(plan, **given)
    found = getattr(plan, show.replace("-", "_"))
    return found if show == "set-aside" else found(**given)  # type: ignore[no-any-return]
