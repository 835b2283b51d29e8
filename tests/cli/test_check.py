"""``dueregard check``: a line a rule, the exit status, JUnit XML."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

RULE = """
[[rule]]
name = "{name}"
findings = "gap"
data = "survey.csv"
outcome = "answer"
positive = "Satisfied"
exclude = "Don't know"
group = "ethnicity"
reference = "White"
missing = {{ "Not Stated (NS)" = "not stated" }}
rule = "{rule}"
"""


def written(folder: Path, *rules: str) -> Path:
    path = folder / "rules.toml"
    path.write_text("".join(RULE.format(name=f"Rule {i}", rule=rule) for i, rule in enumerate(rules, 1)))
    return path


PASS, FAIL, OPEN = "value >= 0", "value > 100", "period == 'a period that is not given'"


@pytest.mark.parametrize(
    ("rules", "status", "verdicts"),
    [
        ([PASS, PASS], 0, ["Passed", "Passed"]),
        ([PASS, FAIL], 1, ["Passed", "Failed"]),
        ([OPEN], 3, ["Cannot tell"]),
        ([OPEN, PASS], 3, ["Cannot tell", "Passed"]),
        ([OPEN, FAIL], 1, ["Cannot tell", "Failed"]),
    ],
)
def test_exit_status(
    run: Any, survey: Path, tmp_path: Path, rules: list[str], status: int, verdicts: list[str]
) -> None:
    done = run("check", written(tmp_path, *rules))
    assert done.status == status, done.err
    assert [line.split(":")[0] for line in done.out.splitlines()[: len(rules)]] == verdicts


def test_data_paths_start_at_the_file(run: Any, survey: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = written(tmp_path, PASS)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert run("check", rules).status == 0


def test_junit(run: Any, survey: Path, tmp_path: Path) -> None:
    done = run("check", written(tmp_path, PASS, FAIL), "--junit", "out.xml")
    assert done.status == 1
    cases = ElementTree.parse(tmp_path / "out.xml").getroot().findall("testsuite/testcase")
    assert [(case.get("name"), case.find("failure") is not None) for case in cases] == [
        ("Rule 1", False),
        ("Rule 2", True),
    ]


def test_verbose_names_the_rows(run: Any, survey: Path, tmp_path: Path) -> None:
    rules = written(tmp_path, FAIL)
    assert "Failed: Black: value is 50" not in run("check", rules).out
    assert "Failed: Black: value is 50" in run("check", rules, "--verbose").out


def test_bad_data_is_not_a_failure(run: Any, survey: Path, tmp_path: Path) -> None:
    rules = written(tmp_path, PASS, FAIL)
    rules.write_text(rules.read_text().replace('group = "ethnicity"', 'group = "ethnicty"', 1))
    done = run("check", rules, "--junit", "out.xml")
    assert done.status == 2
    assert done.out == ""
    assert "rules.toml, line 2, rule 'Rule 1'" in done.err
    assert "ethnicity" in done.err
    assert not (tmp_path / "out.xml").exists()


def test_all_areas_in_where(run: Any, survey: Path, tmp_path: Path) -> None:
    rules = written(tmp_path, "nobs == 2")
    rules.write_text(rules.read_text() + 'by = "borough"\nwhere = { group = "Black", borough = "all areas" }\n')
    done = run("check", rules)
    assert done.out.startswith("Passed: Rule 1: nobs == 2 holds in 1 row.")


def test_embedded_rules_pass(run: Any) -> None:
    done = run("check")
    assert done.status == 0, done.out
    assert "Synthetic" in done.out
    assert "Internal: not checked for disclosure" in done.out


TREND = """
[[rule]]
name = "It has not grown"
findings = "trend"
data = "months.csv"
outcome = "ok"
positive = "yes"
group = "group"
reference = "B"
time = "month"
window = 1
psu = ["ward"]
before = "2010-01"
rule = "high > 0"
"""


@pytest.mark.parametrize(
    ("later", "more", "status", "words"),
    [
        (20, "", 1, "Failed: It has not grown: high > 0 fails in 1 of 1 row."),
        (90, "", 0, "Passed: It has not grown: high > 0 holds in 1 row."),
        (20, "min_nobs = 200", 1, "Failed"),
        (20, "min_nobs = 201", 3, "nobs_before is 200, under 201"),
        (20, 'breaks = "2010-02:mode"', 3, "high is not available"),
    ],
)
def test_a_gap_that_has_clearly_grown_fails(
    run: Any, tmp_path: Path, later: int, more: str, status: int, words: str
) -> None:
    """Of 100 people in A 90 say yes at first, and later so many; of B always 90. Later there are twice as many."""
    said = [("2010-01", "A", 90, 2), ("2010-01", "B", 90, 2), ("2010-02", "A", later, 4), ("2010-02", "B", 90, 4)]
    rows = [f"{month},{group},w{i % 20},{'yes' if i < yes else 'no'}" for month, group, yes, times in said
            for _ in range(times) for i in range(100)]  # fmt: skip
    (tmp_path / "months.csv").write_text("\n".join(["month,group,ward,ok", *rows]))
    (tmp_path / "rules.toml").write_text(TREND + more)
    done = run("check", "rules.toml", "--verbose")
    assert done.status == status, done.out + done.err
    assert words in done.out


def test_the_rule_of_the_guide_is_read_and_fails_in_the_example(run: Any, tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "trends.md").read_text(encoding="utf-8")
    (rules,) = re.findall(r"```toml\n(.*?)```", guide, re.S)
    (tmp_path / "rules.toml").write_text(rules.replace("survey.csv", "example:confidence"))
    done = run("check", "rules.toml", "-v")
    assert done.status == 1, done.err
    assert "Failed: Minority ethnic, April 2010 to March 2011: high is -0." in done.out
