"""A progress bar on a terminal or in a notebook where reading takes a while, and nothing anywhere else."""

import os
import sys
from importlib.util import find_spec
from types import TracebackType
from typing import Any

WORTH_SHOWING = 1 << 25
"""Fewer bytes than this are read before a bar could be looked at."""


class Progress:
    """Counts bytes towards a total; a context manager."""

    def __init__(self, total: int) -> None:
        self.total = total
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> "Progress":
        if self.total >= WORTH_SHOWING and is_watched():
            from rich.console import Console
            from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            parts = (TextColumn("Reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
            self._bar = Bar(*parts, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("read", total=self.total)
            self._bar.start()
        return self

    @property
    def is_shown(self) -> bool:
        """Whether there is a bar."""
        return self._bar is not None

    def advance(self, n_bytes: float) -> None:
        """About that many more bytes have been read."""
        if self._bar is not None:
            self._bar.advance(self._task, n_bytes)

    def complete(self, n_bytes: int) -> None:
        """That many bytes have been read in all."""
        if self._bar is not None:
            self._bar.update(self._task, completed=n_bytes)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()


def size_of_a_row(path: str) -> float:
    """About how many bytes of a file one row takes: known for Parquet, judged by its first megabyte for CSV."""
    if path.lower().endswith(".parquet"):
        import polars as pl

        rows = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
        return float(os.path.getsize(path) / max(rows, 1))
    with open(path, "rb") as file:
        start = file.read(1 << 20)
    return len(start) / max(start.count(b"\n"), 1)


def is_watched() -> bool:
    """Whether messages go to a terminal or a notebook."""
    if sys.stderr is not None and sys.stderr.isatty():
        return True
    ipython = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    # without ipywidgets rich would print a warning in place of the bar
    return type(shell).__name__ == "ZMQInteractiveShell" and find_spec("ipywidgets") is not None
