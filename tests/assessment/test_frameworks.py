"""Frameworks are read whole or refused by name and line."""

import datetime
from collections import Counter
from importlib.resources import files

import pytest

from dueregard import data
from dueregard.assessment import frameworks
from dueregard.assessment.frameworks import Answer, Framework, Indicator, Level, Target

STANDARDS = files("dueregard.assessment").joinpath("standards")
SMALL = """\
name = "Small"
kind = "school"
rule = "share met"
thresholds = [80]
[exempt]
school = ["2"]
[[levels]]
id = "basic"
label = "Basic"
percent = 60
[[answers]]
id = "no"
label = "No"
[[answers]]
id = "yes"
label = "Yes"
met = true
[[sections]]
id = "a"
label = "A"
[[principles]]
id = "care"
label = "Care"
[[indicators]]
id = "1"
section = "a"
principles = ["care"]
text = "One"
[[indicators]]
id = "2"
section = "a"
text = "Two"
"""


def load(tmp_path, text):
    path = tmp_path / "standard.toml"
    path.write_text(text, encoding="utf-8")
    return frameworks.load(path)


def test_the_policing_standard():
    esps = frameworks.esps()
    assert esps.indicator_ids == tuple(f"{number}B" for number in range(1, 23))
    assert list(esps.sections.values()) == ["Operational Delivery", "People and Culture", "Organisational Processes"]
    assert [answer.id for answer in esps.answers if answer.met] == ["fairly", "very"]
    assert (esps.aimed.percent, esps.kind, esps.rule) == (50, "borough", "share met")
    assert esps.aimed.targets == (Target(80, datetime.date(2011, 3, 31)), Target(100, datetime.date(2012, 3, 31)))
    assert len(esps.assessable("borough")) == 18 and len(esps.assessable("other unit")) == 22


def test_the_policing_standard_agrees_with_the_embedded_table():
    table = data.load("indicators")
    esps = frameworks.esps()
    assert [i.text for i in esps.indicators] == table["text"].tolist()
    assert [i.section for i in esps.indicators] == table["section"].tolist()
    assert [" ".join(i.principles).replace("_", " ") for i in esps.indicators] == table[
        "customer_service_principle"
    ].tolist()
    assert esps.exempt["borough"] == set(table["indicator"][table["borough_exempt"] == "yes"].tolist())


def test_the_ladder_of_the_policing_standard():
    ladder = frameworks.esps(phase=None)
    assert ladder.level_ids == ("baseline", "integrating", "excelling")
    assert [level.percent for level in ladder.levels] == [50, None, None]
    assert Counter(indicator.level for indicator in ladder.indicators) == dict.fromkeys(ladder.level_ids, 22)
    for phase in ladder.level_ids:
        sections = [indicator.section for indicator in ladder.phase(phase).indicators]
        assert sections == [indicator.section for indicator in frameworks.esps().indicators]
    assert "not published" in ladder.phase("excelling").indicators[0].text


def test_the_equality_framework():
    framework = frameworks.equality_framework()
    assert framework.indicator_ids == tuple(str(number) for number in range(1, 143))
    assert framework.level_ids == ("1", "2", "3", "4", "5") and framework.is_graded
    assert framework.meets("3") == (False, False, False, True, True, True)
    assert [answer.met for answer in framework.answers] == [False] * 5 + [True]
    assert (framework.rule, framework.organisation) == ("minimum", "every unit")


def test_the_supplier_questionnaire():
    questionnaire = frameworks.supplier_questionnaire()
    assert len(questionnaire.sections) == 5 and len(questionnaire.indicators) == 15
    assert [answer.id for answer in questionnaire.answers if answer.met] == ["yes"]
    assert all(indicator.text.endswith("?") for indicator in questionnaire.indicators)


def test_a_shipped_framework_by_name():
    assert frameworks.named("equality_framework") is frameworks.equality_framework()
    with pytest.raises(
        ValueError, match="there is no 'espss'; the shipped ones are esps, equality_framework, supplier"
    ):
        frameworks.named("espss")


def test_a_framework_of_ones_own(tmp_path):
    own = load(tmp_path, SMALL)
    assert (own.name, own.aimed.percent, own.kinds, own.thresholds) == ("Small", 60, ("school",), (80,))
    assert [indicator.id for indicator in own.assessable("school")] == ["1"]
    assert own.indicators[0].principles == ("care",)


