"""Run commands in this process, and a small survey to run them on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dueregard.cli import main


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run ``dueregard`` with some words, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run_command(*words: object) -> Done:
        capsys.readouterr()
        status = main([str(word) for word in words])
        captured = capsys.readouterr()
        return Done(status, captured.out, captured.err)

    return run_command


SURVEY = """borough,ethnicity,answer,weight
Barnet,White,Satisfied,1.5
Barnet,White,Satisfied,1
Barnet,Black,Dissatisfied,2
Sutton,Black,Satisfied,1
Sutton,White,Satisfied,0.5
Sutton,White,Dissatisfied,1
Sutton,,Satisfied,1
Sutton,Not Stated (NS),Don't know,1
"""


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """Eight interviews in two boroughs."""
    path = tmp_path / "survey.csv"
    path.write_text(SURVEY)
    return path
