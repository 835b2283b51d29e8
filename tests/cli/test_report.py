"""``dueregard report``: where it is, and what it holds."""

from pathlib import Path
from typing import Any

import pytest

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
        (["--template", "committee", "--meeting-date", "soon"], "meeting_date: 'soon' is not a date"),
        (["--plan", "none.toml"], "none.toml"),
    ],
)
def test_bad_options_write_nothing(run: Any, tmp_path: Path, options: list[str], words: str) -> None:
    done = run("report", *options, "--out", "paper.html")
    assert done.status == 2 and words in done.err and done.err.count("\n") == 1
    assert not (tmp_path / "paper.html").exists()
