"""``dueregard report``: where it is, and what it holds."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

import dueregard as dr

PLAN = Path(__file__).parents[1] / "plans" / "example_plan.toml"


def test_report_says_where_it_is(run: Any, tmp_path: Path) -> None:
    done = run("report", "--out", "equality.html", "--author", "Research unit <x>", "--checked-by", "A. Checker")
    assert done.status == 0, done.err
    assert Path(done.out.strip()).resolve() == tmp_path / "equality.html"
    page = (tmp_path / "equality.html").read_text(encoding="utf-8")
    assert "Research unit &lt;x&gt;" in page
    assert "A. Checker" in page
    assert "Synthetic" in page


def test_a_committee_paper_on_a_plan(run: Any, tmp_path: Path) -> None:
    head = ["--report-number", "14", "--committee", "Board", "--meeting-date", "2011-02-07", "--environment"]
    done = run("report", "--template", "committee", "--plan", str(PLAN), "--date", "2011-02-01", *head,
               "--out", "paper.html")  # fmt: skip
    assert done.status == 0, done.err
    page = (tmp_path / "paper.html").read_text(encoding="utf-8")
    assert "F. Environmental implications" in page and "7 February 2011" in page
    assert "consider recommendation 10" in page and "Metropolitan" not in page
    head[head.index("2011-02-07")] = "07/02/2011"
    again = run("report", "--template", "committee", "--plan", str(PLAN), "--date", "1/2/2011", *head,
                "--out", "again.html")  # fmt: skip
    assert again.status == 0 and (tmp_path / "again.html").read_text(encoding="utf-8") == page


def test_claims_become_a_page(run: Any, tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text("claim,count,of,percent\npercent,22,32,67%\n", encoding="utf-8")
    done = run("report", "--claims", "claims.csv", "--out", "audit.html")
    assert done.status == 0, done.err
    assert "22 of 32 is 68.75%" in (tmp_path / "audit.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["group,percent\nWhite,81%\nBME,74%\n", "claim,count,of,percent\n"])
def test_a_table_without_claims_is_refused_by_its_name(run: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "pub.csv").write_text(text, encoding="utf-8")
    done = run("report", "--plan", str(PLAN), "--date", "2011-02-01", "--claims", "pub.csv", "--out", "paper.html")
    assert done.status == 2 and not (tmp_path / "paper.html").exists()
    assert "--claims: 'pub.csv' holds nothing to check" in done.err
    assert "a table with a column claim that names the kind of each row (docs/audit.md)" in done.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--contact", "x"], "--contact: belongs to a paper: ask for it with --template committee"),
        (["--template", "paper"], "--template"),
        (["--template", "committee", "--meeting-date", "soon"], "--meeting-date: 'soon' is not a date"),
        (["--plan", "none.toml"], "none.toml"),
    ],
)
def test_bad_options_write_nothing(run: Any, tmp_path: Path, options: list[str], words: str) -> None:
    done = run("report", *options, "--out", "paper.html")
    assert done.status == 2 and words in done.err and done.err.count("\n") == 1
    assert not (tmp_path / "paper.html").exists()


def test_a_survey_over_time_with_its_design(run: Any, tmp_path: Path) -> None:
    words = ("--data", "example:confidence", "--outcome", "good_job", "--positive", "Good", "--positive", "Excellent",
             "--group", "ethnic_group_broad", "--reference", "White", "--weight", "weight", "--stratum", "borough",
             "--psu", "sampling_point", "--time", "month", "--window", "12", "--break", "2009-01:mode:telephone",
             "--date", "2011-04-01")  # fmt: skip
    done = run("report", *words, "--out", "survey.html")
    assert done.status == 0, done.err
    page = (tmp_path / "survey.html").read_text(encoding="utf-8")
    ours = dr.write_report(
        tmp_path / "ours.html", data=dr.data.example("confidence"), outcome="good_job", positive=["Good", "Excellent"],
        group="ethnic_group_broad", reference="White", time="month", window=12, date="2011-04-01",
        design=dr.survey_design(weight="weight", stratum="borough", psu="sampling_point"),
        breaks=dr.Break("2009-01", "mode", "telephone"),
    )  # fmt: skip
    assert page == ours.read_text(encoding="utf-8")
    assert 'id="trend"' in page and "The series breaks in January 2009: telephone." in page


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--time", "month", "--window", "12"], "--time: says how to read your own records"),
        (["--psu", "ward"], "--psu: says how to read your own records"),
        (["--data", "example:satisfaction", "--time", "month"], "window: is needed when time is given"),
        (["--data", "example:satisfaction", "--time", "month", "--window", "13"], "window: 13 months, and the series"),
        (["--data", "example:satisfaction", "--psu", "ward"], "no column 'ward'"),
        (["--data", "example:satisfaction", "--break", "2010-06"], "break: '2010-06' is not of the form DATE:CAUSE"),
    ],
)
def test_bad_words_on_a_survey_write_nothing(run: Any, tmp_path: Path, options: list[str], words: str) -> None:
    done = run("report", *options, "--out", "survey.html")
    assert done.status == 2 and words in done.err and done.err.count("\n") == 1
    assert not (tmp_path / "survey.html").exists()


def test_the_command_of_the_guide_writes_a_report(run: Any, tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "trends.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"```sh\n\S+ (report .*?)```", guide, re.S)
    done = run(
        *shlex.split(command.replace("\\\n", "").replace("survey.csv", "example:confidence")), "--out", "guide.html"
    )
    assert done.status == 0, done.err
    assert 'id="trend"' in (tmp_path / "guide.html").read_text(encoding="utf-8")
