"""Which published form a file has, by its header, and its reader."""

from collections.abc import Callable
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from dueregard.records import files
from dueregard.records.known_files.csv_bytes import header_of
from dueregard.records.known_files.perceptions import header_rows, read_perceptions
from dueregard.records.known_files.published_files import NAME, PublishedFile, parts_of
from dueregard.records.known_files.small_tables import MOST_BYTES, read_table
from dueregard.records.known_files.stop_search import read_stop_search
from dueregard.records.known_files.stop_search_columns import REQUIRED
from dueregard.records.known_files.use_of_force import is_use_of_force, read_use_of_force

READERS: dict[str, Callable[[Any], Any]] = {
    "stop-and-search": read_stop_search,
    "perceptions": read_perceptions,
    "use-of-force": read_use_of_force,
}


def recognise(path: Any) -> str | None:
    """The published form of a file, or of the files of a folder, glob, list or zip file: None when it is none of them.

    Parameters
    ----------
    path : path, glob or list of these

    Returns
    -------
    {"stop-and-search", "perceptions", "use-of-force"} or None
        What `read` takes. Headers alone are looked at; several files are stop and search files by their names. A file
        with the header of a stop and search file is one whatever its name, so that its reader can say what is wrong.

    Examples
    --------
    >>> recognise("nothing.csv") is None
    True
    """
    if not files.is_path(path):
        return None
    parts = path if isinstance(path, list | tuple) else [path]
    if len(parts) == 1 and Path(parts[0]).is_file() and Path(parts[0]).suffix.lower() == ".csv":
        return _form_of(parts[0])
    try:
        return "stop-and-search" if any(isinstance(part, PublishedFile) for part in parts_of(path)) else None
    except (OSError, ValueError):
        return None


def read(path: Any, form: str) -> Any:
    """The records of a file of the form that `recognise` found."""
    one = path[0] if isinstance(path, list | tuple) and len(path) == 1 else path
    return READERS[form](one)


def _form_of(path: str | PathLike[str]) -> str | None:
    if NAME.fullmatch(Path(path).name):
        return "stop-and-search"
    try:
        with open(path, "rb") as file:
            header = header_of(fspath(path), file.readline(MOST_BYTES))
        if set(REQUIRED) <= set(header):
            return "stop-and-search"
        if is_use_of_force(header):
            return "use-of-force"
    except (OSError, ValueError):
        pass  # a perception survey repeats its questions
    try:
        return "perceptions" if header_rows(read_table(path)) is not None else None
    except (OSError, ValueError):
        return None
