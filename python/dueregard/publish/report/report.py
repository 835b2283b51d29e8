"""The report: one HTML file that holds all it needs."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dueregard.hints import did_you_mean
from dueregard.notices import notices
from dueregard.publish.report.committee.details import Details
from dueregard.publish.report.committee.paper import committee_paper
from dueregard.publish.report.examples import from_examples
from dueregard.publish.report.filled import filled
from dueregard.publish.report.inputs import Input
from dueregard.publish.report.pages.control import Control, control, method
from dueregard.publish.report.pages.limits import limits
from dueregard.publish.report.pages.main_points import main_points
from dueregard.publish.report.sources import Contents, each_of, from_data, survey_of, with_findings
from dueregard.records.written_dates import day_of_text
from dueregard.whole_files import write_whole

if TYPE_CHECKING:
    from dueregard.designs.survey_design import SurveyDesign
    from dueregard.publish.report.pages.choice import Own

REPORT, COMMITTEE = TEMPLATES = ("report", "committee")


def write_report(
    out: str | os.PathLike[str],
    *,
    data: Any = None,
    outcome: str | None = None,
    positive: Any = None,
    group: str | None = None,
    reference: Any = None,
    by: str | Sequence[str] | None = None,
    exclude: Any = None,
    missing: Mapping[Any, str] | None = None,
    weight: Any = None,
    design: SurveyDesign | None = None,
    time: str | None = None,
    window: int | str | None = None,
    breaks: Any = None,
    period: str | None = None,
    threads: int | None = None,
    version: str = "1.0 draft",
    author: str | None = None,
    checked_by: str | None = None,
    date: datetime.date | str | None = None,
    title: str | None = None,
    findings: Own | Sequence[Own] = (),
    template: str = "report",
    report_number: str | int | None = None,
    committee: str | None = None,
    meeting_date: datetime.date | str | None = None,
    on_behalf_of: str | None = None,
    classification: str | None = None,
    contact: str | None = None,
    environment: bool = False,
) -> Path:
    """Write the equality report, or a paper for a committee with the same findings, as one self-contained HTML file.

    Parameters
    ----------
    out : path
        The file to write; its directory must exist. A file that is there is replaced, at once and whole.
    data : anything `dueregard.gap` takes, optional
        Survey records of your own. None reports on the embedded example data.
    outcome, positive, group, reference, by, exclude, missing, weight, design, period, threads
        How your records are read, as in `dueregard.gap`. Without `outcome` they are taken to have the columns and
        answers of the example survey (``by=()`` for no areas).
    time, window, breaks
        A series, as in `dueregard.rolling`: the report then has the level and the gap of each area in the latest
        window, with ranks where areas are shown to differ, and a page on the trend, with the change since a year
        before.
    version, author, checked_by : str
        For document control.
    date : datetime.date or str, optional
        Date of the report, as a date, "2011-03-31" or "31/03/2011"; today unless given. The same input and date give
        the same bytes.
    title : str, optional
    findings : Findings, Assessment, Rounds or Plan, or a sequence of them, optional
        Findings of your own, such as those of `dueregard.proportionality`, `dueregard.workforce_stages` and
        `dueregard.audit`, assessments and plans: each becomes a page, after that of ``data``, if there is any.
    template : {"report", "committee"}
        A report with a page for each finding; or the paper that a police authority's committee takes: summary,
        recommendations, supporting information, equality, financial, legal and risk implications, background papers and
        contacts, with the pages of the report as its appendices. What data cannot say is marked "[to be completed]",
        and listed at the end.
    report_number, committee, meeting_date, on_behalf_of, classification, contact : str, optional
        Of a committee paper: the number of the report, the committee, the day of its meeting (a date), by whom or on
        whose behalf it is submitted, the protective marking, and whom to ask. What is not given is marked.
    environment : bool
        Whether a committee paper has a section on environmental implications.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    FileNotFoundError
        If the directory of `out` does not exist.
    IsADirectoryError
        If `out` is a directory.
    ValueError
        If `date` or `meeting_date` is not a date, the template is another, something of a committee paper is given for
        a report, `outcome` is given without `positive`, `group` or `reference`, `time` without `window`, an argument
        about records is given without `data`, or as `dueregard.gap` raises for your records.

    Notes
    -----
    Your own records are never mixed with the example data: the sections that need other data are left out, and the
    report says which. What members are asked to decide comes from the recommendations of a plan; findings alone only
    give options.

    Examples
    --------
    >>> import tempfile, dueregard as dr
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_report(Path(folder) / "report.html", date="2011-03-31")
    ...     path.name
    'report.html'
    """
    target = checked_target(out)
    day = checked_date(date)
    about_records = {"outcome": outcome, "positive": positive, "group": group, "reference": reference, "by": by,
                     "exclude": exclude, "missing": missing, "weight": weight, "design": design, "time": time,
                     "window": window, "breaks": breaks}  # fmt: skip
    given = {name: value for name, value in about_records.items() if value is not None}
    if data is None and given:
        raise ValueError(f"{next(iter(given))}: says how to read your own records, but there is no data")
    asked = {
        "report_number": report_number, "committee": committee, "meeting_date": meeting_date, "contact": contact,
        "on_behalf_of": on_behalf_of, "classification": classification, "environment": environment or None,
    }  # fmt: skip
    paper = paper_of(template, {name: value for name, value in asked.items() if value is not None})
    own = each_of(findings)
    if data is None and not own:
        contents = from_examples()
    else:
        survey = None if data is None else from_data(data, survey_of(given, period, threads))
        contents = with_findings(survey, own)
    named = title or contents.title
    details = Control(named, version, author, checked_by, day, contents.period, contents.inputs)
    write_whole(target, document(contents, details, paper))
    return target


def checked_target(out: str | os.PathLike[str]) -> Path:
    """The path, refused before any work is done if it cannot be written."""
    target = Path(out)
    if not target.parent.is_dir():
        raise FileNotFoundError(f"out: the directory {str(target.parent)!r} does not exist")
    if target.is_dir():
        raise IsADirectoryError(f"out: {str(target)!r} is a directory; name a file in it")
    return target


def checked_date(date: datetime.date | str | None, name: str = "date") -> datetime.date:
    """The date of the report, or another."""
    if date is None:
        return datetime.date.today()
    if isinstance(date, datetime.date):
        return date
    day = day_of_text(str(date))
    if day is None:
        raise ValueError(f"{name}: {date!r} is not a date like 2011-03-31 or 31/03/2011")
    return day


def paper_of(template: str, given: Mapping[str, Any]) -> Details | None:
    """What the paper says of itself; None for a report, which has none of it."""
    if template not in TEMPLATES:
        raise ValueError(
            f"template: {template!r} is not one of {', '.join(TEMPLATES)}{did_you_mean(template, TEMPLATES)}"
        )
    if template == REPORT:
        if given:
            raise ValueError(f"{next(iter(given))}: belongs to a committee paper; ask for it with template='committee'")
        return None
    told: dict[str, Any] = {name: str(value) for name, value in given.items()}
    if "meeting_date" in given:
        told["meeting_date"] = checked_date(given["meeting_date"], "meeting_date")
    return Details(**told | {"environment": "environment" in given})


def document(contents: Contents, control_: Control, paper: Details | None) -> str:
    """The report, or the paper for a committee with the same findings, as text."""
    found, marks = list(contents.pages), notices(contents.provenance)
    rest = [
        limits([page.key for page in found], contents.absent, contents.synthetic, contents.survey),
        method(found),
    ]
    if paper is None:
        return filled([main_points(found), *found, *rest, control(control_)], control_, marks)
    made = committee_paper(contents, paper, control_, rest)
    places = f"{made.remaining} place{'' if made.remaining == 1 else 's'}"
    return filled(made.pages, control_, [*marks, f"Draft: {places} to be completed"])


__all__ = ["Input", "write_report"]
