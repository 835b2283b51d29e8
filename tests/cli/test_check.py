"""``dueregard check``: a line a rule, the exit status, JUnit XML."""

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
