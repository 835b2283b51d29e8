"""Files of rules: read, checked key by key, refused with the file, the line and the key."""

from pathlib import Path

import pytest

from dueregard.publish.checks.rule_files import embedded_rules, load_rules

GOOD = """
[[rule]]
name = "Gap"
findings = "gap"
data = "example:satisfaction"
outcome = "satisfaction"
positive = ["Completely satisfied", "Very satisfied", "Fairly satisfied"]
exclude = "Don't know"
group = "ethnic_group_broad"
reference = "White"
rule = "low > -10"
min_nobs = 30

[[rule]]
name = "Baseline"
findings = "assess"
rule = "value >= 50"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_rules_are_read_in_order_with_their_lines(tmp_path: Path) -> None:
    rules = load_rules(written(tmp_path, GOOD))
    assert [(rule.name, rule.line) for rule in rules] == [("Gap", 2), ("Baseline", 14)]


def test_the_embedded_rules_are_well_formed() -> None:
    names = [rule.name for rule in embedded_rules()]
    assert len(names) == len(set(names)) >= 3


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "Gap"\n', "", "line 2: the rule has no 'name'"),
        ('rule = "low > -10"\n', "", "line 2: the rule 'Gap' has no 'rule'"),
        ('group = "ethnic_group_broad"\n', "", "line 2: the rule 'Gap' has no 'group'"),
        ('findings = "gap"\n', "", "line 2: the rule 'Gap' has no 'findings'"),
        (
            'findings = "gap"',
            'findings = "gape"',
            "must be one of 'gap', 'trend', 'share', 'key drivers', 'compared drivers', 'gap parts', "
            "'gap change parts', 'assess', 'plan', 'audit', not 'gape'",
        ),
        ("reference =", "referense =", "line 10: unknown key 'referense'; did you mean 'reference'"),
        ("min_nobs = 30", "min_nob = 30", "line 12: unknown key 'min_nob'; did you mean 'min_nobs'"),
        ("min_nobs = 30", 'min_nobs = "30"', "line 12: 'min_nobs' must be a whole number, not '30'"),
        ("min_nobs = 30", "min_nobs = true", "line 12: 'min_nobs' must be a whole number, not True"),
        ('outcome = "satisfaction"', "outcome = 5", "line 6: 'outcome' must be text, not 5"),
        ('["Completely satisfied"', "[3", "TOML|line 7: 'positive' must hold texts only"),
        ('rule = "low > -10"', 'rule = "low = -10"', "line 11: rule 'low = -10': write == for equality"),
        ('rule = "low > -10"', 'rule = "low > -10', "not TOML: .*line 11"),
        ('rule = "value >= 50"', 'rule = "value >= 50"\noutcome = "x"', "line 18: unknown key 'outcome'"),
        ('\n[[rule]]\nname = "Gap"', '\ntitle = "x"\n[[rule]]\nname = "Gap"', "unknown key 'title'"),
    ],
)
def test_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(ValueError, match=words) as caught:
        load_rules(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("text", ["", "rule = 5", "rule = [1]", '[rule]\nname = "x"'])
def test_a_file_without_rules(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"there is no rule; write \[\[rule\]\]"):
        load_rules(written(tmp_path, text))


def test_no_such_file_and_not_text(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="there is no file"):
        load_rules(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'name = "caf\xe9"')
    with pytest.raises(ValueError, match="not UTF-8"):
        load_rules(tmp_path / "latin.toml")
