"""Rules about key drivers and the parts of a gap: in TOML, with the rows that they are held against."""

from pathlib import Path

import numpy as np
import pytest

import dueregard as dr
from dueregard.publish.checks.rule_files import FileRule, load_rules

DRIVERS = """
[[rule]]
name = "It holds"
findings = "key drivers"
data = "survey.csv"
outcome = "score"
rule = "{rule}"
{more}
"""
NAMED = '\n[rule.drivers]\nContact = ["listens", "fair"]\nworry = "worry"\n'
PARTS = """
[[rule]]
name = "It holds"
findings = "gap parts"
data = "survey.csv"
outcome = "ok"
positive = "yes"
group = "group"
reference = "B"
factors = ["age"]
rule = "{rule}"
{more}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eight hundred people in twenty wards; listening matters most, and a part of the gap goes with age."""
    rng = np.random.default_rng(4)
    n = 800
    young, group = rng.random(n) < 0.4, rng.random(n) < 0.5
    young |= group & (rng.random(n) < 0.3)
    listens, fair, worry = rng.normal(50, 10, (3, n)).round(1)
    score = (0.8 * listens + 0.2 * fair + 0.05 * worry + rng.normal(0, 8, n)).round(1)
    ok = np.where(rng.random(n) < 0.8 - 0.3 * young, "yes", "no")
    ward, weight = rng.integers(20, size=n), rng.uniform(0.5, 2, n).round(2)
    columns = {"score": score, "listens": listens, "fair": fair, "worry": worry, "ok": ok, "ward": ward,
               "weight": weight, "group": np.where(group, "A", "B"), "age": np.where(young, "young", "old"),
               "month": np.where(np.arange(n) < n / 2, "2010-01", "2010-02")}  # fmt: skip
    rows = zip(*columns.values(), strict=True)
    (tmp_path / "survey.csv").write_text("\n".join([",".join(columns), *(",".join(map(str, row)) for row in rows)]))
    return tmp_path


def loaded(folder: Path, text: str) -> FileRule:
    (folder / "rules.toml").write_text(text, encoding="utf-8")
    (rule,) = load_rules(folder / "rules.toml")
    return rule


@pytest.mark.parametrize(
    ("rule", "more", "passed", "labels"),
    [
        ("rank_high == 1", 'where = { driver = "Contact" }' + NAMED, True, ["Contact"]),
        ("gain_low > 0", NAMED, False, ["Contact", "worry"]),
        ("explained_low > 5", 'where = { row_type = "overall" }' + NAMED, True, ["row 1"]),
        ("gain_low > 0", 'drivers = ["listens", "fair"]', True, ["listens", "fair"]),
        ("gain_low > 0", 'min_nobs = 801\ndrivers = ["listens", "fair"]', None, ["listens", "fair"]),
        ("gain > 0", 'group = "group"\ndrivers = ["listens", "fair"]', True,
         ["A, listens", "A, fair", "B, listens", "B, fair"]),
    ],
)  # fmt: skip
def test_drivers(folder: Path, rule: str, more: str, passed: bool | None, labels: list[str]) -> None:
    done = loaded(folder, DRIVERS.format(rule=rule, more=more)).check()
    assert (done.passed, [row.label for row in done.rows]) == (passed, labels)


def test_drivers_as_the_sample_was_drawn(folder: Path) -> None:
    more = 'weight = "weight"\npsu = "ward"\n' + NAMED
    found = loaded(folder, DRIVERS.format(rule="value > 0", more=more)).findings()
    design = dr.survey_design(weight="weight", psu="ward")
    ours = dr.key_drivers(
        str(folder / "survey.csv"), outcome="score", drivers={"Contact": ["listens", "fair"], "worry": "worry"},
        design=design,
    )  # fmt: skip
    assert found["gain_low"][1:] == ours["gain_low"][1:]


def test_drivers_compared(folder: Path) -> None:
    more = 'group = "group"\nreference = "B"\n' + NAMED
    text = DRIVERS.format(rule="abs(estimate) < 5", more=more).replace("key drivers", "compared drivers")
    done = loaded(folder, text).check()
    assert done.passed is True and [row.label for row in done.rows] == ["A, Contact", "A, worry"]
    assert done.rows[0].row["compares"] == "gain"


