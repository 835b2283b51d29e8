"""Rules about plans and published figures: verdicts as rules, in TOML, with the rows they fail in by name."""

from pathlib import Path

import pytest

import dueregard as dr
from dueregard.publish.checks.audits import exit_status_of_audit, make_audit, needing_a_reader, tally_of_verdicts
from dueregard.publish.checks.rule_files import load_rules

PLAN = Path(__file__).parents[1] / "plans" / "example_plan.toml"


def rule(folder: Path, text: str):
    path = folder / "rules.toml"
    path.write_text(f'[[rule]]\nname = "It holds"\n{text}', encoding="utf-8")
    (loaded,) = load_rules(path)
    return loaded


def planned(text: str) -> str:
    return f'findings = "plan"\ndata = "{PLAN}"\non = 2011-02-01\n{text}'


CLAIMS = "claim,count,of,percent\npercent,22,32,67\npercent,22,32,69\n"
SHARES = "claim,group,of,percent,against\nshare,Black,All,12,census\n"
AUDIT = 'findings = "audit"\nrule = "verdict != \'inconsistent\'"\n'


def test_what_is_inconsistent_fails_by_its_place(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text(CLAIMS)
    done = rule(tmp_path, AUDIT + 'data = "claims.csv"').check()
    assert done.passed is False
    assert done.sentences()[1:] == ["Failed: claims.csv:2: verdict is 'inconsistent'."]


def test_a_table_a_text_and_other_sources(tmp_path: Path) -> None:
    table = 'data = "example:section_results"\nlabel = "section"\ncount = "met"\nof = 32\npercent = "stated_percent"\n'
    failed = rule(tmp_path, AUDIT + table).check().failures
    assert [outcome.label for outcome in failed] == ["organisational_processes, esps-review-2011:90"]
    (tmp_path / "report.txt").write_text("22 (67%) of the boroughs\n")
    assert rule(tmp_path, AUDIT + 'data = "report.txt"').check().passed is True
    assert rule(tmp_path, AUDIT + 'data = "report.txt"\nof = { boroughs = 32 }').check().passed is False
    (tmp_path / "shares.csv").write_text(SHARES)
    (tmp_path / "census.csv").write_text("group,count\nAll,1000\nBlack,130\n")
    shares = AUDIT + 'data = "shares.csv"\nagainst = { census = "census.csv" }'
    assert rule(tmp_path, shares).check().passed is False


def test_the_standard_is_held_against_its_answers(tmp_path: Path) -> None:
    done = rule(tmp_path, AUDIT + 'framework = "esps"').check()
    assert (len(done.rows), len(done.failures)) == (74, 4)


@pytest.mark.parametrize(
    ("text", "passed", "failed"),
    [
        ('show = "status"\nrule = "verdict != \'overdue\'"', False, ["action, A2", "assessment, E2"]),
        ('show = "status"\nrule = "verdict != \'overdue\'"\nwhere = { measure = "milestone" }', True, []),
        ('show = "status"\nwithin = 10\nrule = "verdict != \'due\'"', True, []),
        ('show = "progress"\nrule = "verdict != \'worsened\'"', True, []),
        (
            'show = "scorecard"\nrule = "verdict != \'target met\'"', False,
            ["Units that meet the baseline of the standard, 2011-01"],
        ),
        (
            'show = "quarterly"\nrule = "verdict != \'some open\'"\nwhere.measure = "actions due and done"',
            False, ["actions due and done, 2010/11 Q3", "actions due and done, 2010/11 Q4"],
        ),
        (
            'show = "costs"\nrule = "verdict != \'unknown\'"\nwhere = { measure = "cost" }', False,
            ["cost, 1, 2010/11", "cost, all"],
        ),
    ],
)  # fmt: skip
def test_verdicts_of_a_plan(tmp_path: Path, text: str, passed: bool, failed: list[str]) -> None:
    done = rule(tmp_path, planned(text)).check()
    assert done.passed is passed
    assert [outcome.label for outcome in done.failures] == failed


def test_the_embedded_objectives(tmp_path: Path) -> None:
    done = rule(tmp_path, 'findings = "plan"\nshow = "progress"\nrule = "verdict != \'worsened\'"').check()
    assert len(done.rows) == 32


def test_paths_start_at_the_file_of_rules(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(PLAN.read_text())
    (tmp_path / "more.csv").write_text("measure,period,count,nobs\nvictims-updated,2010/11 Q3,200,250\n")
    text = 'findings = "plan"\ndata = "plan.toml"\nreadings = "more.csv"\non = "2011-02-01"\nshow = "progress"\n'
    done = rule(tmp_path, text + 'rule = "value >= 80"\nwhere = { measure_id = "victims-updated" }').check()
    assert done.passed is True


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('findings = "plan"\nrule = "days < 3"', "the rule 'It holds' has no 'show'"),
        ('findings = "plan"\nshow = "status"\non = 3\nrule = "days < 3"', "line 5: 'on' must be text or a date, not 3"),
        ('findings = "plan"\nshow = "status"\nwhithin = 3\nrule = "days < 3"', "'whithin'; did you mean 'within'"),
        ('findings = "audit"\nlable = "x"\nrule = "value > 3"', "'lable'; did you mean 'label'"),
        ('findings = "audit"\nof = 3.5\nrule = "value > 3"', "'of' must be text or a whole number or a table, not 3.5"),
    ],
)
def test_keys_are_checked(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        rule(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (planned('show = "statu"\nrule = "days < 3"'), "show: 'statu' is not one of scorecard"),
        (planned('show = "costs"\nby = "area"\nrule = "value < 3"'), "by: 'costs' has no such argument"),
        (AUDIT + 'data = "none.csv"', "rule 'It holds': there is no file"),
        (AUDIT + "against = { census = 3 }", "against: 'census' is 3, not the name of a file"),
        (AUDIT + 'framework = "esps"\nagainst = { a = "x.csv" }', "against: with a framework it is one file"),
    ],
)
def test_findings_that_cannot_be_made(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        rule(tmp_path, text).check()


def test_what_an_audit_comes_to() -> None:
    found = make_audit(
        Path(), data={"claim": ["percent"] * 2, "percent": ["69%", "67%"], "of": [32, 32], "count": [22, 22]}
    )
    assert tally_of_verdicts(found) == "2 claims: 1 inconsistent, 1 consistent"
    assert needing_a_reader(found)["verdict"] == ["inconsistent"]
    statuses = {
        verdict: exit_status_of_audit(found.filter(verdict=verdict)) for verdict in ("inconsistent", "consistent")
    }
    assert statuses == {"inconsistent": 1, "consistent": 0}
    open_ones = dr.Findings({"verdict": ["cannot tell", "set aside"]})
    assert exit_status_of_audit(open_ones) == exit_status_of_audit(found.filter(verdict=[])) == 3
