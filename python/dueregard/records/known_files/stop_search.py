"""`dueregard.read_stop_search`: the stop and search files that police forces publish."""

from collections.abc import Sequence
from difflib import get_close_matches
from os import PathLike
from typing import NoReturn

from dueregard.records.known_files.csv_bytes import header_of
from dueregard.records.known_files.published_files import PublishedFile, find
from dueregard.records.known_files.stop_search_coding import HeadedFile
from dueregard.records.known_files.stop_search_columns import ADDED, REQUIRED
from dueregard.records.known_files.stop_search_records import StopSearchRecords

MOST_NAMED = 20


def read_stop_search(source: str | PathLike[str] | Sequence[str | PathLike[str]]) -> StopSearchRecords:
    """Read the stop and search files that police forces publish, one a force and month.

    Parameters
    ----------
    source : path, glob or list of these
        A file such as ``2016-06-metropolitan-stop-and-search.csv``, a folder that holds such files at any depth, as the
        published archive unpacks, or that archive as a zip file. Other CSV files in a folder or archive are passed
        over, and said so in the notes.

    Returns
    -------
    StopSearchRecords
        It stands wherever a function takes data, such as `dueregard.tally`. Its columns are those of the files, with
        ``force`` and ``month`` from their names. ``.notes`` says what was set aside or relabelled, with counts;
        ``.period``, ``.forces``, ``.n_rows``, ``.to_frame()`` and ``.batches()`` are what they say.

    Raises
    ------
    FileNotFoundError
        If there is no such file or folder, or no stop and search file in it.
    ValueError
        If a file is not named or headed as published, saying what was expected and what was found; if two files are of
        the same force and month; and, when the rows are read, if a row has more or fewer cells than the header, a
        line is blank or not UTF-8, naming the line.

    Notes
    -----
    Blanks are told apart. In "Gender", "Age range" and both ethnicities, what says nothing ("", "N/A", "Not Stated
    (NS)", "Other ethnic group - Not stated") is "not applicable" in a search of a vehicle alone, where there was no
    person to ask, and "not stated" in any other. What is stated in a search of a vehicle all the same is kept, and
    counted in the notes. An optional column (coordinates, the policing operation, "Outcome linked to object of
    search", "Removal of more than just outer clothing"), or one that only some files have, is "not collected" in files
    that leave it blank in every row or do not have it; elsewhere a blank is "not stated". ``under 10`` is an age range
    like others.

    ``month`` is the file's. Dates are in UTC: the month they fall in is judged in London time, and where it is another
    one the notes say so. Months and forces without a file are named in the notes: they are missing, not zero.

    Searches are not people, and a file without rows is a force that published no searches.

    A byte-order mark is passed over. Records made by `dueregard.data.write_stop_search_files` are known by the
    ``README.txt`` beside them, and say on every output that they are synthetic.

    Examples
    --------
    >>> import tempfile
    >>> import dueregard as dr
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     dr.data.write_stop_search_files(folder, forces=["surrey"], months=2, rows=100)  # doctest: +ELLIPSIS
    ...     searches = dr.read_stop_search(folder)
    ...     searches.period, searches.n_rows, dr.tally(searches, ["force", "month"]).counts.tolist()
    PosixPath('...')
    ('2016-05 to 2016-06', 100, [[50, 50]])
    """
    found, others = find(source)
    return StopSearchRecords([_headed(file) for file in found], others)


def _headed(file: PublishedFile) -> HeadedFile:
    first_line = file.first_line()
    header = header_of(file.path, first_line)
    lacking = [name for name in REQUIRED if name not in header]
    if lacking:
        _refuse(file.path, header, lacking)
    for name in ADDED:
        if name in header:
            raise ValueError(f"{file.path}: it has a column {name!r}, which is taken from the name of the file")
    return HeadedFile(file, tuple(header), first_line)


def _refuse(path: str, header: list[str], lacking: list[str]) -> NoReturn:
    missing = ", ".join(f"{name!r}{_nearest(name, header)}" for name in lacking)
    found = ", ".join(map(repr, header[:MOST_NAMED])) or "no columns"
    more = f" and {len(header) - MOST_NAMED} more" if len(header) > MOST_NAMED else ""
    raise ValueError(
        f"{path}: expected the columns of a stop and search file as police publish it, and there is no {missing}; "
        f"found {found}{more}"
    )


def _nearest(name: str, header: list[str]) -> str:
    near = get_close_matches(name, header, 1, 0.8)
    return f" (did you mean {near[0]!r}?)" if near else ""
