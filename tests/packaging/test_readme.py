"""What the README shows works as it stands."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[2] / "README.md").read_text()
COMMANDS = [
    shlex.split(line)[1:] for line in README.replace("\\\n", " ").splitlines() if line.startswith("    dueregard ")
]


def test_the_python_example_runs() -> None:
    code = "\n".join(re.findall(r"```python\n(.*?)```", README, re.S))
    assert "dr.gap(" in code
    shown: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), shown)
    assert "percentage points lower" in shown["gap"].sentences()[0]  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_command_runs(words: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dueregard", *words]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


def test_what_it_links_to_exists() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        assert (Path(__file__).parents[2] / link).exists(), link
