"""A user's mistake is one line on standard error, exit status 2, and nothing is written."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dueregard.cli.running import say

GAP = ("gap", "survey.csv", "--outcome", "answer", "--positive", "Satisfied", "--group", "ethnicity", "--reference",
       "White")  # fmt: skip


def changed(old: str, new: str) -> tuple[str, ...]:
    assert old in GAP
    return tuple(new if word == old else word for word in GAP)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tally", "none.csv", "--by", "a"), "none.csv"),
        (("tally", "none*.csv", "--by", "a"), "none*.csv"),
        (("tally", "example:satisfacton", "--by", "borough"), "did you mean example:satisfaction"),
        (("tally", "survey.csv"), "--by"),
        (("tally", "survey.csv", "--by", "brough"), "borough"),
        (("tally", "survey.csv", "--by", "borough", "--outcome", "borough"), "borough"),
        (("tally", "survey.csv", "--by", "borough", "--weight", "wait"), "weight"),
        (("tally", "survey.csv", "--by", "borough", "--weight", "answer"), "answer"),
        (("tally", "survey.csv", "--by", "borough", "--where", "ethnicity"), "NAME=VALUE"),
        (("tally", "survey.csv", "--by", "borough", "--where", "etnicity=White"), "etnicity"),
        (("tally", "survey.csv", "--by", "borough", "--missing", "x=unknown"), "the kinds are"),
        (("tally", "survey.csv", "--by", "borough", "--threads", "0"), "--threads"),
        (("tally", "survey.csv", "--by", "borough", "--format", "xml"), "xml"),
        (("tally", "survey.csv", "--by", "borough", "--format", "parquet"), "--out"),
        (("tally", "survey.csv", "--by", "borough", "--out", "none/out.csv"), "there is no folder"),
        (("tally", "survey.csv", "--by", "borough", "--out", "."), "is a folder"),
        (("tally", "rules.txt", "--by", "borough"), "rules.txt"),
        (("tally", "empty.csv", "--by", "borough"), "empty.csv"),
        (("gap", "survey.csv"), "--outcome"),
        (changed("answer", "anser"), "answer"),
        (changed("Satisfied", "Satisfed"), "Satisfied"),
        (changed("ethnicity", "ethnicty"), "ethnicity"),
        (changed("White", "Whit"), "White"),
        ((*GAP, "--exclude", "Dunno"), "Dunno"),
        ((*GAP, "--by", "answer"), "answer"),
        ((*GAP, "--confidence-level", "1.5"), "--confidence-level: "),
        ((*GAP, "--confidence-level", "much"), "--confidence-level"),
        (("assess", "survey.csv"), "indicator"),
        (("assess", "--framework", "none.toml"), "none.toml"),
        (("assess", "--by", "borough"), "section"),
        (("plan", "none.toml"), "none.toml"),
        (("plan", "survey.csv"), "neither a .toml file nor a spreadsheet"),
        (("plan", "rules.txt"), "neither a .toml file nor a spreadsheet"),
        (("plan", "--on", "yesterday"), "on: 'yesterday' is not a date"),
        (("plan", "--show", "statu"), "did you mean 'status'"),
        (("plan", "--within", "3"), "within: 'scorecard' has no such argument; it goes with status"),
        (("plan", "--show", "status", "--within", "-1"), "--within"),
        (("plan", "--show", "quarterly", "--year", "2010-13"), "year: '2010/13' is no financial year"),
        (("plan", "--by", "borough"), "by: 'borough'"),
        (("plan", "--readings", "none.csv"), "none.csv"),
        (("plan", "--readings", "survey.csv"), "survey.csv, line 2: unknown key 'borough'"),
        (("plan", "--on", "2010-12-31"), "after 2010-12-31, the day at which the plan is judged"),
        (("audit", "none.csv"), "none.csv"),
        (("audit", ""), "there is no file"),
        (("audit", "example:clams"), "did you mean example:claims"),
        (("audit", "survey.csv", "--count", "met"), "count: no column 'met'"),
        (("audit", "survey.csv", "--count", "answer"), "--count: needs --of too"),
        (("audit", "survey.csv", "--of", "weight", "--of", "answer"), "--of"),
        (("audit", "survey.csv", "--against", "survey.csv"), "against: only a table with a column 'claim'"),
        (("audit", "survey.csv", "--sheet", "One"), "sheet: 'One' is of a workbook"),
        (("audit", "claims.csv"), "claims.csv, line 3: count: 'x' is not a number"),
        (("audit", "claims.csv", "--label", "of"), "label: a table of claims names its terms"),
        (("audit", "report.txt", "--of", "32"), "--of: '32' is not of the form NAME=VALUE"),
        (("audit", "report.txt", "--of", "wards=32"), "of: no sentence speaks of 'wards'"),
        (("audit", "--against", "none.csv"), "none.csv"),
        (("audit", "--against", "a=survey.csv", "--against", "survey.csv"), "'survey.csv' is not of the form NAME="),
        (("audit", "--framework", "eps"), "framework: there is no 'eps'"),
        (("audit", "--percent", "67"), "needs 'of', which is blank; without a file the options are the figures"),
        (("audit", "--percent", "p", "--of", "32"), "percent: 'p' is not a number; without a file"),
        (("audit", "--percent", "67", "--of", "32", "--of", "33"), "--of: without a file it is one figure"),
        (("audit", "--percent", "67", "--of", "32", "--total-row", "All"), "--total-row: goes with a file"),
        (("audit", "--percent", "67", "--of", "32", "--against", "survey.csv"), "--against: goes with a file"),
        (("audit", "--rounding", "up"), "rounding must be one of"),
        (("check", "none.toml"), "none.toml"),
        (("check", "rules.txt"), "not TOML"),
        (("check", "--junit", "none/out.xml"), "there is no folder"),
        (("report", "--out", "none/report.html"), "there is no folder"),
        (("report", "--data", "none.csv"), "none.csv"),
        (("report", "--positive", "Satisfied"), "--data"),
        (("report", "--date", "yesterday"), "date"),
        (("tally", "count.csv", "--by", "count"), "'count' is the name of a column of the result"),
        (("tally", "quote.csv", "--by", "borough"), "quote.csv"),
        (("tally", "control.csv", "--by", "borough"), "'\\x1b[31m'"),
        (("tally", "--by", "interview", "--by", "month", "--by", "borough"), "count by fewer columns"),
        (("tally", "."), "--by"),
        (
            ("tally", "--out", "gaps.html"),
            "none of the forms that results come in: .txt (a table), .csv, .json, .parquet",
        ),
        (("tally", ".", "--by", "borough"), "folder"),
        (("tlly",), "tlly"),
        (("tally", "--bye", "borough"), "--by"),
    ],
)
def test_one_line(run: Any, survey: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    (tmp_path / "rules.txt").write_text("this is not TOML\n")
    (tmp_path / "claims.csv").write_text("claim,count,of,percent\npercent,22,32,69\npercent,x,32,67\n")
    (tmp_path / "report.txt").write_text("71 of 73 (97%) were done, and 22 (67%) of the boroughs.\n")
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "count.csv").write_text("count\n1\n")
    (tmp_path / "quote.csv").write_text('borough,b\n"x,y\n')
    (tmp_path / "control.csv").write_text("\x1b[31m,b\nx,y\n")
    before = sorted(tmp_path.rglob("*"))
    done = run(*words)
    assert done.status == 2
    assert done.out == ""
    assert done.err.startswith("dueregard: ")
    assert done.err.count("\n") == 1
    assert said in done.err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("command", [("tally", "", "--by", "g"), changed("survey.csv", ""), ("report", "--data", "")])
def test_an_empty_name_is_not_the_example(run: Any, command: tuple[str, ...]) -> None:
    """A shell gives one for a variable that is not set."""
    done = run(*command)
    assert done.status == 2 and "is a folder" in done.err and not done.out


def test_a_file_that_cannot_be_written_is_left_alone(run: Any, survey: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("kept")
    done = run("tally", survey, "--by", "brough", "--out", target)
    assert done.status == 2
    assert target.read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_what_is_said_is_one_line_of_visible_characters(capsys: pytest.CaptureFixture[str]) -> None:
    say("label 'a\x1b[2Jb'\nand more")
    assert capsys.readouterr().err == "dueregard: label 'a\ufffd[2Jb' and more\n"


def test_a_warning_is_a_note(tmp_path: Path) -> None:
    (tmp_path / "alike.csv").write_text("group\nWhite\nwhite\n")
    command = [sys.executable, "-m", "dueregard", "tally", "alike.csv", "--by", "group"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr.startswith("dueregard: note: ")
    assert "'White'" in done.stderr
    assert done.stderr.count("\n") == 1


def test_debug_shows_where(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUEREGARD_DEBUG", "1")
    with pytest.raises(FileNotFoundError):
        run("tally", "none.csv", "--by", "a")


def test_a_fault_of_ours_keeps_its_traceback(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import dueregard

    def broken(*_: object, **__: object) -> None:
        raise AssertionError("a fault")

    monkeypatch.setattr(dueregard, "tally", broken)
    with pytest.raises(AssertionError, match="a fault"):
        run("tally")


def test_an_interrupt_ends_quietly(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import dueregard

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(dueregard, "tally", interrupted)
    done = run("tally")
    assert (done.status, done.out, done.err) == (130, "", "")


def test_a_signal_ends_a_running_command_quietly() -> None:
    script = (
        "import sys, time, dueregard\n"
        "from dueregard.cli import main\n"
        "def slow(*args, **options):\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
        "dueregard.tally = slow\n"
        "sys.exit(main(['tally']))"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=-1, stderr=-1, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "")


def test_a_reader_that_goes_away_is_no_failure() -> None:
    command = f"{sys.executable} -m dueregard tally --by borough --by ethnic_group --format csv"
    script = f"{command} | head -1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in {"0", "141"}  # 0 where everything fitted into the pipe
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_a_closed_pipe_gives_its_own_status() -> None:
    script = (
        "import os, sys; from dueregard.cli import main\n"
        "r, w = os.pipe(); os.close(r); os.dup2(w, 1)\n"
        "status = main(['tally', '--by', 'borough', '--by', 'ethnic_group', '--format', 'csv'])\n"
        "os._exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 141
    assert "Traceback" not in done.stderr
