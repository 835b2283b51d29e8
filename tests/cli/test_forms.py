"""The forms of output: a table of 80 columns, CSV, JSON, Parquet, and files written whole."""

import csv
import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from dueregard.cli.plain_table import table_text

COMMANDS = [
    ("tally",),
    ("tally", "example:stop_search", "--by", "Self-defined ethnicity", "--by", "Legislation", "--margins"),
    ("gap",),
    ("gap", "--by", "borough"),
    ("gap", "--sentences"),
    ("assess",),
    ("check",),
]
TABULAR = [command for command in COMMANDS if command[0] != "check" and "--sentences" not in command]


@pytest.mark.parametrize("command", [c for c in COMMANDS if "--sentences" not in c and c[0] != "check"])
def test_tables_fit_80_columns(run: Any, command: tuple[str, ...]) -> None:
    done = run(*command)
    assert done.status == 0
    assert max(len(line) for line in done.out.splitlines()) <= 80
    assert "\x1b" not in done.out


@pytest.mark.parametrize("command", TABULAR)
def test_forms_agree(run: Any, tmp_path: Path, command: tuple[str, ...]) -> None:
    polars = pytest.importorskip("polars")
    from_json = json.loads(run(*command, "--format", "json").out)
    from_csv = list(csv.DictReader(io.StringIO(run(*command, "--format", "csv").out, newline="")))
    assert run(*command, "--format", "parquet", "--out", "out.parquet").out == ""
    from_parquet = polars.read_parquet(tmp_path / "out.parquet").to_dicts()
    assert len(from_json) == len(from_csv) == len(from_parquet) > 0
    assert list(from_json[0]) == list(from_csv[0]) == list(from_parquet[0])
    column = "count"
    assert [row[column] for row in from_json] == [row[column] for row in from_parquet]
    assert [row[column] for row in from_json] == [int(row[column]) if row[column] else None for row in from_csv]


@pytest.mark.parametrize("name", ["out.csv", "out.json", "out.parquet", "out.txt"])
def test_the_name_of_the_file_says_the_form(run: Any, tmp_path: Path, name: str) -> None:
    assert run("tally", "--out", name).status == 0
    content = (tmp_path / name).read_bytes()
    starts = {"out.csv": b"ethnic_group_broad,", "out.json": b"[", "out.parquet": b"PAR1", "out.txt": b"ethnic"}
    assert content.startswith(starts[name])


@pytest.mark.parametrize(("form", "name"), [("csv", "out.xlsx"), ("csv", "out.JSON"), ("table", "out.csv")])
def test_a_name_that_says_another_form_is_refused(run: Any, tmp_path: Path, form: str, name: str) -> None:
    done = run("tally", "--format", form, "--out", name)
    assert done.status == 2
    assert f"--out: '{name}' says another form than --format {form}: change one of them" in done.err
    assert not (tmp_path / name).exists()


def test_a_name_that_says_no_other_form_is_taken(run: Any, tmp_path: Path) -> None:
    for name in ("out.txt", "figures.v2", "out.csv"):
        assert run("tally", "--format", "csv", "--out", name).status == 0
        assert (tmp_path / name).read_text().startswith("ethnic_group_broad,")


def test_a_file_is_the_same_as_the_terminal(run: Any, tmp_path: Path) -> None:
    for form in ("table", "csv", "json"):
        printed = run("tally", "--format", form).out
        assert run("tally", "--format", form, "--out", "out").out == ""
        assert (tmp_path / "out").read_bytes().decode() == printed


def test_a_written_file_keeps_its_permissions_and_links(run: Any, tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    assert run("tally", "--out", link).status == 0
    assert link.is_symlink()
    assert target.read_text().startswith("ethnic_group_broad")
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("command", [("report",), ("tally", "--format", "csv"), ("check", "--junit")])
def test_a_command_writes_to_a_named_pipe(run: Any, tmp_path: Path, command: tuple[str, ...]) -> None:
    pipe, found = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: found.append(pipe.read_bytes()), daemon=True)
    reader.start()
    assert run(*command, *(() if "--junit" in command else ("--out",)), "pipe").status in (0, 1)
    assert pipe.is_fifo()
    reader.join(timeout=60)
    assert found[0].strip()


def test_a_new_file_can_be_read_by_those_the_umask_lets(run: Any, tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        assert run("tally", "--out", "new.csv").status == 0
    finally:
        os.umask(mask)
    assert (tmp_path / "new.csv").stat().st_mode & 0o777 == 0o640


def test_standard_output_in_a_narrow_encoding() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dueregard", "tally", "--format", "table"],
        capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()


def test_control_characters_do_not_reach_the_terminal() -> None:
    text = table_text({"group": ["a\x1b[31mred", "b\nc", "[bold]d"], "count": [1, 1234, 3]})
    assert "\x1b" not in text
    assert "[bold]d" in text
    assert "1,234" in text


def test_long_labels_wrap_and_are_whole() -> None:
    label = "White - English, Welsh, Scottish, Northern Irish or British, of any background " * 3
    text = table_text({"group": [label.strip()], "outcome": ["x" * 100], "count": [7]})
    assert max(len(line) for line in text.splitlines()) <= 80
    assert text.count("x") == 100


def test_tables_fit_a_narrow_terminal(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns, most in (("40", 40), ("200", 80), ("5", 20)):
        monkeypatch.setenv("COLUMNS", columns)
        assert max(map(len, run("gap").out.split("\n"))) <= most
        if most > 20:
            assert max(map(len, run("tally", "--by", "borough").out.split("\n"))) <= max(most, 64)


def test_without_a_command_there_is_help(run: Any) -> None:
    done = run()
    assert done.status == 2 and done.err.startswith("Usage: dueregard") and "\n  tally " in done.err


def test_version() -> None:
    from dueregard.version import __version__

    done = subprocess.run([sys.executable, "-m", "dueregard", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"dueregard {__version__}\n"


def test_many_rows_are_quick() -> None:
    started = perf_counter()
    text = table_text({"area": [f"Area {i}" for i in range(50_000)], "count": range(50_000)})
    assert len(text.splitlines()) == 50_002
    assert perf_counter() - started < 10  # it takes half a second


def test_wide_letters_stay_aligned() -> None:
    lines = table_text({"group": ["中文", "White"], "count": [1, 2]}).splitlines()
    assert lines[2:] == ["中文        1", "White       2"]