@pytest.mark.parametrize(
    ("more", "labels"),
    [
        ("", ["A, what remains"]),
        ('where = { group = "A" }', ["A, what remains"]),
        ('where = { part = "what remains" }', ["A, what remains"]),
        ('where = { part = "rates" }', ["A, what remains"]),
        ('where = { part = ["gap", "what remains"] }', ["A, gap", "A, what remains"]),
        ('where = { factor = "age" }', ["A, composition, age"]),
        ('where = { part = "composition", factor = "age", level = ["old", "young"] }',
         ["A, composition, age, old", "A, composition, age, young"]),
        ('imbalance = 30', ["A, what remains"]),
        ('method = "oaxaca-blinder"', ["A, what remains"]),
        ('method = "oaxaca-blinder"\nparts = 3', ["A, what remains"]),
        ('method = "oaxaca-blinder"\nwhere = { part = "what remains", factor = "age" }', ["A, what remains, age"]),
        ('method = "reweighting"\nwhere = { part = "what remains" }', ["A, what remains"]),
    ],
)  # fmt: skip
def test_parts(folder: Path, more: str, labels: list[str]) -> None:
    done = loaded(folder, PARTS.format(rule="abs(estimate) < 90", more=more)).check()
    assert (done.passed, [row.label for row in done.rows]) == (True, labels)


@pytest.mark.parametrize(
    ("more", "parts"),
    [
        ("", ["what remains"]),
        ('where = { part = ["gap before", "gap after", "change"] }', ["gap before", "gap after", "change"]),
        ('where = { side = "A", part = "what remains" }', ["what remains, A"]),
    ],
)
def test_parts_of_a_change(folder: Path, more: str, parts: list[str]) -> None:
    asked = 'time = "month"\nbefore = "2010-01"\nafter = "2010-02"\nwindow = 1\n' + more
    text = PARTS.format(rule="abs(estimate) < 90", more=asked).replace("gap parts", "gap change parts")
    done = loaded(folder, text).check()
    assert (done.passed, [row.label for row in done.rows]) == (True, [f"A, {part}, February 2010" for part in parts])


def test_what_remains_is_what_the_method_calls_it(folder: Path) -> None:
    for method, name in (("shapley", "rates"), ("oaxaca-blinder", "unexplained")):
        done = loaded(folder, PARTS.format(rule="abs(estimate) < 90", more=f'method = "{method}"')).check()
        assert [row.row["part"] for row in done.rows] == [name]


def test_parts_as_the_sample_was_drawn(folder: Path) -> None:
    found = loaded(folder, PARTS.format(rule="low > -90", more='psu = "ward"')).findings()
    ours = dr.decompose_gap(
        str(folder / "survey.csv"), outcome="ok", positive="yes", group="group", reference="B", factors=["age"],
        design=dr.survey_design(psu="ward"),
    )  # fmt: skip
    assert [value for value in found["low"] if value == value] == [value for value in ours["low"] if value == value]


def test_a_part_that_is_too_wide_fails_by_name(folder: Path) -> None:
    text = PARTS.format(rule="abs(estimate) < 1", more='where = { part = "composition" }')
    done = loaded(folder, text).check()
    assert done.passed is False and done.sentences()[1].startswith("Failed: A, composition: estimate is -")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (DRIVERS.format(rule="gain > 0", more=""), "the rule 'It holds' has no 'drivers'"),
        (DRIVERS.format(rule="gain > 0", more='drivers = "listens"'), "'drivers' must be a list of texts or a table"),
        (DRIVERS.format(rule="gain > 0", more='drivers = ["listens"]\nfactors = ["age"]'), "unknown key 'factors'"),
        (PARTS.format(rule="low > 0", more="parts = 2.5"), "'parts' must be a whole number, not 2.5"),
        (PARTS.format(rule="low > 0", more='driver = "age"'), "unknown key 'driver'"),
        (PARTS.format(rule="low > 0", more='time = "month"'),
         "line 12: unknown key 'time', which goes with findings = 'gap change parts'. The keys for 'gap parts' are"),
        (PARTS.format(rule="low > 0", more="").replace("gap parts", "gap change parts"),
         "the rule 'It holds' has no 'time'"),
        (DRIVERS.format(rule="gain > 0", more='drivers = ["listens", "fair"]\nmeasure = "gain"'),
         "unknown key 'measure', which goes with findings = 'compared drivers'"),
        (DRIVERS.format(rule="gain > 0", more='drivers = ["listens"]\nreference = "B"'),
         "unknown key 'reference', which goes with findings = 'compared drivers'"),
    ],
)  # fmt: skip
def test_keys_refused(folder: Path, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        loaded(folder, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (DRIVERS.format(rule="gain > 0", more="[rule.drivers]\nContact = 5"), "Contact"),
        (PARTS.format(rule="low > 0", more='towards = "both"'),
         "towards: 'shapley' has no such argument; it goes with reweighting"),
        (PARTS.format(rule="low > 0", more='method = "blinder"'), "method: 'blinder' is not one of"),
        (PARTS.format(rule="lw > 0", more=""), "there is no column 'lw'"),
        (PARTS.format(rule="low > 0", more='where = { part = "unexplained" }'),
         "where: 'part' has no 'unexplained'. It has gap, composition, rates; 'what remains' stands for its name in "
         "every method"),
    ],
)  # fmt: skip
def test_refused_with_the_place_of_the_rule(folder: Path, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"rules.toml, line 2, rule 'It holds': .*" + words):
        loaded(folder, text).check()
