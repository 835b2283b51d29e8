"""What a command or a rule names as its data: a file, or ``example:NAME`` for embedded data."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

EXAMPLE = "example:"
_GLOB = set("*?[")


def open_source(source: str, *, folder: Path | None = None) -> Any:
    """The example records or embedded table named, or the path of the file (as the data functions take it).

    Parameters
    ----------
    source : str
        ``"example:satisfaction"``, or the path or glob of CSV or Parquet files.
    folder : Path, optional
        Where a relative path starts; the working directory unless given.

    Raises
    ------
    ValueError
        If there is no such example.
    FileNotFoundError
        If there is no such file.

    Examples
    --------
    >>> open_source("example:satisfaction").provenance
    'Synthetic: generated to match published totals, not real records'
    """
    if source.startswith(EXAMPLE):
        return _example(source.removeprefix(EXAMPLE))
    path = (folder or Path()) / Path(source).expanduser()
    if not path.exists() and not _GLOB & set(source):
        raise FileNotFoundError(f"there is no file {str(path)!r}")
    return str(path)


def _example(name: str) -> Any:
    from dueregard.data import example, example_names, load, names

    known = [*example_names(), *names()]
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"; did you mean {EXAMPLE}{near[0]}?" if near else "."
        raise ValueError(f"there is no {EXAMPLE}{name}{hint} There are {', '.join(known)}")
    return example(name) if name in example_names() else load(name)
