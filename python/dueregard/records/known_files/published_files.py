"""The stop and search files that a path, a folder, a glob, a list of these or a zip file holds."""

import glob
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from os import PathLike, fspath
from pathlib import Path, PurePosixPath
from typing import IO, Any

from dueregard.records import files
from dueregard.records.known_files.force_names import force_name

NAME = re.compile(r"((?:19|20)\d\d-(?:0[1-9]|1[0-2]))-([a-z]+(?:-[a-z]+)*)-stop-and-search\.csv", re.IGNORECASE)
EXAMPLE = "2016-06-metropolitan-stop-and-search.csv"
MARKER, SYNTHETIC = "README.txt", "Synthetic: "


@dataclass(frozen=True)
class PublishedFile:
    """One force's searches of one month."""

    path: str
    """As messages name it."""
    month: str
    force: str
    size: int
    opened: Callable[[], IO[bytes]]
    provenance: str | None = None
    """What a file beside it says of made-up records."""

    def read(self) -> bytes:
        """The whole file."""
        try:
            with self.opened() as file:
                return file.read()
        except zipfile.BadZipFile as error:
            raise ValueError(f"{self.path}: damaged in its zip file: {error}") from error

    def first_line(self) -> bytes:
        """The file up to its first line feed."""
        try:
            with self.opened() as file:
                return file.readline()
        except zipfile.BadZipFile as error:
            raise ValueError(f"{self.path}: damaged in its zip file: {error}") from error


def find(source: Any) -> tuple[list[PublishedFile], list[str]]:
    """The files, months first, and what was passed over because it is something else."""
    parts = list(parts_of(source))
    found = [part for part in parts if isinstance(part, PublishedFile)]
    others = [part for part in parts if isinstance(part, str)]
    if not found:
        beside = f"; found {', '.join(others[:3])}{' and others' if len(others) > 3 else ''}" if others else ""
        raise FileNotFoundError(f"no stop and search file in {source}: expected names such as {EXAMPLE}{beside}")
    return _once(sorted(found, key=lambda file: (file.month, file.force))), others


def parts_of(source: Any) -> Iterator[PublishedFile | str]:
    """The files as they are come by, and the names of CSV files that are something else."""
    if not files.is_path(source):
        raise TypeError(f"source must be a path, a glob or a list of paths, not {source!r}")
    for part in source if isinstance(source, list | tuple) else [source]:
        yield from _in_part(part)


def _once(found: list[PublishedFile]) -> list[PublishedFile]:
    for first, second in pairwise(found):
        if (first.month, first.force) == (second.month, second.force):
            twice = f"{first.path} and {second.path}" if first.path != second.path else f"{first.path} (named twice)"
            raise ValueError(f"{first.force}, {first.month}: two files, whose searches would count twice: {twice}")
    return found


def _in_part(part: str | PathLike[str]) -> Iterator[PublishedFile | str]:
    path = Path(part)
    if path.is_dir():
        inside = sorted(inner for inner in path.rglob("*") if inner.suffix.lower() == ".csv" and inner.is_file())
        yield from (_on_disk(inner) or inner.name for inner in inside)
    elif path.suffix.lower() == ".zip" and path.exists():
        yield from _in_zip(path)
    elif path.exists():
        yield _required(path)
    elif any(character in fspath(part) for character in files.WILDCARDS):
        yield from _in_glob(fspath(part))
    else:
        raise FileNotFoundError(f"no file or folder {part}{files.nearest(fspath(part))}")


def _in_glob(pattern: str) -> Iterator[PublishedFile | str]:
    found = sorted(glob.glob(pattern, recursive=True))
    if not found:
        raise FileNotFoundError(f"no file matches {pattern}")
    inside = {Path(name) for name in found if Path(name).is_dir()}
    for name in found:
        path = Path(name)
        if inside.isdisjoint(path.parents):  # a folder that matches brings its files along
            yield from _in_part(path) if path.is_dir() or path.suffix == ".zip" else [_on_disk(path) or path.name]


def _required(path: Path) -> PublishedFile:
    file = _on_disk(path)
    if file is None:
        month_and_force = "whose month and force are in its name"
        raise ValueError(f"{path}: not the name of a stop and search file, {month_and_force}: expected {EXAMPLE}")
    return file


def _on_disk(path: Path) -> PublishedFile | None:
    match = NAME.fullmatch(path.name)
    if match is None:
        return None
    provenance = _provenance(path.parent) or _provenance(path.parent.parent)
    return _file(str(path), match, path.stat().st_size, partial(_opened, path), provenance)


def _opened(path: Path) -> IO[bytes]:
    return open(path, "rb")


def _file(
    path: str, match: re.Match[str], size: int, opened: Callable[[], IO[bytes]], provenance: str | None
) -> PublishedFile:
    if size == 0:
        raise ValueError(f"{path}: the file is empty")
    return PublishedFile(path, match[1], force_name(match[2].lower()), size, opened, provenance)


def _provenance(folder: Path) -> str | None:
    try:
        with open(folder / MARKER, "rb") as file:
            return _synthetic(file)
    except OSError:
        return None


def _synthetic(file: IO[bytes]) -> str | None:
    line = file.readline(200).decode(errors="replace").strip()
    return line if line.startswith(SYNTHETIC) else None


def _in_zip(path: Path) -> Iterator[PublishedFile | str]:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise ValueError(f"{path}: not a zip file, or a damaged one") from error
    members = [member for member in archive.infolist() if not member.filename.startswith("__MACOSX/")]
    markers = [archive.open(member) for member in members if PurePosixPath(member.filename).name == MARKER]
    provenance = next(filter(None, map(_synthetic, markers)), None)
    for member in members:
        name = PurePosixPath(member.filename).name
        match = NAME.fullmatch(name)
        if match is not None and member.flag_bits & 1:
            raise ValueError(f"{path}: {member.filename} is encrypted")
        if match is not None:
            opened = partial(archive.open, member)
            yield _file(f"{path}/{member.filename}", match, member.file_size, opened, provenance)
        elif name.lower().endswith(".csv"):
            yield name
