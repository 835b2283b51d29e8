"""Run a command: its exit status, and one line instead of a traceback for a user's mistake."""

import os
import sys
import warnings
from collections.abc import Sequence
from typing import Any

from dueregard.cli.option_names import in_options, running

USED_WRONGLY = 2
INTERRUPTED = 130
BROKEN_PIPE = 141  # what a shell reports for a program that a closed pipe has ended
# What the library raises for bad input. Anything else is a fault of ours and keeps its traceback.
_BAD_INPUT = (ValueError, TypeError, LookupError, OSError, ImportError, MemoryError, OverflowError)
_READERS = {"polars", "pyarrow", "narwhals", "pandas", "duckdb", "nanoarrow"}


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status."""
    with warnings.catch_warnings():
        warnings.showwarning = _note
        running.set(None)
        try:
            from dueregard.cli.commands import app

            status = app(args=arguments, prog_name="dueregard", standalone_mode=False)
            sys.stdout.flush()
            return int(status or 0)
        except BrokenPipeError:
            return closed_pipe()
        except KeyboardInterrupt:
            return INTERRUPTED
        except Exception as error:
            return _failed(error)


def _failed(error: Exception) -> int:
    if type(error).__name__ == "Abort":  # the end of the input, or Ctrl-C at a prompt
        return INTERRUPTED
    if type(error).__name__ == "NoArgsIsHelpError":  # its message is the help, which has lines of its own
        print(error.format_message(), file=sys.stderr)  # type: ignore[attr-defined]
        return USED_WRONGLY
    usage = getattr(error, "format_message", None)  # a mistake in the command line itself
    if usage is None and (os.environ.get("DUEREGARD_DEBUG") or not _is_bad_input(error)):
        raise error
    say(usage() + _where_to_look(error) if usage else in_options(_message(error)))
    return USED_WRONGLY


def _where_to_look(error: Any) -> str:
    context = getattr(error, "ctx", None)
    return f" (see {context.command_path} --help)" if context else ""


def _is_bad_input(error: Exception) -> bool:
    if isinstance(error, ImportError) and (error.name or "").startswith("dueregard"):
        return False  # not an extra that the user could install
    return isinstance(error, _BAD_INPUT) or type(error).__module__.split(".")[0] in _READERS


def _message(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, KeyError) and error.args:
        return str(error.args[0])
    return str(error) or type(error).__name__


def say(text: str) -> None:
    """One line on standard error, without the control characters that labels from data may hold."""
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split()))
    encoding = sys.stderr.encoding or "utf-8"
    print("dueregard:", line.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)


def _note(message: Warning | str, *_: Any, **__: Any) -> None:
    say(f"note: {in_options(str(message))}")


def closed_pipe() -> int:
    """Nobody reads standard output any more: end quietly, and keep Python from flushing it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE
