"""`dueregard.write_return` and `dueregard.write_returns`: a workbook for each unit to assess itself in."""

import re
import unicodedata
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.returns import form
from dueregard.assessment.returns.cell_values import text_of
from dueregard.assessment.returns.earlier import Earlier, read_earlier
from dueregard.assessment.returns.issues import Issue
from dueregard.assessment.returns.opened import need_openpyxl
from dueregard.assessment.returns.recipients import Recipient, date_argument, kind_of, read_recipients
from dueregard.assessment.returns.sheet_tables import check_text
from dueregard.assessment.returns.sheets import make_workbook
from dueregard.assessment.returns.stable_bytes import stable_bytes
from dueregard.whole_files import write_whole


def write_return(
    path: str | PathLike[str],
    framework: Framework,
    unit: str,
    *,
    kind: str | None = None,
    area: str | None = None,
    due: Any = None,
    round: str | None = None,
    channel: str = form.INVITED,
    contact: str | None = None,
    answers: Any = None,
    overwrite: bool = False,
) -> Path:
    """Write the workbook in which one unit assesses itself.

    It follows the UK government's guidance on accessible spreadsheets: a cover sheet with contents, one titled table a
    sheet, no merged or blank cells between, Arial 12, nothing said by colour alone. Answers are chosen from a list,
    dates are checked, and all other cells are locked without a password. The same arguments give the same bytes.

    Parameters
    ----------
    path
        The file, ending in .xlsx.
    framework
        From `dueregard.frameworks`.
    unit
        The name of the unit.
    kind
        Its kind; by default the framework's own. Indicators that it is exempt from are listed as exempt, not asked.
    area
        The area that it belongs to.
    due
        The date by which it is to be returned: a date or ISO text.
    round
        The round of answers, such as "first answer" or "after review".
    channel
        "invited", or "open" for a form that anyone may fill in: open replies are never pooled with invited ones.
    contact
        Whom to ask.
    answers
        Earlier answers to be filled in, with their evidence, owner and due: a table of one row a unit and indicator, as
        `dueregard.assess` takes; rows of other units are left aside.
    overwrite
        Whether a file that is there is replaced: it may hold answers.

    Returns
    -------
    Path

    Raises
    ------
    FileExistsError
        If the file is there and ``overwrite`` is not set; a file that is replaced keeps its permissions.
    ValueError
        For an unknown kind or channel, a date that is none, a unit without a name, text that a workbook cannot hold, or
        a bad earlier answer. Nothing is written then.
    ModuleNotFoundError
        If openpyxl is not installed, naming the extra that brings it.

    Examples
    --------
    >>> import dueregard as dr, tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> path = dr.write_return(folder / "lambeth.xlsx", dr.frameworks.esps(), "Lambeth", due="2011-03-31")
    >>> path.name, dr.read_return(path, dr.frameworks.esps()).set_aside["indicator"][:3]
    ('lambeth.xlsx', ['1B', '2B', '3B'])
    """
    need_openpyxl()
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise ValueError(f"path: {str(path)!r} does not end in .xlsx")
    if not text_of(unit):
        raise ValueError(f"unit: {unit!r} is no name")
    who = Recipient(
        text_of(unit),
        _kind(kind, framework),
        text_of(area) or None,
        date_argument("due", due),
        text_of(contact) or None,
    )
    issues = _issues([who], framework, round, channel, read_earlier(answers, framework))
    return _write_all([path], issues, overwrite)[0]


def write_returns(
    folder: str | PathLike[str],
    framework: Framework,
    units: Any,
    *,
    due: Any = None,
    round: str | None = None,
    channel: str = form.INVITED,
    contact: str | None = None,
    answers: Any = None,
    overwrite: bool = False,
) -> list[Path]:
    """Write a workbook for each of many units, as `write_return` does.

    Parameters
    ----------
    folder
        Where; it is made if it is not there. Each file is named after its unit: ``kensington-and-chelsea.xlsx``.
    framework
        From `dueregard.frameworks`.
    units
        A list of names, a dict of unit to kind, or a table (dict of arrays, data frame, CSV or Parquet file) with the
        column ``unit`` and any of ``kind``, ``area``, ``due`` and ``contact``.
    due, round, channel, contact, answers, overwrite
        As in `write_return`; ``due`` and ``contact`` hold for units that have none of their own.

    Returns
    -------
    list of Path
        In the order of the units.

    Raises
    ------
    FileExistsError, ValueError, ModuleNotFoundError
        As `write_return`, and if a unit is listed twice. Every unit is looked at before the first file is written.

    Examples
    --------
    >>> import dueregard as dr, tempfile
    >>> units = {"Lambeth": "borough", "Traffic": "other unit"}
    >>> [path.name for path in dr.write_returns(tempfile.mkdtemp(), dr.frameworks.esps(), units)]
    ['lambeth.xlsx', 'traffic.xlsx']
    """
    need_openpyxl()
    asked = read_recipients(units, framework, "units", due=due, contact=contact)
    issues = _issues(asked, framework, round, channel, read_earlier(answers, framework))
    names = file_names([who.unit for who in asked])
    return _write_all([Path(folder) / name for name in names], issues, overwrite)


def _kind(kind: str | None, framework: Framework) -> str:
    try:
        return kind_of(kind, framework)
    except ValueError as error:
        raise ValueError(f"kind: {error}") from None


def _issues(
    asked: Sequence[Recipient], framework: Framework, round: str | None, channel: str, earlier: Earlier
) -> list[Issue]:
    if channel not in form.CHANNELS:
        raise ValueError(f"channel: {channel!r} is neither {form.INVITED!r} nor {form.OPEN!r}")
    if round is not None:
        check_text(round, "round")
    for who in asked:
        for name, text in (("unit", who.unit), ("area", who.area), ("contact", who.contact)):
            check_text(text or "", f"{name} of {who.unit!r}")
        if not framework.assessable(who.kind):
            raise ValueError(f"unit {who.unit!r}: a {who.kind} is exempt from every indicator")
    return [
        Issue(framework, who, text_of(round) or None, channel, earlier.of(who.unit, who.kind), earlier.provenance)
        for who in asked
    ]


def _write_all(paths: list[Path], issues: list[Issue], overwrite: bool) -> list[Path]:
    for path in paths:
        if path.exists() and not overwrite:
            raise FileExistsError(f"{path}: the file is there, and may hold answers; replace it with overwrite=True")
    if not paths:
        return []
    paths[0].parent.mkdir(parents=True, exist_ok=True)
    for path, issue in zip(paths, issues, strict=True):
        write_whole(path, stable_bytes(make_workbook(issue)))
    return paths


def file_names(units: Sequence[str]) -> list[str]:
    """A file name for each unit, in small letters and hyphens; names that would be the same are numbered."""
    names: dict[str, None] = {}
    for place, unit in enumerate(units, 1):
        plain = unicodedata.normalize("NFKD", unit.replace("&", " and ")).encode("ascii", "ignore").decode()
        base = re.sub("[^a-z0-9]+", "-", plain.casefold()).strip("-")[:80] or f"unit-{place}"
        name, n = base, 2
        while name in names:
            name, n = f"{base}-{n}", n + 1
        names[name] = None
    return [f"{name}.xlsx" for name in names]
