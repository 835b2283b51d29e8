"""`dueregard.plan`: objectives, their measures, and what is done about them, judged at one day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.plans import cost_rows, impact_rows, period_rows, progress_rows, recommendation_rows, status_rows
from dueregard.plans.actions import Action
from dueregard.plans.card_verdicts import without_target
from dueregard.plans.computed_plans import with_computed
from dueregard.plans.costs import Cost
from dueregard.plans.given_readings import rows_of_readings
from dueregard.plans.impact_assessments import ImpactAssessment, Mitigation
from dueregard.plans.measures import Measure
from dueregard.plans.milestones import Milestone
from dueregard.plans.objectives import Objective
from dueregard.plans.reading_plans import SetAside, read_rows
from dueregard.plans.readings import Reading
from dueregard.plans.recommendations import Recommendation
from dueregard.plans.series import Series, series_of
from dueregard.plans.sources import HEAD, Source, read_source
from dueregard.plans.targets import Target
from dueregard.plans.updates import Update
from dueregard.records.written_dates import day_of_text


@dataclass(frozen=True)
class Contents:
    """The rows of a plan, by noun, in the order of the file."""

    objectives: tuple[Objective, ...] = ()
    measures: tuple[Measure, ...] = ()
    baselines: tuple[Reading, ...] = ()
    targets: tuple[Target, ...] = ()
    readings: tuple[Reading, ...] = ()
    actions: tuple[Action, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    costs: tuple[Cost, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    assessments: tuple[ImpactAssessment, ...] = ()
    mitigations: tuple[Mitigation, ...] = ()
    updates: tuple[Update, ...] = ()
    owners: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What `dueregard.plan` gives: the rows of a plan, and findings about them as at the day ``on``.

    A plan is never changed: what happens is added to its file as readings, updates and days on which things were done.

    Parameters
    ----------
    name
        What it is called in titles.
    contents
        Its rows: ``contents.actions``, ``contents.measures`` and so on, each a frozen dataclass.
    on
        The day at which it is judged.
    rows_set_aside
        Rows that could not be read.
    provenance, notes
        Travel to every output.
    """

    name: str
    contents: Contents
    on: dt.date
    rows_set_aside: tuple[SetAside, ...] = ()
    provenance: str | None = None
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        held = ", ".join(f"{len(rows)} {noun}" for noun, rows in vars(self.contents).items() if rows)
        return f"Plan {self.name!r} at {self.on}: {held or 'empty'}; see .status(), .progress(), .costs()"

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """The readings of each measure, over all areas first, then by area; measures of one objective together."""
        held = self.contents
        places = {objective.id: place for place, objective in enumerate(held.objectives)}
        measures = sorted(held.measures, key=lambda measure: places[measure.objective])
        return series_of(measures, held.baselines, held.targets, held.readings)

    def title_of(self, objective: str) -> str | None:
        """The title of an objective."""
        return next((each.title for each in self.contents.objectives if each.id == objective), None)

    def _findings(
        self,
        columns: dict[str, list[Any]],
        kind: str,
        title: str,
        by: tuple[str, ...] = (),
        notes: Sequence[str] = (),
    ) -> Findings:
        said, named = (*notes, *self.said), f"{self.name}: {title}"
        return Findings(columns, by=by, provenance=self.provenance, title=named, notes=said, kind=kind)

    @property
    def said(self) -> tuple[str, ...]:
        """What every output says: the notes, and how many rows were set aside."""
        aside = len(self.rows_set_aside)
        rows = f"{aside} row{'' if aside == 1 else 's'}"
        are = "is" if aside == 1 else "are"
        left_out = f"{rows} that could not be read {are} set aside, and {are} in no figure"
        return (*self.notes, *([left_out] if aside else []))

    def status(self, *, within: int = 30) -> Findings:
        """Every action, milestone, recommendation, assessment and mitigation: done, due or overdue, and by whom.

        Parameters
        ----------
        within
            Days within which what is due is said to be so.

        Returns
        -------
        Findings
            One row each: ``measure`` (which noun), ``item`` (its id), ``text``, ``owner``, ``due``, ``done``, ``days``
            (overdue or late by, or left), ``waits_for`` (of a recommendation: a reservation that is open and who
            decides, actions that are overdue), ``update`` and ``update_date`` (the latest), and ``verdict``: "done",
            "done late", "done" where no day tells whether it was late, "overdue", "due", "in progress", "not started",
            "rejected", "reservation open" (of what is neither overdue nor due). Days are counted at ``on``.

        Raises
        ------
        ValueError, TypeError
            If ``within`` is no whole number of days from 0.
        """
        if checked.integer("within", within) < 0:
            raise ValueError(f"within: {within} days is below 0")
        columns = status_rows.columns(self.contents, self.on, within)
        return self._findings(columns, "plan status", f"status at {self.on}")

    def progress(self, *, by: str | None = None, confidence_level: float = 0.95) -> Findings:
        """Every measure: where it began, where it is, whether the change is real, and whether it is on course.

        Parameters
        ----------
        by
            None: over all areas. "area": also a row for each area that has readings; the rows of a measure then begin
            with two of ``row_type`` "variation", on how much the changes of its areas vary beyond chance, as in
            `dueregard.scorecard`.
        confidence_level
            Of the interval of the change and of the projection.

        Returns
        -------
        Findings
            One row a measure: ``value`` (the latest reading, of ``period``), ``low_now`` and ``high_now`` (its
            interval), ``reference`` ("baseline", or "first reading" where no baseline was set), ``reference_value``
            (of ``reference_period``), ``estimate`` (the change; of ratios a factor), ``low``, ``high``, ``pvalue`` and
            ``verdict`` ("improved", "worsened", "higher", "lower", "unchanged", "too few to tell", "cannot tell", "no
            baseline"; "no reading"); ``target``, ``target_date``, ``course`` (see `dueregard.plans.courses`) with
            ``course_why``, ``projected`` with ``projected_low`` and ``projected_high``, ``pace`` and ``pace_needed``
            (changes a year), ``n_readings``, ``note``. What is not known is NaN or None.

        Raises
        ------
        ValueError
            For another ``by``, or a confidence level that is not between 0 and 1.

        Notes
        -----
        How a change is judged is said in `dueregard.plans.changes`, how a projection is made in
        `dueregard.inference.trends.weighted_lines`: by the line through all readings (the baseline too) whose periods
        share no day, weighted by their precision, with a prediction interval for one more reading as large as the
        latest. It says where a measure leads if it goes on as it did, not that it will.
        """
        if by not in (None, "area"):
            raise ValueError(f"by: {by!r} is neither None nor 'area'")
        level = checked.level(confidence_level)
        columns = progress_rows.columns(self.series, self.on, level, by == "area")
        columns["objective_title"] = [self.title_of(objective) for objective in columns["objective"]]
        notes = without_target([each.target is not None for each in self.series if each.area is None])
        notes += progress_rows.wide(columns["course_why"])
        areas = ("area",) if by == "area" else ()
        return self._findings(columns, "plan progress", f"progress at {self.on}", areas, notes)

    def quarterly(self, year: int | str) -> Findings:
        """The readings of a financial year by quarter, and what was done and fell due in each.

        Parameters
        ----------
        year
            The year in which it begins (2010), or "2010/11".

        Returns
        -------
        Findings
            For each measure a row a quarter with the reading whose period is that quarter (``value`` with ``low`` and
            ``high``; NaN and the verdict "no reading" where there is none; "not over" where the quarter is not), then a
            row a quarter for actions, milestones, recommendations, assessments and mitigations: ``count`` done by its
            end of the ``nobs`` that were due by then, "all done", "some open" or "none due". Of a quarter that is not
            over both are counted to ``on``, which ``counted_to`` says.
        """
        return self._periods("Q", year)

    def six_monthly(self, year: int | str) -> Findings:
        """As `quarterly`, by half year."""
        return self._periods("H", year)

    def _periods(self, part: str, year: int | str) -> Findings:
        first = period_rows.read_year(year)
        columns = period_rows.columns(self.contents, self.series, self.on, part, first)
        every = {"Q": "quarter", "H": "half year"}[part]
        return self._findings(columns, "plan periods", f"by {every} of {first}/{(first + 1) % 100:02}, at {self.on}")

    def costs(self) -> Findings:
        """Costs, savings and what they come to, by objective and financial year; what is unknown is never 0.

        Returns
        -------
        Findings
            A row for ``measure`` "cost", "saving" and "net cost" of each objective and year (None: none stated), then
            of all: ``value`` in pounds, NaN with the verdict "unknown" where any sum in it is, ``known_part`` what is
            known, ``count`` known sums of ``nobs``. Where no cost (or saving) was listed there is "none listed", NaN.
            A net cost is costs less savings, "unknown" unless all are known; without savings it is the cost.
        """
        columns = cost_rows.columns(self.contents)
        return self._findings(columns, "plan costs", "costs and savings", ("objective", "year"))

    def recommendations(self) -> Findings:
        """Every recommendation: whether it was accepted, what was reserved and who decides, and how far it is.

        Returns
        -------
        Findings
            One row each: ``item``, ``text``, ``answer``, ``reservation``, ``decides``, ``decided``, ``owner``, ``due``,
            ``count`` of the ``nobs`` linked actions done, ``verdict`` and ``waits_for`` as in `status`; then a row for
            each answer with ``count`` of all ``nobs`` recommendations, a full count.
        """
        columns = recommendation_rows.columns(self.contents, self.on)
        return self._findings(columns, "recommendations", f"recommendations at {self.on}")

    def assessments(self) -> Findings:
        """Equality impact assessments: due, completed, on time, and which mitigations are open.

        Returns
        -------
        Findings
            One row each: ``item``, ``text``, ``owner``, ``due``, ``done``, ``days``, ``verdict``, ``mitigations`` and
            ``mitigations_open`` (numbers) with ``open`` (which); then the full counts "completed of those due",
            "completed on time of those due" and "mitigations open", ``value`` in percent; NaN where none was due.
        """
        columns = impact_rows.columns(self.contents, self.on)
        return self._findings(columns, "impact assessments", f"equality impact assessments at {self.on}")

    @property
    def set_aside(self) -> Findings:
        """Rows that could not be read, with ``strict=False``: ``measure`` (the table), ``item`` and ``note`` (why)."""
        rows = self.rows_set_aside
        columns: dict[str, list[Any]] = {
            "measure": [row.noun for row in rows],
            "set_aside": [True for _ in rows],
            "item": [row.id for row in rows],
            "note": [row.why for row in rows],
        }
        return self._findings(columns, "plan rows set aside", "rows set aside")


