"""What a command or a rule names as its data: a file, or ``example:NAME`` for embedded example records."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

EXAMPLE = "example:"
_GLOB = set("*?[")


def open_source(source: str, *, folder: Path | None = None) -> Any:
    """The example records named, or the path of the file (as the data functions take it).

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
    from dueregard.data import example, example_names

    if name not in example_names():
        near = get_close_matches(name, example_names(), n=1)
        hint = f"; did you mean {EXAMPLE}{near[0]}?" if near else ";"
        raise ValueError(f"there is no {EXAMPLE}{name}{hint} There are {', '.join(example_names())}")
    return example(name)
