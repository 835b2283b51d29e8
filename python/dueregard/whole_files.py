"""Writing a file so that readers see the old one or the new one, never a part of it."""

import contextlib
import os
import stat
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a whole file or nothing; text as UTF-8, with its line ends as they are.

    A link stays a link, and a file keeps its permissions. Devices and named pipes are written to, not replaced.

    Raises
    ------
    FileNotFoundError
        If there is no such folder.
    IsADirectoryError
        If it is a folder.
    PermissionError
        If it cannot be written.
    """
    held = content.encode() if isinstance(content, str) else content
    if is_device(path):
        path.write_bytes(held)
        return
    target = path.resolve()  # a link stays a link
    _check(path, target)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(held)
        _allow(Path(name), target)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def is_device(path: Path) -> bool:
    """A device or a named pipe, which is written to and not replaced."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _check(path: Path, target: Path) -> None:
    """Refuse what cannot be written: a file is replaced by a rename, which asks for no right to the file itself."""
    if target.is_dir():
        raise IsADirectoryError(f"{str(path)!r} is a folder, not a file")
    if not target.parent.is_dir():
        raise FileNotFoundError(f"{str(path)!r}: there is no folder {str(target.parent)!r}")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise PermissionError(f"{str(path)!r} cannot be written")


def _allow(new: Path, target: Path) -> None:
    """Give a new file the owner and permissions of the one that is there, or those that a new file would get."""
    if not target.exists():
        new.chmod(0o666 & ~_umask())
        return
    there, mine = target.stat(), new.stat()
    mode = stat.S_IMODE(there.st_mode) & 0o777
    if (there.st_uid, there.st_gid) != (mine.st_uid, mine.st_gid):
        with contextlib.suppress(OSError):  # only some may give a file away
            os.chown(new, there.st_uid, there.st_gid)
        if new.stat().st_gid != there.st_gid:
            mode &= ~0o070  # what one group might do is not for another
    new.chmod(mode)


def _umask() -> int:
    """The permissions new files do not get; the only way to read them is to set them."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
