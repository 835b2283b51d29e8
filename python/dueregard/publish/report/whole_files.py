"""Writing a file so that readers see the old one or the new one, never a part of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(target: Path, content: str) -> None:
    """Write a file beside the target and put it in its place: readers see the old one or the new one."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The permissions new files do not get; the only way to read them is to set them."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
