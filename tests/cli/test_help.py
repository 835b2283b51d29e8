"""Every command explains itself in 80 columns, and every example it shows works."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dueregard.cli.commands import app

COMMANDS = [command.callback.__name__ for command in app.registered_commands if command.callback]


def test_the_commands() -> None:
    assert COMMANDS == [
        "report",
        "tally",
        "gap",
        "trend",
        "drivers",
        "decompose",
        "proportionality",
        "representation",
        "assess",
        "plan",
        "audit",
        "check",
    ]


def examples(text: str) -> list[list[str]]:
    joined = re.sub(r"\\\n\s*", "", text)
    return [shlex.split(line.strip().removeprefix("$ dueregard")) for line in joined.splitlines() if "$ due" in line]


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_examples_work(run: Any, command: str | None) -> None:
    help_text = run(*([command] if command else []), "--help")
    assert help_text.status == 0
    assert max(len(line) for line in help_text.out.splitlines()) <= 80
    shown = examples(help_text.out)
    assert shown, "no example"
    for words in shown:
        done = run(*words)
        assert done.status == (1 if words[0] == "audit" else 0), f"{words}: {done.err}"  # it shows what it finds


def test_no_words_show_the_help(run: Any) -> None:
    done = run()
    assert "Usage: dueregard" in done.out + done.err


def test_help_needs_no_heavy_package() -> None:
    script = (
        "import sys; from dueregard.cli import main; main(['--help'])\n"
        "heavy = {'numpy', 'scipy', 'pandas', 'polars', 'pyarrow', 'matplotlib', 'narwhals', 'duckdb'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_the_rules_shown_by_check_are_read_and_pass(run: Any, tmp_path: Path) -> None:
    text = run("check", "--help").out
    block = text[text.index("[[rule]]") : text.index("Examples:")]
    (tmp_path / "rules.toml").write_text("\n".join(line.strip() for line in block.splitlines()))
    done = run("check", "rules.toml")
    assert done.status == 0, done.err + done.out
