"""Made-up stop and search files in the form in which police publish them."""

import re
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import numpy as np

from dueregard.data import draws
from dueregard.data.example_records import PLAUSIBLE
from dueregard.data.stop_search_forces import FORCES
from dueregard.data.stop_search_rows import rows as rows_of
from dueregard.whole_files import write_whole

LAST_MONTH = "2016-06"
MARKER = "README.txt"
ABOUT = f"""{PLAUSIBLE}

Made by dueregard: people, times and places are invented, and shares are plausible only. The columns and texts are
those of the stop and search files that police forces publish, one folder a month, one file a force.
"""


def write_stop_search_files(
    folder: str | PathLike[str],
    *,
    forces: int | Sequence[str] = 43,
    months: int | Sequence[str] = 12,
    rows: int = 1_200_000,
    seed: int = 2011,
) -> Path:
    """Write made-up stop and search files in the form in which police forces publish them.

    Parameters
    ----------
    folder
        Where to write them: one folder a month, as the published archive unpacks. It is made if it is not there.
    forces
        How many of the 43 forces of England and Wales, the busiest first, or the names that their files have, such as
        ``["metropolitan", "cumbria"]``.
    months
        How many months up to June 2016, or the months, such as ``["2016-05", "2016-06"]``.
    rows
        How many searches there are in all files together, shared out as plausible sizes of forces.
    seed
        A whole number from 0 to 2**64 - 1. A file depends on it, the force, the month and its number of rows.

    Returns
    -------
    Path
        The folder. It also holds ``README.txt``, whose first line says that the records are not real:
        `dueregard.read_stop_search` puts that on every output.

    Raises
    ------
    ValueError
        For a force, month, number or seed that cannot be; and where the folder has other stop and search files, which
        would be read together with these. Nothing is written then.
    TypeError
        When a number is not a whole number.

    Examples
    --------
    >>> import tempfile
    >>> import dueregard as dr
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = dr.data.write_stop_search_files(folder, forces=["surrey"], months=1, rows=50)
    ...     [path.relative_to(written).as_posix() for path in sorted(written.rglob("*.*"))]
    ['2016-06/2016-06-surrey-stop-and-search.csv', 'README.txt']
    """
    names, periods = _forces(forces), _months(months)
    counts = draws.allocate(_whole(rows, "rows", 0), [FORCES[name].searches for _ in periods for name in names])
    target = Path(folder)
    files = [(month, name) for month in periods for name in names]
    paths = [target / month / f"{month}-{name}-stop-and-search.csv" for month, name in files]
    _refuse_others(target, set(paths))
    draws.generator("stop_search_files", seed)  # a bad seed is refused before anything is written
    target.mkdir(parents=True, exist_ok=True)
    write_whole(target / MARKER, ABOUT)
    for (month, name), path, n in zip(files, paths, counts.tolist(), strict=True):
        path.parent.mkdir(exist_ok=True)
        _write(path, draws.generator(f"stop_search_files {month} {name}", seed), n, month, name)
    return target


def _write(path: Path, rng: np.random.Generator, n: int, month: str, name: str) -> None:
    columns = rows_of(rng, n, month, FORCES[name])
    cells = zip(*(column.tolist() for column in columns.values()), strict=True)
    lines = [",".join(columns), *map(",".join, cells)]
    write_whole(path, "\n".join(lines) + "\n")


def _refuse_others(target: Path, mine: set[Path]) -> None:
    """Files that would be read together with those to be written."""
    others = sorted(path for path in target.rglob("*-stop-and-search.csv") if path not in mine)
    if others:
        raise ValueError(f"folder: {target} has other stop and search files, such as {others[0].name}")
    if (target / MARKER).exists() and (target / MARKER).read_text(encoding="utf-8", errors="replace") != ABOUT:
        raise ValueError(f"folder: {target} has a {MARKER} of its own")


def _forces(forces: int | Sequence[str]) -> list[str]:
    if isinstance(forces, str):
        raise TypeError(f"forces must be a number or a list of names, such as [{forces!r}]")
    if not isinstance(forces, Sequence):
        return list(FORCES)[: _whole(forces, "forces", 1, len(FORCES))]
    for name in forces:
        if name not in FORCES:
            raise ValueError(f"forces: no force {name!r}; the names are {', '.join(FORCES)}")
        if list(forces).count(name) > 1:
            raise ValueError(f"forces: {name!r} is named twice")
    if not forces:
        raise ValueError("forces: name at least one")
    return list(forces)


def _months(months: int | Sequence[str]) -> list[str]:
    if isinstance(months, str):
        raise TypeError(f"months must be a number or a list of months, such as [{months!r}]")
    if not isinstance(months, Sequence):
        last = np.datetime64(LAST_MONTH, "M")
        return [str(last - back) for back in range(_whole(months, "months", 1, 240) - 1, -1, -1)]
    for month in months:
        if not re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", month):
            raise ValueError(f"months: {month!r} is not a month such as '2016-06'")
        if list(months).count(month) > 1:
            raise ValueError(f"months: {month!r} is named twice")
    if not months:
        raise ValueError("months: name at least one")
    return list(months)


def _whole(number: int, name: str, low: int, high: int = 100_000_000) -> int:
    if isinstance(number, bool) or not isinstance(number, int | np.integer):
        raise TypeError(f"{name} must be a whole number, not {number!r}")
    if not low <= number <= high:
        raise ValueError(f"{name} must be {low} to {high:,}, is {number}")
    return int(number)
