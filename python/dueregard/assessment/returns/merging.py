"""`dueregard.merge_returns`: many returns as one table, without a row lost."""

from collections.abc import Mapping
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.returns import form
from dueregard.assessment.returns.cell_values import text_of
from dueregard.assessment.returns.found_files import find_files, read_file
from dueregard.assessment.returns.merged import Returns
from dueregard.assessment.returns.read_rows import ReadReturn, fault_of
from dueregard.assessment.returns.recipients import date_argument, read_recipients
from dueregard.assessment.returns.repeats import without_repeats, without_unexpected
from dueregard.assessment.returns.workbooks import file_names


def merge_returns(
    paths: Any,
    framework: Framework,
    *,
    expected: Any = None,
    due: Any = None,
    received: Mapping[str, Any] | None = None,
    channel: str | None = None,
    strict: bool = True,
) -> Returns:
    """Read many returns and put them together, with an account of who has returned and what was set aside.

    Parameters
    ----------
    paths
        A folder, a file, a glob, or a list of files: workbooks that `dueregard.write_return` made, and CSV files with
        the columns ``unit``, ``indicator``, ``answer`` and any of ``kind``, ``area``, ``evidence``, ``owner``, ``due``,
        ``round``, ``channel`` and ``returned``. Every file of a folder is read, but for its own folders, hidden files
        and the lock files of open workbooks.
    framework
        From `dueregard.frameworks`.
    expected
        The units that were invited, as ``units`` of `dueregard.write_returns`. Invited returns of other units are set
        aside, and listed in ``unexpected``.
    due
        The date by which returns were due, for units that have none of their own.
    received
        Unit to the date on which its return came in; it goes before the date in the file.
    channel
        "invited" or "open", for files that do not say it; open replies are kept apart in ``open_responses``.
    strict
        Whether the first return that is not as it should be raises an error. Otherwise the answer, or the whole file,
        is set aside with its reason.

    Returns
    -------
    Returns
        Every row of every file is in ``responses``, ``open_responses`` or ``set_aside``.

    Raises
    ------
    ValueError
        For a file that is not a return to this framework, was rearranged, or holds an unknown indicator or answer, an
        answer to an exempt indicator, a formula, or a date that is none; for a unit that was returned twice. The
        message names the file, the cell or line, and what was expected.
    FileNotFoundError
        If there is no such file or folder, or none in it.

    Notes
    -----
    Of two returns of one unit in one round that say the same, the first is taken; of a return and a form that was not
    filled in, the return; of two that differ, neither.

    Examples
    --------
    >>> import dueregard as dr, tempfile
    >>> folder, esps = tempfile.mkdtemp(), dr.frameworks.esps()
    >>> answers = {"unit": ["Brent", "Brent"], "indicator": ["1B", "2B"], "answer": ["very", "not_very"]}
    >>> paths = dr.write_returns(folder, esps, ["Brent", "Ealing", "Sutton"], answers=answers)
    >>> invited, received = ["Brent", "Ealing", "Sutton"], {"Brent": "2011-03-01"}
    >>> merged = dr.merge_returns(folder, esps, expected=invited, received=received)
    >>> merged.register()["count"][0], merged.register()["nobs"][0], len(merged.responses["unit"])
    (1, 3, 18)
    """
    if channel not in (None, *form.CHANNELS):
        raise ValueError(f"channel: {channel!r} is neither {form.INVITED!r} nor {form.OPEN!r}")
    asked = None if expected is None else read_recipients(expected, framework, "expected", due=due)
    general = date_argument("due", due)
    kinds = {who.unit: who.kind for who in asked or () if who.kind_is_given}
    invited = [who.unit for who in asked or ()]
    names, dates = dict(zip(file_names(invited), invited, strict=True)), _dates(received)
    read: list[ReadReturn] = []
    for path in find_files(paths):
        found = read_file(path, framework, kinds)
        _raise_first(found, strict)
        found = [_completed(one, general, dates, channel, kinds) for one in _by_file_name(found, names)]
        _raise_first(found, strict)
        read += found
    read = without_repeats(read)
    _raise_first(read, strict)
    return Returns(framework, without_unexpected(read, asked), asked)


def read_return(path: str | PathLike[str], framework: Framework, *, strict: bool = True) -> Returns:
    """Read one return.

    Parameters
    ----------
    path
        A workbook that `dueregard.write_return` made, or a CSV file.
    framework
        The framework that it was written for.
    strict
        As in `merge_returns`.

    Returns
    -------
    Returns
        As `merge_returns` gives for one file.

    Raises
    ------
    ValueError, FileNotFoundError
        As `merge_returns`.

    Examples
    --------
    >>> import dueregard as dr, tempfile
    >>> path = dr.write_return(Path(tempfile.mkdtemp()) / "brent.xlsx", dr.frameworks.esps(), "Brent")
    >>> form = dr.read_return(path, dr.frameworks.esps())
    >>> len(form.responses["answer"]), form.set_aside["note"][0].partition(": ")[2]
    (0, 'not filled in: it is as it was sent out')
    """
    if not Path(path).is_file():
        raise FileNotFoundError(f"{path}: no such file")
    return merge_returns(path, framework, strict=strict)


def _dates(received: Mapping[str, Any] | None) -> dict[str, Any]:
    return {text_of(unit): date_argument(f"received: {unit!r}", day) for unit, day in (received or {}).items()}


def _by_file_name(found: list[ReadReturn], names: Mapping[str, str]) -> list[ReadReturn]:
    """A file that does not say whose it is, but is called what `write_returns` calls that of a unit: said to be so."""
    unit = names.get(f"{found[0].path.stem.casefold()}.xlsx") if found else None
    if unit is None or any(one.unit for one in found):
        return found
    how = f"; taken for the return of {unit!r} by the name of the file"
    return [replace(one, unit=unit, fault=one.fault + how) if one.fault else one for one in found]


def _completed(
    one: ReadReturn, due: Any, received: Mapping[str, Any], channel: str | None, kinds: Mapping[str, str]
) -> ReadReturn:
    """A return with what the arguments say of it."""
    returned = received.get(one.unit or "") or one.returned
    one = replace(one, due=one.due or due, returned=returned)
    if channel and one.channel and one.channel != channel:
        return one.refused(f"{one.path}: says that it is {one.channel}, where {channel} was expected")
    kind = kinds.get(one.unit or "", one.kind)
    if one.kind != kind:
        return one.refused(f"{one.path}: {one.unit!r} says that it is {one.kind!r}, where {kind!r} was expected")
    return replace(one, channel=one.channel or channel)


def _raise_first(returns: list[ReadReturn], strict: bool) -> None:
    fault = fault_of(returns) if strict else None
    if fault:
        raise ValueError(fault)