def plan(
    source: Any, *, on: Any = None, readings: Any = None, records: Mapping[str, Any] | None = None,
    period: str | None = None, strict: bool = True,
) -> Plan:  # fmt: skip
    """Read a plan: objectives, measures, actions, costs, recommendations and equality impact assessments.

    Parameters
    ----------
    source : path or dict
        A TOML file, a spreadsheet (.xlsx) with a sheet for each table, or a dict of lists of dicts. The tables and
        their keys are in docs/plans.md.
    on : date or str, optional
        The day at which it is judged. Unless given it is today, which every output says.
    readings : Findings, data frame, dict of columns, list of dicts, or path, optional
        Further readings with the columns ``measure`` (the id), ``period`` and counts or ``value`` (and ``se``), beside
        those of the file. A path is that of a CSV or Parquet file.
    records : dict of name to table, optional
        Tables by the names that the calls of the measures use (their ``computed_by``): dicts of columns or data frames,
        as in `dueregard.objectives_2012`. Every measure that has a call and no readings gets one for each quarter that
        the records are of, and that is over at ``on``; of tables without dates, one of the period as a whole. Why a
        measure or a quarter has none is said in its row or in the notes.
    period : str, optional
        What the records cover in whole, such as "2010/11"; unless given, from the first quarter that any table has rows
        of to the last.
    strict : bool
        Whether a row that cannot be read is an error. If not, it is set aside, with what depends on it, and said in
        every output; see `Plan.set_aside`.

    Returns
    -------
    Plan

    Raises
    ------
    FileNotFoundError
        When there is no such file.
    TypeError
        When the source or the readings are of another kind.
    ValueError
        When the file cannot be read; when a row has an unknown key or word, an id that is listed twice, an objective,
        measure, action or owner that is not listed, no date where a date belongs, a target before its baseline,
        a count above its base, a negative cost, or something that happened after ``on``. The message names the file and
        the line, the sheet and the cell, or the table and the row, counted from 1. With ``records`` also when a table
        has a name that no measure uses, when no measure is to be computed, when the period ends after ``on``, and, with
        ``strict``, when a table does not allow what a measure needs. A period without records is an error too.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.plan(
    ...     {
    ...         "objectives": [{"id": "1", "title": "A fair service"}],
    ...         "actions": [{"id": "A1", "objective": "1", "title": "Call victims back", "due": "2011-01-15"}],
    ...     },
    ...     on="2011-02-01",
    ... )
    >>> list(zip(found.status()["item"], found.status()["verdict"], found.status()["days"]))
    [('A1', 'overdue', 17)]
    """
    day = dt.date.today() if on is None else read_day(on)
    checked.true_or_false("strict", strict)
    read = _with_readings(read_source(source), readings)
    if records is not None:
        read = with_computed(read, records, period, day, strict)
    elif period is not None:
        raise ValueError("period: it says what records are of, and there are none")
    items, aside = read_rows(read, day, strict)
    judged = f"Judged at {day}" + (", today, since no other day was given" if on is None else "")
    head = read.head
    head.only(*HEAD)
    return Plan(
        name=head.text("name", "Plan"),
        contents=Contents(**{noun: tuple(rows.values()) for noun, rows in items.items()}),
        on=day,
        rows_set_aside=tuple(aside),
        provenance=head.text("provenance", None),
        notes=(judged, *read.notes, *_notes(head)),
    )


def _notes(head: Any) -> tuple[str, ...]:
    """What the file says that a reader has to know; and its dates, which are checked."""
    starts, ends = head.date("starts", None), head.date("ends", None)
    if starts is not None and ends is not None and ends < starts:
        raise head.fail(f"'ends' is {ends}, before {starts}, when it starts", "ends")
    return tuple(head.texts("notes", ()))


def read_day(day: Any, argument: str = "on") -> dt.date:
    """A day that was given as a date or as text."""
    from dueregard.records.dates import day_of

    written = day_of_text(day) if isinstance(day, str) and "/" in day else None
    read: dt.date = day_of(argument, day if written is None else written).astype(object)
    return read


def _with_readings(source: Source, readings: Any) -> Source:
    if readings is None:
        return source
    more = [*source.rows["readings"], *rows_of_readings(readings)]
    return Source(source.head, {**source.rows, "readings": more}, source.notes)
