"""Frameworks are read whole or refused by name."""

from importlib.resources import files

import pytest

from dueregard import data
from dueregard.assessment import frameworks

ESPS = files("dueregard.assessment").joinpath("standards", "esps.toml").read_text(encoding="utf-8")
SMALL = """
name = "Small"
baseline = 60
kind = "school"
[exempt]
school = ["2"]
[[answers]]
id = "no"
label = "No"
met = false
[[answers]]
id = "yes"
label = "Yes"
met = true
[[sections]]
id = "a"
label = "A"
[[indicators]]
id = "1"
section = "a"
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
    assert (esps.baseline, esps.target, esps.kind) == (50, 80, "borough")
    assert len(esps.assessable("borough")) == 18 and len(esps.assessable("other unit")) == 22


def test_the_policing_standard_agrees_with_the_embedded_table():
    table = data.load("indicators")
    esps = frameworks.esps()
    assert [i.text for i in esps.indicators] == table["text"].tolist()
    assert [i.section for i in esps.indicators] == table["section"].tolist()
    assert esps.exempt["borough"] == set(table["indicator"][table["borough_exempt"] == "yes"].tolist())


def test_a_framework_of_ones_own(tmp_path):
    own = load(tmp_path, SMALL)
    assert (own.name, own.baseline, own.target, own.kinds) == ("Small", 60, 100, ("school",))
    assert [indicator.id for indicator in own.assessable("school")] == ["1"]


def test_the_embedded_file_is_read_like_any_other(tmp_path):
    assert load(tmp_path, ESPS) == frameworks.esps()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "Small"', "", "the file: no 'name'"),
        ('name = "Small"', "name = 3", "the file: 'name' is 3, of the wrong type"),
        ("baseline = 60", "baseline = 160", "baseline: 160.0 is outside 0 to 100"),
        ("baseline = 60", 'baseline = "60"', "'baseline' is '60', of the wrong type"),
        ("baseline = 60", "baseline = true", "'baseline' is True, of the wrong type"),
        ("baseline = 60", "base = 60", "the file: unknown key 'base'"),
        ('id = "2"', 'id = "1"', "indicators: '1' is listed twice"),
        ('id = "2"\nsection = "a"', 'id = "2"\nsection = "b"', "indicators: '2' has the section 'b'"),
        ('school = ["2"]', 'school = ["3"]', "exempt: 'school' names '3', which is not an indicator"),
        ('school = ["2"]', "school = [2]", "exempt: 'school' holds 2, which is not text"),
        ('kind = "school"', 'kind = "shop"', "kind: 'shop' is not among the kinds in exempt: school"),
        ("met = true", "met = false", "answers: none counts as met"),
        ("met = true", 'met = "yes"', "answers 2: 'met' is 'yes', of the wrong type"),
        ('text = "Two"', "", "indicators 2: no 'text'"),
        ('text = "Two"', 'text = "Two"\ntxt = ""', "indicators 2: unknown key 'txt'"),
        ('id = "a"\nlabel = "A"', 'id = "a"', "sections 1: no 'label'"),
        ("baseline = 60", "baseline = ", "not TOML"),
    ],
)
def test_a_bad_file_is_refused_by_name(tmp_path, old, new, words):
    assert old in SMALL
    with pytest.raises(ValueError, match=r"standard\.toml: ") as error:
        load(tmp_path, SMALL.replace(old, new, 1))
    assert words in str(error.value)


def test_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.toml"):
        frameworks.load(tmp_path / "none.toml")


def test_a_file_that_is_not_text(tmp_path):
    (tmp_path / "bad.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(ValueError, match=r"bad\.toml: not UTF-8"):
        frameworks.load(tmp_path / "bad.toml")