@pytest.mark.parametrize("name", ["esps", "equality_framework", "supplier_questionnaire"])
def test_the_shipped_files_are_read_like_any_other(tmp_path, name):
    text = STANDARDS.joinpath(f"{name}.toml").read_text(encoding="utf-8")
    read = load(tmp_path, text)
    assert read == (frameworks.esps(phase=None) if name == "esps" else frameworks.named(name))


def test_a_threshold_of_ones_own():
    framework = frameworks.esps("excelling").with_percent("excelling", 75)
    assert framework.aimed.percent == 75
    assert frameworks.esps("excelling").aimed.percent is None
    with pytest.raises(ValueError, match=r"percent: 101\.0 is outside 0 to 100"):
        framework.with_percent("excelling", 101)
    with pytest.raises(ValueError, match="level: 'superb' is not one of excelling"):
        framework.with_percent("superb", 50)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "Small"', "", ": there is no 'name'"),
        ('name = "Small"', "name = 3", ", line 1: 'name' is 3, not text"),
        ("percent = 60", "percent = 160", ", line 10: levels 1: 'percent' is 160, not a number from 0 to 100"),
        ("percent = 60", 'percent = "60"', ", line 10: levels 1: 'percent' is '60', not a number"),
        ("percent = 60", "percent = true", ", line 10: levels 1: 'percent' is True, not a number"),
        ("percent = 60", "per_cent = 60", ", line 10: levels 1: unknown key 'per_cent' (did you mean 'percent'?)"),
        ("percent = 60", "targets = [{ percent = 200 }]", ", line 10: levels 1 targets 1: 'percent' is 200"),
        ("thresholds = [80]", 'thresholds = ["80"]', ", line 4: 'thresholds' holds '80', which is not a number"),
        ("thresholds = [80]", "thresholds = [180]", ", line 4: thresholds: 180.0 is outside 0 to 100"),
        ("thresholds = [80]", "thresholds = 80", ", line 4: 'thresholds' is 80, not a list"),
        ('rule = "share met"', 'rule = "share"', ", line 3: rule: 'share' is not one of minimum, share met"),
        ('rule = "share met"', 'organisation = "all"', ", line 3: organisation: 'all' is not one of every unit"),
        ('rule = "share met"', 'aim = "basics"', ", line 3: aim: 'basics' is not one of basic (did you mean 'basic'?)"),
        ('id = "2"', 'id = "1"', ", line 29: indicators: '1' is listed twice"),
        ('id = "2"\nsection = "a"', 'id = "2"\nsection = "b"', ", line 31: indicators: '2' has the section 'b'"),
        ('text = "Two"', 'level = "top"\ntext = "Two"', ", line 32: indicators: '2' has the level 'top', which is not"),
        ('["care"]', '["cars"]', ", line 27: indicators: '1' has the principle 'cars', which is not listed (did you"),
        ('school = ["2"]', 'school = ["3"]', ", line 6: exempt: 'school' names '3', which is not an indicator"),
        ('school = ["2"]', "school = [2]", ", line 6: exempt: 'school' holds 2, which is not text"),
        ('school = ["2"]', 'school = ["1", "2"]', ", line 6: exempt: 'school' is exempt from every indicator"),
        ('kind = "school"', 'kind = "shop"', ", line 2: kind: 'shop' is not among the kinds in exempt: school"),
        ("met = true", "met = false", ", line 11: answers: none counts as met"),
        ("met = true", 'met = "yes"', ", line 17: answers 2: 'met' is 'yes', not true or false"),
        ("met = true", 'met = true\nlevel = "basic"', ", line 18: answers 2: an answer has 'met' or 'level', not both"),
        ("met = true", 'level = "top"', ", line 14: answers: 'yes' has the level 'top', which is not listed"),
        ('text = "Two"', "", ", line 29: indicators 2: there is no 'text'"),
        ('text = "Two"', 'text = " "', ", line 32: indicators 2: 'text' is blank"),
        ('text = "Two"', 'text = "Two"\ntxt = ""', ", line 33: indicators 2: unknown key 'txt' (did you mean 'text'?)"),
        ('id = "a"\nlabel = "A"', 'id = "a"', ", line 18: sections 1: there is no 'label'"),
        ('[[principles]]\nid = "care"', '[[sections]]\nid = "a"', ", line 21: sections 2: 'a' is listed twice"),
        ("[[answers]]", "[[answer]]", ", line 11: unknown key 'answer' (did you mean 'answers'?)"),
        ('text = "Two"', 'text = "Two"\n[[numbered]]\nfirst = 3\nlast = 2', ", line 35: numbered 1: 'last' is 2"),
        (
            'text = "Two"',
            'text = "Two"\n[[numbered]]\nfirst = 3\nlast = 4\nid = "x"\nsection = "a"\ntext = "Q {number}"',
            ", line 36: numbered 1: 'id' is 'x', without {number}",
        ),
        ("[exempt]", "[exempt", ": not TOML: "),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_by_line(tmp_path, old, new, words):
    assert old in SMALL
    with pytest.raises(ValueError) as error:
        load(tmp_path, SMALL.replace(old, new))
    assert f"standard.toml{words}" in str(error.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"there is no file .*none\.toml"):
        frameworks.load(tmp_path / "none.toml")


