"""The files of returns, each read by its kind."""

import glob
from collections import Counter
from collections.abc import Iterable, Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.returns.csv_returns import read_csv
from dueregard.assessment.returns.read_rows import ReadReturn
from dueregard.assessment.returns.reading import read_workbook


def read_file(path: Path, framework: Framework, kinds: Mapping[str, str]) -> list[ReadReturn]:
    """The returns in one file, with what is wrong with them; ``kinds`` are of units whose file does not say it."""
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return [read_workbook(path, framework)]
    if suffix == ".csv":
        return read_csv(path, framework, kinds)
    return [ReadReturn(path, fault=f"{path}: neither .xlsx nor .csv; save it as .xlsx")]


def find_files(paths: Any) -> list[Path]:
    """The files that a folder, a file, a glob, or a list of them names."""
    if isinstance(paths, str | PathLike):
        found = _found(fspath(paths))
    elif isinstance(paths, Iterable):
        found = [path for part in paths for path in _found(fspath(part))]
    else:
        raise TypeError(f"paths: {paths!r} is not a folder, a file, a glob or a list of files")
    for path, times in Counter(found).items():
        if times > 1:
            raise ValueError(f"paths: {str(path)!r} is named twice")
    return found


def _found(pattern: str) -> list[Path]:
    path = Path(pattern)
    if path.is_dir():
        found = [entry for entry in sorted(path.iterdir()) if entry.is_file() and entry.name[:1] not in (".", "~")]
    elif path.is_file():
        return [path]
    else:
        found = [Path(name) for name in sorted(glob.glob(pattern, recursive=True)) if Path(name).name[:1] != "~"]
    if not found:
        raise FileNotFoundError(f"paths: no file {'in' if path.is_dir() else 'at'} {pattern!r}")
    return found
