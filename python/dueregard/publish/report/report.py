"""The report: one HTML file that holds all it needs."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from dueregard.notices import notices
from dueregard.publish.report.inputs import Input
from dueregard.publish.report.pages.control import Control, control, method
from dueregard.publish.report.pages.limits import limits
from dueregard.publish.report.pages.main_points import main_points
from dueregard.publish.report.pages.parts import Page, text
from dueregard.publish.report.sources import Contents, from_data, from_examples, survey_of, with_findings
from dueregard.version import __version__

if TYPE_CHECKING:
    from dueregard.findings import Findings


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
    period: str | None = None,
    threads: int | None = None,
    version: str = "1.0 draft",
    author: str | None = None,
    checked_by: str | None = None,
    date: datetime.date | str | None = None,
    title: str | None = None,
    findings: Findings | Sequence[Findings] = (),
) -> Path:
    """Write the equality report as one self-contained HTML file.

    Parameters
    ----------
    out : path
        The file to write; its directory must exist. A file that is there is replaced, at once and whole.
    data : anything `dueregard.gap` takes, optional
        Survey records of your own. None reports on the embedded example data.
    outcome, positive, group, reference, by, exclude, missing, weight, period, threads
        How your records are read, as in `dueregard.gap`. Without `outcome` they are taken to have the columns and
        answers of the example survey (``by=()`` for no areas).
    version, author, checked_by : str
        For document control.
    date : datetime.date or str, optional
        Date of the report, as a date or "2011-03-31"; today unless given. The same input and date give the same bytes.
    title : str, optional
    findings : Findings or sequence of Findings, optional
        Findings of your own, such as those of `dueregard.proportionality`, `dueregard.workforce_stages` and
        `dueregard.unknowns`: each becomes a page, after that of ``data``, if there is any.

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
        If `date` is not a date, `outcome` is given without `positive`, `group` or `reference`, an argument about
        records is given without `data`, or as `dueregard.gap` raises for your records.

    Notes
    -----
    Your own records are never mixed with the example data: the sections that need other data are left out, and the
    report says which.

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
                     "exclude": exclude, "missing": missing, "weight": weight}  # fmt: skip
    given = {name: value for name, value in about_records.items() if value is not None}
    if data is None and given:
        raise ValueError(f"{next(iter(given))}: says how to read your own records, but there is no data")
    own: list[Any] = [findings] if hasattr(findings, "rows") else list(findings)
    if data is None and not own:
        contents = from_examples()
    else:
        survey = None if data is None else from_data(data, survey_of(given, period, threads))
        contents = with_findings(survey, own)
    named = title or contents.title
    details = Control(named, version, author, checked_by, day, contents.period, contents.inputs)
    write_whole(target, page_of(contents, details))
    return target


def checked_target(out: str | os.PathLike[str]) -> Path:
    """The path, refused before any work is done if it cannot be written."""
    target = Path(out)
    if not target.parent.is_dir():
        raise FileNotFoundError(f"out: the directory {str(target.parent)!r} does not exist")
    if target.is_dir():
        raise IsADirectoryError(f"out: {str(target)!r} is a directory; name a file in it")
    return target


def checked_date(date: datetime.date | str | None) -> datetime.date:
    """The date of the report."""
    if date is None:
        return datetime.date.today()
    if isinstance(date, datetime.date):
        return date
    try:
        return datetime.date.fromisoformat(date)
    except ValueError:
        raise ValueError(f"date: {date!r} is not a date like 2011-03-31") from None


def page_of(contents: Contents, details: Control) -> str:
    """The whole file as text."""
    found = list(contents.pages)
    rest = [
        limits([page.key for page in found], contents.absent, contents.provenance is not None, contents.survey),
        method(found),
        control(details),
    ]
    pages = [main_points(found), *found, *rest]
    folder = files("dueregard.publish.report")
    marks = notices(contents.provenance)
    return Template(folder.joinpath("page.html").read_text(encoding="utf-8")).substitute(
        library=text(__version__),
        title=text(details.title),
        style=folder.joinpath("style.css").read_text(encoding="utf-8").strip() + "\n" + running_foot(marks),
        about=text(_about(details)),
        notices="\n".join(f'<p class="notice">{text(mark)}</p>' for mark in marks),
        contents="\n".join(_link(page) for page in pages),
        pages="\n".join(page.section() for page in pages),
        foot=text(". ".join([*marks, f"Version {details.version}, {details.day}"]) + "."),
    )


def running_foot(marks: Sequence[str]) -> str:
    """What stands at the foot of every printed page."""
    words = text("; ".join(marks)).replace("\\", "").replace('"', "").replace("&#x27;", "")
    small = "font: 8pt Arial, sans-serif; color: #505a5f;"
    return (
        f'@page {{ @bottom-left {{ content: "{words}"; {small} }} '
        f'@bottom-right {{ content: counter(page) " of " counter(pages); {small} }} }}'
    )


def _about(details: Control) -> str:
    parts = [details.period, f"version {details.version}", details.day]
    said = ", ".join(part for part in parts if part)
    return said[:1].upper() + said[1:] + (f", by {details.author}" if details.author else "")


def _link(page: Page) -> str:
    return f'<li><a href="#{page.key}">{text(page.short)}</a></li>'


def write_whole(target: Path, content: str) -> None:
    """Write a file beside the target and put it in its place: readers see the old one or the new one."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The permissions new files do not get; the only way to read them is to set them."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


__all__ = ["Input", "write_report"]