def test_answers_that_are_levels_allow_no_phases():
    with pytest.raises(ValueError, match="they are levels, so indicators have none of their own"):
        Framework(
            name="Both",
            answers=(Answer("none", "None"), Answer("one", "One", level="1")),
            sections={"a": "A"},
            indicators=(Indicator("1", "a", "One", level="1"),),
            levels=(Level("1", "Level 1", 100),),
        )


def with_answers(tmp_path, *answers):
    """The small framework with other answers."""
    head, _, rest = SMALL.partition("[[answers]]")
    tail = "[[sections]]" + rest.partition("[[sections]]")[2]
    rows = "".join(f'[[answers]]\nid = "{i}"\nlabel = "{label}"\nmet = {met}\n' for i, label, met in answers)
    return load(tmp_path, head + rows + tail)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([("a", "b", "false"), ("b", "c", "true")], "answers: 'b' of 'b' is also a word for 'a'"),
        ([("a", "Same", "false"), ("b", "same", "true")], "answers: 'same' of 'b' is also a word for 'a'"),
        ([("yes", "Y", "false"), ("Yes", "Z", "true")], "answers: 'yes' of 'Yes' is also a word for 'yes'"),
        (
            [("met", "M", "false"), ("b", "B", "true")],
            "answers: 'met' of 'met' is also 'met', which stands for any such",
        ),
        ([("refused", "R", "false"), ("b", "B", "true")], "is also the kind of missing 'refused'"),
        ([(" no", "N", "false"), ("b", "B", "true")], "answers: ' no' has a space at an end"),
        ([(f"a{n}", f"A{n}", "true") for n in range(201)], "answers: there are 201, and at most 200 can be told apart"),
    ],
)
def test_no_word_stands_for_two_answers(tmp_path, answers, words):
    with pytest.raises(ValueError) as error:
        with_answers(tmp_path, *answers)
    assert words in str(error.value)


def test_labels_name_rows_so_no_two_are_the_same(tmp_path):
    twice = SMALL.replace("[[principles]]", '[[sections]]\nid = "b"\nlabel = "A"\n[[principles]]')
    with pytest.raises(ValueError, match="line 21: sections: the label 'A' stands twice"):
        load(tmp_path, twice)


def test_what_is_wrong_with_numbered_indicators_has_their_line(tmp_path):
    more = '\n[[numbered]]\nfirst = 3\nlast = 4\nid = "{number}"\nsection = "z"\ntext = "Q {number}"\n'
    with pytest.raises(ValueError, match="line 38: indicators: '3' has the section 'z', which is not listed"):
        load(tmp_path, SMALL + more)
    with pytest.raises(ValueError, match="line 4: thresholds: 180"):
        load(tmp_path, SMALL.replace("thresholds = [80]", "thresholds = [80, 180]"))


def test_levels_of_the_same_indicators_ask_for_more_and_more(tmp_path):
    more = SMALL.replace("[[answers]]", '[[levels]]\nid = "top"\nlabel = "Top"\npercent = 60\n[[answers]]', 1)
    with pytest.raises(
        ValueError, match="line 14: levels: 'top' asks for 60%, no more than the 60% of 'basic' below it"
    ):
        load(tmp_path, more)


def test_a_framework_says_itself_in_one_line():
    said = repr(frameworks.esps())
    assert said.startswith(
        "Framework 'Equality Standard for the Police Service: baseline': 22 indicators in 3 sections"
    )
    assert "\n" not in said and len(said) < 240
